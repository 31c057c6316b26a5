"""Columns that others make: a row that most other rows prove wrong is called, and nothing else is."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dudao.claims.check import check_text
from dudao.claims.model import Claim, Verdict
from tests.claims.test_table_sums import document


def claims(rows: list[list[str]]) -> list[Claim]:
    return [one for one in check_text(document(rows)).claims if one.relation == "table_columns"]


def wrong(rows: list[list[str]]) -> list[str]:
    return [one.message for one in check_text(document(rows)).claims if one.verdict is Verdict.INCONSISTENT]


SPENDING = [
    ["项目", "2022年", "2023年", "比上年增减", "增长率（%）", "占比"],
    ["县本级", "31260.5", "33518.2", "2257.7", "7.22", "46.25%"],
    ["城关镇", "9120.4", "9688.0", "567.6", "6.22", "13.37%"],
    ["石桥镇", "7420.3", "7398.9", "-21.4", "-0.29", "10.21%"],
    ["其他乡镇", "20341.7", "21868.5", "1526.8", "7.51", "30.17%"],
    ["合计", "68142.9", "72473.6", "4330.7", "6.36", "100%"],
]
SCHOOLS = [
    ["类别", "学校数", "班级数", "在校生合计", "小学", "初中", "专任教师数", "生师比", "达标校数", "达标率"],
    ["城关镇", "12", "210", "9120", "5821", "3299", "612", "14.9", "11", "91.7%"],
    ["石桥镇", "9", "96", "3618", "2310", "1308", "271", "13.4", "9", "100.0%"],
    ["白水镇", "7", "71", "2516", "1602", "914", "203", "12.4", "6", "85.7%"],
    ["青山乡", "5", "38", "1127", "745", "382", "98", "11.5", "4", "80.0%"],
]


def planted(rows: list[list[str]], row: int, column: int, value: str) -> list[list[str]]:
    copy = [[*one] for one in rows]
    copy[row][column] = value
    return copy


def test_true_tables_are_confirmed() -> None:
    assert wrong(SPENDING) == []
    assert wrong(SCHOOLS) == []
    kinds = [one.type.value for one in claims(SPENDING)]
    assert (kinds.count("difference"), kinds.count("two_level_change"), kinds.count("share")) == (5, 5, 4)
    kinds = [one.type.value for one in claims(SCHOOLS)]
    assert (kinds.count("sum"), kinds.count("ratio"), kinds.count("share")) == (4, 4, 4)


def test_a_wrong_cell_is_called_with_its_row_and_column() -> None:
    for rows, row, column, value in (
        (SPENDING, 2, 3, "557.6"),
        (SPENDING, 4, 4, "7.15"),
        (SPENDING, 1, 5, "42.65%"),
        (SCHOOLS, 1, 3, "9210"),
        (SCHOOLS, 3, 7, "14.2"),
        (SCHOOLS, 2, 9, "90.0%"),
    ):
        found = wrong(planted(rows, row, column, value))
        assert any(f"表中“{rows[row][0]}”的“{rows[0][column]}”" in one and value in one for one in found), (
            value,
            found,
        )


def test_whole_figures_of_money_may_be_rounded_each_for_itself() -> None:
    rows = [
        ["单位", "2022年支出（万元）", "2023年支出（万元）", "增减额（万元）"],
        ["甲县", "1203", "1410", "207"],
        ["乙县", "2311", "2502", "190"],
        ["丙县", "1876", "1990", "114"],
        ["丁县", "1502", "1611", "110"],
    ]
    assert wrong(rows) == []
    assert len(wrong(planted(rows, 3, 3, "141"))) == 1


def test_two_rows_confirm_each_other_and_accuse_nobody() -> None:
    assert {one.verdict for one in claims(SPENDING[:3])} == {Verdict.CONSISTENT}
    assert wrong(planted(SPENDING[:3], 2, 3, "557.6")) == []


@given(st.lists(st.tuples(*[st.integers(1, 9999)] * 4), min_size=3, max_size=8))
@settings(max_examples=60, deadline=None)
def test_figures_that_have_nothing_to_do_with_each_other_are_not_called_wrong(rows: list[tuple[int, ...]]) -> None:
    head = ["名称", "上报数", "核定数", "比例", "平均"]
    table = [head, *([f"第{number}校", *map(str, row)] for number, row in enumerate(rows, 1))]
    assert all("第" not in one for one in wrong(table))


@given(
    st.lists(st.tuples(st.integers(100, 99999), st.integers(100, 99999)), min_size=3, max_size=8, unique=True),
    st.integers(0, 2),
)
@example([(100, 100), (100, 101), (11000, 9991)], 0)
@settings(max_examples=60, deadline=None)
def test_honest_rounding_of_a_growth_is_never_called(rows: list[tuple[int, int]], decimals: int) -> None:
    table = [["乡镇", "2022年", "2023年", "增长率（%）"]]
    for number, (old, new) in enumerate(rows, 1):
        grown = (Decimal(new) / old - 1) * 100
        table.append(
            [f"{number}镇", str(old), str(new), str(grown.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))]
        )
    assert wrong(table) == []


ZONES = [
    ["指标", "城区", "镇区", "乡村", "全县"],
    ["学校数（所）", "9", "14", "19", "42"],
    ["班级数（个）", "213", "186", "94", "493"],
    ["其中：46人及以上的班", "31", "8", "／", "39"],
    ["所占比例", "14.6%", "4.3%", "／", "7.9%"],
    ["在校学生（人）", "9174", "6812", "1507", "17493"],
    ["专任教师（人）", "502", "411", "176", "1089"],
    ["生师比", "18.3:1", "16.6:1", "8.6:1", "16.1:1"],
]
PER_HUNDRED = [
    ["学校", "学生数", "骨干教师", "每百名学生拥有骨干教师", "本科", "研究生", "专科", "教师", "本科及以上比例"],
    ["一中", "1836", "31", "1.69", "96", "14", "8", "118", "93.2%"],
    ["二中", "1254", "17", "1.36", "67", "5", "13", "85", "84.7%"],
    ["三中", "917", "11", "1.20", "49", "6", "7", "62", "88.7%"],
    ["四中", "608", "9", "1.48", "35", "2", "6", "43", "86.0%"],
]


def test_a_column_of_all_adds_up_the_others_and_a_dash_is_nothing() -> None:
    assert wrong(ZONES) == []
    kinds = [one.type.value for one in claims(ZONES)]
    assert (kinds.count("sum"), kinds.count("ratio"), kinds.count("share")) == (5, 4, 3)
    assert wrong(planted(ZONES, 3, 4, "36"))
    assert wrong(planted(ZONES, 7, 2, "15.6:1"))


def test_per_hundred_and_two_parts_of_one_rate_are_reckoned() -> None:
    assert wrong(PER_HUNDRED) == []
    kinds = [one.type.value for one in claims(PER_HUNDRED)]
    assert (kinds.count("per_capita"), kinds.count("share")) == (4, 4)
    assert wrong(planted(PER_HUNDRED, 2, 3, "1.63"))
    assert wrong(planted(PER_HUNDRED, 3, 8, "83.7%"))


def test_the_mean_of_rates_is_no_rate_of_means() -> None:
    mean = ["平均", "1154", "17", "1.43", "61.8", "6.8", "8.5", "77", "88.2%"]
    assert wrong([*PER_HUNDRED, mean]) == []


def test_a_figure_among_the_words_of_a_cell_is_of_no_cell_beside_it() -> None:
    rows = [
        ["指标", "分值", "得分", "扣分原因"],
        ["B10 学前教育", "11", "9.7", "公办园在园幼儿占比47.6%"],
        ["B11 特殊教育", "8", "8", "—"],
        ["合计", "19", "17.7", ""],
    ]
    assert wrong(rows) == []


AGES = [
    ["学段", "专任教师", "研究生", "本科", "专科及以下", "35岁及以下", "36至50岁", "51岁及以上", "35岁及以下占比"],
    ["小学", "1506", "42", "1173", "291", "498", "691", "317", "33.1%"],
    ["初中", "962", "71", "846", "45", "268", "463", "231", "27.9%"],
    ["高中", "547", "96", "448", "3", "161", "259", "127", "29.4%"],
    ["合计", "3015", "209", "2467", "339", "927", "1413", "675", "30.7%"],
]
POINTS = [
    ["一级指标", "二级指标", "分值", "县级自评", "市级核查", "核减分"],
    ["A1保障", "B1校舍", "13", "12.4", "11.8", "0.6"],
    ["A1保障", "B2装备", "12", "11.2", "10.9", "0.3"],
    ["A2质量", "B3巩固率", "9", "9", "8.8", "0.2"],
    ["A2质量", "B4家长满意度", "8", "7.8", "7.3", "0.5"],
    ["总分", "", "42", "40.4", "38.8", "1.6"],
]


def test_classes_in_a_header_are_no_figures_and_may_add_up_to_what_stands_apart() -> None:
    assert wrong(AGES) == []
    assert wrong(planted(AGES, 2, 6, "493"))
    assert wrong(planted(AGES, 1, 8, "38.1%"))


def test_points_are_exact_and_rows_named_by_rates_are_reckoned_all_the_same() -> None:
    assert wrong(POINTS) == []
    for row, column, value in ((3, 5, "0.4"), (4, 3, "7.6"), (5, 4, "38.6")):
        assert wrong(planted(POINTS, row, column, value)), value
