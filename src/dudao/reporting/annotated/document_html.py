"""The document as html: paragraphs, headings and tables, with the places of the entries marked.

Shown is the text as mended for reading; what conversion had put in or changed is kept beside it and can be
switched on. Every character of the document is escaped.
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


@dataclass(slots=True)
class _Mark:
    span: Span
    entry: Entry
    first: bool
    last: bool


@dataclass(slots=True)
class DocumentHtml:
    """Renders one document; `marks` are in order and do not overlap after `_flattened`."""

    document: Document
    entries: list[Entry]
    _marks: list[_Mark] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _shown: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._marks = _flattened(self.entries)
        self._starts = [mark.span.start for mark in self._marks]
        self._shown = _shown_characters(self.document)

    def blocks(self) -> Iterator[str]:
        """Yield the html of each block in order; a table at the place of its first cell."""
        tables = {table.cells[0].span.start: table for table in self.document.tables if table.cells}
        ends = 0
        page = None
        for index, block in enumerate(self.document.blocks):
            if block.page is not None and block.page != page:
                page = block.page
                yield f'<p class="pg">第 {page} 页</p>'
            if block.kind is BlockKind.CELL:
                table = tables.get(block.span.start)
                if table is not None and block.span.start >= ends:
                    ends = table.span.end
                    yield self._table(table)
                elif block.span.start >= ends:
                    yield self._paragraph(block, index)
                continue
            yield self._paragraph(block, index)

    def marked_in(self, span: Span) -> list[Entry]:
        """Return the entries marked within a stretch, each once."""
        found = {mark.entry.key: mark.entry for mark in self._within(span)}
        return list(found.values())

    def _paragraph(self, block: Block, index: int) -> str:
        style = {BlockKind.TITLE: "t", BlockKind.HEADING: f"h h{block.level}", BlockKind.FOOTNOTE: "note"}.get(
            block.kind, ""
        )
        marked = self.marked_in(block.span)
        classes = " ".join(filter(None, [style, "prob" if any(entry.state in OPEN for entry in marked) else ""]))
        anchor = f' id="b{index}"' if block.kind in (BlockKind.HEADING, BlockKind.TITLE) else ""
        role = f' role="heading" aria-level="{block.level + 2}"' if block.kind is BlockKind.HEADING else ""
        told = f'data-n="{len(marked)}" data-p="{block.span.start}"'
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
        problem = " prob" if any(entry.state in OPEN for entry in self.marked_in(table.span)) else ""
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

    def _within(self, span: Span) -> Iterable[_Mark]:
        index = max(0, bisect_left(self._starts, span.start) - 1)
        while index < len(self._marks) and self._marks[index].span.start < span.end:
            if self._marks[index].span.end > span.start:
                yield self._marks[index]
            index += 1

    def _mark(self, mark: _Mark, inner: str) -> str:
        entry = mark.entry
        style = STYLE[entry.state]
        anchor = f' id="m-{entry.key}"' if mark.first else ""
        if not entry.number:
            name = STATE_NAMES[entry.state]
            return f'<mark class="m {style}"{anchor} data-e="{entry.key}" title="{name}">{inner}</mark>'
        note = f"<sup>{entry.number}</sup>" if mark.last else ""
        label = f"第{entry.number}处 {STATE_NAMES[entry.state]}"
        return (
            f'<a class="m {style}"{anchor} href="#{entry.key}" data-e="{entry.key}" title="{label}">{inner}{note}</a>'
        )

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


def _flattened(entries: list[Entry]) -> list[_Mark]:
    """Return the marks of all entries, cut so that none overlap; where they would, the graver state is shown."""
    wanted: list[tuple[int, int, Entry, bool, bool]] = []
    for rank, entry in enumerate(entries):
        places = [*entry.marks, *entry.related]
        for index, span in enumerate(places):
            last = index == len(entry.marks) - 1 or index >= len(entry.marks)
            if span.start < span.end:
                wanted.append((rank, index, entry, index == 0, last))
    taken: list[_Mark] = []
    starts: list[int] = []
    for _, index, entry, first, last in wanted:
        span = [*entry.marks, *entry.related][index]
        for piece in _free(span, taken, starts):
            place = bisect_left(starts, piece.start)
            taken.insert(place, _Mark(piece, entry, first, last and piece.end == span.end))
            starts.insert(place, piece.start)
            first = False
    return taken


def _free(span: Span, taken: list[_Mark], starts: list[int]) -> list[Span]:
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
