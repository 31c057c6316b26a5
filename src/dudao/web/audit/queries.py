"""Reading the trail: for the page, for export, and to prove it whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dudao.web.audit.chain import FIELDS, GENESIS, Break, breaks, digest_of
from dudao.web.audit.models import Event, Excerpt, Head


def search(events: QuerySet[Event], *, words: str = "", action: str = "", actor: str = "") -> QuerySet[Event]:
    """Return the events that match, newest first; empty conditions match everything."""
    if words:
        events = events.filter(Q(summary__icontains=words) | Q(reason__icontains=words) | Q(object_id=words))
    if action:
        events = events.filter(action__startswith=action)
    if actor:
        events = events.filter(actor__icontains=actor)
    return events.order_by("-sequence")


def named(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return the events with `who`: the name of the person, the account where nobody has it any more."""
    people = get_user_model().objects.filter(pk=OuterRef("actor_id"))
    return events.annotate(who=Coalesce(Subquery(people.values("name")[:1]), F("actor")))


def history(object_type: str, object_id: object) -> QuerySet[Event]:
    """Return what happened to one object, newest first, with names."""
    return histories({object_type: [object_id]})


def histories(objects: Mapping[str, Iterable[object]]) -> QuerySet[Event]:
    """Return what happened to several objects, named by type and ids, newest first, with names."""
    wanted = Q(pk__in=())
    for object_type, ids in objects.items():
        wanted |= Q(object_type=object_type, object_id__in=[str(each) for each in ids])
    return named(Event.objects.filter(wanted)).order_by("-sequence")


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the chain was proved: the last event looked at with its hash, what is broken, whether it is the end."""

    sequence: int
    hash: str
    breaks: tuple[Break, ...]
    finished: bool


def prove(after: tuple[int, str] = (0, GENESIS), *, most: int) -> Proof:
    """Prove at most so many events beyond one that was proved before; bounded in time whatever the trail."""
    names = (*FIELDS, "previous_hash", "hash")
    events = list(Event.objects.filter(sequence__gt=after[0]).order_by("sequence").values(*names)[:most])
    finished = len(events) < most
    head = Head.objects.filter(pk=1).values_list("sequence", "hash").first()
    if finished and head is not None and events and head[0] > events[-1]["sequence"]:
        # somebody wrote between the two questions: what came later belongs to the next proof
        head = _head_as_of(events[-1], head)
    excerpt = Excerpt.objects.first()
    found = tuple(breaks(events, head, after=after, to_the_end=finished, excerpt_to=excerpt.last if excerpt else 0))
    if excerpt and after[0] == 0:
        found += tuple(_changed(excerpt))
    last = (events[-1]["sequence"], events[-1]["hash"]) if events else after
    return Proof(last[0], last[1], found, finished)


def _head_as_of(last: dict[str, Any], head: tuple[int, str]) -> tuple[int, str]:
    """Return the head as it stood with the last event, if the events up to the present head are there."""
    there = Event.objects.filter(sequence__gt=last["sequence"], sequence__lte=head[0]).count()
    whole = there == head[0] - last["sequence"]
    return (last["sequence"], last["hash"]) if whole else head


def verify() -> list[Break]:
    """Return every break of the stored chain; empty when it is whole. Reads row by row."""
    head = Head.objects.filter(pk=1).values_list("sequence", "hash").first()
    excerpt = Excerpt.objects.first()
    found = list(breaks(_stored(), head, excerpt_to=excerpt.last if excerpt else 0))
    return found + list(_changed(excerpt)) if excerpt else found


def _changed(excerpt: Excerpt) -> Iterator[Break]:
    """Yield a break where the events of an excerpt are not those that were taken."""
    kept = Event.objects.filter(sequence__lte=excerpt.last).order_by("sequence").values_list("hash", flat=True)
    if digest_of(kept.iterator(chunk_size=5000)) != (excerpt.events, excerpt.digest):
        yield Break(excerpt.last, f"第 {excerpt.last} 条以前的摘录与取出时不符")


def _stored() -> Iterator[dict[str, Any]]:
    names = (*FIELDS, "previous_hash", "hash")
    yield from Event.objects.order_by("sequence").values(*names).iterator(chunk_size=2000)
