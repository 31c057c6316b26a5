"""How an assessment stands: its items with answers, duties and scores, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from dudao.scoring.result import PointScore, SchemeScore
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Answer, Assessment, DepartmentExtension, Duty
from dudao.web.evaluations.progress import DONE
from dudao.web.evaluations.scores import forecast
from dudao.web.people.models import Department

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item: its answer, who answers it until when, its points and where they go.

    `deducted` is what the office took off itself, `at_risk` what the facts would take off beyond that.
    """

    item: Item
    answer: Answer
    lead: Department | None
    helpers: tuple[Department, ...]
    due: date | None
    self_points: Decimal | None
    deducted: Decimal
    at_risk: Decimal
    reason: str
    recoverable: Decimal
    unscored: int
    missing: tuple[str, ...]
    contradicting: tuple[PointScore, ...]

    @property
    def lost(self) -> Decimal:
        """All that is lost, taken off already or foreseen."""
        return self.deducted + self.at_risk

    @property
    def done(self) -> bool:
        """Whether the department handed it in."""
        return self.answer.state in DONE


@dataclass(slots=True)
class DepartmentStanding:
    """One department: how much it leads and helps with, how far it is, what is late."""

    department: Department
    due: date | None = None
    leads: list[ItemStanding] = field(default_factory=list)
    helps: int = 0
    late: bool = False

    def count(self, *states: str) -> int:
        """Return how many led items are in one of the states."""
        return sum(each.answer.state in states for each in self.leads)

    @property
    def done(self) -> int:
        """How many led items are handed in."""
        return self.count(*DONE)

    @property
    def changed(self) -> object:
        """When anything of it was last changed, None when never."""
        return max((each.answer.changed_at for each in self.leads if each.answer.changed_at), default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole of an assessment on a day."""

    assessment: Assessment
    scores: SchemeScore
    items: tuple[ItemStanding, ...]
    departments: tuple[DepartmentStanding, ...]
    today: date

    def counts(self) -> dict[str, int]:
        """Return how many items are handed in, under way, sent back, and all of them."""
        states = [each.answer.state for each in self.items]
        return {
            "done": sum(state in DONE for state in states),
            "drafting": states.count("drafting"),
            "returned": states.count("returned"),
            "all": len(states),
        }

    def losing(self) -> list[ItemStanding]:
        """Return the items where points go, the largest loss first."""
        return sorted((each for each in self.items if each.lost > 0), key=lambda each: -each.lost)


def standing_of(assessment: Assessment, today: date) -> Standing:
    """Return how an assessment stands; answers, duties, extensions and scores are asked for once each."""
    scores = forecast(assessment)
    by_point = {score.point.id: score for score in scores.points}
    answers = {row.item: row for row in Answer.objects.filter(assessment=assessment).select_related("changed_by")}
    duties: dict[str, list[Duty]] = {}
    for duty in Duty.objects.filter(assessment=assessment).select_related("department").order_by("-lead", "pk"):
        duties.setdefault(duty.item, []).append(duty)
    later = {
        row.department_id: row.due for row in DepartmentExtension.objects.filter(assessment=assessment).order_by("due")
    }
    due = next((stage.due for stage in assessment.round.stages.all() if stage.kind == "departments"), None)
    rows = []
    for item in items_of(scheme_of(assessment.round.scheme)):
        answer = answers.get(item.id)
        if answer is None:
            continue
        involved = duties.get(item.id, [])
        lead = next((duty.department for duty in involved if duty.lead), None)
        helpers = tuple(duty.department for duty in involved if not duty.lead)
        own_due = later.get(lead.pk, due) if lead else due
        rows.append(_item(item, answer, lead, helpers, own_due, [by_point[p.id] for p in item.points]))
    return Standing(assessment, scores, tuple(rows), _departments(rows, later, due, today), today)


def _item(
    item: Item,
    answer: Answer,
    lead: Department | None,
    helpers: tuple[Department, ...],
    due: date | None,
    points: Sequence[PointScore],
) -> ItemStanding:
    given = [score for score in points if score.self_points is not None]
    owed = [score for score in given if not score.point.bonus]  # what comes on top and is not claimed is no loss
    deducted = sum((max(ZERO, (score.full or ZERO) - (score.self_points or ZERO)) for score in owed), ZERO)
    risks = [(_at_risk(score), score) for score in points]
    worst = max(points, key=lambda score: (_at_risk(score), score.lost), default=None)
    reason = worst.award.steps[-1] if worst and worst.award.steps and (_at_risk(worst) or worst.lost) else ""
    return ItemStanding(
        item=item,
        answer=answer,
        lead=lead,
        helpers=helpers,
        due=due,
        self_points=sum((score.self_points or ZERO for score in given), ZERO) if given else None,
        deducted=deducted,
        at_risk=sum((risk for risk, _ in risks), ZERO),
        reason=reason or (gettext("自评已扣。") if deducted else ""),
        recoverable=sum(
            (max((change.gain for change in score.award.improvements), default=ZERO) for score in points), ZERO
        ),
        unscored=sum(score.full is not None and score.self_points is None for score in points),
        # a point without a rule lacks only its own points, which `unscored` counts
        missing=tuple(gap.sentence for score in points if score.point.rule is not None for gap in score.award.missing),
        contradicting=tuple(score for score in points if score.contradicts),
    )


def _at_risk(score: PointScore) -> Decimal:
    """Return what the facts take off beyond what the office took off itself."""
    if score.self_points is None:
        return score.lost
    return max(ZERO, score.self_points - score.award.high) if score.contradicts else ZERO


def _departments(
    rows: Sequence[ItemStanding], later: dict[int, date], due: date | None, today: date
) -> tuple[DepartmentStanding, ...]:
    found: dict[int, DepartmentStanding] = {}
    for row in rows:
        for department in ((row.lead,) if row.lead else ()) + row.helpers:
            found.setdefault(department.pk, DepartmentStanding(department, later.get(department.pk, due)))
        if row.lead:
            found[row.lead.pk].leads.append(row)
        for department in row.helpers:
            found[department.pk].helps += 1
    for standing in found.values():
        late = standing.due is not None and standing.due < today
        standing.late = late and standing.done < len(standing.leads)
    return tuple(sorted(found.values(), key=lambda each: (each.department.position, each.department.name)))
