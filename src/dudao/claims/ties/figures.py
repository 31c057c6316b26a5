"""The figures of a document that can be held against another one: what, where, when, how much."""

from dataclasses import dataclass

from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.facts import Fact, facts_of
from dudao.claims.contradictions.reading import Reading, read_report
from dudao.claims.places_named import own_place
from dudao.claims.ties.model import FilePlace
from dudao.documents.model import Document
from dudao.quantities.model import Quantity
from dudao.records import pickled_by_fields


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class TieKey:
    """What two figures must share to be compared; equal in every part."""

    measure: str
    place: str
    period: str
    unit: str


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class TieFigure:
    """One figure of one file; `dated` when its own sentence names the period, `heading` narrows its scope.

    `measure` is what is measured as the file words it; `bar` how much values must differ.
    """

    key: TieKey
    quantity: Quantity
    where: FilePlace
    heading: str
    dated: bool
    measure: str = ""
    bar: Bar = Bar.ANY


def tie_figures(document: Document, reading: Reading | None = None) -> list[TieFigure]:
    """Return the figures of a document that state a fact of a known place and period.

    A document that does not name its place has none: two counties must never be held against each other. `reading`
    is the document's repaired text as read already, if it was.
    """
    reading = reading or read_report(document)
    own = own_place(reading.text)
    if not own:
        return []
    found = []
    for fact in facts_of(reading):
        place = _full_place(fact.place, own)
        if place == "?" or not fact.period or fact.period.endswith("~"):
            continue
        found.append(_figure(document, fact, TieKey(fact.core, place, fact.period, fact.unit)))
    return found


def _figure(document: Document, fact: Fact, key: TieKey) -> TieFigure:
    quantity = fact.quantity
    where = FilePlace(document.file, document.repaired.source_span(quantity.span), quantity.text)
    return TieFigure(key, quantity, where, fact.heading, fact.dated, fact.measure, fact.bar)


def _full_place(place: str, own: str) -> str:
    """Return the name of the place a figure is of; `?` for a level that is not that of the document."""
    if not place:
        return own
    if not place.startswith("全"):
        return place if len(place) > 3 or not place.endswith(("本级", "直属")) else f"{own}{place}"
    if own and place[-1] == own[-1]:
        return own
    return "?"
