"""A long document in parts that can be kept and shown one by one: each is a document of its own with its place.

Parts begin where blocks begin; only a table longer than a part is cut, between two of its rows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from dudao.documents.model import Block, BlockKind, Cell, Document, RepairedText, Table
from dudao.provenance import Span

SIZE = 8_000
"""Characters of a part, about eight printed pages: what a browser lays out without being felt."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document; spans of `document` count from `start`.

    Attributes:
        start: where it begins in the text of the whole.
        first: the number of its first block in the whole.
        page: the page on which the block before it stands, None where pages are not known.
    """

    document: Document
    start: int
    first: int = 0
    page: int | None = None

    @property
    def end(self) -> int:
        """Where it ends in the text of the whole."""
        return self.start + len(self.document.text)


@dataclass(slots=True)
class _Stretch:
    """Blocks that stay together, and the piece of a table that they fill, if they do."""

    blocks: list[Block]
    table: Table | None = None

    @property
    def length(self) -> int:
        return self.blocks[-1].span.end - self.blocks[0].span.start


def parts_of(document: Document, size: int = SIZE) -> list[Part]:
    """Return the parts of a document in order; together they are its whole text. One part when it is short."""
    groups: list[list[_Stretch]] = []
    length = size
    for stretch in _stretches(document, size):
        if length + stretch.length > size:
            groups.append([])
            length = 0
        groups[-1].append(stretch)
        length += stretch.length
    starts = [0, *(group[0].blocks[0].span.start for group in groups[1:]), len(document.text)]
    parts = []
    first = 0
    page: int | None = None
    for number, group in enumerate(groups):
        blocks = [block for stretch in group for block in stretch.blocks]
        tables = [stretch.table for stretch in group if stretch.table is not None]
        parts.append(
            Part(_cut(document, starts[number], starts[number + 1], blocks, tables), starts[number], first, page)
        )
        first += len(blocks)
        page = blocks[-1].page or page
    return parts or [Part(document, 0)]


def _stretches(document: Document, size: int) -> Iterator[_Stretch]:
    tables = sorted((table for table in document.tables if table.cells), key=lambda table: table.span)
    starts = [table.span.start for table in tables]

    def table_at(block: Block) -> int:
        """Return the number of the table a block lies in, -1 for none."""
        index = bisect_right(starts, block.span.start) - 1
        return index if index >= 0 and block.span.end <= tables[index].span.end else -1

    for index, blocks in groupby(document.blocks, key=table_at):
        if index < 0:
            yield from (_Stretch([block]) for block in blocks)
        else:
            yield from _table_stretches(list(blocks), tables[index], size)


def _table_stretches(blocks: list[Block], table: Table, size: int) -> Iterator[_Stretch]:
    """Yield a table whole, or cut between rows where it is longer than a part; rows then count from 0 again."""
    begins: list[int] = []
    length = size
    rows = {row: list(cells) for row, cells in groupby(table.cells, key=lambda cell: cell.row)}
    for row, cells in rows.items():
        width = cells[-1].span.end - cells[0].span.start
        if length + width > size:
            begins.append(row)
            length = 0
        length += width
    if len(begins) < 2:
        yield _Stretch(blocks, table)
        return
    for number, begin in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else table.rows
        cells = [
            replace(cell, row=cell.row - begin, row_span=min(cell.row_span, end - cell.row))
            for row in range(begin, end)
            for cell in rows.get(row, ())
        ]
        span = Span(cells[0].span.start, cells[-1].span.end)
        last = number + 1 == len(begins)
        mine = [block for block in blocks if span.start <= block.span.start and (last or block.span.start < span.end)]
        if mine:
            yield _Stretch(mine, replace(table, span=span, rows=end - begin, cells=tuple(cells)))


def _cut(document: Document, start: int, end: int, blocks: list[Block], tables: list[Table]) -> Document:
    return replace(
        document,
        text=document.text[start:end],
        blocks=tuple(replace(block, span=_shifted(block.span, -start)) for block in blocks),
        tables=tuple(_shifted_table(table, -start) for table in tables),
        repaired=_repaired(document.repaired, start, end),
        cited=(),
        issues=(),
    )


def _repaired(whole: RepairedText, start: int, end: int) -> RepairedText:
    """Return the mended text of a stretch of the source."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    doubtful: list[int] = []
    length = 0
    # Mending takes out and replaces but does not move: the origins rise with the text.
    for run in range(max(0, bisect_right(whole.origins, start) - 1), len(whole.starts)):
        origin = whole.origins[run]
        if origin >= end:
            break
        stop = whole.starts[run + 1] if run + 1 < len(whole.starts) else len(whole.text)
        skipped = max(0, start - origin)
        first = whole.starts[run] + skipped
        piece = whole.text[first : min(stop, whole.starts[run] + end - origin)]
        if piece:
            held = whole.doubtful[bisect_left(whole.doubtful, first) : bisect_left(whole.doubtful, first + len(piece))]
            doubtful.extend(place - first + length for place in held)
            pieces.append(piece)
            starts.append(length)
            origins.append(origin + skipped - start)
            length += len(piece)
    return RepairedText("".join(pieces), tuple(starts) or (0,), tuple(origins) or (0,), tuple(doubtful))


def joined(parts: Iterable[Part]) -> Document:
    """Return the document that was cut into parts; a table that was cut stays cut between its rows.

    Raises:
        ValueError: there are no parts.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    mended: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    doubtful: list[int] = []
    length = 0
    first: Document | None = None
    for part in parts:
        document = part.document
        first = first or document
        texts.append(document.text)
        blocks += (replace(block, span=_shifted(block.span, part.start)) for block in document.blocks)
        tables += (_shifted_table(table, part.start) for table in document.tables)
        starts += (start + length for start in document.repaired.starts)
        origins += (origin + part.start for origin in document.repaired.origins)
        doubtful += (place + length for place in document.repaired.doubtful)
        mended.append(document.repaired.text)
        length += len(document.repaired.text)
    if first is None:
        raise ValueError("no parts")
    repaired = RepairedText("".join(mended), tuple(starts), tuple(origins), tuple(doubtful))
    return replace(first, text="".join(texts), blocks=tuple(blocks), tables=tuple(tables), repaired=repaired)


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _shifted_table(table: Table, by: int) -> Table:
    cells = tuple(replace(cell, span=_shifted(cell.span, by)) for cell in table.cells)
    return replace(table, span=_shifted(table.span, by), cells=cells)


def stored(part: Part) -> dict[str, Any]:
    """Return a part as JSON keeps it; what a reader needs to show it and no more."""
    document = part.document
    repaired = document.repaired
    whole = repaired.text == document.text
    return {
        "start": part.start,
        "first": part.first,
        "page": part.page,
        "text": document.text,
        "blocks": [[str(one.kind), one.span.start, one.span.end, one.level, one.page] for one in document.blocks],
        "tables": [
            [
                one.span.start,
                one.span.end,
                one.rows,
                one.columns,
                one.name,
                [[c.row, c.column, c.span.start, c.span.end, c.row_span, c.column_span] for c in one.cells],
            ]
            for one in document.tables
        ],
        "mended": None if whole else [repaired.text, list(repaired.starts), list(repaired.origins)],
    }


def restored(kept: Mapping[str, Any], *, file: str = "", sha256: str = "", media: str = "") -> Part:
    """Return the part that `stored` made; the texts of cells are cut out of its own text."""
    text = str(kept["text"])
    mended = kept["mended"]
    document = Document(
        file=file,
        sha256=sha256,
        media=media,
        text=text,
        blocks=tuple(Block(BlockKind(kind), Span(a, b), level, page) for kind, a, b, level, page in kept["blocks"]),
        tables=tuple(
            Table(
                Span(a, b),
                rows,
                columns,
                tuple(
                    Cell(row, column, Span(c, d), text[c:d], down, right) for row, column, c, d, down, right in cells
                ),
                name,
            )
            for a, b, rows, columns, name, cells in kept["tables"]
        ),
        repaired=RepairedText(mended[0], tuple(mended[1]), tuple(mended[2]))
        if mended
        else RepairedText(text, (0,), (0,)),
    )
    return Part(document, int(kept["start"]), int(kept["first"]), kept["page"])
