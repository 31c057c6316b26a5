"""The user manual in Word, written from the documentation.

It holds the platform's first hour, then every how-to as docs/index.md groups them.
The contents refer to pages by fields, which Word and LibreOffice fill in when the file is opened.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dudao.reporting.official_page import BODY_FONT, add_heading, add_title, official_document, set_font
from dudao.reporting.self_evaluation import han_number

TITLE = "督导用户手册"
FIRST = ("先走一遍", ["tutorial/platform-first-hour.md"])
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_SMALL = Pt(12)
_STEP = Pt(24)


def groups(docs: Path) -> list[tuple[str, list[str]]]:
    """Return the chapters: a title and the pages of each, as the index of the documentation lists them."""
    index = (docs / "index.md").read_text(encoding="utf-8")
    found = [FIRST]
    for section in index.split("\n## ")[1:]:
        title, _, rest = section.partition("\n")
        pages = re.findall(r"\]\((how-to/[^)]+\.md)\)", rest)
        if pages:
            found.append((title.split("：")[-1], pages))
    return found


class Manual:
    """The manual while it is written: the document and the headings put into it so far."""

    def __init__(self) -> None:
        self.document: Document = official_document()
        self.headings: list[tuple[int, str, str]] = []

    def heading(self, level: int, text: str, *, listed: bool) -> None:
        """Add a heading of level 1–4; a listed one gets a bookmark and a line in the contents."""
        paragraph = add_heading(self.document, level, text)
        paragraph.paragraph_format.page_break_before = True if level == 1 else None
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        paragraph._p.get_or_add_pPr().append(outline)
        if listed:
            name = f"part{len(self.headings) + 1}"
            for kind in ("bookmarkStart", "bookmarkEnd"):
                mark = OxmlElement(f"w:{kind}")
                mark.set(qn("w:id"), str(len(self.headings) + 1))
                if kind == "bookmarkStart":
                    mark.set(qn("w:name"), name)
                paragraph._p.append(mark)
            self.headings.append((level, text, name))

    def page(self, tokens: list[Token]) -> None:
        """Add the text of a page; its headings are numbered 1.（1）."""
        numbers, lists, at = [0, 0], [], 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "heading_open":
                level = min(int(token.tag[1:]), 3)
                self._page_heading(level, plain(tokens[at + 1]), numbers)
                at += 2
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                lists.append(0 if token.type.startswith("ordered") else -1)
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif token.type == "list_item_open" and lists[-1] >= 0:
                lists[-1] += 1
            elif token.type == "inline":
                begins = bool(lists) and tokens[at - 2].type == "list_item_open"
                self._text(
                    token, depth=len(lists), mark=(f"{lists[-1]}. " if lists[-1] > 0 else "• ") if begins else ""
                )
            elif token.type in {"fence", "code_block"}:
                self._code(token.content)
            elif token.type == "table_open":
                end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
                self._table(tokens[at:end])
                at = end
            at += 1

    def _page_heading(self, level: int, text: str, numbers: list[int]) -> None:
        text = re.sub(r"^[一二三四五六七八九十]+、", "", text)
        if level == 2:
            numbers[:] = [numbers[0] + 1, 0]
            self.heading(3, f"{numbers[0]}. {text}", listed=False)
        elif level > 2:
            numbers[1] += 1
            self.heading(4, f"（{numbers[1]}）{text}", listed=False)

    def _text(self, token: Token, *, depth: int, mark: str) -> None:
        paragraph = self.document.add_paragraph()
        if depth:
            paragraph.paragraph_format.left_indent = Pt(_STEP.pt * (depth + 1))
            paragraph.paragraph_format.first_line_indent = Pt(-_STEP.pt) if mark else Pt(0)
        else:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        if mark:
            set_font(paragraph.add_run(mark), BODY_FONT)
        add_words(paragraph, token)

    def _code(self, text: str) -> None:
        for line in text.rstrip("\n").split("\n"):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = _STEP
            paragraph.paragraph_format.line_spacing = Pt(18)
            run = set_font(paragraph.add_run(line), BODY_FONT, Pt(10.5))
            run.font.name = "Courier New"

    def _table(self, tokens: list[Token]) -> None:
        rows: list[list[Token]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for number, row in enumerate(rows):
            table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, token in zip(table.rows[number].cells, row, strict=True):
                cell.paragraphs[0].paragraph_format.line_spacing = Pt(18)
                add_words(cell.paragraphs[0], token, size=_SMALL, bold=number == 0)
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))  # repeated on every page the table reaches
        self.document.add_paragraph().paragraph_format.line_spacing = Pt(12)

    def contents(self, before: Paragraph) -> None:
        """Put the listed headings with their pages before a paragraph."""
        for level, text, name in self.headings:
            line = before.insert_paragraph_before()
            line.paragraph_format.left_indent = Pt(_STEP.pt * (level - 1))
            line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            set_font(line.add_run(f"{text}\t"), BODY_FONT, Pt(14))
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f" PAGEREF {name} ")
            field.append(set_font(line.add_run("…"), BODY_FONT, Pt(14))._r)
            line._p.append(field)
        update = OxmlElement("w:updateFields")
        update.set(qn("w:val"), "true")
        self.document.settings.element.append(update)


def plain(token: Token) -> str:
    """Return the words of running text without its marks."""
    return "".join(child.content for child in token.children or [])


def add_words(paragraph: Paragraph, token: Token, *, size: Pt | None = None, bold: bool = False) -> None:
    """Add running text: strong words bold, code in a typewriter face, links as their words."""
    for text, strong, code in words(token):
        run = set_font(paragraph.add_run(text), BODY_FONT, size, bold=strong or bold)
        if code:
            run.font.name = "Courier New"


def words(token: Token) -> Iterator[tuple[str, bool, bool]]:
    """Yield pieces of running text with whether each is strong and whether it is code."""
    strong, last = 0, ""
    for child in token.children or []:
        if child.type in {"strong_open", "strong_close"}:
            strong += 1 if child.type == "strong_open" else -1
        elif child.type == "softbreak":
            yield " " if last.isascii() else "", bool(strong), False
        elif child.content:
            yield child.content, bool(strong), child.type == "code_inline"
            last = child.content[-1]


def user_manual(docs: Path) -> Document:
    """Return the manual of the documentation in a folder."""
    manual = Manual()
    add_title(manual.document, TITLE)
    add_title(manual.document, "目录")
    chapters = manual.document.add_paragraph()
    for chapter, (title, pages) in enumerate(groups(docs), 1):
        manual.heading(1, f"{han_number(chapter)}、{title}", listed=True)
        for number, name in enumerate(pages, 1):
            text = (docs / posixpath.normpath(name)).read_text(encoding="utf-8")
            tokens = MARKDOWN.parse(re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL))
            manual.heading(2, f"（{han_number(number)}）{plain(tokens[1])}", listed=True)
            manual.page(tokens[3:])
    manual.contents(chapters)
    parent = chapters._p.getparent()
    assert parent is not None
    parent.remove(chapters._p)
    return manual.document
