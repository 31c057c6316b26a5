"""The figures of a document that can be held against another one: what, where, when, how much."""

from dataclasses import dataclass

from dudao.claims.context import Context, title_year
from dudao.claims.contradictions.reading import Reading, read_text
from dudao.claims.contradictions.same_measure import heading_of, is_comparable
from dudao.claims.places_named import own_place
from dudao.claims.ties.model import FilePlace
from dudao.documents.model import Document
from dudao.quantities.model import Quantity


@dataclass(frozen=True, slots=True)
class TieKey:
    """What two figures must share to be compared; equal in every part."""

    measure: str
    place: str
    period: str
    unit: str


@dataclass(frozen=True, slots=True)
class TieFigure:
    """One figure of one file; `dated` when its own sentence names the period, `heading` narrows its scope."""

    key: TieKey
    quantity: Quantity
    where: FilePlace
    heading: str
    dated: bool


def tie_figures(document: Document, reading: Reading | None = None) -> list[TieFigure]:
    """Return the figures of a document that state a fact of a known place and period.

    A document that does not name its place has none: two counties must never be held against each other. `reading`
    is the document's repaired text as read already, if it was.
    """
    reading = reading or read_text(document.repaired.text)
    own = own_place(reading.text)
    if not own:
        return []
    reported = title_year(reading.text)
    found = []
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        if not is_comparable(reading, context, mention):
            continue
        place = _full_place(context.place, own)
        period = context.period or reported
        if place == "?" or not period or period.endswith("~"):
            continue
        found.append(_figure(document, reading, context, TieKey(context.measure, place, period, mention.quantity.unit)))
    return found


def _figure(document: Document, reading: Reading, context: Context, key: TieKey) -> TieFigure:
    quantity = reading.quantity(context)
    where = FilePlace(document.file, document.repaired.source_span(quantity.span), quantity.text)
    dated = bool(context.period) and not context.inherited
    return TieFigure(key, quantity, where, heading_of(reading, context), dated)


def _full_place(place: str, own: str) -> str:
    """Return the name of the place a figure is of; `?` for a level that is not that of the document."""
    if not place:
        return own
    if not place.startswith("全"):
        return place if len(place) > 3 or not place.endswith(("本级", "直属")) else f"{own}{place}"
    if own and place[-1] == own[-1]:
        return own
    return "?"
