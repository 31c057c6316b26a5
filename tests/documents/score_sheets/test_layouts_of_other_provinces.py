"""More layouts met in offices: every printed score is read, none invented, none lost, and the sums hold."""

from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from dudao.documents.reading import read_document
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.scoring.sheet_audit.audit import audit_sheet
from dudao.scoring.sheet_audit.subject import AuditedSheet

Printed = list[tuple[str, str, str | None, str | None]]


def sheet_of(path: Path) -> ScoreSheet:
    sheet = read_score_sheet(read_document(path))
    assert sheet is not None
    return sheet


def printed(sheet: ScoreSheet) -> Printed:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    return [(row.id, row.name, text(row.full_points), text(row.self_points)) for row in sheet.rows]


def from_text(tmp_path: Path, text: str) -> ScoreSheet:
    path = tmp_path / "报告.txt"
    path.write_text(text, encoding="utf-8")
    return sheet_of(path)


def from_word(tmp_path: Path, *tables: list[list[str]]) -> ScoreSheet:
    document = docx.Document()
    document.add_paragraph("青松县自评表")
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                table.cell(row, column).text = words
        document.add_paragraph("")
    path = tmp_path / "自评表.docx"
    document.save(str(path))
    return sheet_of(path)


def errors(sheet: ScoreSheet) -> list[str]:
    return [issue.message for issue in audit_sheet(AuditedSheet(sheet)) if issue.level == "error"]


PROSE: dict[str, tuple[str, Printed, tuple[str | None, str | None]]] = {
    "own of full": (
        "一、组织领导  得分：9.5/10分\n内容。\n二、经费投入  得分：18/20分\n内容。\n总分：27.5/30分\n",
        [("1", "组织领导", "10", "9.5"), ("2", "经费投入", "20", "18")],
        ("30", "27.5"),
    ),
    "full marks in words": (
        "一、党的领导（十五分，自评十四点五分）\n好。\n二、队伍（五分，自评满分）\n好。\n",
        [("1", "党的领导", "15", "14.5"), ("2", "队伍", "5", "5")],
        ("20", "19.5"),
    ),
    "bonus beside the parts": (
        "第一部分 党的领导（20分，自评19分）\n一、学习（12分，自评11分）\n学。\n二、党建（8分，自评8分）\n学。\n"
        "第二部分 投入（10分，自评10分）\n增长4.2%。\n加分项（5分，自评2分）\n获奖。\n",
        [
            ("1", "党的领导", "20", "19"),
            ("1.1", "学习", "12", "11"),
            ("1.2", "党建", "8", "8"),
            ("2", "投入", "10", "10"),
            ("3", "加分项", "5", "2"),
        ],
        ("35", "31"),
    ),
    "letters": (
        "A1 办学方向（10分，自评10分）\nB1 党建（4分，自评4分）\n好\nB2 思政（6分，自评6分）\n好\n"
        "A2 保障（20分，自评19分）\nB3 经费（12分，自评11分）\n好\nB4 教师（8分，自评8分）\n好\n",
        [
            ("1", "办学方向", "10", "10"),
            ("1.1", "党建", "4", "4"),
            ("1.2", "思政", "6", "6"),
            ("2", "保障", "20", "19"),
            ("2.3", "经费", "12", "11"),
            ("2.4", "教师", "8", "8"),
        ],
        ("30", "29"),
    ),
    "dotted": (
        "1 党的领导（10分，自评9.5分）\n1.1 机构（4分，自评4分）\n1.1.1 领导小组（2分，自评2分）\n好\n"
        "1.1.2 办公室（2分，自评2分）\n好\n1.2 会议（6分，自评5.5分）\n好\n2 投入（5分，自评5分）\n好\n",
        [
            ("1", "党的领导", "10", "9.5"),
            ("1.1", "机构", "4", "4"),
            ("1.1.1", "领导小组", "2", "2"),
            ("1.1.2", "办公室", "2", "2"),
            ("1.2", "会议", "6", "5.5"),
            ("2", "投入", "5", "5"),
        ],
        ("15", "14.5"),
    ),
    "without brackets": (
        "一、自评情况\n（一）党的领导，共10分，自评得分9.5分。\n一是健全机构。\n（二）投入，共20分，自评得分19分。\n"
        "一是增长。\n二、存在问题\n（一）机构不健全。\n",
        [("1", "党的领导", "10", "9.5"), ("2", "投入", "20", "19")],
        ("30", "28.5"),
    ),
    "upright strokes": (
        "| 序号 | 指标 | 分值 | 自评得分 | 说明 |\n|---|:---:|---|---|---|\n| 1 | 党的领导 | 10 | 9 | 会议少 |\n"
        "| 2 | 投入 | 20 | 20 | 增长 |\n| 合计 | | 30 | 29 | |\n",
        [("1", "党的领导", "10", "9"), ("2", "投入", "20", "20")],
        ("30", "29"),
    ),
}


@pytest.mark.parametrize("name", PROSE)
def test_text_is_read_as_printed_and_adds_up(tmp_path: Path, name: str) -> None:
    text, rows, totals = PROSE[name]
    sheet = from_text(tmp_path, text)
    assert printed(sheet) == rows
    assert (str(sheet.full_points), str(sheet.self_points)) == totals
    assert errors(sheet) == []


def test_a_title_above_the_header_is_not_part_of_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["2023年度县级政府履职自评表"],
        ["一级指标", "二级指标", "标准分", "评分标准", "扣分", "得分", "备注"],
        ["组织领导", "1.1 机构", 5, "健全得5分", 0, 5, None],
        [None, "1.2 规划", 5, None, 0.2, 4.8, "滞后"],
        ["教育投入", "2.1 经费", 10, None, 1, 9, None],
        ["合计", None, 20, None, 1.2, 18.8, None],
    ):
        page.append(row)
    page.merge_cells("A1:G1")
    page.merge_cells("A3:A4")
    book.save(tmp_path / "表.xlsx")
    sheet = sheet_of(tmp_path / "表.xlsx")
    assert printed(sheet)[1:3] == [("1.1", "机构", "5", "5"), ("1.2", "规划", "5", "4.8")]
    assert (sheet.full_points, sheet.self_points) == (Decimal(20), Decimal("18.8"))
    assert errors(sheet) == []


@pytest.mark.parametrize("numbers", [["1", "1.1", "1.2", "2", "2.1"], ["一", "1", "2", "二", "1"]])
def test_the_numbers_of_one_column_tell_the_levels(tmp_path: Path, numbers: list[str]) -> None:
    names = ["党的建设", "思想", "组织", "保障", "经费"]
    points = [("8", "7.5"), ("4", "4"), ("4", "3.5"), ("12", "11"), ("12", "11")]
    rows = [[number, name, *given] for number, name, given in zip(numbers, names, points, strict=True)]
    sheet = from_word(tmp_path, [["序号", "考核内容", "满分", "自评分"], *rows, ["", "总计", "20", "18.5"]])
    assert [(row.name, row.level) for row in sheet.rows] == list(zip(names, [1, 2, 2, 1, 2], strict=True))
    assert errors(sheet) == []
    rows[1][3] = "3"
    slipped = from_word(tmp_path, [["序号", "考核内容", "满分", "自评分"], *rows, ["", "总计", "20", "18.5"]])
    assert [issue for issue in errors(slipped) if "党的建设" in issue]


def test_sections_and_items_in_one_column_over_pages(tmp_path: Path) -> None:
    header = ["指标内容", "权重", "自评分", "自评依据"]
    sheet = from_word(
        tmp_path,
        [header, ["一、领导", "", "", ""], ["1.会议", "5", "5", "9次"]],
        [header, ["2.督导", "5", "4.5", "少"], ["二、投入", "", "", ""], ["3.经费", "10", "9", ""]],
        [["4.教师", "10", "10", ""], ["合计", "30", "28.5", ""]],
    )
    assert [(row.id, row.name) for row in sheet.rows] == [
        ("1", "领导"),
        ("1.1", "会议"),
        ("1.2", "督导"),
        ("2", "投入"),
        ("2.3", "经费"),
        ("2.4", "教师"),
    ]
    assert errors(sheet) == []


def test_points_in_bare_brackets_behind_every_group(tmp_path: Path) -> None:
    sheet = from_word(
        tmp_path,
        [
            ["一级指标", "二级指标", "分值", "自评得分"],
            ["党的领导(9)", "1.会议", "3", "3"],
            ["", "2.述职", "6", "5.5"],
            ["教育投入（18）", "3.经费", "18", "16"],
            ["合计", "", "27", "24.5"],
        ],
    )
    assert [row.full_points for row in sheet.rows if row.level == 1] == [Decimal(9), Decimal(18)]
    assert errors(sheet) == []


def test_weighed_points_are_the_points(tmp_path: Path) -> None:
    sheet = from_word(
        tmp_path,
        [
            ["指标", "权重", "自评得分（百分制）", "加权得分"],
            ["党的领导", "20%", "95", "19"],
            ["投入", "80%", "90", "72"],
            ["合计", "100%", "", "91"],
        ],
    )
    assert printed(sheet) == [("1", "党的领导", "20", "19"), ("2", "投入", "80", "72")]
    assert errors(sheet) == []


def test_bonus_points_come_on_top_of_the_hundred(tmp_path: Path) -> None:
    sheet = from_text(
        tmp_path,
        "总分100分，自评总分95分。\n一、领导（40分，自评38分）\n好。\n二、投入（60分，自评55分）\n好。\n三、加分项（5分，自评2分）\n奖。\n",
    )
    assert errors(sheet) == []


def test_full_marks_written_in_a_cell_and_points_behind_group_names(tmp_path: Path) -> None:
    sheet = from_word(
        tmp_path,
        [
            ["评估项目", "评估要素", "权重分", "县自评", "市核查", "说明"],
            ["A1领导 10分", "B1机构", "4", "满分", "", ""],
            ["A1领导 10分", "B2会议", "6", "5.5", "", "1次未开"],
            ["A2投入 20分", "B3经费", "20", "19", "", ""],
            ["合计", "", "30", "28.5", "", ""],
        ],
    )
    assert printed(sheet) == [
        ("1", "领导", "10", None),
        ("1.1", "机构", "4", "4"),
        ("1.2", "会议", "6", "5.5"),
        ("2", "投入", "20", None),
        ("2.3", "经费", "20", "19"),
    ]
    assert errors(sheet) == []


def test_a_section_over_the_whole_width_is_no_note_of_its_own(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ["指标内容", "分值", "自评情况", "自评得分"],
        ["一、领导（15分）", "", "", ""],
        ["1.会议", "15", "9次", "14"],
    ]
    table = document.add_table(3, 4)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    table.cell(1, 0).merge(table.cell(1, 3)).text = "一、领导（15分）"
    document.save(str(tmp_path / "表.docx"))
    sheet = sheet_of(tmp_path / "表.docx")
    assert [(row.id, row.note) for row in sheet.rows] == [("1", ""), ("1.1", "9次")]


@pytest.mark.parametrize("words", ["以上三项满分10分，自评9.5分。", "上述各项满分10分，自评9.5分。"])
def test_a_line_that_sums_up_the_items_above_is_no_item(words: str, tmp_path: Path) -> None:
    place = tmp_path / "自评报告.txt"
    place.write_text(
        f"一、教师队伍（10分，自评9.5分）\n1.编制（5分，自评4.5分）\n2.待遇（5分，自评5分）\n{words}\n", "utf-8"
    )
    sheet = read_score_sheet(read_document(place))
    assert sheet is not None
    assert [row.name for row in sheet.rows] == ["教师队伍", "编制", "待遇"]
    assert errors(sheet) == []
