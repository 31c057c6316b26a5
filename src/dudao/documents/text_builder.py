"""Collects the text of a document piece by piece and notes the place of every block and cell."""

from dataclasses import dataclass, field, replace

from dudao.documents.limits import MAX_TEXT_BYTES
from dudao.documents.model import Block, BlockKind, Cell, Table
from dudao.errors import UnreadableInputError
from dudao.issues import Issue
from dudao.provenance import Span


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell before it has a place in the text; a merged cell spans more than one row or column."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format reader hands over: the text as it stands, its blocks and tables, no repairs yet.

    `wrapped` tells that line ends may be page or line ends of paper (txt, pdf, scans), so sentences may go on
    behind them; `run_on` are the ends of lines of which the page itself shows that they do.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    wrapped: bool = False
    encoding: str | None = None
    issues: tuple[Issue, ...] = ()
    cut_bytes: tuple[tuple[int, bytes], ...] = ()
    run_on: frozenset[int] = frozenset()


@dataclass(slots=True)
class TextBuilder:
    """Appends paragraphs and tables; lines end with a newline, cells of a row are set apart by tabs."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    length: int = 0

    def paragraph(
        self, text: str, *, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0, page: int | None = None
    ) -> Span:
        """Append a paragraph and its newline; return its place. Blank paragraphs become blank lines."""
        span = self._append(text)
        if text.strip():
            self.blocks.append(Block(kind, span, level, page))
        self._append("\n")
        return span

    def table(self, cells: list[CellText], *, name: str = "", page: int | None = None) -> None:
        """Append a table row by row; cells come in reading order, merged cells once."""
        if not cells:
            return
        start = self.length
        placed: list[Cell] = []
        row = column = -1
        for cell in cells:
            if cell.row != row:
                if row >= 0:
                    self._append("\n")
                row, column = cell.row, 0
            # Each tab steps over one column, so that columns stay columns where cells are merged or missing.
            self._append("\t" * (cell.column - column))
            column = cell.column
            span = self._append(cell.text)
            placed.append(Cell(cell.row, cell.column, span, cell.text, cell.row_span, cell.column_span))
            if cell.text.strip():
                self.blocks.append(Block(BlockKind.CELL, span, 0, page))
        end = self.length
        self._append("\n")
        rows = max(cell.row + cell.row_span for cell in cells)
        columns = max(cell.column + cell.column_span for cell in cells)
        self.tables.append(Table(Span(start, end), rows, columns, tuple(placed), name))

    def draft(self, *, wrapped: bool = False) -> Draft:
        """Return everything collected."""
        text = "".join(self.pieces)
        return Draft(text, tuple(self.blocks), tuple(self.tables), wrapped=wrapped, issues=tuple(self.issues))

    def _append(self, text: str) -> Span:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        if self.length > MAX_TEXT_BYTES // 3:  # a Chinese character takes three bytes
            raise UnreadableInputError(
                f"文件中的文字超过{MAX_TEXT_BYTES // 3 // 10000}万字，无法一次读取。", advice="请拆分成几个文件后再读。"
            )
        return Span(start, self.length)


def merge_down(table: list[CellText], row: int, column: int) -> None:
    """Lengthen the cell above by one row, in place; nothing happens when there is none."""
    for index in range(len(table) - 1, -1, -1):
        cell = table[index]
        if cell.column == column and cell.row + cell.row_span == row:
            table[index] = replace(cell, row_span=cell.row_span + 1)
            return
        if cell.row + 400 < row:
            return
