"""Bringing the index up to date: what became stale is read, cut into grams and written."""

from collections.abc import Callable

from django.db.models import Prefetch

from dudao.web.evaluations.models import Answer
from dudao.web.evaluations.queries import HANDED_OVER
from dudao.web.evidence.models import Evidence, Revision
from dudao.web.people.models import Region
from dudao.web.search.index import ANSWER, EVIDENCE, Text, count_anew, stale, write
from dudao.web.search.queries import words_of_evidence

_STEP = 4  # characters of one level of a region's path
_AT_ONCE = 1000
_GROWN = 4
"""How many times larger an index may have become before the database counts its rows anew."""


def refresh(each: Callable[[int], None] = lambda done: None, *, most: int | None = None) -> int:
    """Index what is stale, a thousand at a time; return how many there were.

    Args:
        each: called with the number done so far, after every thousand; may end the work by raising.
        most: stop when so many are done; None goes on to the end.
    """
    inside = _regions()
    done, counted = 0, _AT_ONCE * _GROWN
    for kind, texts in ((ANSWER, _answers), (EVIDENCE, _evidence)):
        while (most is None or done < most) and (objects := stale(kind, _AT_ONCE)):
            write(kind, objects, texts(objects, inside))
            done += len(objects)
            if done >= counted:
                count_anew()
                counted = done * _GROWN
            each(done)
    return done


def _regions() -> dict[int, tuple[int, ...]]:
    """Return, by region, the regions it lies in, itself included."""
    by_path = dict(Region.objects.values_list("path", "pk"))
    return {
        pk: tuple(by_path[path[:end]] for end in range(_STEP, len(path) + 1, _STEP) if path[:end] in by_path)
        for path, pk in by_path.items()
    }


def _answers(objects: list[int], inside: dict[int, tuple[int, ...]]) -> list[Text]:
    rows = Answer.objects.filter(pk__in=objects)
    found = rows.values_list("pk", "note", "assessment__region_id", "assessment__state")
    return [Text(pk, note, inside[region], state in HANDED_OVER) for pk, note, region, state in found]


def _evidence(objects: list[int], inside: dict[int, tuple[int, ...]]) -> list[Text]:
    revisions = Prefetch("revisions", queryset=Revision.objects.order_by("-id"))
    rows = Evidence.objects.filter(pk__in=objects).prefetch_related(revisions)
    return [Text(row.pk, words_of_evidence(row), inside[row.region_id], above=True) for row in rows]
