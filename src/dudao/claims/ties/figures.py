"""The figures of a document that can be held against another one: what, where, when, how much."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dudao.claims.context import title_year
from dudao.claims.contradictions.derived import changes_since, year_before
from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.facts import Fact, aim_key, facts_of, prose_facts
from dudao.claims.contradictions.index_facts import index_facts
from dudao.claims.contradictions.own_scores import OWN_SCORE
from dudao.claims.contradictions.reading import Reading, read_report
from dudao.claims.contradictions.stage_facts import sums_of_stages
from dudao.claims.mentions import Mention
from dudao.claims.places_named import own_place
from dudao.claims.ties.model import FilePlace
from dudao.documents.model import Document
from dudao.documents.score_sheet import ScoreSheet
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind, Quantity
from dudao.records import pickled_by_fields

_CLAUSE_ENDS = re.compile(r"[，。；！？\n\t]")
_CLAUSE_LENGTH = 40
_OF_A_LEVEL = re.compile("[省市县区州旗](?:本级|[直属][属管]?)")
"""市直, 市本级: of the document's own place, whose name must go before it."""


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

    `measure` is what is measured as the file words it; `bar` how much values must differ. `broad` is the key of a wider
    name, under which only values that look like a slip are held against each other; `aim` that of the aim which the
    words behind the figure say was reached; one that is `derived` is not written, but follows from what is.
    """

    key: TieKey
    quantity: Quantity
    where: FilePlace
    heading: str
    dated: bool
    measure: str = ""
    bar: Bar = Bar.ANY
    broad: TieKey | None = None
    aim: TieKey | None = None
    derived: bool = False


def tie_figures(document: Document, reading: Reading | None = None, sheet: ScoreSheet | None = None) -> list[TieFigure]:
    """Return the figures of a document that state a fact of a known place and period.

    A document that does not name its place has none: two counties must never be held against each other. `reading`
    is the document's repaired text as read already, if it was; `sheet` its score sheet, whose printed total is a
    figure. What the text does not say of place and year, the name of its file may: 宁川市2023年统计.xlsx.
    """
    reading = reading or read_report(document)
    name = Path(document.file).stem
    own = own_place(reading.text) or own_place(name)
    if not own:
        return []
    found = []
    year = title_year(name)
    prose = prose_facts(reading, title_year(reading.text) or year)
    aims = [fact for fact, _ in prose if fact.aim and not reading.passage.in_doubt(fact.quantity)]
    indices = index_facts(reading, title_year(reading.text) or year)
    named = {fact.quantity.span for fact in indices}
    stated = [fact for fact in facts_of(reading, year, prose) if fact.quantity.span not in named]
    sums = list(sums_of_stages(stated))
    for fact in (*stated, *sums, *indices, *_years_before(reading, prose), *aims):
        place = _full_place(fact.place, own)
        if place == "?" or not fact.period or fact.period.endswith("~"):
            continue
        found.append(_figure(document, fact, TieKey(fact.core, place, fact.period, fact.unit)))
    total = _total_of(document, sheet, TieKey(OWN_SCORE, own, title_year(reading.text) or year, "分"))
    return found if total is None else [*found, total]


def _years_before(reading: Reading, prose: Sequence[tuple[Fact, Mention]]) -> list[Fact]:
    """Return what the report says of the year before by what it had and how that changed."""
    changes = changes_since(reading.passage)
    found = []
    for fact, told in prose:
        before = year_before(fact, changes.get(told.index))
        if before is not None and not fact.aim and not reading.passage.in_doubt(fact.quantity):
            found.append(before)
    return found


def _total_of(document: Document, sheet: ScoreSheet | None, key: TieKey) -> TieFigure | None:
    """Return the total that a score sheet prints for the points given by itself, None for none printed."""
    if sheet is None or sheet.self_points is None or not sheet.self_points_printed or sheet.total_span is None:
        return None
    points, span = sheet.self_points, sheet.total_span
    quantity = Quantity(span, f"{points}分", points, Interval(points, points), unit="分", kind=Kind.SCORE)
    return TieFigure(key, quantity, FilePlace(document.file, span, quantity.text), "", False, OWN_SCORE)


def clause_of(text: str, span: Span) -> str:
    """Return the clause around a figure, at most some forty characters of it."""
    before = _CLAUSE_ENDS.split(text[max(0, span.start - _CLAUSE_LENGTH) : span.start])[-1]
    behind = _CLAUSE_ENDS.split(text[span.end : span.end + _CLAUSE_LENGTH // 4])[0]
    return "".join(f"{before}{text[span.start : span.end]}{behind}".split())


def _figure(document: Document, fact: Fact, key: TieKey) -> TieFigure:
    quantity = fact.quantity
    words = fact.said or ("" if fact.table >= 0 else clause_of(document.repaired.text, quantity.span))
    where = FilePlace(document.file, document.repaired.source_span(quantity.span), quantity.text, words)
    broad = replace(key, measure=f"~{fact.broad}") if fact.broad else None
    aim = replace(key, measure=aim_key(key.measure)) if fact.done else None
    measure = f"{fact.measure}（计划数）" if fact.aim else fact.measure
    return TieFigure(key, quantity, where, fact.heading, fact.dated, measure, fact.bar, broad, aim, bool(fact.said))


def _full_place(place: str, own: str) -> str:
    """Return the name of the place a figure is of; `?` for a level that is not that of the document."""
    if not place:
        return own
    if not place.startswith("全"):
        return f"{own}{place}" if _OF_A_LEVEL.fullmatch(place) else place
    if own and place[-1] == own[-1]:
        return own
    return "?"
