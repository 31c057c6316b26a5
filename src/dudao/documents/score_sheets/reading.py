"""The score sheet of a document, wherever it is printed."""

from dataclasses import replace

from dudao.documents.model import BlockKind, Document, RepairedText
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.prose import read_prose
from dudao.documents.score_sheets.spaced_lines import spaced_tables
from dudao.documents.score_sheets.table import read_tables
from dudao.documents.structure import place_in_repaired
from dudao.provenance import Span


def read_score_sheet(document: Document) -> ScoreSheet | None:
    """Return the score sheet that a document prints, in a table or behind its titles; None when it prints none.

    Where both are printed, the one with more self points is the sheet; at a tie, the table. Spans count
    characters of `document.text`, names and notes are in repaired characters.
    """
    repaired = document.repaired
    table = read_tables(document.tables, lambda span: repaired_words(repaired, span))
    spaced = read_tables(spaced_tables(repaired.text), lambda span: repaired.text[span.start : span.end])
    if table is None and spaced is not None:
        table = _in_source(spaced, repaired)
    prose = read_prose(repaired.text, _styled_headings(document))
    if prose is not None:
        prose = _in_source(prose, repaired)
    if table is None or prose is None:
        return table or prose
    return prose if _self_points(prose) > _self_points(table) else table


def repaired_words(repaired: RepairedText, source: Span) -> str:
    """Return the repaired words of a stretch of the source."""
    return repaired.text[place_in_repaired(repaired, source.start) : place_in_repaired(repaired, source.end)]


def _styled_headings(document: Document) -> dict[int, int]:
    """Return the level of each heading of the document by the place of its line in the repaired text."""
    headings = (block for block in document.blocks if block.kind is BlockKind.HEADING and block.level)
    return {place_in_repaired(document.repaired, block.span.start): block.level for block in headings}


def _in_source(sheet: ScoreSheet, repaired: RepairedText) -> ScoreSheet:
    rows = tuple(replace(row, span=repaired.source_span(row.span)) for row in sheet.rows)
    total = repaired.source_span(sheet.total_span) if sheet.total_span is not None else None
    return replace(sheet, rows=rows, total_span=total)


def _self_points(sheet: ScoreSheet) -> int:
    return sum(row.self_points is not None for row in sheet.rows)
