"""Total rows are held against the schools they add up."""

from pathlib import Path

from dudao.issues import Issue
from dudao.tables.read import read_table
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
