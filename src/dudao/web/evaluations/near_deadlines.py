"""Deadlines that draw near or have passed: told step by step to those who still have something to hand in.

The departments' deadline goes to their officers, that of collecting and submitting to the supervision office; once
it is well over, also to those above them: the supervision office, and the leaders of the region.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.db import transaction

from dudao.web.evaluations.calendar import working_days_between
from dudao.web.evaluations.concerned import officers_by_department, people_over
from dudao.web.evaluations.happenings import Happening, Kind, tell_all
from dudao.web.evaluations.models import Answer, Assessment, DeadlineTold, DepartmentExtension, Duty, Stage
from dudao.web.people.models import Department
from dudao.workflow.machine import Role

STEPS = (30, 7, 1, -1, -3)  # working days left; at the last one those above are told as well
_OPEN = ("not_started", "drafting", "returned")
_OFFICES = ("collection", "submission")


def tell_deadlines(today: date, portion: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Tell of every deadline that has reached a step (30, 7, 1 working days off, 1 or 3 over); return how many.

    Each run tells the step reached by then, whatever runs were left out before. The key of a happening names
    assessment, department, deadline and step. What was told before to the same people is passed over, so that a run
    with nothing new asks few questions however many departments there are; of each assessment all or nothing is told.

    Args:
        today: the day it is.
        portion: called before each assessment that something is told of, with how many there are before it and in
            all; what it raises ends the run there, and the next one goes on.
    """
    rows = Assessment.objects.filter(round__closed_at__isnull=True, state__in=("open", "sent_back"))
    assessments = {row.pk: row for row in rows.select_related("region", "round")}
    told_before: dict[int, dict[str, list[int]]] = {}
    for mark in DeadlineTold.objects.filter(assessment__in=assessments):
        told_before.setdefault(mark.assessment_id, {})[mark.key] = mark.people
    steps = sorted(
        [*_of_departments(assessments, today), *_of_offices(assessments, today)], key=lambda one: one.assessment.pk
    )
    untold: list[list[_Reached]] = []
    for key, reached in groupby(steps, key=lambda one: one.assessment.pk):
        before = told_before.get(key, {})
        if new := [one for one in reached if before.get(one.key) != sorted(one.people)]:
            untold.append(new)
    for done, new in enumerate(untold):
        portion(done, len(untold))
        _tell(new)
    DeadlineTold.objects.exclude(assessment__in=assessments).delete()
    return len(steps)


@dataclass(frozen=True, slots=True)
class _Reached:
    """A step that a deadline has reached: what is said, and whom it concerns."""

    kind: Kind
    assessment: Assessment
    sentence: str
    key: str
    people: frozenset[int]


@transaction.atomic
def _tell(steps: Sequence[_Reached]) -> None:
    """Tell steps of one assessment, and mark them as told to these people."""
    tell_all([Happening(one.kind, one.assessment, one.people, one.sentence, one.key) for one in steps])
    marks = [DeadlineTold(assessment=one.assessment, key=one.key, people=sorted(one.people)) for one in steps]
    DeadlineTold.objects.bulk_create(marks, update_conflicts=True, unique_fields=["key"], update_fields=["people"])


def _of_departments(assessments: Mapping[int, Assessment], today: date) -> Iterator[_Reached]:
    """Yield the steps reached by departments that still have something to hand in."""
    stages = Stage.objects.filter(kind="departments", round__in={row.round_id for row in assessments.values()})
    due = {stage.round_id: stage.due for stage in stages}
    longer: dict[tuple[int, int], date] = {}
    for given in DepartmentExtension.objects.filter(assessment__in=assessments).order_by("due"):
        longer[given.assessment_id, given.department_id] = given.due
    waiting = _waiting(assessments)
    departments = Department.objects.in_bulk({department for _, department in waiting})
    officers = officers_by_department(departments)
    left_until = cache(lambda last: working_days_between(today, last))
    clerks = people_over({row.region for row in assessments.values()}, {Role.SUPERVISION_CLERK})
    for (key, department), items in sorted(waiting.items()):
        assessment = assessments[key]
        if assessment.round_id not in due:
            continue
        last = max(due[assessment.round_id], longer.get((key, department), date.min))
        left = left_until(last)
        step = _step(left)
        if step is None:
            continue
        yield _Reached(
            Kind.DEADLINE_NEAR if step > 0 else Kind.OVERDUE,
            assessment,
            f"“{assessment.round.title}”{_when(left, last, today)}，"
            f"{departments[department]}还有 {len(items)} 项未提交：第 {'、'.join(items)} 项",
            f"deadline:{assessment.pk}:{department}:{last}:{step}",
            officers[department] | (clerks[assessment.region_id] if step == STEPS[-1] else frozenset()),
        )


def _of_offices(assessments: Mapping[int, Assessment], today: date) -> Iterator[_Reached]:
    """Yield the steps reached by what supervision offices have to collect and submit themselves."""
    rounds = {row.round_id for row in assessments.values()}
    over = cache(lambda *roles: people_over({row.region for row in assessments.values()}, roles))
    for stage in Stage.objects.filter(kind__in=_OFFICES, round__in=rounds).order_by("pk"):
        left = working_days_between(today, stage.due)
        step = _step(left)
        if step is None:
            continue
        roles = (Role.SUPERVISION_CLERK, Role.LEADER) if step == STEPS[-1] else (Role.SUPERVISION_CLERK,)
        for row in assessments.values():
            if row.round_id == stage.round_id:
                yield _Reached(
                    Kind.DEADLINE_NEAR if step > 0 else Kind.OVERDUE,
                    row,
                    f"“{row.round.title}”的{stage.get_kind_display()}{_when(left, stage.due, today)}",
                    f"deadline:{row.pk}:{stage.kind}:{stage.due}:{step}",
                    over(*roles)[row.region_id],
                )


def _step(left: int) -> int | None:
    """Return the step that so many working days left have reached, None before the first."""
    reached = [step for step in STEPS if left <= step]
    return reached[-1] if reached else None


def _when(left: int, last: date, today: date) -> str:
    if left > 0:
        return f"还有 {left} 个工作日截止（{last.month} 月 {last.day} 日）"
    if today <= last:  # no working day left before it: today itself, or only days off up to the deadline
        return "今天截止" if today == last else f"将于 {last.month} 月 {last.day} 日截止"
    return f"已逾期 {-left} 个工作日" if left else f"已于 {last.month} 月 {last.day} 日截止"


def _waiting(assessments: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """Return the items that are not handed in, in their order, by assessment and leading department."""
    leads = {
        (duty.assessment_id, duty.item): duty.department_id
        for duty in Duty.objects.filter(assessment__in=assessments, lead=True)
    }
    found: dict[tuple[int, int], list[str]] = {}
    for answer in Answer.objects.filter(assessment__in=assessments, state__in=_OPEN).order_by("pk"):
        department = leads.get((answer.assessment_id, answer.item))
        if department is not None:
            found.setdefault((answer.assessment_id, department), []).append(answer.item)
    return found
