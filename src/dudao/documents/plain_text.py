"""Reads .txt: the decoded text untouched, its lines as blocks, tables that stand in it as tabbed lines."""

import re

from dudao.documents.encodings import decode
from dudao.documents.limits import MAX_TEXT_BYTES
from dudao.documents.model import Block, BlockKind
from dudao.documents.repairs.flattened_rows import flattened_tables
from dudao.documents.text_builder import Draft
from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, Location
from dudao.provenance import Span

_LINE = re.compile(r"[^\r\n]+")


def read_plain_text(raw: bytes, file: str) -> Draft:
    """Return the text of a plain text file; offsets count its decoded characters.

    Raises:
        UnreadableInputError: too large, or no text in a known encoding.
    """
    if len(raw) > MAX_TEXT_BYTES:
        raise UnreadableInputError(
            f"“{file}”有{len(raw) / 1048576:.0f} MB，超过文本文件{MAX_TEXT_BYTES // 1048576} MB 的上限。",
            advice="请拆分成几个文件后再读。",
        )
    decoded = decode(raw, file)
    tables = flattened_tables(decoded.text)
    issues = tuple(
        Issue(
            Level.WARNING,
            "documents.unreadable_character",
            "此处有无法识别的字节，可能是文件转换时一个字被截断。",
            Location(file=file, span=Span(place, place + 1)),
            remedy="请对照原件核对这个字。",
        )
        for place, _ in decoded.cut_bytes[:20]
    )
    blocks = sorted(
        [
            *(Block(BlockKind.CELL, cell.span) for table in tables for cell in table.cells),
            *_lines_outside(decoded.text, [table.span for table in tables]),
        ],
        key=lambda block: block.span,
    )
    return Draft(
        decoded.text,
        tuple(blocks),
        tables,
        wrapped=True,
        encoding=decoded.encoding,
        issues=issues,
        cut_bytes=decoded.cut_bytes,
    )


def _lines_outside(text: str, tables: list[Span]) -> list[Block]:
    """Return a block for each line that is not blank and not within a table."""
    blocks = []
    index = 0
    for match in _LINE.finditer(text):
        line = match[0]
        words = line.strip()
        if not words:
            continue
        while index < len(tables) and tables[index].end <= match.start():
            index += 1
        start = match.start() + (0 if len(words) == len(line) else len(line) - len(line.lstrip()))
        end = start + len(words)
        if index < len(tables) and tables[index].start < end and start < tables[index].end:
            continue
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, end)))
    return blocks
