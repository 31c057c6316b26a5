"""Deadlines that draw near or have passed: told step by step to the officers who still have items to hand in."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dudao.web.evaluations.concerned import officers_of, people_with
from dudao.web.evaluations.happenings import Kind, tell
from dudao.web.evaluations.models import Answer, Assessment, DepartmentExtension, Duty, Stage
from dudao.web.people.models import Department
from dudao.workflow.machine import Role

STEPS = (30, 7, 1, -1, -3)  # days left; from the last one on the supervision office is told as well
_OPEN = ("not_started", "drafting", "returned")


@transaction.atomic
def tell_deadlines(today: date) -> int:
    """Tell of every deadline that has reached a step (30, 7, 1 days off, 1 or 3 days over); return how many.

    Each run tells the step reached by then, whatever runs were left out before. The key of a happening names
    assessment, department, deadline and step, so that a listener keeps it once however often this runs.
    """
    stages = Stage.objects.filter(kind="departments", round__closed_at__isnull=True)
    due = {stage.round_id: stage.due for stage in stages}
    rows = Assessment.objects.filter(round_id__in=due, state__in=("open", "sent_back"))
    assessments = {row.pk: row for row in rows.select_related("region", "round")}
    longer: dict[tuple[int, int], date] = {}
    for given in DepartmentExtension.objects.filter(assessment__in=assessments).order_by("due"):
        longer[given.assessment_id, given.department_id] = given.due
    waiting = _waiting(assessments)
    departments = Department.objects.in_bulk({department for _, department in waiting})
    told = 0
    for (key, department), items in sorted(waiting.items()):
        assessment = assessments[key]
        last = max(due[assessment.round_id], longer.get((key, department), date.min))
        told += _tell(assessment, departments[department], items, last, today)
    return told


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
    left = (last - today).days
    reached = [step for step in STEPS if left <= step]
    if not reached:
        return False
    step = reached[-1]
    when = f"还有 {left} 天截止" if left > 0 else "今天截止" if left == 0 else f"已逾期 {-left} 天"
    sentence = f"“{assessment.round.title}”{when}，{department}还有 {len(items)} 项未提交：第 {'、'.join(items)} 项"

    def concerned() -> set[int]:
        people = set(officers_of([department.pk]).values_list("pk", flat=True))
        if step == STEPS[-1]:
            people |= set(people_with(assessment, {Role.SUPERVISION_CLERK}).values_list("pk", flat=True))
        return people

    kind = Kind.DEADLINE_NEAR if step > 0 else Kind.OVERDUE
    tell(kind, assessment, sentence, key=f"deadline:{assessment.pk}:{department.pk}:{last}:{step}", told=concerned)
    return True
