"""When things happened and which way measures moved, told in one file against another of the same place.

2024年5月通过省级评估 here, 2024年3月通过省级评估 there; 比上年下降0.4个百分点 here, 较上年有所提高 there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dudao.claims.contradictions.day_events import Event, are_apart, events_of
from dudao.claims.contradictions.directions import Direction, directions_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.trends import are_opposite, of_one_scope
from dudao.claims.ties.figures import clause_of
from dudao.claims.ties.model import FilePlace
from dudao.documents.model import Document
from dudao.provenance import Span
from dudao.records import pickled_by_fields


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class TieEvent:
    """What one file tells to have happened, and where."""

    event: Event
    where: FilePlace


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class TieDirection:
    """What one file tells to have risen or fallen, and where."""

    direction: Direction
    where: FilePlace


def tie_events(document: Document, reading: Reading, year: str) -> tuple[TieEvent, ...]:
    """Return the events of a file that are told with a day or month."""
    return tuple(TieEvent(one, _place(document, reading, one.span)) for one in events_of(reading, year))


def tie_directions(document: Document, reading: Reading, year: str) -> tuple[TieDirection, ...]:
    """Return the measures of a file that are told to have risen or fallen since the year before."""
    return tuple(
        TieDirection(one, _place(document, reading, one.span)) for one in directions_of(reading, year) if one.since == 1
    )


def _place(document: Document, reading: Reading, span: Span) -> FilePlace:
    words = "".join(reading.text[span.start : span.end].split())
    return FilePlace(document.file, document.repaired.source_span(span), words, clause_of(reading.text, span))


def dated_otherwise(earlier: Sequence[TieEvent], later: Sequence[TieEvent]) -> Iterator[tuple[TieEvent, TieEvent]]:
    """Yield the events of a file that an earlier one tells of another day or month and none of this one."""
    for one in later:
        apart = [other for other in earlier if are_apart(other.event, one.event)]
        if apart and len({other.event.date for other in apart}) == 1:
            yield apart[0], one


def moved_otherwise(
    earlier: Sequence[TieDirection], later: Sequence[TieDirection]
) -> Iterator[tuple[TieDirection, TieDirection]]:
    """Yield the measures of a file that an earlier one tells to have moved the other way."""
    for one in later:
        for other in earlier:
            if are_opposite(other.direction, one.direction) and of_one_scope(other.direction, one.direction):
                yield other, one
                break
