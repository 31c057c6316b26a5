"""Turns the elements of a Word document's body into text, blocks and tables, and says where each piece stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dudao.documents.model import BlockKind
from dudao.documents.safe_xml import Element, attribute, local_name
from dudao.documents.text_builder import CellText, TextBuilder, merge_down
from dudao.documents.word.numbering import Numbering
from dudao.documents.word.runs import Piece, mark_is_deleted, note_references, pieces, text_boxes

Placed = Callable[[int, Piece], None]
"""Told of every piece of text with its place in the whole text."""

_MAX_DEPTH = 20


@dataclass(slots=True)
class WordBody:
    """Walks the body in order; `notes` collects the notes referred to, for the end of the text."""

    builder: TextBuilder
    numbering: Numbering
    heading_styles: dict[str, int]
    placed: Placed | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    pending: list[Piece] = field(default_factory=list)

    def add(self, elements: Iterable[Element]) -> None:
        """Append the elements of the body, or of a container within it."""
        for element in elements:
            name = local_name(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                self.add(element)

    def note(self, paragraphs: Iterable[Element]) -> None:
        """Append a foot- or endnote."""
        found = [piece for paragraph in paragraphs for piece in pieces(paragraph)]
        self._write(found, BlockKind.FOOTNOTE, 0)

    def _paragraph(self, paragraph: Element) -> None:
        style = _style(paragraph)
        self.notes.extend(note_references(paragraph))
        label = self.numbering.label(paragraph, style)
        own = list(pieces(paragraph))
        if label and any(piece.text.strip() for piece in own):
            own.insert(0, Piece(label))
        self.pending.extend(own)
        if mark_is_deleted(paragraph):
            return
        found, self.pending = self.pending, []
        level = self.heading_styles.get(style, 0)
        kind = BlockKind.PARAGRAPH
        if level < 0:
            kind, level = BlockKind.TITLE, 0
        elif level and sum(len(piece.text) for piece in found) <= 100:
            kind = BlockKind.HEADING
        self._write(found, kind, level if kind is BlockKind.HEADING else 0)
        for box in text_boxes(paragraph):
            self._write(list(pieces(box)), BlockKind.PARAGRAPH, 0)

    def _write(self, found: list[Piece], kind: BlockKind, level: int) -> None:
        span = self.builder.paragraph("".join(piece.text for piece in found), kind=kind, level=level)
        self._tell(span.start, found)

    def _tell(self, start: int, found: list[Piece]) -> None:
        if self.placed is not None:
            for piece in found:
                self.placed(start, piece)
                start += len(piece.text)

    def _table(self, table: Element) -> None:
        cells: list[CellText] = []
        contents: dict[tuple[int, int], list[Piece]] = {}
        for row, line in enumerate(_rows(table)):
            column = 0
            for cell in _cells(line):
                width = _span(cell)
                if _continues(cell):
                    merge_down(cells, row, column)
                else:
                    found = list(self._cell_pieces(cell, 0))
                    contents[row, column] = found
                    cells.append(CellText(row, column, "".join(piece.text for piece in found), 1, width))
                column += width
        before = len(self.builder.tables)
        self.builder.table(cells)
        if len(self.builder.tables) > before:
            for placed in self.builder.tables[-1].cells:
                self._tell(placed.span.start, contents[placed.row, placed.column])

    def _cell_pieces(self, cell: Element, depth: int) -> Iterator[Piece]:
        """Yield the text of a cell, its paragraphs set apart by newlines, a table within it row by row."""
        first = True
        for element in cell:
            name = local_name(element)
            if name == "p":
                found = list(pieces(element))
                self.notes.extend(note_references(element))
                label = self.numbering.label(element, _style(element))
                if not any(piece.text.strip() for piece in found):
                    continue
                if not first:
                    yield Piece("\n")
                if label:
                    yield Piece(label)
                yield from found
                first = False
            elif name == "tbl" and depth < _MAX_DEPTH:
                for line in _rows(element):
                    if not first:
                        yield Piece("\n")
                    for index, inner in enumerate(_cells(line)):
                        if index:
                            yield Piece(" ")
                        yield from self._cell_pieces(inner, depth + 1)
                    first = False
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml") and depth < _MAX_DEPTH:
                yield from self._cell_pieces(element, depth + 1)


def _style(paragraph: Element) -> str:
    style = paragraph.find("{*}pPr/{*}pStyle")
    return (attribute(style, "val") or "") if style is not None else ""


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        name = local_name(element)
        if name == "tr" and element.find("{*}trPr/{*}del") is None:
            yield element
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        name = local_name(element)
        if name == "tc":
            yield element
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _cells(element)


def _span(cell: Element) -> int:
    span = cell.find("{*}tcPr/{*}gridSpan")
    text = (attribute(span, "val") or "") if span is not None else ""
    return min(int(text), 63) if text.isdecimal() and len(text) < 4 and int(text) else 1


def _continues(cell: Element) -> bool:
    """Return whether the cell is merged with the one above it."""
    merge = cell.find("{*}tcPr/{*}vMerge")
    return merge is not None and attribute(merge, "val") != "restart"
