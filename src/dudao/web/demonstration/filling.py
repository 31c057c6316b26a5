"""Typing in what an assessment file says, as the people of a region would: figures, points, texts."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from dudao.assessment.answers import Answer as Given
from dudao.assessment.facts import Fact
from dudao.assessment.load import load_assessment
from dudao.errors import UnreadableInputError
from dudao.scoring.rules.checklist import STATE_NAMES
from dudao.web.evaluations.actions import answers, points
from dudao.web.evaluations.actions.earlier_figures import EarlierFigure, bring_in
from dudao.web.evaluations.choice_fields import NONE_OCCURRED, SOME_OCCURRED
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore
from dudao.web.people.models import User


def fill(
    *,
    clerk: User,
    officers: Mapping[str, User],
    assessment: Assessment,
    data: Path,
    leave: frozenset[str] = frozenset(),
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Fill in an assessment from a file; what the file does not say stays empty.

    Args:
        clerk: fills in whatever no officer answers for.
        officers: name of a department → its person.
        assessment: what is filled in.
        data: an assessment file with facts and answers.
        leave: items to leave untouched.
        reasons: point → why its self points lie above what the facts support.

    Raises:
        UnreadableInputError: the file is no assessment.
    """
    loaded, issues = load_assessment(data)
    if loaded is None:
        raise UnreadableInputError(f"演示数据 {data.name} 不能读入：{issues[0].message if issues else '没有内容'}")
    this = str(assessment.round.year)
    declared = {fact.name: fact for fact in scheme_of(assessment.round.scheme).facts}
    earlier = [
        EarlierFigure(fact.name, fact.period, _typed(fact.value), declared[fact.name].unit, fact.source.note, fact.part)
        for fact in loaded.facts
        if fact.period != this and fact.name in declared and fact.value is not None
    ]
    bring_in(by=clerk, assessment=assessment, figures=earlier)
    figures: dict[str, list[Fact]] = {}
    for fact in loaded.facts:
        if fact.period == this and fact.value is not None:
            figures.setdefault(fact.name, []).append(fact)
    rows = {row.item: row for row in assessment.answers.prefetch_related("scores")}
    people = people_of(assessment, officers, clerk)
    typed: set[str] = set()
    for item in items_of(scheme_of(assessment.round.scheme)):
        if item.id in leave:
            continue
        by = people[item.id]
        for name in item.inputs:
            if name not in typed:
                _figures(by, rows[item.id], assessment, figures.get(name, ()))
                typed.add(name)
        _answers(by, rows[item.id], loaded.answers, reasons)


def people_of(assessment: Assessment, officers: Mapping[str, User], clerk: User) -> dict[str, User]:
    """Return who answers each item: the officer of its lead department where there is one, else the clerk."""
    leads = assessment.duties.filter(lead=True).values_list("item", "department__name")
    named = {item: officers.get(name, clerk) for item, name in leads}
    return {item: named.get(item, clerk) for item in assessment.answers.values_list("item", flat=True)}


def _typed(value: Decimal | bool | str | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _figures(by: User, answer: Answer, assessment: Assessment, facts: Iterable[Fact]) -> None:
    for fact in facts:
        row = FactValue.objects.get(region_id=assessment.region_id, name=fact.name, period=fact.period, part=fact.part)
        answers.save_fact(
            by=by,
            answer=answer,
            fact=row,
            value=_typed(fact.value),
            unit=row.unit,
            version=row.version,
            source=fact.source.note,
        )


def _answers(by: User, answer: Answer, given: Mapping[str, Given], reasons: Mapping[str, str]) -> None:
    notes = []
    for score in answer.scores.all():
        said = given.get(score.point)
        if said is None:
            continue
        if said.note:
            notes.append(said.note)
        if said.self_points is not None or said.not_applicable:
            points.save_points(
                by=by,
                score=score,
                points="" if said.self_points is None else f"{said.self_points:f}",
                version=score.version,
                not_applicable=bool(said.not_applicable),
                reason=said.not_applicable or reasons.get(score.point),
            )
        if stated := _stated(said):
            kept = PointScore.objects.select_related("answer").get(pk=score.pk)
            points.save_choice(by=by, score=kept, given=stated, version=kept.version)
    if notes:
        row = Answer.objects.get(pk=answer.pk)
        answers.save_note(by=by, answer=row, note="\n".join(notes), version=row.version)


def _stated(said: Given) -> dict[str, tuple[str, str]]:
    """Return what the rule asks a person to state, as a form would send it."""
    typed = {"grade": (said.grade, "")} if said.grade else {}
    typed |= {f"item:{name}": (STATE_NAMES[state], "") for name, state in said.items.items()}
    if said.cases is not None:
        typed["cases"] = (SOME_OCCURRED if said.cases else NONE_OCCURRED, "")
        typed |= {f"count:{case.id}": (str(case.count), "") for case in said.cases}
    for key, chosen in (
        ("discretion", said.discretion),
        *((f"points:{case.id}", case.discretion) for case in said.cases or ()),
    ):
        if chosen is not None:
            typed[key] = (f"{chosen.points:f}", chosen.reason)
    return typed


def submit(
    clerk: User, officers: Mapping[str, User], assessment: Assessment, *, leave: frozenset[str] = frozenset()
) -> list[Answer]:
    """Hand in every answer that is complete, as those who answer it would; return them."""
    people = people_of(assessment, officers, clerk)
    handed_in = []
    for answer in assessment.answers.exclude(item__in=leave).prefetch_related("scores"):
        if answers.missing_for_submission(answer):
            continue
        handed_in.append(answers.move(by=people[answer.item], answer=answer, event="submit"))
    return handed_in


def accept(clerk: User, handed_in: Iterable[Answer]) -> None:
    """Accept answers that were handed in."""
    for answer in handed_in:
        answers.move(by=clerk, answer=answer, event="accept")
