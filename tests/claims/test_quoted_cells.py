"""A sentence that quotes a table: what differs from the cell by one digit is told, what another thing may be is not."""

from pathlib import Path

import pytest
from docx import Document as NewDocument

from dudao.claims.contradictions.quoted_cells import CODE
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document, check_file

TABLE = """云州市2023年义务教育发展情况
分县（区）情况表
县（区）\t2022年在校生\t2023年在校生\t增减人数\t增幅%\t教学班\t平均班额
城东区\t48213\t49120\t907\t1.88\t1102\t44.6
平川县\t52108\t51377\t-731\t-1.40\t1190\t43.2
高岭县\t27455\t26890\t-565\t-2.06\t645\t41.7
全市\t127776\t127387\t-389\t-0.30\t2937\t43.4
"""
TRUE = (
    "2023年，全市义务教育阶段在校生127387人。分县区看，平川县在校生最多，为51377人，但比上年减少731人，下降1.40%；"
    "城东区在校生49120人，增长1.88%；高岭县平均班额41.7人。"
)


def told(text: str) -> list[str]:
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain")
    return [one.message for one in check_document(document).findings if one.code == CODE]


def test_what_the_sentences_quote_rightly_is_not_told() -> None:
    assert told(TABLE + TRUE) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("为51377人", "为57377人"), ("生49120人", "生49210人"), ("班额41.7人", "班额41.1人")],
)
def test_a_figure_quoted_with_a_digit_wrong_is_told(right: str, wrong: str) -> None:
    text = TABLE + TRUE.replace(right, wrong)
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年末，平川县教职工51397人。",
        "平川县阶段（含中职）在校生51397人。",
        "2021年，平川县在校生51377人的统计口径调整，平川县公办学校在校生50377人。",
        "平川县及以下乡镇在校生51397人。",
        "平川县规划到2025年在校生达到52377人。",
        "平川县小学在校生约51300人。",
        "新平川县学区在校生51370多人。",
    ],
)
def test_another_thing_of_the_same_row_is_not_told(sentence: str) -> None:
    assert told(TABLE + sentence) == []


def test_a_table_in_another_unit_agrees_with_what_is_told_of_it() -> None:
    text = (
        "教育经费投入（单位：亿元）\n项目\t2022年\t2023年\n学前教育\t2.26\t2.51\n义务教育\t9.05\t9.78\n"
        "其他教育\t2.71\t2.89\n从表中看，2023年其他教育2.89亿元。\n"
    )
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain")
    assert [one.message for one in check_document(document).findings] == []


def test_in_a_word_file_the_place_is_that_of_the_figure(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_paragraph("各学段专任教师情况")
    rows = [
        ("学段", "专任教师", ""),
        ("", "人数", "占比（%）"),
        ("普通小学", "2251", "58.62"),
        ("普通初中", "1589", "41.38"),
        ("合计", "3840", "100.00"),
    ]
    table = document.add_table(rows=len(rows), cols=3)
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            if word:
                table.cell(row, column).text = word
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    paragraph = document.add_paragraph("其中小学专任教师2")
    paragraph.add_run("25").bold = True
    paragraph.add_run("7人，初中专任教师1589人。")
    document.save(str(tmp_path / "a.docx"))
    checked = check_file(tmp_path / "a.docx")
    [finding] = [one for one in checked.findings if one.code == CODE]
    text = checked.document.text
    assert text[finding.span.start : finding.span.end] == "2257人"
    assert [text[one.start : one.end] for one in finding.related] == ["2251"]
