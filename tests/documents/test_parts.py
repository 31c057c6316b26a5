"""A document in parts: nothing lost, nothing shown twice, the same page as the whole."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.documents.model import Document
from dudao.documents.parts import joined, parts_of, restored, stored
from dudao.documents.reading import read_document
from dudao.pipelines.check import check_document
from dudao.pipelines.check_typed import typed_document
from dudao.reporting.annotated.document_html import DocumentHtml, marks_of
from dudao.reporting.annotated.entries import Entry, entries

LINES = st.lists(
    st.sampled_from(
        (
            "云州市人民政府2024年度自评报告",
            "一、经费投入情况",
            "全市一般公共预算教育支出34.92亿元，比上年的32.36亿元增长8.91%。",
            "（一）校(xiào)园安全",
            "學校309所，其中公办园占比50%。",
            "",
            "没有数字的一段。",
        )
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(lines=LINES, size=st.integers(1, 300))
def test_parts_together_are_the_whole(lines: list[str], size: int) -> None:
    document = typed_document("\n".join(lines))
    parts = parts_of(document, size)
    assert "".join(part.document.text for part in parts) == document.text
    assert "".join(part.document.repaired.text for part in parts) == document.repaired.text
    assert sum(len(part.document.blocks) for part in parts) == len(document.blocks)
    whole = joined(parts)
    assert whole.blocks == document.blocks
    spots = range(len(document.repaired.text))
    assert [whole.repaired.origin(spot) for spot in spots] == [document.repaired.origin(spot) for spot in spots]
    for part in parts:
        again = restored(json.loads(json.dumps(stored(part))))
        assert again.document.text == part.document.text
        assert again.document.blocks == part.document.blocks
        assert again.document.repaired.text == part.document.repaired.text
        assert (again.start, again.first, again.page) == (part.start, part.first, part.page)


@settings(max_examples=25, deadline=None)
@given(lines=LINES, size=st.integers(1, 300))
def test_parts_are_shown_as_the_whole_is(lines: list[str], size: int) -> None:
    document = typed_document("\n".join(lines))
    marks = marks_of(_entries(document))
    shown: list[str] = []
    for part in parts_of(document, size):
        own = [
            replace(mark, span=type(mark.span)(mark.span.start - part.start, mark.span.end - part.start))
            for mark in marks
            if part.start <= mark.span.start < part.end
        ]
        shown += DocumentHtml(part.document, own, part.start, part.first, part.page).blocks()
    assert shown == list(DocumentHtml(document, marks).blocks())


def _entries(document: Document) -> list[Entry]:
    checked = check_document(document)
    return entries(document, checked.report, checked.findings, ())


def test_a_table_longer_than_a_part_is_cut_between_rows(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in range(200):
        book.active.append([f"第{row}所学校", row, f"{row}.5"])
    book.save(tmp_path / "table.xlsx")
    document = read_document(tmp_path / "table.xlsx")
    parts = parts_of(document, 500)
    assert len(parts) > 5
    assert "".join(part.document.text for part in parts) == document.text
    rows = [table.rows for part in parts for table in part.document.tables]
    assert sum(rows) == document.tables[0].rows
    html = "".join("".join(DocumentHtml(part.document, [], part.start, part.first).blocks()) for part in parts)
    assert re.findall(r"第(\d+)所学校", html) == [str(number) for number in range(200)]
