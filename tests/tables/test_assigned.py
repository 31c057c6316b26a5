"""Headings that nobody could know are given their meaning by hand, and the columns of a sheet are told."""

from pathlib import Path

from dudao.tables.read import read_table
from tests.tables.sheets import Cell, write_xlsx

OWN_WORDS: list[list[Cell]] = [
    ["学校名称", "县区", "办学类型", "总人头（人）", "老师", "设备家底（万元）"],
    ["城关小学", "甲县", "小学", 500, 30, 120.5],
    ["河湾小学", "甲县", "小学", 200, 15, 60],
]


def test_an_assigned_heading_is_read_as_its_column_with_the_unit_it_names(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "own.xlsx", OWN_WORDS)
    before = read_table(path)
    assert "equipment_value" not in before.frame.columns
    table = read_table(path, assigned={"总人头（人）": "pupils", "设备家底（万元）": "equipment_value"})
    assert table.frame.select("pupils", "equipment_value").rows() == [(500.0, 1205000.0), (200.0, 600000.0)]


def test_an_assigned_column_is_taken_from_no_other_heading(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["学校名称", "办学类型", "在校生数", "新口径人数"],
        ["城关小学", "小学", 500, 480],
    ]
    path = write_xlsx(tmp_path / "two.xlsx", rows)
    table = read_table(path, assigned={"新口径人数": "pupils"})
    assert table.frame["pupils"].to_list() == [480.0]
    assert {column.heading: column.meaning for column in table.columns} == {
        "学校名称": "school_name",
        "办学类型": "school_type",
        "在校生数": "",
        "新口径人数": "pupils",
    }


def test_a_column_can_be_left_unused_and_unknown_names_are_left_aside(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "own.xlsx", OWN_WORDS)
    table = read_table(path, assigned={"县区": "", "老师": "no_such_column"})
    assert "region_name" not in table.frame.columns
    unused = {column.heading for column in table.columns if not column.meaning}
    assert {"县区", "总人头（人）"} <= unused


def test_columns_tell_what_stands_in_them(tmp_path: Path) -> None:
    table = read_table(write_xlsx(tmp_path / "own.xlsx", OWN_WORDS))
    examples = {column.heading: column.examples for column in table.columns}
    assert examples["学校名称"] == ("城关小学", "河湾小学")
    assert examples["老师"] == ("30", "15")
