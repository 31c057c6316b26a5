from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dudao.reporting.self_evaluation import (
    PrintedItem,
    PrintedPoint,
    PrintedSection,
    SelfEvaluation,
    han_number,
    points_text,
    report_docx,
    score_sheet_docx,
    score_sheet_xlsx,
)

CONTENT = SelfEvaluation(
    region_name="云州市",
    year=2022,
    scheme_name="评价方案",
    scheme_number="省督〔2022〕3号",
    addressee="省人民政府教育督导室",
    full_points=Decimal(9),
    self_points=Decimal("8.5"),
    sections=(
        PrintedSection(
            "党的领导",
            Decimal(9),
            Decimal("8.5"),
            (
                PrintedItem("1", "学习情况", Decimal(4), Decimal(4), "学习11次。"),
                PrintedItem(
                    "2",
                    "党建情况",
                    Decimal(5),
                    Decimal("4.5"),
                    "=1+1",
                    (PrintedPoint("组织", Decimal(3), Decimal(3)), PrintedPoint("制度", Decimal(2), Decimal("1.5"))),
                ),
            ),
        ),
    ),
)


def test_the_sheet_prints_every_item_once_and_the_total() -> None:
    table = docx.Document(BytesIO(score_sheet_docx(CONTENT))).tables[0]
    assert [row.cells[1].text for row in table.rows][1:3] == ["1.学习情况（4分）", "2.党建情况（5分）"]
    assert table.rows[1].cells[0]._tc is table.rows[2].cells[0]._tc
    assert [row.cells[3].text for row in table.rows] == ["自评得分", "4", "4.5", "8.5"]


def test_a_section_without_full_points_stands_by_its_name_alone() -> None:
    bonus = PrintedSection("加分项", None, Decimal(1), (PrintedItem("1", "经验推广", Decimal(5), Decimal(1), ""),))
    sheet = score_sheet_docx(replace(CONTENT, sections=(*CONTENT.sections, bonus)))
    first = [row.cells[0].text for row in docx.Document(BytesIO(sheet)).tables[0].rows]
    assert first[1:4] == ["党的领导（9分）", "党的领导（9分）", "加分项"]


def test_the_report_prints_points_behind_every_title() -> None:
    text = "\n".join(each.text for each in docx.Document(BytesIO(report_docx(CONTENT))).paragraphs)
    assert "（一）党的领导（9分，自评分8.5分）" in text
    assert "2.党建情况（5分，自评分4.5分）" in text
    assert "（2）制度（2分，自评分1.5分）" in text


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = load_workbook(BytesIO(score_sheet_xlsx(CONTENT))).active
    assert sheet is not None
    cell = sheet["D5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert sheet["F6"].value == "=SUM(F4:F5)"


@pytest.mark.parametrize(("points", "text"), [(Decimal("9.80"), "9.8"), (Decimal(100), "100"), (None, "—")])
def test_points_print_without_idle_zeros(points: Decimal | None, text: str) -> None:
    assert points_text(points) == text


@given(st.integers(1, 99))
def test_every_heading_number_is_written_once(number: int) -> None:
    assert len({han_number(each) for each in range(1, 100)}) == 99
    assert han_number(number)
