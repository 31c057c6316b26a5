"""Layouts that a stranger tried: points before the bracket, on lines of their own, below zero, in drawn boxes."""

import pickle
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from dudao.documents.reading import read_document
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.scoring.sheet_audit.audit import audit_sheet
from dudao.scoring.sheet_audit.subject import AuditedSheet


def sheet_of(folder: Path, text: str) -> ScoreSheet | None:
    path = folder / "自评报告.txt"
    path.write_text(text, encoding="utf-8")
    return read_score_sheet(read_document(path))


TWO_ITEMS = {
    "points before the bracket, behind a dash": (
        "一、学前教育——5分（自评4.5分）\n好。\n二、义务教育——10分（自评10分）\n好。\n"
    ),
    "points at the end of the title": "一、学前教育 5分（自评4.5分）\n好。\n二、义务教育 10分（自评10分）\n好。\n",
    "both in a bracket, set apart by a space": (
        "一、学前教育（满分5分 得4.5分）\n好。\n二、义务教育（满分10分 得10分）\n好。\n"
    ),
    "curly brackets": "一、学前教育｛5分，自评4.5分｝\n好。\n二、义务教育{10分，自评10分}\n好。\n",
    "half a point in words": "一、学前教育（5分，自评四分半）\n好。\n二、义务教育（10分，自评十分）\n好。\n",
    "on the line below": (
        "一、学前教育\n分值：5分  自评得分：4.5分\n好。\n二、义务教育\n分值：10分  自评得分：10分\n好。\n"
    ),
    "in brackets on the line below": (
        "一、学前教育\n（分值5分，自评4.5分）\n好。\n二、义务教育\n（分值10分，自评10分）\n好。\n"
    ),
    "cards": (
        "指标名称：学前教育\n分值：5\n自评分：4.5\n自评依据：好。\n\n"
        "指标名称：义务教育\n分值：10\n自评分：10\n自评依据：好。\n"
    ),
    "bars between": "序号|指标|分值|自评得分\n1|学前教育|5|4.5\n2|义务教育|10|10\n合计||15|14.5\n",
    "a drawn box": (
        "┌──┬────┬──┬────┐\n│序号│指标    │分值│自评得分│\n├──┼────┼──┼────┤\n│1   │学前教育│5   │4.5     │\n"
        "├──┼────┼──┼────┤\n│2   │义务教育│10  │10      │\n└──┴────┴──┴────┘\n"
    ),
}


@pytest.mark.parametrize("layout", TWO_ITEMS)
def test_every_printed_score_is_read(tmp_path: Path, layout: str) -> None:
    sheet = sheet_of(tmp_path, f"罗浮县自评报告\n{TWO_ITEMS[layout]}")
    assert sheet is not None
    assert [(row.name, str(row.full_points), str(row.self_points)) for row in sheet.rows] == [
        ("学前教育", "5", "4.5"),
        ("义务教育", "10", "10"),
    ]
    assert (sheet.full_points, sheet.self_points) == (Decimal(15), Decimal("14.5"))


def test_the_total_of_sections_without_points_is_the_sum_of_their_parts(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "罗浮县自评报告\n一、学前教育（5分）\n（一）普及（2分）\n好。\n自评得分：2分。\n（二）普惠（3分）\n好。\n"
        "自评得分：2.5分。\n二、义务教育（10分）\n（一）均衡（10分）\n好。\n自评得分：10分。\n",
    )
    assert sheet is not None
    assert (sheet.self_points, sheet.self_points_printed) == (Decimal("14.5"), False)
    assert sheet.rows[0].self_points is None


def test_points_taken_off_count_below_zero_and_are_nothing_to_be_had(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "白石滩县自评报告\n一、基础指标（100分，自评96分）\n好。\n二、加分项（5分，自评2分）\n获省级表彰。\n"
        "三、减分项（－3分，自评－1分）\n发生一般事故1起。\n",
    )
    assert sheet is not None
    assert [(row.full_points, row.self_points) for row in sheet.rows][-1] == (None, Decimal(-1))
    assert (sheet.full_points, sheet.self_points) == (Decimal(105), Decimal(97))
    assert [issue for issue in audit_sheet(AuditedSheet(sheet)) if issue.level == "error"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "中考平均分提高5分（自评）",
        "一、成绩比上年提高15分（自评第3）",
        "二、在评价中得分92.5分，比上年提高2.5分",
        "a|b|c\n1|2|3",
    ],
)
def test_prose_about_points_is_no_score_sheet(tmp_path: Path, sentence: str) -> None:
    assert sheet_of(tmp_path, f"罗浮县教育工作总结\n{sentence}。\n{sentence}。\n") is None


@pytest.mark.parametrize("totals", [["", "", "", "合计", "100", "97"], ["合计", "40", "38", "合计", "60", "59"]])
def test_blocks_side_by_side_are_one_sheet(tmp_path: Path, totals: list[str]) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["指标", "分值", "自评得分", "指标", "分值", "自评得分"])
    page.append(["党的领导", 10, 10, "教师", 20, 19])
    page.append(["经费", 30, 28, "安全", 40, 40])
    page.append(totals)
    book.save(tmp_path / "自评表.xlsx")
    sheet = read_score_sheet(read_document(tmp_path / "自评表.xlsx"))
    assert sheet is not None
    assert [(row.name, row.level) for row in sheet.rows] == [("党的领导", 1), ("经费", 1), ("教师", 1), ("安全", 1)]
    assert (sheet.full_points, sheet.self_points) == (Decimal(100), Decimal(97))
    assert [issue for issue in audit_sheet(AuditedSheet(sheet)) if issue.level == "error"] == []


def test_a_number_printed_again_and_again_stays_an_id_of_its_own(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path, "罗浮县自评报告\n" + "一、学前教育（5分，自评4分）\n（一）普及（5分，自评4分）\n好。\n" * 4
    )
    assert sheet is not None
    top = sheet.children(None)
    assert [row.id for row in top] == ["1", "1~2", "1~3", "1~4"]
    assert [[row.parent for row in sheet.children(above.id)] for above in top] == [[above.id] for above in top]
    assert sheet.leaves() == tuple(row for row in sheet.rows if row.level == 2)
    assert sheet.children("none") == ()
    assert pickle.loads(pickle.dumps(sheet)).children(None) == top
