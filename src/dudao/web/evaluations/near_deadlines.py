"""Deadlines that draw near or have passed: told step by step to those who still have something to hand in.

The departments' deadline goes to their officers, that of collecting and submitting to the supervision office; once
it is well over, also to those above them: the supervision office, and the leaders of the region.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dudao.web.evaluations.calendar import working_days_between
from dudao.web.evaluations.concerned import officers_of, people_with
from dudao.web.evaluations.happenings import Kind, tell
from dudao.web.evaluations.models import Answer, Assessment, DepartmentExtension, Duty, Stage
from dudao.web.people.models import Department
from dudao.workflow.machine import Role

STEPS = (30, 7, 1, -1, -3)  # working days left; at the last one those above are told as well
_OPEN = ("not_started", "drafting", "returned")
_OFFICES = ("collection", "submission")


@transaction.atomic
def tell_deadlines(today: date) -> int:
    """Tell of every deadline that has reached a step (30, 7, 1 working days off, 1 or 3 over); return how many.

    Each run tells the step reached by then, whatever runs were left out before. The key of a happening names
    assessment, department, deadline and step, so that a listener keeps it once however often this runs.
    """
    rows = Assessment.objects.filter(round__closed_at__isnull=True, state__in=("open", "sent_back"))
    assessments = {row.pk: row for row in rows.select_related("region", "round")}
    stages = Stage.objects.filter(kind="departments", round__in={row.round_id for row in assessments.values()})
    due = {stage.round_id: stage.due for stage in stages}
    longer: dict[tuple[int, int], date] = {}
    for given in DepartmentExtension.objects.filter(assessment__in=assessments).order_by("due"):
        longer[given.assessment_id, given.department_id] = given.due
    waiting = _waiting(assessments)
    departments = Department.objects.in_bulk({department for _, department in waiting})
    told = 0
    for (key, department), items in sorted(waiting.items()):
        assessment = assessments[key]
        if assessment.round_id not in due:
            continue
        last = max(due[assessment.round_id], longer.get((key, department), date.min))
        told += _tell(assessment, departments[department], items, last, today)
    return told + _tell_offices(assessments, today)


def _tell_offices(assessments: dict[int, Assessment], today: date) -> int:
    """Tell the supervision offices of what they have to collect and submit themselves; return how many."""
    rounds = {row.round_id for row in assessments.values()}
    told = 0
    for stage in Stage.objects.filter(kind__in=_OFFICES, round__in=rounds).order_by("pk"):
        for row in assessments.values():
            if row.round_id == stage.round_id:
                told += _tell_office(row, stage, today)
    return told


def _tell_office(row: Assessment, stage: Stage, today: date) -> bool:
    left = working_days_between(today, stage.due)
    step = _step(left)
    if step is None:
        return False
    roles = {Role.SUPERVISION_CLERK} | ({Role.LEADER} if step == STEPS[-1] else set())
    tell(
        Kind.DEADLINE_NEAR if step > 0 else Kind.OVERDUE,
        row,
        f"“{row.round.title}”的{stage.get_kind_display()}{_when(left, stage.due, today)}",
        key=f"deadline:{row.pk}:{stage.kind}:{stage.due}:{step}",
        told=lambda: people_with(row, roles).values_list("pk", flat=True),
    )
    return True


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


def _tell(assessment: Assessment, department: Department, items: list[str], last: date, today: date) -> bool:
    left = working_days_between(today, last)
    step = _step(left)
    if step is None:
        return False
    when = _when(left, last, today)
    sentence = f"“{assessment.round.title}”{when}，{department}还有 {len(items)} 项未提交：第 {'、'.join(items)} 项"

    def concerned() -> set[int]:
        people = set(officers_of([department.pk]).values_list("pk", flat=True))
        if step == STEPS[-1]:
            people |= set(people_with(assessment, {Role.SUPERVISION_CLERK}).values_list("pk", flat=True))
        return people

    kind = Kind.DEADLINE_NEAR if step > 0 else Kind.OVERDUE
    tell(kind, assessment, sentence, key=f"deadline:{assessment.pk}:{department.pk}:{last}:{step}", told=concerned)
    return True
