"""Which notices a person sees."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from dudao.web.evaluations.models import Duty
from dudao.web.notices.models import Notice
from dudao.web.people.access import Subject, within
from dudao.web.prepared import prepared_value
from dudao.workflow.machine import Role

_COUNTED = 100
_WHOLE = frozenset(Role) - {Role.DEPARTMENT_OFFICER}


def visible_notices(subject: Subject) -> QuerySet[Notice]:
    """Return the subject's own notices, newest first, of what is still within reach.

    Those of no region, of regions where a role is held, and for officers those of items of their department.
    """
    rows = _reached(
        subject.user_id, subject.paths(_WHOLE), subject.paths({Role.DEPARTMENT_OFFICER}), sorted(subject.departments())
    )
    return rows.select_related("region", "by").order_by("-at", "-id")


def _reached(
    user_id: int | None, whole: Sequence[str], officer: Sequence[str], departments: Sequence[int]
) -> QuerySet[Notice]:
    duties = Duty.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("answer__item"), department__in=departments
    )
    theirs = within("region", officer) & (Q(answer__isnull=True) | Exists(duties))
    reach = within("region", whole) | theirs | Q(region__isnull=True)
    return Notice.objects.filter(reach, person_id=user_id)


def unread_count(subject: Subject) -> int:
    """Return how many visible notices are unread, counted up to a hundred; one query."""
    if subject.user_id is None:
        return 0
    officer = subject.paths({Role.DEPARTMENT_OFFICER})
    return _unread(subject.user_id, subject.paths(_WHOLE), officer, sorted(subject.departments()))


@prepared_value
def _unread(user_id: int, whole: Sequence[str], officer: Sequence[str], departments: Sequence[int]) -> int:
    return _reached(user_id, whole, officer, departments).filter(read_at__isnull=True)[:_COUNTED].count()
