"""Which notices a person sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from dudao.web.evaluations.models import Duty
from dudao.web.notices.models import Notice
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role

_COUNTED = 100
_WHOLE = frozenset(Role) - {Role.DEPARTMENT_OFFICER}


def visible_notices(subject: Subject) -> QuerySet[Notice]:
    """Return the subject's own notices, newest first, of what is still within reach.

    Those of no region, of regions where a role is held, and for officers those of items of their department.
    """
    duties = Duty.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("answer__item"), department__in=subject.departments()
    )
    officer = subject.regions("region", {Role.DEPARTMENT_OFFICER}) & (Q(answer__isnull=True) | Exists(duties))
    reach = subject.regions("region", _WHOLE) | officer | Q(region__isnull=True)
    return Notice.objects.filter(reach, person_id=subject.user_id).select_related("region", "by").order_by("-at", "-id")


def unread_count(subject: Subject) -> int:
    """Return how many visible notices are unread, counted up to a hundred; one query."""
    return visible_notices(subject).filter(read_at__isnull=True)[:_COUNTED].count()
