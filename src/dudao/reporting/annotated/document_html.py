"""The document as html: paragraphs, headings and tables, with the places of the entries marked.

Shown is the text as mended for reading; what conversion had put in or changed is kept beside it and can be
switched on. Every character of the document is escaped. A long document can be rendered part by part: a part is a
document of its own that knows where it begins.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from dudao.documents.model import Block, BlockKind, Document, Table
from dudao.provenance import Span
from dudao.reporting.annotated.entries import OPEN, STATE_NAMES, Entry, State

STYLE = {
    State.INCONSISTENT: "b",
    State.CONTRADICTION: "x",
    State.ERROR: "b",
    State.WARNING: "w",
    State.NOTE: "n",
    State.UNCHECKED: "u",
    State.ROUNDED: "r",
    State.CONSISTENT: "g",
    State.DISMISSED: "d",
}
"""The css class of each state, for its marks, tags and dots."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch: which entry it belongs to, and whether it is the first and the last stretch of its place."""

    span: Span
    key: str
    number: int
    state: State
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """One block as html; `heading` is its level, 0 for text; `open` says that a finding in it waits."""

    html: str
    heading: int
    open: bool
    figures: int


@dataclass(slots=True)
class DocumentHtml:
    """Renders one document or a part of one; `marks` are in order and do not overlap, as `marks_of` gives them.

    `start` is the place of the part in the whole text, `first` the number of its first block, `page` the page that
    the part before it ended on.
    """

    document: Document
    marks: list[Mark]
    start: int = 0
    first: int = 0
    page: int | None = None
    _starts: list[int] = field(default_factory=list)
    _shown: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [mark.span.start for mark in self.marks]
        self._shown = _shown_characters(self.document)

    def blocks(self) -> Iterator[str]:
        """Yield the html of each block in order; a table at the place of its first cell."""
        for block in self.rendered():
            yield block.html

    def rendered(self) -> Iterator[Rendered]:
        """Yield each block with what is marked in it; the first one of a page tells its number before it."""
        tables = {table.cells[0].span.start: table for table in self.document.tables if table.cells}
        ends = 0
        page = self.page
        for index, block in enumerate(self.document.blocks):
            before = ""
            if block.page is not None and block.page != page:
                page = block.page
                before = f'<p class="pg">第 {page} 页</p>'
            if block.kind is not BlockKind.CELL:
                yield self._rendered(block.span, before + self._paragraph(block, index + self.first), block.level)
                continue
            table = tables.get(block.span.start)
            if table is not None and block.span.start >= ends:
                ends = table.span.end
                yield self._rendered(table.span, before + self._table(table))
            elif block.span.start >= ends:
                yield self._rendered(block.span, before + self._paragraph(block, index + self.first))
            elif before:
                yield Rendered(before, 0, False, 0)

    def _rendered(self, span: Span, html: str, heading: int = 0) -> Rendered:
        marked = self.marked_in(span)
        return Rendered(html, heading, any(mark.state in OPEN for mark in marked), len(marked))

    def marked_in(self, span: Span) -> list[Mark]:
        """Return the entries marked within a stretch, one mark of each."""
        found = {mark.key: mark for mark in self._within(span)}
        return list(found.values())

    def _paragraph(self, block: Block, index: int) -> str:
        style = {BlockKind.TITLE: "t", BlockKind.HEADING: f"h h{block.level}", BlockKind.FOOTNOTE: "note"}.get(
            block.kind, ""
        )
        marked = self.marked_in(block.span)
        classes = " ".join(filter(None, [style, "prob" if any(mark.state in OPEN for mark in marked) else ""]))
        anchor = f' id="b{index}"' if block.kind in (BlockKind.HEADING, BlockKind.TITLE) else ""
        role = f' role="heading" aria-level="{block.level + 2}"' if block.kind is BlockKind.HEADING else ""
        told = f'data-n="{len(marked)}" data-p="{self.start + block.span.start}"'
        return f'<p class="{classes}"{anchor}{role} {told}>{self.text(block.span)}</p>'

    def _table(self, table: Table) -> str:
        rows: dict[int, list[str]] = {row: [] for row in range(table.rows)}
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            rows[cell.row].extend("<td></td>" for column in self._missing(cell.row, cell.column, taken))
            taken.update(
                (cell.row + down, cell.column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            )
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            rows[cell.row].append(f"<td{spans}>{self.text(cell.span)}</td>")
        problem = " prob" if any(mark.state in OPEN for mark in self.marked_in(table.span)) else ""
        body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values())
        caption = f"<caption>{escape(table.name)}</caption>" if table.name else ""
        return f'<div class="tw{problem}" tabindex="0" role="group" aria-label="表格">' + (
            f"<table>{caption}<tbody>{body}</tbody></table></div>"
        )

    @staticmethod
    def _missing(row: int, column: int, taken: set[tuple[int, int]]) -> list[int]:
        """Return the columns before a cell that no cell fills, and take them."""
        missing = [before for before in range(column) if (row, before) not in taken]
        taken.update((row, before) for before in missing)
        return missing

    def text(self, span: Span) -> str:
        """Return the html of a stretch with its marks."""
        pieces: list[str] = []
        position = span.start
        for mark in self._within(span):
            start, end = max(mark.span.start, span.start), min(mark.span.end, span.end)
            pieces.append(self._characters(position, start))
            pieces.append(self._mark(mark, self._characters(start, end)))
            position = end
        pieces.append(self._characters(position, span.end))
        return "".join(pieces)

    def _within(self, span: Span) -> Iterable[Mark]:
        index = max(0, bisect_left(self._starts, span.start) - 1)
        while index < len(self.marks) and self.marks[index].span.start < span.end:
            if self.marks[index].span.end > span.start:
                yield self.marks[index]
            index += 1

    def _mark(self, mark: Mark, inner: str) -> str:
        style = STYLE[mark.state]
        anchor = f' id="m-{mark.key}"' if mark.first else ""
        if not mark.number:
            name = STATE_NAMES[mark.state]
            return f'<mark class="m {style}"{anchor} data-e="{mark.key}" title="{name}">{inner}</mark>'
        note = f"<sup>{mark.number}</sup>" if mark.last else ""
        label = f"第{mark.number}处 {STATE_NAMES[mark.state]}"
        return f'<a class="m {style}"{anchor} href="#{mark.key}" data-e="{mark.key}" title="{label}">{inner}{note}</a>'

    def _characters(self, start: int, end: int) -> str:
        """Return the shown characters; what reading left out is kept in `<del>`, replaced ones in `data-o`."""
        pieces: list[str] = []
        source = self.document.text
        position = start
        while position < end:
            shown = self._shown[position]
            stop = position + 1
            if shown is None:
                while stop < end and self._shown[stop] is None:
                    stop += 1
                left_out = source[position:stop]
                if left_out.strip():
                    pieces.append(f'<del class="cv">{escape(left_out)}</del>')
            elif shown != source[position]:
                while stop < end and self._shown[stop] not in (None, source[stop]):
                    stop += 1
                mended = "".join(character or "" for character in self._shown[position:stop])
                pieces.append(f'<span class="sw" data-o="{escape(source[position:stop])}">{escape(mended)}</span>')
            else:
                while stop < end and self._shown[stop] == source[stop]:
                    stop += 1
                pieces.append(escape(source[position:stop]).replace("\n", "<br>"))
            position = stop
        return "".join(pieces)


def _shown_characters(document: Document) -> list[str | None]:
    """Return for each character of the source what is shown in its place; None for what reading leaves out."""
    shown: list[str | None] = [None] * len(document.text)
    repaired = document.repaired
    for run, start in enumerate(repaired.starts):
        end = repaired.starts[run + 1] if run + 1 < len(repaired.starts) else len(repaired.text)
        origin = repaired.origins[run]
        shown[origin : origin + end - start] = list(repaired.text[start:end])
    return shown


def marks_of(entries: Iterable[Entry]) -> list[Mark]:
    """Return the marks of all entries, cut so that none overlap; where they would, the graver state is shown."""
    wanted: list[tuple[Span, Entry, bool, bool]] = []
    for entry in entries:
        for index, span in enumerate((*entry.marks, *entry.related)):
            if span.start < span.end:
                wanted.append((span, entry, index == 0, index >= len(entry.marks) - 1))
    taken: list[Mark] = []
    starts: list[int] = []
    for span, entry, is_first, last in wanted:
        first = is_first
        for piece in _free(span, taken, starts):
            place = bisect_left(starts, piece.start)
            taken.insert(
                place, Mark(piece, entry.key, entry.number, entry.state, first, last and piece.end == span.end)
            )
            starts.insert(place, piece.start)
            first = False
    return taken


def _free(span: Span, taken: list[Mark], starts: list[int]) -> list[Span]:
    """Return the parts of a span that no earlier mark covers."""
    free: list[Span] = []
    position = span.start
    index = max(0, bisect_left(starts, span.start) - 1)
    while index < len(taken) and taken[index].span.start < span.end:
        other = taken[index].span
        if other.end > position:
            if other.start > position:
                free.append(Span(position, other.start))
            position = max(position, other.end)
        index += 1
    if position < span.end:
        free.append(Span(position, span.end))
    return free
