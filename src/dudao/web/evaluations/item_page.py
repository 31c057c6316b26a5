"""What the page of one item shows, put together once for the page and for its partial updates."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404

from dudao.scheme.model import Point
from dudao.scoring.asked import Asked
from dudao.scoring.result import PointScore as ForecastPoint
from dudao.scoring.result import SchemeScore
from dudao.web.audit.models import Event
from dudao.web.audit.queries import histories
from dudao.web.evaluations.actions.answer_rows import SHORTEST_REASON
from dudao.web.evaluations.actions.answers import last_year_held
from dudao.web.evaluations.beside import Beside, parts
from dudao.web.evaluations.bound_figures import FigureBook, names_in
from dudao.web.evaluations.choice_fields import ChoiceField, choice_words, fields_of
from dudao.web.evaluations.concerned import readers
from dudao.web.evaluations.convert import asked_by, scheme_of
from dudao.web.evaluations.fact_lines import FactLine, fact_lines
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.member_figures import member_table
from dudao.web.evaluations.models import (
    Answer,
    Assessment,
    Comment,
    DepartmentExtension,
    Duty,
    PointScore,
    Stage,
    Submission,
)
from dudao.web.evaluations.movements import movements
from dudao.web.evaluations.queries import Stand, visible_stands
from dudao.web.evaluations.rule_words import rule_words
from dudao.web.evaluations.scores import forecast, own_facts
from dudao.web.evaluations.stated import stated_in
from dudao.web.people.access import Subject
from dudao.web.prepared import prepared, prepared_value
from dudao.workflow.machine import Role
from dudao.workflow.transitions import ANSWER, ASSESSMENT

TABS = ("score", "last", "remarks", "history")
OPEN_STATES = frozenset({"not_started", "drafting", "returned"})


@dataclass(frozen=True, slots=True)
class Look:
    """How the page is looked at, as its address says: the open tab, and whether the tree leaves out what is done."""

    tab: str = "score"
    show: str = "all"

    @property
    def query(self) -> str:
        """The query that keeps this look in links to other items; empty for the usual one."""
        said = [f"tab={self.tab}"] if self.tab != "score" else []
        said += ["show=open"] if self.show == "open" else []
        return "?" + "&".join(said) if said else ""


@dataclass(frozen=True, slots=True)
class PointLine:
    """One line of the points table: the point, its self points and its forecast, its rule in words."""

    point: Point
    score: PointScore
    forecast: ForecastPoint
    rule: str
    asked: Asked
    awaited_title: str = ""

    @property
    def field(self) -> str:
        """The name of the field of the self points."""
        return f"point-{self.point.id}"

    @property
    def choices(self) -> tuple[ChoiceField, ...]:
        """What the rule asks people, with what was stated."""
        return fields_of(self.asked, self.score.choice or {})

    @property
    def stated(self) -> str:
        """What was stated, in words."""
        return choice_words(self.asked, self.score.choice or {})

    @property
    def only_if(self) -> bool:
        """Whether points are asked only where the clause names no amount for a miss."""
        limits = self.asked.discretion
        return limits is not None and limits.above_low and len(self.choices) == 1

    @property
    def above(self) -> bool:
        """Whether the self points lie above what the facts support, so that a reason is asked for."""
        own = self.score.points
        return own is not None and self.forecast.contradicts and own > self.forecast.award.high

    @property
    def reason_missing(self) -> bool:
        """Whether a reason is asked for and none is given."""
        return self.above and len(self.score.reason) < SHORTEST_REASON

    @property
    def less(self) -> Decimal:
        """How much less the facts support than the office gave itself, at the least; zero when not less."""
        return (self.score.points or Decimal(0)) - self.forecast.award.high if self.above else Decimal(0)

    @property
    def why(self) -> tuple[str, ...]:
        """The steps that cost points; all steps where the rule does not tell them apart."""
        return self.forecast.award.reasons or self.forecast.award.steps


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """An item in the tree on the left."""

    item: Item
    state: str
    self_points: Decimal | None


@dataclass(frozen=True, slots=True)
class TreeSection:
    """A first-level indicator with the entries shown, and the points of all of them."""

    name: str
    entries: tuple[TreeEntry, ...]
    given: Decimal | None
    full: Decimal | None


@dataclass(frozen=True, slots=True)
class LastYear:
    """What was said and given last year."""

    answer: Answer
    scores: tuple[PointScore, ...]
    forecast: dict[str, str]
    remarks: tuple[Comment, ...]
    structure: str


class SelfPoints(NamedTuple):
    """The points that were given to a point of an item; None where none are."""

    item: str
    point: str
    points: Decimal | None


@prepared
def _points(assessment_id: int) -> "QuerySet[PointScore, tuple[int, str, Decimal | None]]":
    rows = PointScore.objects.filter(answer__assessment_id=assessment_id)
    return rows.order_by("id").values_list("answer_id", "point", "points")


@prepared
def _scores(answer_id: int) -> QuerySet[PointScore]:
    return PointScore.objects.filter(answer_id=answer_id)


@prepared
def _duties(assessment_id: int, item: str) -> QuerySet[Duty]:
    return Duty.objects.filter(assessment_id=assessment_id, item=item).select_related("department")


@prepared
def _extension(assessment_id: int, department: int) -> "QuerySet[DepartmentExtension, date]":
    rows = DepartmentExtension.objects.filter(assessment_id=assessment_id, department_id=department)
    return rows.order_by("-due").values_list("due", flat=True)[:1]


@prepared
def _stage_end(round_id: int) -> "QuerySet[Stage, date]":
    return Stage.objects.filter(round_id=round_id, kind="departments").values_list("due", flat=True)[:1]


@prepared
def _of_year(region_id: int, slug: str, year: int, item: str) -> QuerySet[Answer]:
    """The answer of a region to an item in the round of a year."""
    rows = Answer.objects.filter(assessment__region_id=region_id, assessment__round__slug=slug, item=item)
    return rows.filter(assessment__round__year=year).order_by("id")[:1]


@prepared_value
def _open_remarks(answer_id: int) -> int:
    return Comment.objects.filter(answer_id=answer_id, settled_at__isnull=True).count()


def _tree(
    items: tuple[Item, ...], answers: dict[str, Stand], scores: list[SelfPoints], look: Look, current: str
) -> list[TreeSection]:
    given: dict[str, Decimal] = {}
    for score in scores:
        if score.points is not None:
            given[score.item] = given.get(score.item, Decimal(0)) + score.points
    sections: dict[str, tuple[Item, list[TreeEntry], list[Decimal]]] = {}
    for item in items:
        if item.id not in answers:
            continue
        own = given.get(item.id)
        held = sections.setdefault(item.section.id, (item, [], []))
        if own is not None:
            held[2].append(own)
        if look.show == "open" and answers[item.id].state not in OPEN_STATES and item.id != current:
            continue
        held[1].append(TreeEntry(item, answers[item.id].state, own))
    return [
        TreeSection(
            first.section.name, tuple(entries), sum(points, Decimal(0)) if points else None, first.section.full_points
        )
        for first, entries, points in sections.values()
        if entries
    ]


def item_page(subject: Subject, assessment: Assessment, answer: Answer, look: Look) -> dict[str, Any]:
    """Return the context of the page of one item; the number of queries does not grow with the rows.

    Raises:
        Http404: the scheme has no such item.
    """
    scheme = scheme_of(assessment.round.scheme)
    items = items_of(scheme)
    item = next((each for each in items if each.id == answer.item), None)
    if item is None:
        raise Http404
    visible = {row.item: row for row in visible_stands(subject, assessment)}
    order = [each.id for each in items if each.id in visible]
    place = order.index(item.id)
    scores: SchemeScore = forecast(assessment)
    items_shown = {row.pk: row.item for row in visible.values()}
    points = [
        SelfPoints(items_shown[key], point, given) for key, point, given in _points(assessment.pk) if key in items_shown
    ]
    own = _scores(answer.pk)
    for score in own:
        score.answer = answer
    rows = own_facts(assessment, {*item.inputs, *names_in(scheme, answer.note)})
    lines = _point_lines(item, own, answer, scores)
    duties = _duties(assessment.pk, item.id)
    roles = subject.roles_at(assessment.region.path, [duty.department_id for duty in duties])
    in_use = assessment.round.scheme.state != "withdrawn"
    may_fill_in = bool(roles & ASSESSMENT.state(assessment.state).editors) and in_use
    may_edit = ANSWER.may_edit(answer.state, roles) and may_fill_in
    declared = {each.name: each for each in scheme.facts}
    book = FigureBook(scheme, rows).stating(stated_in(assessment.round.scheme, own))
    lead = next((duty.department for duty in duties if duty.lead), None)
    text = book.render(answer.note)
    beside = Beside(answer, text, subject, may_edit)
    checks, evidence, figures = (parts(slot, beside) for slot in ("checks", "evidence", "figures"))
    last_year = _last_year(assessment, item.id, look)
    facts = fact_lines(
        assessment,
        item,
        declared,
        rows,
        departments=None if Role.SUPERVISION_CLERK in roles else subject.departments(),
        last_open=last_year is None and not last_year_held(assessment),
    )
    pieces = book.pieces(answer.note)
    moved = movements(book, declared, answer.note)
    must = sum(line.reason_missing for line in lines) + sum(each.state == "unknown" for each in pieces)
    return {
        "assessment": assessment,
        "answer": answer,
        "item": item,
        "points": lines,
        "facts": facts,
        "members": member_table((line.forecast for line in lines), declared, assessment.region.code),
        "may_state_members": Role.SUPERVISION_CLERK in roles and may_edit,
        "any_last": any(line.last or line.last_open for line in facts),
        "any_verdict": _follows(item) or any(line.verdict or (line.last_open and not line.boolean) for line in facts),
        "tree": _tree(items, visible, points, look, item.id),
        "tree_counts": (len(visible), sum(row.state in OPEN_STATES for row in visible.values())),
        "total": visible_total(items, visible, points, scores),
        "item_self": _sum(line.score.points for line in lines),
        "item_low": sum((line.forecast.award.low for line in lines), Decimal(0)),
        "item_high": sum((line.forecast.award.high for line in lines), Decimal(0)),
        "item_less": sum((line.less for line in lines), Decimal(0)),
        "lost": sum((line.forecast.lost for line in lines), Decimal(0)),
        "previous": order[place - 1] if place else None,
        "next": order[place + 1] if place + 1 < len(order) else None,
        "may_edit": may_edit,
        "may_fill_in": may_fill_in,
        "in_use": in_use,
        "transitions": ANSWER.available(answer.state, roles),
        "lead": lead,
        "helpers": [duty.department for duty in duties if not duty.lead],
        "due": _due(assessment, lead.pk if lead else None),
        "pieces": pieces,
        "choices": book.choices(item.inputs),
        "checks": checks,
        "evidence": evidence,
        "figures": figures,
        "must": must,
        "movements": moved,
        "warnings": sum(part.open for part in checks) + len(moved),
        "look": look,
        "remarks": _remarks(answer, look),
        "open_remarks": _open_remarks(answer.pk),
        "people": list(readers(answer)) if look.tab == "remarks" else [],
        "events": _events(answer, facts, look),
        "last_year": last_year,
    }


@dataclass(frozen=True, slots=True)
class VisibleTotal:
    """The points of the items that the person may read, together: given, and what the facts support."""

    given: Decimal | None
    low: Decimal
    high: Decimal


def visible_total(
    items: tuple[Item, ...], visible: Collection[str], points: Iterable[SelfPoints | PointScore], scores: SchemeScore
) -> VisibleTotal:
    """Return the total of what the person may read; of the whole scheme with its rescaling where that is all."""
    if len(visible) == len(items):
        return VisibleTotal(scores.total.self_points, scores.total.low, scores.total.high)
    own = {point.id for item in items if item.id in visible for point in item.points if not point.bonus}
    judged = [each for each in scores.points if each.point.id in own]
    return VisibleTotal(
        _sum(score.points for score in points if score.point in own),
        sum((each.award.low for each in judged), Decimal(0)),
        sum((each.award.high for each in judged), Decimal(0)),
    )


def _sum(values: Any) -> Decimal | None:
    given = [value for value in values if value is not None]
    return sum(given, Decimal(0)) if given else None


def _follows(item: Item) -> bool:
    return any(point.rule is not None and point.rule.kind == "year_on_year" for point in item.points)


def _point_lines(item: Item, own: list[PointScore], answer: Answer, scores: SchemeScore) -> list[PointLine]:
    judged = {each.point.id: each for each in scores.points}
    declared = {fact.name: fact for fact in scheme_of(answer.assessment.round.scheme).facts}
    rows = {row.point: row for row in own}
    lines = []
    for point in item.points:
        if point.id not in rows:
            continue
        asked = asked_by(answer.assessment.round.scheme, point.id)
        awaited = declared[asked.awaited].title if asked.awaited in declared else ""
        words = rule_words(point, declared)
        lines.append(PointLine(point, rows[point.id], judged[point.id], words, asked, awaited))
    return lines


def _due(assessment: Assessment, department: int | None) -> Any:
    """Return the day by which the lead department answers, extensions counted; None without a calendar."""
    extension = _extension.first(assessment.pk, department) if department is not None else None
    stage = _stage_end.first(assessment.round_id)
    return max((day for day in (extension, stage) if day is not None), default=None)


def _remarks(answer: Answer, look: Look) -> list[Comment]:
    if look.tab != "remarks":
        return []
    return list(answer.comments.select_related("by").prefetch_related("mentions"))


def _events(answer: Answer, facts: list[FactLine], look: Look) -> list[Event]:
    if look.tab != "history":
        return []
    return list(histories({"answer": [answer.pk], "fact": [line.row.pk for line in facts]})[:100])


def _last_year(assessment: Assessment, item: str, look: Look) -> LastYear | None:
    """Return what the same region said to the item of the same id in the round of the year before.

    Beside this year's score only the points are shown, so the rest is read for its own tab alone.
    """
    if look.tab not in {"last", "score"}:
        return None
    whole = look.tab == "last"
    answer = _of_year.first(assessment.region_id, assessment.round.slug, assessment.round.year - 1, item)
    if answer is None:
        return None
    scores = tuple(_scores(answer.pk))
    if not whole:
        return LastYear(answer, scores, {}, (), "")
    kept = Submission.objects.filter(assessment_id=answer.assessment_id).first()
    forecasts = {}
    note = answer.note
    for row in kept.content["items"] if kept else ():
        if row["item"] == item:
            note = row["note"]
            forecasts = {each["point"]: each["forecast"] for each in row["points"]}
    answer.note = note
    remarks = tuple(answer.comments.select_related("by"))
    return LastYear(answer, scores, forecasts, remarks, structure_of(note))


def structure_of(note: str) -> str:
    """Return a text without its figures, to be filled anew: last year's words are no reason for this year's numbers."""
    without = re.sub(r"\{\{[^{}\n]*\}\}", "＿＿", note)
    return re.sub(r"[0-9０-９]+(?:[,，.．][0-9０-９]+)*", "＿＿", without)
