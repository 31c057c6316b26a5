"""What a document is once it is read: one text, its blocks and tables, and a map from repairs to the text.

All spans count characters of `Document.text`: for .txt the decoded file untouched, for other formats the text
that `dudao read` prints.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from dudao.issues import Issue
from dudao.provenance import Span
from dudao.records import pickled_by_fields


class BlockKind(StrEnum):
    """What a block of text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    FOOTNOTE = "footnote"


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that belongs together; `level` is 1–4 for headings (一、（一）1.（1）), else 0."""

    kind: BlockKind
    span: Span
    level: int = 0
    page: int | None = None


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; row and column count from 0, a merged cell spans more than one."""

    row: int
    column: int
    span: Span
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document; cells in reading order, merged cells once. `name` is the sheet's for xlsx."""

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class RepairedText:
    """The text as it was meant: simplified characters, glosses taken out, sentences joined, with a map back.

    `text` is piecewise a copy of the source: the run that starts at `starts[i]` in `text` starts at
    `origins[i]` in the source. Within a run of equal length the characters correspond one to one. `doubtful` are
    the places in `text` of figures that damage left in doubt: read as most likely meant, too unsure to accuse.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    doubtful: tuple[int, ...] = ()

    @property
    def is_source(self) -> bool:
        """Whether nothing was repaired, so that places in `text` are places in the source."""
        return len(self.starts) == 1 and self.starts == self.origins

    def origin(self, position: int) -> int:
        """Return the place in the source of the character at `position` of the repaired text."""
        run = bisect_right(self.starts, position) - 1
        return self.origins[run] + position - self.starts[run]

    def in_doubt(self, source: Span) -> bool:
        """Return whether a stretch of the source holds a figure read in doubt."""
        return any(source.start <= self.origin(place) < source.end for place in self.doubtful)

    def source_span(self, span: Span) -> Span:
        """Return the stretch of the source from the first to the last character of a repaired span."""
        if span.start == span.end:
            place = self.origin(span.start)
            return Span(place, place)
        return Span(self.origin(span.start), self.origin(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document the text cites: 《title》 with 〔year〕number号; either part may be missing (None)."""

    span: Span
    title: str | None
    number: str | None
    agency: str | None = None
    year: int | None = None
    serial: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `repaired` is what judging code reads; its map leads back to `text`."""

    file: str
    sha256: str
    media: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    repaired: RepairedText
    cited: tuple[CitedDocument, ...] = ()
    encoding: str | None = None
    issues: tuple[Issue, ...] = field(default=())
