"""Reads pdf: the text layer page by page, scanned pages through character recognition when it is installed."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from dudao.documents.limits import MAX_PAGES
from dudao.documents.page_lines import PageLine, placed_lines
from dudao.documents.pdf_tables import PageTable, page_tables
from dudao.documents.text_builder import Draft, TextBuilder
from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, Location

_PAGE_NUMBER = re.compile(
    r"(?:[-—–－·]{0,3} ?[0-9]{1,4} ?[-—–－·]{0,3}|第 ?[0-9]{1,4} ?页(?:[ ，,/]*共 ?[0-9]{1,4} ?页)?)"
)
_NUMBER = re.compile(r"[0-9]+")
_FEW_CHARACTERS = 12
Content = str | PageTable
"""A line of a page, or a table between lines."""
PDFIUM = threading.Lock()
"""Held by whoever calls the pdf library, which must not be entered by two threads at once."""
_SCALE = 2.5  # 180 dots per inch: enough for 三号 and 小五 type


def read_pdf(raw: bytes, file: str) -> Draft:
    """Return the text of a pdf; page numbers and running heads are set apart and not part of it.

    Raises:
        UnreadableInputError: damaged, with a password, too long, or scanned while recognition is not installed.
    """
    builder = TextBuilder()
    with PDFIUM:
        pages = _pages(raw, file, builder)
    running = _running_heads(pages)
    run_on: set[int] = set()
    before, end = "", 0
    for number, lines in enumerate(pages, start=1):
        for part in _without_page_number(lines, running):
            if isinstance(part, PageTable):
                builder.table(list(part.cells), page=number)
                before = ""
                continue
            if isinstance(before, PageLine) and before.goes_on_in(part):
                run_on.add(end)
            before, end = part, builder.paragraph(part, page=number).end
        if number < len(pages):
            builder.paragraph("")
    draft = replace(builder.draft(wrapped=True), run_on=frozenset(run_on))
    if not draft.text.strip():
        raise UnreadableInputError(f"“{file}”里没有文字。", advice="请提供由 Word 直接另存的 pdf 或 docx。")
    return draft


def has_scanned_pages(raw: bytes) -> bool:
    """Return whether a page of a pdf shows no text of its own, so that reading it takes character recognition.

    A pdf that cannot be opened has none: reading it says what is wrong.
    """
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(raw)
        except pypdfium2.PdfiumError:
            return False
        try:
            return any(_is_scanned(pdf, number, _content_of(pdf, number)) for number in range(min(len(pdf), MAX_PAGES)))
        finally:
            pdf.close()


def _pages(raw: bytes, file: str, builder: TextBuilder) -> list[list[Content]]:
    """Return what stands on each page; recognised pages tell the builder how sure they are."""
    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _not_opened(error, file) from error
    try:
        if len(pdf) > MAX_PAGES:
            raise UnreadableInputError(f"“{file}”有{len(pdf)}页，超过{MAX_PAGES}页的上限。", advice="请拆分后再读。")
        pages = [_content_of(pdf, number) for number in range(len(pdf))]
        scanned = [number for number, lines in enumerate(pages) if _is_scanned(pdf, number, lines)]
        if scanned:
            _recognise(pdf, pages, scanned, builder, file)
    finally:
        pdf.close()
    return pages


def _not_opened(error: pypdfium2.PdfiumError, file: str) -> UnreadableInputError:
    if "password" in str(error).lower():
        return UnreadableInputError(f"“{file}”加了密码，无法读取。", advice="请先取消密码再读。")
    return UnreadableInputError(f"“{file}”不完整或已损坏，pdf 打不开。", advice="请向提供单位要一份完整的文件。")


def _content_of(pdf: pypdfium2.PdfDocument, number: int) -> list[Content]:
    """Return lines and tables of one page's text layer from top to bottom, none when the page is damaged."""
    try:
        page = pdf[number]
        try:
            layer = page.get_textpage()
            try:
                text = layer.get_text_range()
                whole = _lines(text)
                placed = placed_lines(layer, text)
                content = _with_tables(page, layer, whole) or list(whole)
                return [placed.get(part, part) if isinstance(part, str) else part for part in content]
            finally:
                layer.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return []


def _with_tables(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, whole: list[str]) -> list[Content]:
    """Return the page with its tables in their place; nothing when it has none or text would be lost or doubled."""
    tables = page_tables(page, layer) if whole else []
    if not tables:
        return []
    width, above = page.get_width(), page.get_height()
    content: list[Content] = []
    for table in tables:
        if table.top > above + 1:
            return []  # side by side: the lines keep their order better than we could
        content.extend(_lines(layer.get_text_bounded(0, table.top, width, above)))
        content.append(table)
        above = table.bottom
    content.extend(_lines(layer.get_text_bounded(0, 0, width, above)))
    found = sum(
        sum(len("".join(cell.text.split())) for cell in part.cells)
        if isinstance(part, PageTable)
        else len("".join(part.split()))
        for part in content
    )
    expected = sum(len("".join(line.split())) for line in whole)
    return content if abs(found - expected) <= 0.01 * expected + 1 else []


def _lines(text: str) -> list[str]:
    # U+FFFE and U+0002 stand for a hyphen at a line end, which Chinese text does not break words with.
    text = text.replace("\ufffe", "").replace("\x02", "").replace("\x00", "").replace("\t", " ")
    return [line.strip(" \u00a0") for line in re.split(r"\r\n|\r|\n", text) if line.strip()]


def _is_scanned(pdf: pypdfium2.PdfDocument, number: int, content: list[Content]) -> bool:
    """Return whether a page shows a picture but hardly any text."""
    if sum(len(part) if isinstance(part, str) else _FEW_CHARACTERS for part in content) >= _FEW_CHARACTERS:
        return False
    try:
        page = pdf[number]
        try:
            return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return False


def _recognise(
    pdf: pypdfium2.PdfDocument, pages: list[list[Content]], scanned: list[int], builder: TextBuilder, file: str
) -> None:
    """Put the recognised lines of scanned pages in their place, or say which pages cannot be read."""
    from dudao.documents.scans import (  # loads the models only where pages are pictures
        INSTALL,
        recognised_lines,
        recogniser,
    )

    read = recogniser()
    if read is None:
        if not any(lines for number, lines in enumerate(pages) if number not in scanned):
            raise UnreadableInputError(f"“{file}”是扫描件，没有文字层。", advice=INSTALL)
        builder.issues.append(
            Issue(
                Level.WARNING,
                "documents.scanned_pages",
                f"{_page_list(scanned)}是图片，没有读到文字。",
                Location(file=file),
                remedy=INSTALL,
            )
        )
        return
    for number in scanned:
        page = pdf[number]
        try:
            pages[number] = list(recognised_lines(read, page.render(scale=_SCALE).to_numpy()))
        finally:
            page.close()
    builder.issues.append(
        Issue(
            Level.NOTE,
            "documents.recognised_text",
            f"{_page_list(scanned)}是图片，文字由识别得来，可能有错字错数。",
            Location(file=file),
            remedy="发现问题时请先对照原件。",
        )
    )


def _page_list(numbers: list[int]) -> str:
    """Return 第3—5、8页 for the pages, counted from 1."""
    parts: list[str] = []
    start = previous = numbers[0]
    for number in [*numbers[1:], -1]:
        if number == previous + 1:
            previous = number
            continue
        parts.append(str(start + 1) if start == previous else f"{start + 1}—{previous + 1}")
        start = previous = number
    return f"第{'、'.join(parts)}页"


def _running_heads(pages: list[list[Content]]) -> frozenset[str]:
    """Return the lines that stand first or last on at least three pages and on most of them, numbers left aside.

    A head or foot may be two lines long.
    """
    edges = Counter(
        line
        for lines in pages
        for line in {_unnumbered(part) for part in (*lines[:2], *lines[-2:]) if isinstance(part, str)}
    )
    return frozenset(line for line, count in edges.items() if count >= 3 and count * 2 > len(pages))


def _unnumbered(line: str) -> str:
    return _NUMBER.sub("#", line)


def _without_page_number(content: list[Content], running: frozenset[str]) -> Iterator[Content]:
    """Yield what is on a page without its number and running lines, from both its edges inwards."""
    first, last = 0, len(content)
    while first < min(2, last) and _is_set_apart(content[first], running):
        first += 1
    while last > max(first, len(content) - 2) and _is_set_apart(content[last - 1], running):
        last -= 1
    yield from content[first:last]


def _is_set_apart(part: Content, running: frozenset[str]) -> bool:
    return isinstance(part, str) and (_PAGE_NUMBER.fullmatch(part) is not None or _unnumbered(part) in running)
