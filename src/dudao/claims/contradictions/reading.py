"""A document as the kinds of contradictions read it: figures in context, chapters, sentences."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from dudao.claims.chapters import Chapter, Chapters, read_chapters
from dudao.claims.context import Context, contexts_of
from dudao.claims.doubts import passage_of
from dudao.claims.mention_reading import read_passage
from dudao.claims.mentions import Passage
from dudao.claims.table_facts import TableFact, table_facts
from dudao.claims.tables_read import read_tables
from dudao.documents.model import Document, RepairedText, Table
from dudao.documents.structure import place_in_repaired
from dudao.provenance import Span
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities

T = TypeVar("T")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


_SAYS_SOMETHING = 4
"""A shorter sentence is a cell, a number or a mark: it tells neither of success nor of a lack."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text with its figures; `contexts[i]` belongs to `passage.mentions[i]`, all spans count its characters.

    `text` has half-width digits; it is as long as that of the passage, so that places are the same in both.
    `worked_out` keeps what several kinds of contradictions ask of a reading, so that it is worked out once.
    """

    text: str
    passage: Passage
    contexts: tuple[Context, ...]
    chapters: Chapters
    tables: tuple[Table, ...] = ()
    table_facts: tuple[TableFact, ...] = ()
    worked_out: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def quantity(self, context: Context) -> Quantity:
        """Return the figure a context belongs to."""
        return self.passage.quantities[context.index]

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Return what several kinds ask of a reading under one key, made when it is asked for first."""
        if key not in self.worked_out:
            self.worked_out[key] = make()
        known: T = self.worked_out[key]
        return known

    def sentences_of(self, chapter: Chapter) -> list[tuple[int, str]]:
        """Return the sentences that stand in chapters of one kind, with their starts."""
        if chapter is not Chapter.OTHER and chapter not in self.chapters.kinds:
            return []
        if (known := self.worked_out.get(key := f"sentences of {chapter}")) is not None:
            return list(known)
        cut = self.passage.segmentation.sentences
        found = []
        for number in range(len(cut)):
            span = cut.span(number)
            if len(span) >= _SAYS_SOMETHING and self.chapters.at(span.start) is chapter:
                found.append((span.start, self.text[span.start : span.end]))
        self.worked_out[key] = tuple(found)
        return found


def read_report(document: Document) -> Reading:
    """Return the repaired text of a document with its figures in context and what its tables state."""
    repaired = document.repaired
    tables = tuple(_in_repaired(table, repaired) for table in document.tables)
    return reading_of(passage_of(document), tables)


def _in_repaired(table: Table, repaired: RepairedText) -> Table:
    """Return a table whose spans count characters of the repaired text, with its words as repaired."""
    cells = []
    for cell in table.cells:
        span = _moved(cell.span, repaired)
        words = repaired.text[span.start : span.end] if cell.text == "" or len(span) else cell.text
        cells.append(replace(cell, span=span, text=words.translate(_HALF_WIDTH)))
    return replace(table, span=_moved(table.span, repaired), cells=tuple(cells))


def _moved(span: Span, repaired: RepairedText) -> Span:
    start = place_in_repaired(repaired, span.start)
    return Span(start, max(start, place_in_repaired(repaired, span.end)))


def read_text(text: str) -> Reading:
    """Return a text without tables, repaired as far as it needs it, with its figures in context."""
    return reading_of(read_passage(text, read_quantities(text)))


def reading_of(passage: Passage, tables: tuple[Table, ...] = ()) -> Reading:
    """Return a passage with the context of its figures; the spans of `tables` count characters of its text."""
    chapters = read_chapters(passage.text)
    contexts = contexts_of(passage, chapters, read_tables(passage.text, ()))
    text = passage.text.translate(_HALF_WIDTH)
    return Reading(text, passage, contexts, chapters, tables, table_facts(text, tables))
