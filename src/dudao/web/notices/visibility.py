"""Whom a notice may be told: it names a region, an item and what was said there, so only those who may read them."""

from collections.abc import Mapping

from dudao.web.evaluations.happenings import Happening
from dudao.web.evaluations.models import Duty
from dudao.web.evaluations.queries import reads_assessment
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role


def readers_among(subjects: Mapping[int, Subject], happening: Happening) -> set[int]:
    """Return those a happening concerns who may read the page it leads to; one query at most.

    Args:
        subjects: what people hold, by id, at least of those it concerns; who is missing reads nothing.
        happening: what happened.
    """
    concerned: set[int] | None = None
    if happening.answer is not None:
        duties = Duty.objects.filter(assessment_id=happening.assessment.pk, item=happening.answer.item)
        concerned = set(duties.values_list("department_id", flat=True))
    return {
        person for person in happening.told if person in subjects and _reads(subjects[person], happening, concerned)
    }


def _reads(subject: Subject, happening: Happening, departments: set[int] | None) -> bool:
    if not reads_assessment(subject, happening.assessment):
        return False
    if departments is None:
        return True
    roles = subject.roles_at(happening.assessment.region.path)
    return bool(roles - {Role.DEPARTMENT_OFFICER}) or bool(subject.departments() & departments)
