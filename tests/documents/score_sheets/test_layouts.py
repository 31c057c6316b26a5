"""Layouts met in offices, one test each, read from real Word files and plain text."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from dudao.documents.reading import read_document
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.reading import read_score_sheet

Rows = list[list[str]]
Merge = tuple[int, int, int, int]


@pytest.fixture
def word_table(tmp_path: Path) -> Callable[..., ScoreSheet]:
    def build(rows: Rows, *merges: Merge) -> ScoreSheet:
        document = docx.Document()
        document.add_paragraph("青松县人民政府履行教育职责自评表")
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                table.cell(row, column).text = words
        for top, left, bottom, right in merges:
            words = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = words
        path = tmp_path / "自评表.docx"
        document.save(str(path))
        sheet = read_score_sheet(read_document(path))
        assert sheet is not None
        return sheet

    return build


def points(sheet: ScoreSheet) -> list[tuple[str, str | None, str | None]]:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    return [(row.id, text(row.full_points), text(row.self_points)) for row in sheet.rows]


def test_two_header_rows_with_points_at_every_level(word_table: Callable[..., ScoreSheet]) -> None:
    sheet = word_table(
        [
            ["一级指标", "", "二级指标", "", "三级指标", "", "自评", ""],
            ["名称", "分值", "名称", "分值", "名称", "分值", "得分", "说明"],
            ["A1 党的领导", "20", "B1 思想引领", "8", "C1 学习贯彻", "4", "4", "学习12次"],
            ["", "", "", "", "C2 思政课", "4", "3.5", "专职教师未配齐"],
            ["", "", "B2 党建", "12", "C3 组织建设", "12", "12", "支部35个"],
            ["合计", "20", "", "20", "", "20", "19.5", ""],
        ],
        (0, 0, 0, 1),
        (0, 2, 0, 3),
        (0, 4, 0, 5),
        (0, 6, 0, 7),
    )
    assert points(sheet) == [
        ("1", "20", None),
        ("1.1", "8", None),
        ("1.1.1", "4", "4"),
        ("1.1.2", "4", "3.5"),
        ("1.2", "12", None),
        ("1.2.3", "12", "12"),
    ]
    assert (sheet.full_points, sheet.self_points) == (Decimal(20), Decimal("19.5"))


def test_a_group_named_again_on_every_row_is_one_group_with_its_subtotal(word_table: Callable[..., ScoreSheet]) -> None:
    sheet = word_table(
        [
            ["序号", "评价指标", "评价要点", "标准分", "自查得分", "自查情况"],
            ["1", "组织领导", "专题研究", "3", "3", "召开会议4次"],
            ["2", "组织领导", "部门职责", "2", "1.8", "个别部门职责不清"],
            ["", "小计", "", "5", "4.8", ""],
            ["3", "教育投入", "财政拨款", "6", "6", "增长5.2%"],
            ["", "小计", "", "6", "6", ""],
            ["", "总计", "", "11", "10.8", ""],
        ]
    )
    assert points(sheet) == [
        ("1", "5", "4.8"),
        ("1.1", "3", "3"),
        ("1.2", "2", "1.8"),
        ("2", "6", "6"),
        ("2.1", "6", "6"),
    ]
    assert sheet.self_points == Decimal("10.8")


def test_deductions_alone_give_the_points(word_table: Callable[..., ScoreSheet]) -> None:
    sheet = word_table(
        [
            ["一级指标", "二级指标", "分值", "扣分", "扣分原因"],
            ["一、发展", "1.学前", "5", "0.5", "公办园占比未达到50%"],
            ["", "2.义务", "5", "0", ""],
            ["总分", "", "10", "0.5", ""],
        ]
    )
    assert points(sheet) == [("1", None, None), ("1.1", "5", "4.5"), ("1.2", "5", "5")]
    assert sheet.self_points == Decimal("9.5")


def test_points_of_the_reviewers_are_not_the_governments_own(word_table: Callable[..., ScoreSheet]) -> None:
    sheet = word_table(
        [
            ["指标", "分值", "县级自评得分", "市级复核得分", "备注"],
            ["经费保障", "10", "9.5", "9", ""],
            ["校园安全", "5", "5", "4.5", "暂不扣分"],
        ]
    )
    assert points(sheet) == [("1", "10", "9.5"), ("2", "5", "5")]
    assert sheet.rows[1].note == "暂不扣分"


def test_a_table_of_figures_is_no_score_sheet(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for column, words in enumerate(["项目", "2021年", "2022年"]):
        table.cell(0, column).text = words
        table.cell(1, column).text = words and str(column * 10)
    path = tmp_path / "数据.docx"
    document.save(str(path))
    assert read_score_sheet(read_document(path)) is None


def test_titles_by_word_styles_without_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("青松市人民政府履行教育职责自评报告", 0)
    document.add_paragraph("经自查，我市自评得分为48.5分（满分50分）。")
    document.add_heading("党的领导（20分，自评19.5分）", 1)
    document.add_heading("学习贯彻情况（8分，自评8分）", 2)
    document.add_paragraph("专题学习12次。")
    document.add_heading("党建工作（12分，自评11.5分）", 2)
    document.add_heading("教育保障（30分，自评29分）", 1)
    path = tmp_path / "报告.docx"
    document.save(str(path))
    sheet = read_score_sheet(read_document(path))
    assert sheet is not None
    assert points(sheet) == [("1", "20", "19.5"), ("1.1", "8", "8"), ("1.2", "12", "11.5"), ("2", "30", "29")]
    assert (sheet.full_points, sheet.self_points) == (Decimal(50), Decimal("48.5"))


def read_text(tmp_path: Path, text: str) -> ScoreSheet:
    path = tmp_path / "报告.txt"
    path.write_text(text, encoding="utf-8")
    sheet = read_score_sheet(read_document(path))
    assert sheet is not None
    return sheet


def test_dotted_numbers_and_points_in_the_words(tmp_path: Path) -> None:
    sheet = read_text(
        tmp_path,
        "一、逐项自评\n"
        "1.1 党政领导履职（6分）。县委常委会研究教育工作8次。自评6分。\n"
        "1.2 部门协同（4分）。联席会议2次，少1次，扣0.3分。自评3.7分。\n"
        "2.1 财政投入（10分）。一般公共预算教育支出12.3亿元，增长4.2%。自评10分。\n",
    )
    assert points(sheet) == [("1.1", "6", "6"), ("1.2", "4", "3.7"), ("2.1", "10", "10")]


def test_levels_named_before_the_titles(tmp_path: Path) -> None:
    sheet = read_text(
        tmp_path,
        "一级指标：党的领导（17分，自评得分16分）\n"
        "二级指标1：学习贯彻（9分，自评得分9分）\n已学习。\n"
        "二级指标2：疫情防控（8分，自评得分7分）\n已防控。\n"
        "自评总分：16分\n",
    )
    assert points(sheet) == [("1", "17", "16"), ("1.1", "9", "9"), ("1.2", "8", "7")]


def test_subtotals_and_the_total_in_their_own_lines(tmp_path: Path) -> None:
    sheet = read_text(
        tmp_path,
        "（一）组织领导（满分10分，自评得10分）\n1、健全机构。（5分）得5分\n成立领导小组。\n2、明确职责（5分）得5分\n"
        "（二）队伍建设（满分10分，自评得8分）\n1、编制（5分）得4分。缺编23人。\n2、培训（5分）得4分\n小计得分：8分\n"
        "总计：20分，自评18分\n",
    )
    assert points(sheet)[3:] == [("2", "10", "8"), ("2.1", "5", "4"), ("2.2", "5", "4")]
    assert (sheet.full_points, sheet.self_points) == (Decimal(20), Decimal(18))


def test_a_table_in_spaced_lines(tmp_path: Path) -> None:
    sheet = read_text(
        tmp_path,
        "履行教育职责自评打分表\n\n序号 评价内容 分值 自评得分\n"
        "1 党对教育工作的全面领导 10 10\n2 立德树人 落实情况 15 14.5\n3 教育投入 25 23\n合计 50 47.5\n以上请审核。\n",
    )
    assert points(sheet) == [("1", "10", "10"), ("2", "15", "14.5"), ("3", "25", "23")]
    assert (sheet.full_points, sheet.self_points) == (Decimal(50), Decimal("47.5"))


def test_points_written_in_chinese(tmp_path: Path) -> None:
    sheet = read_text(
        tmp_path, "一、党的领导（二十分，自评十九点五分）\n落实。\n二、教育投入（十分，自评九分）\n落实。\n"
    )
    assert points(sheet) == [("1", "20", "19.5"), ("2", "10", "9")]


def test_spaced_figures_are_no_score_sheet(tmp_path: Path) -> None:
    path = tmp_path / "数据.txt"
    path.write_text("学校 班级 教师\n一小 12 30\n二小 18 45\n三小 6 15\n", encoding="utf-8")
    assert read_score_sheet(read_document(path)) is None


def test_an_item_scored_in_parts_is_their_sum_and_none_is_lost(word_table: Callable[..., ScoreSheet]) -> None:
    sheet = word_table(
        [
            ["指标", "评分标准", "分值", "自评得分", "自评说明"],
            ["1.经费保障", "支出只增不减", "6", "6", "增长4.2%"],
            ["", "公用经费达标", "4", "3.5", "拨付稍迟"],
            ["2.校园安全", "没有责任事故", "5", "5", "没有发生"],
            ["", "", "", "", "安防全部达标"],
        ],
        (1, 0, 2, 0),
    )
    assert points(sheet) == [("1", None, None), ("1.1", "6", "6"), ("1.2", "4", "3.5"), ("2", "5", "5")]
    assert [row.name for row in sheet.rows[1:3]] == ["支出只增不减", "公用经费达标"]
    assert sheet.rows[3].note == "没有发生\n安防全部达标"


def test_a_table_cut_by_the_end_of_a_page_goes_on_without_header(tmp_path: Path) -> None:
    document = docx.Document()
    for rows in (
        [["指标", "分值", "自评得分"], ["1.领导", "10", "9"]],
        [["2.投入", "20", "18"], ["合计", "30", "27"]],
        [["指标", "分值", "自评得分"], ["另一张表", "5", "5"]],
    ):
        table = document.add_table(len(rows), 3)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                table.cell(row, column).text = words
        document.add_paragraph("")
    path = tmp_path / "跨页.docx"
    document.save(str(path))
    sheet = read_score_sheet(read_document(path))
    assert sheet is not None
    assert points(sheet) == [("1", "10", "9"), ("2", "20", "18")]
    assert sheet.self_points == Decimal(27)
