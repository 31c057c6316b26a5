"""Reads html: what a browser shows as text, its headings and tables."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dudao.documents.encodings import decode
from dudao.documents.limits import MAX_TEXT_BYTES
from dudao.documents.model import BlockKind
from dudao.documents.raised import raised
from dudao.documents.text_builder import CellText, Draft, TextBuilder
from dudao.errors import UnreadableInputError

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "button", "select", "textarea", "svg", "iframe",
     "object", "rt", "rp", "datalist", "canvas", "audio", "video", "title", "del", "s", "strike"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "img", "ins", "kbd",
     "label", "mark", "o:p", "q", "ruby", "rb", "samp", "small", "span", "strong", "sub", "sup", "time",
     "tt", "u", "var", "wbr"}
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 4}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312"})
_MAX_SPAN = 100
_MAX_COLUMNS = 400
_DEEPEST = 2000  # the parser takes time quadratic in depth; real pages stay below a hundred
_NESTING = re.compile(
    r"<(/?)(?:div|span|table|section|article|b|i|u|a|em|strong|font|big|small|ul|ol|dl|blockquote|center|form|tt|s|code"
    r"|fieldset|nobr|strike|main|aside|header|footer|figure|details|svg|math|template|object|applet|marquee)\b[^<]",
    re.IGNORECASE,
)


def read_web_page(raw: bytes, file: str) -> Draft:
    """Return the text of an html file, block by block.

    Raises:
        UnreadableInputError: too large, or nothing in it to read.
    """
    if len(raw) > MAX_TEXT_BYTES:
        raise UnreadableInputError(
            f"“{file}”有{len(raw) / 1048576:.0f} MB，超过网页文件{MAX_TEXT_BYTES // 1048576} MB 的上限。",
            advice="请拆分后再读。",
        )
    builder = TextBuilder()
    page = _decoded(raw, file)
    if _depth(page) > _DEEPEST:
        raise UnreadableInputError(
            f"“{file}”的网页结构嵌套得不正常（超过{_DEEPEST}层），没有读取。", advice="请在浏览器中打开后另存为 pdf。"
        )
    body = LexborHTMLParser(page).body
    if body is not None:
        _write(body, builder)
    draft = builder.draft()
    if not draft.text.strip():
        raise UnreadableInputError(
            f"“{file}”是网页，但里面没有文字（可能要联网才显示）。",
            advice="请在浏览器中打开后另存为 pdf，或复制正文存成 txt。",
        )
    return draft


def _decoded(raw: bytes, file: str) -> str:
    declared = _CHARSET.search(raw[:4096])
    if declared and declared[1].decode("ascii").lower() in _CHINESE:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass  # the declaration is wrong often enough; look at the bytes
    return decode(raw, file).text


def _depth(page: str) -> int:
    """Return how deep elements that must be closed are nested at most."""
    depth = deepest = 0
    for tag in _NESTING.finditer(page):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield (node, whether it is left) in the order of the page, without recursion: pages may nest deeply."""
    pending: list[tuple[LexborNode, bool]] = [(root, False)]
    while pending:
        node, leaving = pending.pop()
        yield node, leaving
        if leaving or node.tag in _SKIPPED or (node is not root and node.tag == "table") or node.is_text_node:
            continue
        pending.append((node, True))
        child = node.last_child
        while child is not None:
            if not child.is_comment_node and "hidden" not in (child.attributes if child.is_element_node else {}):
                pending.append((child, False))
            child = child.prev


def _write(root: LexborNode, builder: TextBuilder) -> None:
    line: list[str] = []
    heading = 0

    def flush() -> None:
        for part in _lines("".join(line)):
            titled = heading == 1 and not any(block.kind is BlockKind.TITLE for block in builder.blocks)
            if heading and titled:
                builder.paragraph(part, kind=BlockKind.TITLE)
            elif heading:
                builder.paragraph(part, kind=BlockKind.HEADING, level=_HEADINGS[f"h{heading}"])
            else:
                builder.paragraph(part)
        line.clear()

    for node, leaving in _walk(root):
        tag = node.tag or ""
        if node.is_text_node:
            line.append(_text_of(node))
        elif tag == "br":
            if not leaving:
                line.append("\n")
        elif tag in _SKIPPED or tag in _INLINE:
            continue
        else:
            flush()
            heading = int(tag[1]) if tag in _HEADINGS and not leaving else 0
            if tag == "table" and not leaving and node is not root:
                _write_table(node, builder)
    flush()


def _text_of(node: LexborNode) -> str:
    text = _BLANKS.sub(" ", node.text_content or "")
    return raised(text) if node.parent is not None and node.parent.tag == "sup" else text


def _lines(text: str) -> list[str]:
    return [stripped for part in text.split("\n") if (stripped := part.strip(" \u00a0\u3000"))]


def _cell_text(cell: LexborNode) -> str:
    """Return the text of a cell; a table within it is read row by row."""
    parts: list[str] = []
    for node, leaving in _walk(cell):
        tag = node.tag or ""
        if node.is_text_node:
            parts.append(_text_of(node))
        elif tag == "table" and not leaving and node is not cell:
            parts.append("\n" + _BLANKS.sub(" ", node.text(separator=" ")) + "\n")
        elif tag == "br" or (tag not in _INLINE and tag not in _SKIPPED):
            parts.append("\n")
    return "\n".join(_lines("".join(parts)))


def _write_table(table: LexborNode, builder: TextBuilder) -> None:
    """Append a table; one that only lays out the page (a single cell) is written as paragraphs."""
    rows = list(_rows(table))
    if sum(len(row) for row in rows) == 1:
        _write(rows[0][0], builder)
        return
    cells: list[CellText] = []
    until: dict[int, int] = {}  # column → the row before which a cell from above still reaches into it
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while until.get(column, 0) > number and column < _MAX_COLUMNS:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            height = min(height, len(rows) - number)
            cells.append(CellText(number, column, _cell_text(cell), height, width))
            if height > 1 and column < _MAX_COLUMNS:
                until.update((column + right, number + height) for right in range(width))
            column += width
    if any(cell.text for cell in cells):
        builder.table(cells)


def _rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    for part in table.iter():
        rows = [part] if part.tag == "tr" else list(part.iter()) if part.tag in ("tbody", "thead", "tfoot") else []
        for row in rows:
            if row.tag == "tr" and (cells := [cell for cell in row.iter() if cell.tag in ("td", "th")]):
                yield cells


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isdecimal() and len(text) < 6 else 1
