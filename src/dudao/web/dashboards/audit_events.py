"""What of the trail a person may read: which events, and of which the content as well."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.dateparse import parse_date

from dudao.web.audit.actions import record
from dudao.web.audit.models import Event
from dudao.web.audit.queries import search
from dudao.web.people.access import Subject
from dudao.web.people.models import Region, User
from dudao.workflow.machine import Role

FILTERS = ("words", "action", "actor", "region", "since", "until", "object")
MASKED = "（评价内容，不在您的查看范围内）"
_ABOUT_ACCESS = Q(action__startswith="people.") | Q(action__startswith="audit.")
_DRAFTS = (
    "evaluations.answer.",
    "evaluations.fact.",
    "evaluations.bulk.",
    "evidence.",
    "document_checks.",
    "background.",
)
_READERS = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR})


def _within(holder: Subject, *roles: Role) -> Q:
    places: QuerySet[Region] = Region.objects.filter(holder.regions("", roles))
    return Q(region__in=places.values("code"))


def visible_events(holder: Subject) -> Q:
    """Return the condition on events that the subject may read: those of its regions, and for system
    administrators also those of no region, such as lockouts.
    """
    condition = _within(holder, *_READERS)
    return condition | Q(region="") if Role.SYSTEM_ADMINISTRATOR in holder.roles else condition


def _hidden(holder: Subject) -> Q:
    """Return the condition on events whose content the subject may not read, though it may know of them.

    A clerk reads everything of the own regions; a province nothing of drafts; the system administrator
    nothing of what is evaluated.
    """
    drafts = Q(pk__in=[])
    for prefix in _DRAFTS:
        drafts |= Q(action__startswith=prefix)
    readable = _ABOUT_ACCESS | _within(holder, Role.SUPERVISION_CLERK)
    if Role.PROVINCIAL_ADMINISTRATOR in holder.roles:
        readable |= _within(holder, Role.PROVINCIAL_ADMINISTRATOR) & ~drafts
    return ~readable


def events_for(holder: Subject, asked: Mapping[str, str]) -> QuerySet[Event]:
    """Return the events that the subject may know of, newest first, with `hidden` where the content is not theirs.

    Args:
        asked: a text for each of `FILTERS`, empty for no condition.
    """
    hidden = _hidden(holder)
    events = Event.objects.filter(visible_events(holder)).annotate(
        hidden=Case(When(hidden, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    if asked["words"]:
        events = events.exclude(hidden)  # what may not be read may not be searched either
    if asked["region"]:
        events = events.filter(region=asked["region"])
    if asked["object"]:
        kind, _, key = asked["object"].partition(":")
        events = events.filter(object_type=kind, object_id=key)
    since, until = _day(asked["since"]), _day(asked["until"])
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return search(events, words=asked["words"], action=asked["action"], actor=asked["actor"])


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found is not None and found < date(9999, 12, 31) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def note_reading(by: User | None, holder: Subject, action: str, summary: str, asked: Mapping[str, str]) -> None:
    """Record that somebody looked at the trail, and how they asked."""
    place = next((held.region_code for held in holder.held if held.role in _READERS), "")
    used = {name: value for name, value in asked.items() if value}
    record(by=by, action=action, summary=summary, object_type="audit", region=place, after=used)
