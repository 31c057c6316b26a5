"""Tables as reports bring them: a cell a line, ruled by strokes, damaged by a scan, several years, means and rests."""

import pytest

from dudao.claims.check import check_text
from dudao.claims.model import ClaimReport
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.issues import Level
from tests.claims.test_table_sums import document

CELL_A_LINE = """各校情况
学校
学生数（人）
建筑面积
（平方米）
生均（平方米）
东街小学
1327
9687
7.30
河口小学
962
8177
8.50
实验初中
2014
21349
10.60
合计
4303
39213
9.11
"""
STROKES = """学校|在校生|班级数|平均班额|高级教师占比
一中|3120|62|5O.3|33.1%
二中|2456|50|49.1|30.3%
三中|1980|40|49．5|28.8%
合计|7556|152|49 .7|31.0%
"""
LISTED = """学校、现有班级、应有班级、超出班级
一中、62、48、14
二中、50、44、6
三中、140、135、5
合计、252、227、25
"""
SCANNED = """乡镇   2021年   2022年   增长%
城关镇   1810.4   19 20.7   6.09
池河镇   1010.6    1093.1    8.16
后柳镇   880.3   905。8   2.90
合计   3701。3   3919.6   5.90
"""
YEARS = """年份 专任教师（人） 比上年增加（人） 增长率（%）
2020年 11236 216 1.96
2021年 11507 271 2.41
2022年 11698 191 1.66
2023年 11902 204 1.74
"""
SCORES = [
    ["县区", "党的领导（20分）", "教育投入（25分）", "学校发展（30分）", "总分", "扣分"],
    ["甲县", "18.1", "24.2", "27.7", "70.0", "5.0"],
    ["乙县", "17.8", "22.0", "27.4", "67.2", "7.8"],
    ["丙县", "17.1", "23.4", "30.0", "70.5", "4.5"],
    ["丁县", "19.2", "21.6", "28.3", "69.1", "5.9"],
    ["平均分", "18.05", "22.80", "28.35", "69.20", "5.80"],
]
BALANCE = [
    ["年度", "年初人数", "公开招聘", "调入", "退休", "调出", "年末人数"],
    ["2021年", "2988", "96", "12", "61", "15", "3020"],
    ["2022年", "3020", "103", "17", "58", "14", "3068"],
    ["2023年", "3068", "127", "9", "66", "12", "3126"],
]
SPENDING = [
    ["项目", "2021年", "2022年", "2023年", "三年合计", "年均"],
    ["一般公共预算支出", "64.85", "66.91", "71.33", "203.09", "67.70"],
    ["教育支出", "13.41", "14.02", "15.18", "42.61", "14.20"],
    ["其中：学前教育", "2.10", "2.26", "2.51", "6.87", "2.29"],
    ["义务教育", "8.66", "9.05", "9.78", "27.49", "9.16"],
    ["其他教育", "2.65", "2.71", "2.89", "8.25", "2.75"],
    ["教育支出占比（%）", "20.68", "20.95", "21.28", "20.98", "—"],
    ["教育支出增长率（%）", "8.50", "4.55", "8.27", "—", "—"],
]


def checked(text: str) -> ClaimReport:
    return check_text(document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain"))


def errors(report: ClaimReport) -> list[str]:
    return [one.message for one in report.findings if one.level is Level.ERROR]


@pytest.mark.parametrize(
    ("text", "fewest"),
    [(CELL_A_LINE, 6), (STROKES, 6), (LISTED, 7), (SCANNED, 6), (YEARS, 7)],
    ids=["a cell a line", "strokes", "listed", "scanned", "years"],
)
def test_tables_of_lines_are_read_and_raise_nothing(text: str, fewest: int) -> None:
    report = checked(text)
    assert errors(report) == []
    assert len(report.claims) >= fewest


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (CELL_A_LINE, "9687", "9787"),
        (CELL_A_LINE, "8.50", "8.05"),
        (STROKES, "49.1", "41.9"),
        (STROKES, "7556", "7656"),
        (LISTED, "135、5", "135、15"),
        (SCANNED, "1093.1", "1098.1"),
        (SCANNED, "3919.6", "3819.6"),
        (YEARS, "271", "217"),
    ],
)
def test_one_wrong_figure_in_them_is_called(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    assert errors(checked(text.replace(right, wrong)))


@pytest.mark.parametrize("rows", [SCORES, BALANCE, SPENDING], ids=["scores", "balance", "spending"])
def test_sums_means_and_rests_without_names_are_confirmed(rows: list[list[str]]) -> None:
    report = check_text(document(rows))
    assert errors(report) == []
    assert len(report.claims) >= 3


@pytest.mark.parametrize(
    ("rows", "row", "column", "wrong"),
    [
        (SCORES, 2, 4, "66.2"),
        (SCORES, 5, 1, "18.55"),
        (BALANCE, 3, 6, "3156"),
        (SPENDING, 2, 2, "14.20"),
        (SPENDING, 7, 2, "5.45"),
        (SPENDING, 6, 3, "22.18"),
        (SPENDING, 3, 5, "2.92"),
    ],
)
def test_a_wrong_cell_of_them_is_called(rows: list[list[str]], row: int, column: int, wrong: str) -> None:
    planted = [[*one] for one in rows]
    planted[row][column] = wrong
    assert errors(check_text(document(planted)))


def test_columns_of_rates_are_added_up_nowhere() -> None:
    rows = [
        ["地区", "2022年", "增减幅度（%）", "完成调整预算的%", "单位造价（元/平方米）"],
        ["甲镇", "1200", "4.40", "99.13", "2100"],
        ["乙镇", "1350", "-0.88", "93.07", "1900"],
        ["合计", "2550", "1.20", "95.90", "2001"],
    ]
    assert errors(check_text(document(rows))) == []
    assert errors(checked("\n".join("\t".join(row) for row in rows))) == []
    assert errors(checked("\n".join("  ".join(row) for row in rows))) == []
