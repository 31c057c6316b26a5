"""Documents of tables drawn as files: docx, xlsx, html, pdf, text of several layouts."""

import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from claims.damage.page_files import printed
from claims.damage.word_parts import file, paragraph, run
from claims.drawn_tables import spans
from claims.table_sheets import Item, Sheet
from dudao.documents.model import Document
from dudao.documents.reading import read_document

PAGE = 9000
"""How wide a table is drawn, in twentieths of a point; without widths a printer takes merged cells for single ones."""


def drawn(sheet: Sheet, changed: dict[str, str]) -> tuple[str, bytes]:
    """Return the suffix and the bytes of the document, some of its items changed."""

    def said(one: str | Item) -> str:
        return one if isinstance(one, str) else changed.get(one.key, one.shown)

    blocks: list[str | list[list[str]]] = []
    for block in sheet.blocks:
        if block and isinstance(block[0], list):
            blocks.append([[said(one) for one in row] for row in block if isinstance(row, list)])
        else:
            blocks.append("".join(said(one) for one in block if not isinstance(one, list)))
    if sheet.form in ("docx", "pdf"):
        body = "".join(paragraph(run(one)) if isinstance(one, str) else _word_table(one) for one in blocks)
        return f".{sheet.form}", file(body)
    if sheet.form == "xlsx":
        return ".xlsx", _workbook(blocks)
    if sheet.form == "html":
        return ".html", _page(blocks)
    gap = {"tabs": "\t", "spaces": "  ", "pipes": " | ", "space": " ", "lines": "\n"}[sheet.form]
    lines = []
    for block_drawn in blocks:
        if isinstance(block_drawn, str):
            lines.append(block_drawn)
        else:
            lines += [gap.join(cell for cell in row if cell not in ("<", "^")) for row in block_drawn]
    return ".txt", "\n".join(lines).encode()


def _word_table(rows: list[list[str]]) -> str:
    size, found = spans(tuple(tuple(row) for row in rows)), ""
    for number, row in enumerate(rows):
        line = ""
        for column, cell in enumerate(row):
            if cell == "<":
                continue
            down, right = size.get((number, column), (1, 1))
            merged = '<w:vMerge w:val="restart"/>' if down > 1 else "<w:vMerge/>" if cell == "^" else ""
            width = f'<w:gridSpan w:val="{right}"/>' if right > 1 else ""
            line += f"<w:tc><w:tcPr>{width}{merged}</w:tcPr>{paragraph(run('' if cell == '^' else cell))}</w:tc>"
        found += f"<w:tr>{line}</w:tr>"
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    sides = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in edges)
    look = f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders>'
    grid = f'<w:gridCol w:w="{PAGE // len(rows[0])}"/>' * len(rows[0])
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{found}</w:tbl>"


def _workbook(blocks: list[str | list[list[str]]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path, top = Path(folder) / "book.xlsx", 0
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("表")
            for block in blocks:
                if isinstance(block, str):
                    page.write(top, 0, block)
                    top += 1
                    continue
                for (row, column), (down, right) in spans(tuple(tuple(line) for line in block)).items():
                    cell = block[row][column]
                    if down > 1 or right > 1:
                        page.merge_range(top + row, column, top + row + down - 1, column + right - 1, cell)
                    elif re.fullmatch(r"-?\d+(\.\d+)?%?", cell):
                        places = len(cell.rstrip("%").partition(".")[2])
                        form = f"0.{'0' * places}" if places else "0"
                        share = cell.endswith("%")
                        look = book.add_format({"num_format": form + "%" * share})
                        page.write_number(top + row, column, float(cell.rstrip("%")) / (100 if share else 1), look)
                    else:
                        page.write(top + row, column, cell)
                top += len(block)
        return path.read_bytes()


def _page(blocks: list[str | list[list[str]]]) -> bytes:
    found = '<html><head><meta charset="utf-8"></head><body>'
    for block in blocks:
        if isinstance(block, str):
            found += f"<p>{html.escape(block)}</p>\n"
            continue
        found += "<table>\n"
        size = spans(tuple(tuple(row) for row in block))
        for number, row in enumerate(block):
            found += "<tr>"
            for column, cell in enumerate(row):
                if cell not in ("<", "^"):
                    down, right = size[number, column]
                    found += f'<td rowspan="{down}" colspan="{right}">{html.escape(cell)}</td>'
            found += "</tr>\n"
        found += "</table>\n"
    return f"{found}</body></html>".encode()


def opened(files: list[tuple[str, bytes]]) -> Iterator[Document]:
    """Return the documents as reading leaves them."""
    pages = [raw for suffix, raw in files if suffix == ".pdf"]
    if pages:
        made = printed({str(number): raw for number, raw in enumerate(pages)})
        files = [(".pdf", made[str(number)]) for number in range(len(pages))]
    for suffix, raw in files:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"table{suffix}"
            path.write_bytes(raw)
            yield read_document(path)
