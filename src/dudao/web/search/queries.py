"""What a subject finds: never more than the pages themselves would show, wherever the words stand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, Duty
from dudao.web.evaluations.queries import HANDED_OVER, visible_assessments, visible_stands
from dudao.web.evidence.models import Evidence, Revision, Support
from dudao.web.people.access import Subject
from dudao.web.people.models import Region
from dudao.web.search.grams import plain
from dudao.web.search.index import ANSWER, EVIDENCE, MOST, Reach, candidates, stale
from dudao.workflow.machine import Role

_OWN = frozenset({Role.SUPERVISION_CLERK, Role.LEADER})
_ABOVE = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})
_OFFICER = frozenset({Role.DEPARTMENT_OFFICER})
_STALE_LOOKED_AT = 2000
_BATCH, _LARGEST = 500, 2000


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind, newest first; `more` says that there may be more than is shown or looked at."""

    rows: tuple[Any, ...]
    more: bool


def readable_answers(subject: Subject) -> QuerySet[Answer]:
    """Return the answers a subject may read in any assessment: drafts of the own region, what was handed over above.

    Officers those of which their department has a duty.
    """
    place = "assessment__region"
    duties = Duty.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("item"), department__in=subject.departments()
    )
    handed = Q(assessment__state__in=HANDED_OVER)
    condition = subject.regions(place, _OWN) | (subject.regions(place, _ABOVE) & handed)
    if subject.departments():
        condition |= subject.regions(place, _OFFICER) & Q(Exists(duties))
    return Answer.objects.filter(condition)


def readable_evidence(subject: Subject) -> QuerySet[Evidence]:
    """Return the evidence a subject may read in any library, removed pieces left out.

    From above, what supports an item of an assessment that lies with the level above.
    """
    condition = subject.regions("region", {Role.SUPERVISION_CLERK})
    condition |= subject.regions("region", {Role.SCHOOL_SUPERVISOR}) & (
        Q(secrecy="public") | Q(received_from_id=subject.user_id)
    )
    for held in subject.held:
        if held.role is Role.DEPARTMENT_OFFICER:
            own = Q(secrecy="public") | Q(department_id=held.department_id)
            condition |= Q(region__path__startswith=held.path) & own
    sent = Support.objects.filter(evidence=OuterRef("pk"), answer__assessment__state__in=HANDED_OVER)
    condition |= subject.regions("region", _ABOVE) & Q(Exists(sent))
    return Evidence.objects.filter(condition, removed_at__isnull=True)


def find_answers(subject: Subject, words: Sequence[str], most: int) -> Found:
    """Return the answers in whose text every word stands."""
    readable = readable_answers(subject)

    def texts(keys: list[int]) -> dict[int, str]:
        return dict(readable.filter(pk__in=keys).values_list("pk", "note"))

    keys, more = _found(ANSWER, texts, subject, words, most)
    # not joined: a scheme is large, and hundreds of answers share one
    rows = Answer.objects.filter(pk__in=keys).prefetch_related("assessment__region", "assessment__round__scheme")
    return Found(_in_order(rows, keys), more)


def find_evidence(subject: Subject, words: Sequence[str], most: int) -> Found:
    """Return the evidence in whose title, number, issuer or file name every word stands."""
    readable = readable_evidence(subject).prefetch_related(
        Prefetch("revisions", queryset=Revision.objects.order_by("-id"))
    )

    def texts(keys: list[int]) -> dict[int, str]:
        return {row.pk: words_of_evidence(row) for row in readable.filter(pk__in=keys)}

    keys, more = _found(EVIDENCE, texts, subject, words, most)
    rows = Evidence.objects.filter(pk__in=keys).select_related("region", "department")
    return Found(_in_order(rows, keys), more)


def _in_order(rows: QuerySet[Any], keys: list[int]) -> tuple[Any, ...]:
    there = {row.pk: row for row in rows}
    return tuple(there[key] for key in keys if key in there)


def words_of_evidence(row: Evidence) -> str:
    """Return what is searched of a piece: its title, number and issuer, and the names of its files."""
    return "\n".join((row.title, row.number, row.issuer, *(each.name for each in row.revisions.all())))


def find_items(subject: Subject, words: Sequence[str], most: int) -> Found:
    """Return the items whose number or name holds every word, with the newest assessment in which they may be read."""
    found: dict[str, tuple[Assessment, Any]] = {}
    if not words:
        return Found((), False)
    for row in visible_assessments(subject).prefetch_related("round__stages")[:10]:
        readable = {stand.item for stand in visible_stands(subject, row)}
        for item in items_of(scheme_of(row.round.scheme)):
            text = plain(f"{item.id} {item.name}")
            if item.id in readable and all(word in text for word in words):
                found.setdefault(f"{item.id} {item.name}", (row, item))
    return Found(tuple(found.values())[:most], len(found) > most)


def _found(
    kind: str,
    texts: Callable[[list[int]], dict[int, str]],
    subject: Subject,
    words: Sequence[str],
    most: int,
) -> tuple[list[int], bool]:
    """Return the objects whose text holds every word, newest first, and whether there may be more.

    Args:
        texts: returns the texts of those of some objects that the subject may read.
    """
    shown: list[int] = []
    if not words:
        return shown, False
    changed = stale(kind, _STALE_LOOKED_AT)
    looked_at = 0
    for keys in _parts(changed, candidates(kind, words, reach_of(subject))):
        looked_at += len(keys)
        there = texts(keys)
        for key in keys:
            if key in there and _holds(there[key], words):
                if len(shown) == most:
                    return shown, True
                shown.append(key)
    return shown, len(changed) == _STALE_LOOKED_AT or looked_at - len(changed) >= MOST


def _parts(changed: list[int], indexed: Iterable[list[int]]) -> Iterator[list[int]]:
    """Yield what is looked at together: few at first, more at a time the longer nothing is found."""
    size = _BATCH
    for keys in chain([changed], indexed):
        place = 0
        while place < len(keys):
            yield keys[place : place + size]
            place, size = place + size, min(2 * size, _LARGEST)


def _holds(text: str, words: Iterable[str]) -> bool:
    compared = plain(text)
    return all(word in compared for word in words)


def reach_of(subject: Subject) -> Reach:
    """Return the regions in which the subject holds something, by how it reads there."""
    regions = dict(Region.objects.filter(path__in={each.path for each in subject.held}).values_list("path", "pk"))
    above = {regions[each.path] for each in subject.held if each.role in _ABOVE}
    own = {regions[each.path] for each in subject.held if each.role not in _ABOVE}
    return Reach(frozenset(own), frozenset(above))
