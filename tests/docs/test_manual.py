"""The printed manual holds every how-to once, and its contents point at what is there."""

import re
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from dudao.reporting.user_manual import groups, user_manual

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [paragraph.text for paragraph in user_manual(REPOSITORY / "docs").paragraphs]


def test_every_how_to_is_in_the_manual_once(lines: list[str]) -> None:
    pages = [page for _, pages in groups(REPOSITORY / "docs") for page in pages if page.startswith("how-to/")]
    assert sorted(pages) == sorted(f"how-to/{path.name}" for path in (REPOSITORY / "docs/how-to").glob("*.md"))
    for page in pages:
        title = (REPOSITORY / "docs" / page).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        assert (
            sum(re.fullmatch(rf"（[一二三四五六七八九十]+）{re.escape(title)}", line) is not None for line in lines)
            == 1
        )


def test_the_contents_refer_to_a_bookmark_each() -> None:
    body = user_manual(REPOSITORY / "docs").element.body
    named = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    asked = [field.get(qn("w:instr")).split()[1] for field in body.iter(qn("w:fldSimple"))]
    assert len(named) > 30
    assert asked == named


def test_marks_of_the_source_do_not_show(lines: list[str]) -> None:
    assert not [line for line in lines if "**" in line or "](" in line or "<!--" in line]
    assert any(line.startswith("1. ") for line in lines)
    assert any(line.startswith("• ") for line in lines)
