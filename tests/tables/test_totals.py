"""Total rows are held against the schools they add up."""

from pathlib import Path

from dudao.issues import Issue, Level
from dudao.tables.read import read_table
from dudao.tables.table import Table
from tests.tables.sheets import Cell, write_xlsx

HEAD: list[Cell] = ["学校名称", "办学类型", "在校生数", "计算机台数", "图书册数", "教学仪器设备资产值（万元）"]
A: list[Cell] = ["甲小学", "小学", 100, 10, 1000, 12.345]
B: list[Cell] = ["乙小学", "小学", 200, 20, 2000, 10.125]
C: list[Cell] = ["丙小学", "小学", 300, 30, 3000, 5]


def differing(path: Path, rows: list[list[Cell]]) -> list[Issue]:
    table = read_table(write_xlsx(path / "表.xlsx", [HEAD, *rows]))
    return [issue for issue in table.issues if issue.code == "tables.total_differs"]


def test_totals_that_hold_are_no_matter(tmp_path: Path) -> None:
    part: list[Cell] = ["东片小计", None, 300, 30, 3000, 22.47]
    rest: list[Cell] = ["西片小计", None, 300, 30, 3000, 5]
    whole: list[Cell] = ["全县合计", None, 600, 60, 6000, 27.47]
    assert not differing(tmp_path, [A, B, part, C, rest, whole])
    assert not differing(tmp_path, [whole, A, B, C])
    assert not differing(tmp_path, [A, B, C, ["平均", None, 200, 20, 2000, 9.2]])


def test_a_total_that_differs_is_named_with_row_column_and_difference(tmp_path: Path) -> None:
    [issue] = differing(tmp_path, [A, B, C, ["合计", None, 600, 61, 6000, 27.47]])
    assert issue.location.row == 5
    assert issue.location.column == "计算机台数"
    assert "61" in issue.message
    assert "60" in issue.message


def test_a_total_may_be_named_in_the_column_of_identifiers(tmp_path: Path) -> None:
    heads: list[Cell] = ["学校标识码", *HEAD]
    schools: list[list[Cell]] = [[f"219900000{n}", *each] for n, each in enumerate((A, B, C))]
    table = read(tmp_path, [heads, *schools, ["合 计", None, None, 600, 61, 6000, 27.47]])
    assert table.frame.height == 3
    assert [issue.code for issue in table.issues if issue.level is not Level.NOTE] == ["tables.total_differs"]


def test_a_row_that_adds_up_something_else_raises_no_alarm(tmp_path: Path) -> None:
    assert not differing(tmp_path, [A, B, C, ["合计", None, 950, 99, 8000, 40]])


def test_what_a_total_row_leaves_blank_is_no_claim_and_hides_no_error(tmp_path: Path) -> None:
    more: list[Cell] = ["合计", None, 600, 60, 6000, None, None, None, None]
    heads: list[Cell] = [*HEAD, "专任教师数", "教学及辅助用房面积", "体育运动场馆面积"]
    schools: list[list[Cell]] = [[*school, 8, 500, 900] for school in (A, B, C)]
    table = read_table(write_xlsx(tmp_path / "表.xlsx", [heads, *schools, more]))
    assert not [issue for issue in table.issues if issue.code == "tables.total_differs"]
    more[5], more[6] = 27.47, 25
    table = read_table(write_xlsx(tmp_path / "表.xlsx", [heads, *schools, more]))
    [issue] = [issue for issue in table.issues if issue.code == "tables.total_differs"]
    assert issue.location.column == "专任教师数"


def read(path: Path, rows: list[list[Cell]]) -> Table:
    return read_table(write_xlsx(path / "表.xlsx", rows))


def test_a_town_above_its_schools_is_a_total_though_it_does_not_say_so(tmp_path: Path) -> None:
    town: list[Cell] = ["城关镇", None, 300, 30, 3000, 22.47]
    other: list[Cell] = ["东林乡", None, 300, 30, 3000, 5]
    table = read(tmp_path, [HEAD, town, A, B, other, C])
    assert table.frame["school_name"].to_list() == ["甲小学", "乙小学", "丙小学"]
    assert [issue.code for issue in table.issues if issue.level is not Level.NOTE] == []


def test_one_wrong_figure_of_such_a_town_is_told(tmp_path: Path) -> None:
    heads: list[Cell] = [*HEAD, "专任教师数", "教学及辅助用房面积", "体育运动场馆面积"]
    schools: list[list[Cell]] = [[*school, 8, 500, 900] for school in (A, B, C)]
    town: list[Cell] = ["城关镇", None, 600, 61, 6000, 27.47, 24, 1500, 2700]
    table = read(tmp_path, [heads, town, *schools])
    assert len(table.frame) == 3
    [issue] = [issue for issue in table.issues if issue.code == "tables.total_differs"]
    assert issue.location.column == "计算机台数"


def test_a_row_without_identifier_and_name_of_a_school_is_counted_and_told(tmp_path: Path) -> None:
    heads: list[Cell] = ["学校标识码", *HEAD]
    rows: list[list[Cell]] = [[f"212100000{place}", *school] for place, school in enumerate((A, B, C), 1)]
    rows.append(["2121000004", "丁小学", "小学", 90, 9, 900, 4])
    table = read(tmp_path, [heads, *rows, [None, "城关镇", "小学", 777, 55, 4321, 8]])
    assert len(table.frame) == 5
    [issue] = [issue for issue in table.issues if issue.code == "tables.unlike_school"]
    assert issue.location.row == 6
    assert "城关镇" in issue.message


def test_heading_rows_between_are_not_skipped_where_they_mean_something(tmp_path: Path) -> None:
    """专任教师 over 外聘 over 小学 are no full-time teachers of the primary section."""
    rows: list[list[Cell]] = [
        ["学校名称", "办学类型", "小学在校生数", "初中在校生数", "专任教师", None],
        [None, None, None, None, "外聘", None],
        [None, None, None, None, "小学", "初中"],
        ["甲学校", "九年一贯制学校", 300, 200, 3, 2],
    ]
    table = read(tmp_path, rows)
    assert "full_time_teachers_primary" not in table.frame.columns
