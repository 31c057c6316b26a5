"""Tables as offices draw them are read alike: headings, units, title rows, totals, notes, several sheets."""

from pathlib import Path

import polars as pl
import pytest

from dudao.errors import UnreadableInputError
from dudao.issues import Level
from dudao.tables.header import title_region
from dudao.tables.read import read_table
from dudao.tables.table import Table
from tests.tables.sheets import Cell, write_csv, write_sheets, write_xlsx


def codes(table: Table, level: Level | None = None) -> list[str]:
    return [issue.code for issue in table.issues if level is None or issue.level is level]


def values(table: Table, *names: str) -> list[tuple[object, ...]]:
    return table.frame.select(names).rows()


PLAIN: list[list[Cell]] = [
    ["学校标识码", "学校名称", "县区", "办学类型", "城乡类型", "在校生数", "教学仪器设备资产值（万元）", "图书册数"],
    ["2121000001", "城关小学", "甲县", "小学", "镇中心区", 500, 120.5, 9000],
    ["3121000002", "甲县第一初级中学", "甲县", 311, "111", 800, 250, "12,000"],
]


def test_plain_xlsx(tmp_path: Path) -> None:
    table = read_table(write_xlsx(tmp_path / "a.xlsx", PLAIN))
    assert values(table, "school_id", "school_type", "urban_rural", "pupils", "equipment_value", "books") == [
        ("2121000001", "211", "121", 500.0, 1205000.0, 9000.0),
        ("3121000002", "311", "111", 800.0, 2500000.0, 12000.0),
    ]
    assert table.frame["sheet_row"].to_list() == [2, 3]
    assert table.frame["region"].to_list() == ["甲县", "甲县"]
    assert not codes(table, Level.ERROR)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    rows = [row[:-1] for row in PLAIN]
    table = read_table(write_csv(tmp_path / "a.csv", rows, encoding))
    assert values(table, "school_name", "equipment_value") == [("城关小学", 1205000.0), ("甲县第一初级中学", 2500000.0)]


def test_two_heading_rows_with_titles_totals_and_notes(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["乙县2023—2024学年义务教育学校办学条件统计表"],
        ["填报单位：乙县教育局", None, None, None, None, None, None, None, None, "单位：人、平方米、万元"],
        ["序号", "学校\n标识码", "学校名称", "办学类型", "在校学生数（人）", None, None, None,
         "高于规定学历教师数", None,
         "教学及辅助\n用房面积（㎡）", "教学仪器设备资产值"],
        [None, None, None, None, "合计", "小学", "初中", "高中", "小学", "初中", None, None],
        ["甲", "乙", "丙", "丁", 1, 2, 3, 4, 5, 6, 7, 8],
        ["一、城关镇"],
        [1, 2121000001, "城关镇中心小学", "小学", 500, 500, None, None, 30, None, 2500.5, 120],
        [2, 3121000002, "城关镇学校", "九年一贯制学校", 900, 500, 400, None, 30, 28, 6000, 200],
        [None, None, "城关镇小计", None, 1400, 1000, 400, None, 60, 28, 8500.5, 320],
        ["二、山河乡"],
        [3, 3121000003, "山河乡初级中学", "初级中学", 300, None, 300, None, None, 20, 1900, 80],
        ["合计", None, None, None, 1700, 1000, 700, 0, 60, 48, 10400.5, 400],
        ["注：数据截至2023年9月1日，不含幼儿园。"],
        ["填表人：", None, None, "审核人："],
    ]  # fmt: skip
    merged = ["A1:L1", "E3:H3", "I3:J3", *(f"{c}3:{c}4" for c in "ABCDKL")]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=merged))
    names = ("year", "region", "school_name", "pupils", "pupils_primary", "pupils_junior")
    assert values(table, *names, "above_degree_teachers_junior", "equipment_value", "sheet_row") == [
        (2023, "乙县", "城关镇中心小学", 500, 500, None, None, 1_200_000, 7),
        (2023, "乙县", "城关镇学校", 900, 500, 400, 28, 2_000_000, 8),
        (2023, "乙县", "山河乡初级中学", 300, None, 300, 20, 800_000, 11),
    ]
    assert "tables.rows_not_schools" in codes(table, Level.NOTE)
    assert "tables.unit_from_title" in codes(table, Level.NOTE)
    assert not codes(table, Level.ERROR)


def test_two_heading_rows_in_csv_where_merging_is_not_known(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["学校名称", "在校学生数", "", "", "高于规定学历教师数", "", "图书（万册）"],
        ["", "合计", "小学", "初中", "小学", "初中", ""],
        ["某学校", 900, 500, 400, 30, 28, 1.5],
    ]
    table = read_table(write_csv(tmp_path / "a.csv", rows))
    names = ("pupils", "pupils_primary", "pupils_junior", "above_degree_teachers_primary")
    assert values(table, *names, "above_degree_teachers_junior", "books") == [(900, 500, 400, 30, 28, 15000)]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("小学高于规定学历教师数", "above_degree_teachers_primary"),
        ("初中 高于规定学历\n教师数（人）", "above_degree_teachers_junior"),
        ("其中：小学在校生数", "pupils_primary"),
        ("5.计算机台数（台）", "computers"),
        ("体育、艺术（美术、音乐）专任教师数", "pe_art_teachers"),
        ("县级及以上骨干教师数", "backbone_teachers"),
        ("网络多媒体教室数(间)", "multimedia_rooms"),
        ("体育运动场（馆）面积/平方米", "sports_area"),
        ("教学仪器设备资产值(元)", "equipment_value"),
        ("教学及辅助用房面积 单位：㎡", "teaching_area"),
        ("中级及以上专业技术职务教师数", "mid_title_teachers"),
    ],
)
def test_headings(tmp_path: Path, heading: str, name: str) -> None:
    table = read_table(write_xlsx(tmp_path / "a.xlsx", [["学校名称", "在校生数", heading], ["城关小学", 100, 7]]))
    assert table.frame[name].to_list() == [7.0]


@pytest.mark.parametrize(
    ("heading", "factor"), [("（万元）", 1e4), ("（元）", 1), ("(千元)", 1e3), ("/亿元", 1e8), ("", 1), ("万元", 1e4)]
)
def test_money_units(tmp_path: Path, heading: str, factor: float) -> None:
    rows: list[list[Cell]] = [["学校名称", "在校生数", f"教学仪器设备资产值{heading}"], ["城关小学", 100, 7]]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert table.frame["equipment_value"].to_list() == [7 * factor]


def test_a_row_of_units_below_the_heading(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["序号", "学校名称", "在校生数", "教学仪器设备资产值", "图书册数"],
        ["甲", "乙", 1, 2, 3],
        [None, None, "人", "万元", "册"],
        [1, "甲小学", 100, 20, 300],
    ]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "pupils", "equipment_value", "books", "sheet_row") == [(100, 200_000, 300, 4)]


def test_three_heading_rows(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["学校名称", "教师情况", None, None, "办学条件", None],
        [None, "专任教师数", "高于规定学历教师数", None, "教学及辅助用房面积", "体育运动场馆面积"],
        [None, None, "小学", "初中", None, None],
        ["甲学校", 50, 20, 19, 1000, 2000],
    ]
    merged = ["B1:D1", "E1:F1", "A1:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=merged))
    names = ("full_time_teachers", "above_degree_teachers_primary", "above_degree_teachers_junior")
    assert values(table, *names, "teaching_area", "sports_area") == [(50, 20, 19, 1000, 2000)]


@pytest.mark.parametrize("name", ["汇总路小学", "标准小学", "注溪小学", "日期镇小学", "全县实验学校", "平均乡小学"])
def test_a_name_that_sounds_like_a_total_is_a_school(tmp_path: Path, name: str) -> None:
    rows: list[list[Cell]] = [["学校名称", "办学类型", "在校生数"], [name, "小学", 44]]
    assert read_table(write_xlsx(tmp_path / "a.xlsx", rows)).frame["school_name"].to_list() == [name]


@pytest.mark.parametrize("text", ["", "—", "/", "无", "-", "……", "N/A", " ", "未填"])
def test_missing_is_not_zero(tmp_path: Path, text: str) -> None:
    rows: list[list[Cell]] = [["学校名称", "在校生数", "图书册数"], ["甲小学", 10, text], ["乙小学", 20, 0]]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert table.frame["books"].to_list() == [None, 0.0]
    assert not codes(table, Level.ERROR)


def test_sheets_of_one_level_each(tmp_path: Path) -> None:
    heading: list[Cell] = ["学校标识码", "学校名称", "办学类型", "在校生数", "图书册数"]
    table = read_table(
        write_sheets(
            tmp_path / "a.xlsx",
            {
                "填表说明": [["本表由学校填报"]],
                "小学": [heading, ["3121000002", "城关学校", "九年一贯制学校", 500, 9000]],
                "初中": [heading, ["3121000002", "城关学校", "九年一贯制学校", 400, 8000]],
            },
        )
    )
    assert values(table, "sheet", "school_type", "pupils") == [("小学", "211", 500), ("初中", "311", 400)]
    assert "tables.duplicate_school_id" not in codes(table)
    assert "tables.sheet_not_read" in codes(table, Level.NOTE)


def test_county_merged_over_its_schools(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["县区", "学校名称", "在校生数"],
        ["甲县", "城关小学", 100],
        [None, "山河小学", 200],
        ["乙县", "东关小学", 300],
    ]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=["A2:A3"]))
    assert table.frame["region"].to_list() == ["甲县", "甲县", "乙县"]


def test_years_and_counties_from_the_names_of_sheets(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["学校标识码", "学校名称", "在校生数"], ["2121000001", "甲小学", 100]]
    table = read_table(write_sheets(tmp_path / "a.xlsx", {"甲县2022年": rows, "甲县2023年": rows}))
    assert table.frame["year"].to_list() == [2022, 2023]
    assert "tables.duplicate_school_id" not in codes(table)
    table = read_table(write_sheets(tmp_path / "b.xlsx", {"甲县": rows, "乙县": rows[:1]}))
    assert table.frame["region"].to_list() == ["甲县"]


def test_a_table_without_a_school_is_an_error(tmp_path: Path) -> None:
    assert "tables.empty" in codes(read_table(write_xlsx(tmp_path / "a.xlsx", PLAIN[:1])), Level.ERROR)


def test_words_of_a_category_do_not_make_a_total(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["学校名称", "办别", "城乡类型", "办学类型", "在校生数"],
        ["甲小学", "民办", "乡村", "小学", 10],
        ["乙小学", "公办", "城区", "小学", 20],
        ["民办", None, None, None, 30],
    ]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "school_name", "ownership", "urban_rural") == [
        ("甲小学", "private", "2"),
        ("乙小学", "public", "11"),
    ]


def test_headings_repeated_on_each_printed_page(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [*PLAIN, PLAIN[0], ["2121000009", "新城小学", "甲县", "小学", "220", 60, 10, 900]]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert table.frame["school_name"].to_list() == ["城关小学", "甲县第一初级中学", "新城小学"]


def test_a_school_without_any_figure_stays(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["学校名称", "在校生数"], ["城关小学", 100], ["山河小学", None]]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "school_name", "pupils") == [("城关小学", 100.0), ("山河小学", None)]


def test_parquet_keeps_canonical_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(
        {"region_code": [210102], "school_name": ["甲小学"], "school_type": ["211"], "pupils": [5]}
    ).write_parquet(path)
    table = read_table(path)
    assert values(table, "region", "school_type", "pupils") == [("210102", "211", 5.0)]


def test_a_file_without_the_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="表头"):
        read_table(write_xlsx(tmp_path / "a.xlsx", [["姓名", "电话"], ["a", 1]]))


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.parquet", "a.docx"])
def test_a_broken_file_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04\x00\x00\x00broken")
    with pytest.raises(UnreadableInputError):
        read_table(path)


def test_sheets_of_other_tables_in_the_same_workbook_are_not_schools(tmp_path: Path) -> None:
    """A sheet of classes and one of kindergartens have names and pupils too."""
    sheets: dict[str, list[list[Cell]]] = {
        "学校基本情况": [
            ["县区", "学校名称", "办学类型", "在校生数", "图书册数"],
            ["甲县", "第一小学", "小学", 300, 9000],
        ],
        "班额": [["县区", "学校名称", "年级", "班级名称", "学生数"], ["甲县", "第一小学", "一年级", "1班", 44]],
        "幼儿园": [["县区", "幼儿园名称", "办园类型", "在园幼儿数"], ["甲县", "中心幼儿园", "公办", 300]],
    }
    table = read_table(write_sheets(tmp_path / "a.xlsx", dict(sheets)))
    assert table.frame["school_name"].to_list() == ["第一小学"]
    told = {each.location.sheet for each in table.issues if each.code == "tables.sheet_of_another_kind"}
    assert told == {"班额"}
    assert "“幼儿园”" in next(each.message for each in table.issues if each.code == "tables.sheet_not_read")
    assert not [each for each in table.issues if each.level is not Level.NOTE]


def test_a_row_of_numbers_under_the_row_of_units_is_no_school(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["学校名称", "学校标识码", "在校学生数", None, "图书册数"],
        [None, None, "合计", "小学", None],
        ["—", "—", "人", "人", "册"],
        [1, 2, 3, 4, 5],
        ["第一小学", "2121000001", 300, 300, 9000],
    ]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=["C1:D1", "A1:A2", "B1:B2", "E1:E2"]))
    assert table.frame.select("school_name", "pupils", "books", "sheet_row").rows() == [("第一小学", 300.0, 9000.0, 5)]
    assert not [each for each in table.issues if each.level is not Level.NOTE]


@pytest.mark.parametrize("note", ["说明：以上数据由各校填报", "以上数据截至2024年9月1日"])
@pytest.mark.parametrize("column", range(3))
def test_a_note_is_no_school_in_whatever_column_it_stands(tmp_path: Path, note: str, column: int) -> None:
    rows: list[list[Cell]] = [
        ["学校标识码", "学校名称", "办学类型", "在校生数"],
        ["2121000001", "第一小学", "小学", 300],
        [note if place == column else None for place in range(4)],
    ]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert table.frame["school_name"].to_list() == ["第一小学"]
    assert not [each for each in table.issues if each.level is not Level.NOTE]


@pytest.mark.parametrize(
    ("title", "county"),
    [
        ("2024年临江县义务教育学校办学条件基本情况表", "临江县"),
        ("江州市临江县2023-2024学年学校情况", "临江县"),
        ("填报单位：临江县教育局", "临江县"),
        ("内蒙古自治区呼伦贝尔市鄂伦春自治旗小学统计表", "鄂伦春自治旗"),
        ("延边朝鲜族自治州延吉市学校情况", "延吉市"),
        ("通州区义务教育学校一览", "通州区"),
        ("全县义务教育学校情况", ""),
        ("2024年各县区义务教育学校情况", ""),
        ("义务教育优质均衡发展县（市、区）创建情况", ""),
        ("第三学区学校情况", ""),
    ],
)
def test_the_county_of_a_title_is_the_lowest_place_it_names(title: str, county: str) -> None:
    assert title_region(title) == county


def test_a_school_of_two_levels_without_pupils_by_level_is_told_before_nothing_can_be_computed(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [*PLAIN, ["3121000003", "甲县实验学校", "甲县", "九年一贯制学校", "121", 900, 200, 9000]]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    (told,) = [issue for issue in table.issues if issue.code == "tables.no_pupils_by_section"]
    assert (told.level, told.location.row) == (Level.WARNING, 4)
    assert "甲县实验学校" in told.message
    assert "tables.no_pupils_by_section" not in codes(read_table(write_xlsx(tmp_path / "b.xlsx", PLAIN)))
