"""Trouble in tables is named by sheet, row, column and value; nothing is dropped in silence."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from dudao.issues import Issue, Level
from dudao.tables.mark import write_marked_copy
from dudao.tables.read import read_table
from tests.tables.sheets import Cell, write_csv, write_sheets, write_xlsx

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


def test_a_formula_in_error_beside_a_blank_with_a_frame_is_found_in_its_own_cell(tmp_path: Path) -> None:
    """Spreadsheet programs close a framed blank in its own tag; the cell behind it is another one."""
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["2121000001", "甲小学", "甲县", None, None, "=1/0"]])
    book = openpyxl.load_workbook(path)
    for row in book["Sheet1"].iter_rows():
        for cell in row:
            cell.border = Border(left=Side(style="thin"))
    book.save(path)
    told = [issue.location.column for issue in read_table(path).issues if issue.code == "tables.formula_error"]
    assert told == ["图书册数"]


@pytest.mark.parametrize("value", ["约300", -5])
def test_a_figure_that_cannot_be_one_is_told_once(tmp_path: Path, value: Cell) -> None:
    rows: list[list[Cell]] = [HEAD]
    rows += [[f"21210000{n:02d}", f"第{n}小学", "甲县", "小学", 300 + n, 900 + 31 * n] for n in range(10, 20)]
    rows += [["2121000030", "甲小学", "甲县", "小学", 300, value], ["2121000031", "乙小学", "甲县", "小学", value, 950]]
    told = [each for each in read_table(write_xlsx(tmp_path / "a.xlsx", rows)).issues if each.level is not Level.NOTE]
    assert sorted((each.location.row, each.location.column) for each in told) == [(12, "图书册数"), (13, "在校生数")]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\x84\x31\x95\x33", b""])
def test_a_mark_of_another_encoding_before_gb18030_garbles_no_heading(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(mark + "县区,学校名称,办学类型,在校生数\n甲县,甲小学,小学,300\n".encode("gb18030"))
    assert read_table(path).frame.select("region", "pupils").rows() == [("甲县", 300.0)]


def test_a_hidden_sheet_with_schools_is_named_and_not_counted(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEAD, ["2121000001", "甲小学", "甲县", "小学", 300, 9]]
    path = write_sheets(tmp_path / "a.xlsx", {"本年": rows, "旧表": rows})
    book = openpyxl.load_workbook(path)
    book["旧表"].sheet_state = "hidden"
    book.save(path)
    assert only(path, "tables.hidden_sheet").location.sheet == "旧表"
    assert len(read_table(path).frame) == 1


def test_a_county_spelled_in_two_ways_is_pointed_at(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [HEAD]
    rows += [[f"21210000{n}", f"第{n}小学", "临江县", "小学", 300, 9] for n in range(10, 14)]
    rows += [["2121000020", "甲小学", "临江", "小学", 300, 9], ["2121000021", "乙小学", "江州市临江县", "小学", 300, 9]]
    rows += [["2121000022", "丙小学", "通州区", "小学", 300, 9], ["2121000023", "丁小学", "城关区", "小学", 300, 9]]
    told = [each for each in read_table(write_xlsx(tmp_path / "a.xlsx", rows)).issues if "spelled" in each.code]
    assert [(each.location.row, "“临江县”" in (each.remedy or "")) for each in told] == [(6, True), (7, True)]


def test_money_in_the_wrong_unit_is_called_that(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["学校名称", "在校生数", "教学仪器设备资产值"]]
    rows += [[f"第{n}小学", 300 + n, (300 + n) * 2000 + 7 * n] for n in range(12)]
    path = write_xlsx(tmp_path / "a.xlsx", [*rows, ["异常小学", 400, 81.5]])
    assert "生均0.204元" in only(path, "tables.unlike_peers").message
    assert "像是以万元填写的" in only(path, "tables.unlike_peers").message
    path = write_xlsx(tmp_path / "b.xlsx", [*rows, ["异常小学", 400, 8.15e9]])
    assert "生均20,400,000元" in only(path, "tables.unlike_peers").message
    assert "像是把元当作万元换算了" in only(path, "tables.unlike_peers").message


def test_pupils_that_contradict_their_sections_are_no_reason_to_doubt_everything_else(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["学校名称", "办学类型", "在校生数", "小学在校生数", "初中在校生数", "图书册数"]]
    rows += [[f"第{n}小学", "小学", 300 + n, 300 + n, 0, 9000 + 31 * n] for n in range(12)]
    rows += [["城东学校", "九年一贯制学校", 90000, 400, 500, 27000]]
    codes = {each.code for each in read_table(write_xlsx(tmp_path / "a.xlsx", rows)).issues}
    assert "tables.sections_do_not_add_up" in codes
    assert "tables.unlike_peers" not in codes


def test_a_school_that_only_its_name_tells_to_be_a_teaching_point_is_one(tmp_path: Path) -> None:
    """Pupils by section say where a school stands, but a teaching point below 50 pupils is not judged."""
    rows: list[list[Cell]] = [
        ["学校名称", "办学类型", "小学在校生数", "初中在校生数"],
        ["城东小学", "小学", 400, None],
        ["河西教学点", None, 30, None],
        ["启明培智学校", None, 40, 20],
        ["城南学校", None, 300, 200],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    assert read_table(path).frame["school_type"].to_list() == ["211", "218", "513", None]
    issue = only(path, "tables.type_by_name")
    assert [issue.location.row, *(each.row for each in issue.related)] == [3, 4]


def test_a_quotation_mark_without_its_fellow_makes_no_other_county(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    heading = "县区,学校名称,办学类型,在校生数"
    path.write_text(
        f'{heading}\n甲县,甲小学,小学,300\n"甲县,乙小学,小学,200\n甲县,"丙小学",小学,100\n', encoding="utf-8"
    )
    rows = read_table(path).frame.select("region", "school_name", "pupils").rows()
    assert rows == [("甲县", "甲小学", 300.0), ("甲县", "乙小学", 200.0), ("甲县", "丙小学", 100.0)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_ends_a_line_ends_it(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        end.join(["县区,学校名称,办学类型,在校生数", "甲县,甲小学,小学,300", "甲县,乙小学,小学,x"]).encode()
    )
    assert len(read_table(path).frame) == 2
    assert only(path, "tables.not_a_number").location.row == 3
