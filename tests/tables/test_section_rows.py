"""Combined schools written as rows of their sections, wholes beside parts, and units in cells."""

from pathlib import Path

import pytest

from dudao.issues import Level
from dudao.tables.read import read_table
from tests.tables.sheets import Cell, write_csv, write_xlsx

Rows = list[list[Cell]]
HEAD: list[Cell] = ["学校标识码", "学校名称", "学段", "办学类型", "在校生数", "图书册数"]


def schools(path: Path, rows: Rows) -> list[tuple[str, str, float | None]]:
    table = read_table(write_xlsx(path / "表.xlsx", rows))
    assert not [issue for issue in table.issues if issue.level is Level.ERROR]
    return table.frame.select("school_name", "school_type", "pupils").rows()


def test_a_column_of_levels_makes_sections_of_a_combined_school(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        ["2100000001", "甲镇学校", "小学", "九年一贯制学校", 300, 900],
        ["2100000001", "甲镇学校", "初中", "九年一贯制学校", 200, 800],
        ["2100000001", "甲镇学校", "合计", "九年一贯制学校", 500, 1700],
        ["2100000002", "乙镇小学", "小学", "小学", 100, 500],
    ]
    assert schools(tmp_path, rows) == [
        ("甲镇学校（小学部）", "211", 300),
        ("甲镇学校（初中部）", "311", 200),
        ("乙镇小学", "211", 100),
    ]


@pytest.mark.parametrize("words", [("小学部", "初中部"), ("其中：小学", "其中：初中"), ("  小学段", "  初中段")])
def test_sections_below_their_school_replace_it(tmp_path: Path, words: tuple[str, str]) -> None:
    rows: Rows = [
        ["学校名称", "办学类型", "在校生数", "图书册数"],
        ["甲镇学校", "九年一贯制学校", 500, 1700],
        [words[0], None, 300, 900],
        [words[1], None, 200, 800],
        ["乙镇小学", "小学", 100, 500],
    ]
    assert schools(tmp_path, rows) == [
        ("甲镇学校（小学部）", "211", 300),
        ("甲镇学校（初中部）", "311", 200),
        ("乙镇小学", "211", 100),
    ]


def test_names_of_schools_that_end_in_their_level_stay(tmp_path: Path) -> None:
    rows: Rows = [["学校名称", "办学类型", "在校生数"], ["实验小学", "小学", 100], ["第一初中", "初级中学", 90]]
    assert [name for name, *_ in schools(tmp_path, rows)] == ["实验小学", "第一初中"]


def test_two_schools_with_one_identifier_stay_an_error(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        ["2100000001", "甲小学", "小学", "小学", 300, 900],
        ["2100000001", "乙小学", "小学", "小学", 200, 800],
    ]
    table = read_table(write_xlsx(tmp_path / "表.xlsx", rows))
    assert "tables.duplicate_school_id" in {issue.code for issue in table.issues}


def test_sections_of_which_belong_to_the_column_before(tmp_path: Path) -> None:
    rows: Rows = [
        ["学校名称", "办学类型", "在校学生数", "其中：", None, "图书册数"],
        [None, None, None, "小学", "初中", None],
        ["甲镇学校", "九年一贯制学校", 500, 300, 200, 1700],
    ]
    path = write_xlsx(tmp_path / "表.xlsx", rows, merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"])
    frame = read_table(path).frame
    assert frame.select("pupils", "pupils_primary", "pupils_junior").row(0) == (500, 300, 200)


def test_the_unit_of_a_cell_speaks_before_the_heading(tmp_path: Path) -> None:
    rows: Rows = [
        ["学校名称", "在校生数", "教学仪器设备资产值（万元）", "教学及辅助用房面积"],
        ["甲小学", "100人", "12.5万元", "800㎡"],
        ["乙小学", "１００", "125000元", "1.2亩"],
        ["丙小学", "100", "12.5", "12间"],
    ]
    table = read_table(write_csv(tmp_path / "表.csv", rows))
    assert table.frame["equipment_value"].to_list() == pytest.approx([125_000, 125_000, 125_000])
    assert table.frame["teaching_area"].to_list() == [800, pytest.approx(800), None]
    assert [issue.location.row for issue in table.issues if issue.code == "tables.not_a_number"] == [4]


def test_indoor_rooms_are_added_to_grounds_named_alone(tmp_path: Path) -> None:
    rows: Rows = [
        ["学校名称", "在校生数", "运动场地面积", "室内体育用房面积"],
        ["甲小学", 100, 700, 90],
        ["乙小学", 100, 600, None],
    ]
    assert read_table(write_xlsx(tmp_path / "表.xlsx", rows)).frame["sports_area"].to_list() == [790, 600]
