"""Trouble in tables is named by sheet, row, column and value; nothing is dropped in silence."""

from pathlib import Path

import openpyxl
import pytest

from dudao.issues import Issue, Level
from dudao.tables.mark import write_marked_copy
from dudao.tables.read import read_table
from tests.tables.sheets import Cell, write_csv, write_xlsx

HEAD: list[Cell] = ["学校标识码", "学校名称", "县区", "办学类型", "在校生数", "图书册数"]


def only(path: Path, code: str) -> Issue:
    found = [issue for issue in read_table(path).issues if issue.code == code]
    assert len(found) == 1, [issue.code for issue in read_table(path).issues]
    return found[0]


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        (["2121000001", "甲小学", "甲县", "小学", "约300", 9], "tables.not_a_number", "在校生数", "约300"),
        (["2121000001", "甲小学", "甲县", "小学", 300, -9], "tables.negative", "图书册数", "-9"),
        (["2121000001", "甲小学", "甲县", "小学", 300, "#REF!"], "tables.formula_error", "图书册数", "#REF!"),
        (["2121000001", "甲小学", "甲县", "小学", 300.5, 9], "tables.not_whole", "在校生数", "300.5"),
        (["2121000001", "甲小学", "甲县", "小学", 300000, 9], "tables.out_of_range", "在校生数", "300000"),
        (["2121000001", "甲小学", "甲县", "小学校舍", 300, 9], "tables.unknown_school_type", "办学类型", "小学校舍"),
        (["2121000001", "甲小学", None, "小学", 300, 9], "tables.no_region", "县区", "甲小学"),
        (["2.121E+09", "甲小学", "甲县", "小学", 300, 9], "tables.school_id_shape", "学校标识码", "2.121E+09"),
        ([None, None, "甲县", "小学", 300, 9], "tables.unnamed_row", "", "甲县"),
    ],
)
def test_one_bad_cell(tmp_path: Path, row: list[Cell], code: str, column: str, value: str) -> None:
    good: list[Cell] = ["2121000002", "乙小学", "甲县", "小学", 200, 9]
    issue = only(write_xlsx(tmp_path / "a.xlsx", [HEAD, good, row]), code)
    assert (issue.location.sheet, issue.location.row, issue.location.column) == ("Sheet1", 3, column)
    assert value in issue.message or code == "tables.unnamed_row"
    assert issue.remedy


def test_two_schools_with_one_identifier_are_both_named(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        HEAD,
        ["2121000001", "甲小学", "甲县", "小学", 1, 1],
        ["2121000001", "乙小学", "甲县", "小学", 2, 2],
    ]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    found = [issue for issue in table.issues if issue.code == "tables.duplicate_school_id"]
    assert [issue.location.row for issue in found] == [2, 3]
    assert [(doubt.school_name, doubt.sheet_row) for doubt in table.doubts] == [("甲小学", 2), ("乙小学", 3)]


def test_a_formula_that_was_never_worked_out_is_no_blank(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEAD, ["2121000001", "甲小学", "甲县", "小学", 300, "=1+1"]]
    issue = only(write_xlsx(tmp_path / "a.xlsx", rows), "tables.formula_error")
    assert issue.location.row == 2


def test_thousands_of_problems_of_one_kind_are_one_finding(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEAD]
    rows += [[f"21210{n:05d}", f"第{n}小学", "甲县", "小学", "许多", 9] for n in range(3000)]
    issue = only(write_csv(tmp_path / "a.csv", rows), "tables.not_a_number")
    assert "3000处" in issue.message
    assert issue.related


def test_sections_that_do_not_add_up(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["学校名称", "办学类型", "在校生数", "小学在校生数", "初中在校生数"],
        ["甲学校", "九年一贯制学校", 900, 500, 399],
        ["乙学校", "九年一贯制学校", 900, 500, 400],
    ]
    issue = only(write_xlsx(tmp_path / "a.xlsx", rows), "tables.sections_do_not_add_up")
    assert issue.location.row == 2
    assert "900" in issue.message
    assert "899" in issue.message


def test_more_teachers_of_one_sort_than_teachers(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["学校名称", "在校生数", "专任教师数", "骨干教师数"], ["甲小学", 100, 9, 10]]
    assert only(write_xlsx(tmp_path / "a.xlsx", rows), "tables.more_than_all_teachers").level is Level.ERROR


def test_a_value_ten_thousand_times_that_of_peers(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["学校名称", "在校生数", "教学仪器设备资产值"]]
    rows += [[f"第{n}小学", 300 + n, (300 + n) * 2000 + 7 * n] for n in range(12)]
    rows += [["异常小学", 400, 80]]
    assert only(write_xlsx(tmp_path / "a.xlsx", rows), "tables.unlike_peers").location.row == 14


def test_copied_and_jumping_years(tmp_path: Path) -> None:
    head: list[Cell] = ["年份", "学校标识码", "学校名称", "在校生数", "专任教师数", "骨干教师数", "寄宿生数"]
    head += ["高于规定学历教师数", "体育艺术专任教师数"]
    same: list[Cell] = ["2121000001", "甲小学", 300, 20, 4, 30, 18, 3]
    rows: list[list[Cell]] = [
        head,
        [2022, *same],
        [2023, *same],
        [2022, "2121000002", "乙小学", 300, 20, 4, 30, 18, 3],
        [2023, "2121000002", "乙小学", 900, 21, 5, 31, 19, 4],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    assert only(path, "tables.copied_year").location.row == 3
    assert only(path, "tables.jump").location.row == 5


def test_marked_copy(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEAD, ["2121000001", "甲小学", "甲县", "小学", "约300", 9]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    count = write_marked_copy(path, read_table(path), tmp_path / "b.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "b.xlsx")["Sheet1"]["E2"]
    assert count == 1
    assert cell.comment is not None
    assert "约300" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFE08A"


def test_a_thousands_comma_that_shifts_the_cells_of_a_csv(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEAD, ["2121000001", "甲小学", "甲县", "小学", "1,200", 9]]
    assert only(write_csv(tmp_path / "a.csv", rows), "tables.too_many_cells").location.row == 2


def test_a_school_that_is_named_twice_keeps_every_county_open(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["县区", "学校标识码", "学校名称", "办学类型", "在校生数"]]
    rows += [["甲县", f"21210{place % 3000:05d}", f"第{place}小学", "小学", 100] for place in range(6000)]
    rows += [["乙县", "2131000001", "乙一小学", "小学", 100], ["乙县", "2131000001", "乙二小学", "小学", 100]]
    rows += [["", "2131000009", "无县一小学", "小学", 100], ["", "2131000009", "无县二小学", "小学", 100]]
    table = read_table(write_csv(tmp_path / "a.csv", rows))
    assert {doubt.region for doubt in table.doubts} == {"甲县", "乙县"}
    assert next(d.reason for d in table.doubts if d.region == "乙县") == (
        "学校标识码2131000001与第6003行重复，不能确定哪一行是对的"
    )


def test_a_great_many_schools_alike_are_all_counted_and_their_fellows_named_in_short(tmp_path: Path) -> None:
    """Each of 5000 rows is like every other: naming all fellows of all would take 25 million places."""
    lines = [f"甲县,{2136000000 + row},第{row}小学,211,300,3000,5000,900000" for row in range(5000)]
    heading = "县区,学校标识码,学校名称,办学类型,在校生数,教学及辅助用房面积,体育运动场馆面积,教学仪器设备资产值"
    path = tmp_path / "甲县.csv"
    path.write_text("\n".join([heading, *lines]), encoding="utf-8")
    table = read_table(path)
    [group] = [each for each in table.groups if each.code == "tables.same_figures"]
    assert group.count == 5000
    assert group.places[0].value == "第0小学与第3、4、5、6、7行的各项数量完全相同"


def test_figures_divided_already_are_not_taken_for_totals(tmp_path: Path) -> None:
    path = tmp_path / "甲县.csv"
    heading = "县区,学校名称,办学类型,在校生数,生均教学及辅助用房面积,每百名学生拥有计算机台数"
    path.write_text(f"{heading}\n甲县,第一小学,小学,300,5.1,12\n", encoding="utf-8")
    table = read_table(path)
    assert not {"teaching_area", "computers"} & set(table.frame.columns)
    told = [issue for issue in table.issues if issue.code == "tables.per_head"]
    assert [issue.message[:12] for issue in told] == ["“生均教学及辅助用房面积", "“每百名学生拥有计算机台"]
    assert not [issue for issue in table.issues if issue.code == "tables.heading_unsure"]
    path.write_text(
        "县区,学校名称,办学类型,在校生数,计算机台数,生均计算机台数\n甲县,一小,小学,300,30,0.1\n", encoding="utf-8"
    )
    assert not [issue for issue in read_table(path).issues if issue.code == "tables.per_head"]


def test_a_type_may_name_who_runs_the_school(tmp_path: Path) -> None:
    path = tmp_path / "甲县.csv"
    path.write_text("县区,学校名称,办学类型,在校生数\n甲县,育才学校,民办九年一贯制学校,300\n", encoding="utf-8")
    assert read_table(path).frame["school_type"].to_list() == ["312"]


def test_junior_pupils_in_a_senior_school_are_not_said_to_be_counted(tmp_path: Path) -> None:
    path = tmp_path / "甲县.csv"
    heading = "县区,学校名称,办学类型,初中在校生数,高中在校生数"
    path.write_text(f"{heading}\n甲县,第一高级中学,342,300,900\n", encoding="utf-8")
    [issue] = [each for each in read_table(path).issues if each.code == "tables.type_and_sections_differ"]
    assert issue.message == "“办学类型”为342，却填了初中在校生，普通高中不在评估范围的，整校不计入"


def test_a_blank_section_that_the_school_runs_is_not_none(tmp_path: Path) -> None:
    """The junior teachers of the first school are not told: 20 of 50 being primary contradicts nothing, 60 does."""
    path = tmp_path / "甲县.csv"
    heading = "县区,学校名称,办学类型,小学在校生数,初中在校生数,专任教师数,小学专任教师数,初中专任教师数"
    rows = ["甲,甲校,312,300,300,50,20,", "甲,乙校,312,300,300,50,60,", "甲,丙小学,211,300,,50,20,"]
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    told = [each for each in read_table(path).issues if each.code == "tables.sections_do_not_add_up"]
    assert [each.location.row for each in told] == [3, 4]
