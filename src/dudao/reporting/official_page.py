"""The page and type of official documents: A4, margins, fonts, line pitch, page numbers.

Source: GB/T 9704-2012, 党政机关公文格式: margins 37/35/28/26 mm, body 3号仿宋, headings 黑体 / 楷体; page numbers
one character in from the right on odd pages, from the left on even ones.
Fonts are named with fallbacks that Word finds by itself; none is embedded.
"""

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY_FONT = "仿宋_GB2312"
TITLE_FONT = "方正小标宋简体"
HEADING_FONTS = {1: "黑体", 2: "楷体_GB2312", 3: BODY_FONT, 4: BODY_FONT}
NUMBER_FONT = "Times New Roman"
BODY_SIZE = Pt(16)
TITLE_SIZE = Pt(22)
LINE_PITCH = Pt(28)
_TWO_CHARACTERS = Pt(32)
_PAGE_NUMBER = Pt(14)


def official_document(*, landscape: bool = False) -> Document:
    """Return an empty document on an official page, its body style set and its pages numbered."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(20), Mm(20)
    style = document.styles["Normal"]
    style.font.size = BODY_SIZE
    style.font.name = NUMBER_FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")  # else punctuation is set as in Taiwan or Japan
    style.element.rPr.append(language)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = LINE_PITCH
    style.paragraph_format.space_after = Pt(0)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = _PAGE_NUMBER
        _number_pages(paragraph)
    return document


def set_font(run: Run, name: str, size: Pt | None = None, *, bold: bool = False) -> Run:
    """Give a run a Chinese font; digits and Latin keep the number font."""
    run.font.name = NUMBER_FONT
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if size is not None:
        run.font.size = size
    run.font.bold = bold or None
    return run


def add_title(document: Document, text: str) -> Paragraph:
    """Add the title: 2号小标宋, centred."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(36)
    set_font(paragraph.add_run(text), TITLE_FONT, TITLE_SIZE)
    return paragraph


def add_heading(document: Document, level: int, text: str) -> Paragraph:
    """Add a heading of level 1–4 (一、（一）1.（1）) in the type of its level, kept with what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = _TWO_CHARACTERS
    paragraph.paragraph_format.keep_with_next = True
    set_font(paragraph.add_run(text), HEADING_FONTS[level], BODY_SIZE, bold=level == 3)
    return paragraph


def add_body(document: Document, text: str) -> None:
    """Add body text, a paragraph a line, indented by two characters; empty lines are left out."""
    for line in text.splitlines():
        if not line.strip():
            continue
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = _TWO_CHARACTERS
        set_font(paragraph.add_run(line.strip()), BODY_FONT)


def _number_pages(paragraph: Paragraph) -> None:
    """Number pages as — 1 —, 4号宋体."""
    set_font(paragraph.add_run("— "), "宋体", _PAGE_NUMBER)
    run = set_font(paragraph.add_run(), "宋体", _PAGE_NUMBER)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)
    set_font(paragraph.add_run(" —"), "宋体", _PAGE_NUMBER)
