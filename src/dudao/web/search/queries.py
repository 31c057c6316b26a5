"""What a subject finds: never more than the pages themselves would show, wherever the words stand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, Duty
from dudao.web.evaluations.queries import HANDED_OVER, visible_assessments
from dudao.web.evidence.models import Evidence, Revision, Support
from dudao.web.people.access import Subject
from dudao.web.people.models import Region
from dudao.web.search.grams import plain
from dudao.web.search.index import ANSWER, EVIDENCE, MOST, candidates, stale
from dudao.workflow.machine import Role

_OWN = frozenset({Role.SUPERVISION_CLERK, Role.LEADER})
_ABOVE = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})
_OFFICER = frozenset({Role.DEPARTMENT_OFFICER})
_STALE_LOOKED_AT = 2000
_BATCH = 500


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
    rows = readable_answers(subject).select_related("assessment__region", "assessment__round__scheme")
    return _found(ANSWER, rows, lambda row: row.note, subject, words, most)


def find_evidence(subject: Subject, words: Sequence[str], most: int) -> Found:
    """Return the evidence in whose title, number, issuer or file name every word stands."""
    revisions = Prefetch("revisions", queryset=Revision.objects.order_by("-id"))
    rows = readable_evidence(subject).select_related("region", "department").prefetch_related(revisions)
    return _found(EVIDENCE, rows, words_of_evidence, subject, words, most)


def words_of_evidence(row: Evidence) -> str:
    """Return what is searched of a piece: its title, number and issuer, and the names of its files."""
    return "\n".join((row.title, row.number, row.issuer, *(each.name for each in row.revisions.all())))


def find_items(subject: Subject, words: Sequence[str], most: int) -> Found:
    """Return the items whose number or name holds every word, with the newest assessment that has them."""
    found: dict[str, tuple[Assessment, Any]] = {}
    if not words:
        return Found((), False)
    for row in visible_assessments(subject).prefetch_related("round__stages")[:10]:
        for item in items_of(scheme_of(row.round.scheme)):
            text = plain(f"{item.id} {item.name}")
            if all(word in text for word in words):
                found.setdefault(f"{item.id} {item.name}", (row, item))
    return Found(tuple(found.values())[:most], len(found) > most)


def _found(
    kind: str,
    rows: QuerySet[Any],
    text_of: Callable[[Any], str],
    subject: Subject,
    words: Sequence[str],
    most: int,
) -> Found:
    if not words:
        return Found((), False)
    changed = stale(kind, _STALE_LOOKED_AT)
    indexed = candidates(kind, words, _regions(subject))
    shown: list[Any] = []
    for keys in (changed, indexed):
        for place in range(0, len(keys), _BATCH):
            part = keys[place : place + _BATCH]
            there = {row.pk: row for row in rows.filter(pk__in=part)}
            for key in part:
                row = there.get(key)
                if row is None or not _holds(text_of(row), words):
                    continue
                if len(shown) == most:
                    return Found(tuple(shown), True)
                shown.append(row)
    return Found(tuple(shown), len(changed) == _STALE_LOOKED_AT or len(indexed) == MOST)


def _holds(text: str, words: Iterable[str]) -> bool:
    compared = plain(text)
    return all(word in compared for word in words)


def _regions(subject: Subject) -> set[int]:
    """Return the outermost regions in which the subject holds something; nobody holds in none."""
    held = {each.path for each in subject.held}
    return set(Region.objects.filter(path__in=held).values_list("pk", flat=True))
