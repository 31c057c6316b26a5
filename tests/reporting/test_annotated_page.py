"""The annotated page: complete, self-contained, safe, readable."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from dudao.claims.model import ClaimReport, Finding
from dudao.documents.model import Document
from dudao.documents.reading import read_document
from dudao.issues import Level
from dudao.provenance import Span
from dudao.reporting.annotated_page import annotated_page

TEXT = (
    "某县自评报告\n\n一、经费保障\n\n2022年<b>投入</b>12所学校，区(qū)内覆盖率100%。\n\n二、存在问题\n\n仍有2所学校未覆盖。\n\n"
    "\t甲\n\t乙\n\n\t丙\n\t<script>alert(1)</script>\n"
)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "<报告>.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_document(path)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def page_of(
    document: Document, *findings: Finding, dismissed: tuple[tuple[Finding, str], ...] = ()
) -> LexborHTMLParser:
    html = annotated_page(document, ClaimReport((), ()), findings, dismissed=dismissed)
    return LexborHTMLParser(html)


CONTRADICTION = Finding(
    "claims.contradiction", Level.ERROR, place("100%"), "前称全覆盖，<后>称未覆盖。", (place("未覆盖"),), "请统一。"
)
REMARK = Finding("claims.wording", Level.WARNING, place("12所"), "用词不清。")


def test_every_finding_is_marked_and_listed_with_both_places(document: Document) -> None:
    page = page_of(document, REMARK, CONTRADICTION)
    listed = page.css(".fd")
    assert [card.attributes["data-s"] for card in listed] == ["contradiction", "warning"]
    assert [mark.text() for mark in page.css('.m[data-e="f1"]')] == ["100%1", "未覆盖1"]
    assert [mark.text() for mark in page.css('.m[data-e="f2"]')] == ["12所2"]
    assert page.css_first("#m-f1") is not None
    assert len(listed[0].css(".pair a")) == 2


def test_a_dismissed_finding_shows_its_reason_and_asks_nothing(document: Document) -> None:
    page = page_of(document, dismissed=((REMARK, "已核对原件"),))
    [card] = page.css(".fd")
    assert card.attributes["data-s"] == "dismissed"
    assert "已核对原件" in card.text()
    assert "待处理 0 处" in page.body.text() if page.body else False


def test_the_words_of_the_document_are_never_markup(document: Document) -> None:
    page = page_of(document, CONTRADICTION)
    assert len(page.css("script")) == 1
    paper = page.css_first(".paper")
    assert paper is not None
    assert paper.css_first("b") is None
    assert "<b>投入</b>" in paper.text()
    assert "<script>alert(1)</script>" in paper.text()


def test_what_conversion_put_in_is_hidden_but_kept(document: Document) -> None:
    paper = page_of(document).css_first(".paper")
    assert paper is not None
    assert [gone.text() for gone in paper.css("del.cv")] == ["(qū)"]


def test_overlapping_findings_keep_every_character_once(document: Document) -> None:
    wide = Finding("a", Level.ERROR, place("投入</b>12所学校"), "宽")
    narrow = Finding("b", Level.NOTE, place("12所"), "窄")
    paper = page_of(document, wide, narrow, REMARK).css_first(".paper")
    assert paper is not None
    for note in paper.css("sup, del"):
        note.decompose()
    assert "2022年<b>投入</b>12所学校，区内覆盖率100%。" in paper.text()


def test_nothing_is_loaded_from_elsewhere(document: Document) -> None:
    html = annotated_page(document, ClaimReport((), ()), [CONTRADICTION])
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:|//|file:)", html)
    assert "@import" not in html
    assert "url(" not in html
    assert "default-src 'none'" in html
    assert ' style="' not in html


def test_landmarks_and_names_are_there(document: Document) -> None:
    page = page_of(document, CONTRADICTION)
    for selector in (
        "main[aria-label]",
        "nav[aria-label]",
        "aside[aria-label]",
        "html[lang=zh-CN]",
        ".skip[href='#doc']",
    ):
        assert page.css_first(selector) is not None, selector
    identifiers = [node.attributes["id"] for node in page.css("[id]")]
    assert len(identifiers) == len(set(identifiers))
    targets = {link.attributes["href"] for link in page.css("a[href^='#']")} - {"#"}
    assert {target[1:] for target in targets if target} <= set(identifiers)


def test_the_same_input_gives_the_same_page(document: Document) -> None:
    first = annotated_page(document, ClaimReport((), ()), [CONTRADICTION])
    assert first == annotated_page(document, ClaimReport((), ()), [CONTRADICTION])


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "bg"), ("ink-2", "surface"), ("ink-3", "surface-2"), ("ink-3", "bg"), ("ink-2", "bg"),
        ("bad", "bad-soft"),
        ("warn", "warn-soft"), ("ok", "ok-soft"), ("mute", "mute-soft"), ("primary-strong", "primary-soft"),
        ("primary", "surface"), ("surface", "top"), ("ink-2", "ok-soft"), ("ink-3", "mute-soft"),
    ],
)  # fmt: skip
def test_text_contrast_is_at_least_four_and_a_half(ink: str, ground: str) -> None:
    style = (files("dudao.reporting.annotated") / "page.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z0-9-]+):(#[0-9A-Fa-f]{3,6})", style))
    light, dark = sorted((luminance(_six(tokens[name])) for name in (ink, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _six(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def test_marks_in_the_text_share_no_class_with_the_frame() -> None:
    """A figure that agrees by rounding once took the layout of the headers, which share its class, and stood alone."""
    style = (files("dudao.reporting") / "annotated" / "page.css").read_text(encoding="utf-8")
    bare = set(re.findall(r"(?:^|[}\n,])\.([a-z])(?=[{,])", style))
    assert not bare & {"r", "g", "b", "x", "w", "n", "u", "d"}
