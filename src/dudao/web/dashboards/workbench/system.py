"""The system administrator's view: accounts and the trail, nothing of what is evaluated."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from dudao.web.audit.models import Event
from dudao.web.people.access import Subject
from dudao.web.people.models import ROLE_TITLES, Grant
from dudao.web.people.queries import visible_people
from dudao.workflow.machine import Role


@dataclass(frozen=True, slots=True)
class SystemStanding:
    """Accounts by state and role, and lockouts of the last week."""

    people: int
    closed: int
    never_signed_in: int
    ending_soon: int
    lockouts: int
    events: int
    roles: tuple[tuple[str, int], ...]


def system_standing(subject: Subject) -> SystemStanding:
    """Return the figures of the accounts within reach; five queries."""
    people = visible_people(subject).prefetch_related(None)
    counted = people.aggregate(
        all=Count("pk"),
        closed=Count("pk", filter=Q(is_active=False)),
        never=Count("pk", filter=Q(is_active=True, last_login__isnull=True)),
    )
    today, now = timezone.localdate(), timezone.now()
    grants = Grant.objects.filter(subject.regions("region", {Role.SYSTEM_ADMINISTRATOR}))
    holding = grants.filter(Q(ends__isnull=True) | Q(ends__gte=today), user__is_active=True)
    by_role = dict(holding.values_list("role").annotate(n=Count("user", distinct=True)).order_by())
    soon = holding.filter(ends__lte=today + timedelta(days=14)).count()
    locked = Event.objects.filter(action="people.locked_out", at__gte=now - timedelta(days=7)).count()
    last = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    roles = tuple((title, by_role.get(role.value, 0)) for role, title in ROLE_TITLES.items())
    return SystemStanding(counted["all"], counted["closed"], counted["never"], soon, locked, last, roles)
