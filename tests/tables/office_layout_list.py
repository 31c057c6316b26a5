"""The layouts: each writes the county in one way offices do, and says where every school stands."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.tables.office_layouts import (
    RUNS,
    Cell,
    Heading,
    School,
    Sheet,
    Written,
    columns,
    figure,
    totals,
    word,
    write_text,
    write_workbook,
)

Layout = Callable[[list[School], Path], Written]

NOTES = ("注：1.在校学生数按9月1日学籍统计。", "填表人：        审核人：        联系电话：")


def _rows(sheet: Sheet, headings: Sequence[Heading], schools: Sequence[School], found: Written, left: int = 0) -> None:
    for school in schools:
        row: list[Cell] = [None] * left
        found.place(school, sheet.name, sheet.add([*row, *(each.of(school) for each in headings)]))


def _by_town(schools: Sequence[School]) -> Mapping[str, list[School]]:
    towns: dict[str, list[School]] = {}
    for school in schools:
        towns.setdefault(school.town, []).append(school)
    return towns


def _one(schools: list[School], path: Path, headings: Sequence[Heading], **drawn: Callable[[Sheet], None]) -> Written:
    found, sheet = Written(path), Sheet()
    if "above" in drawn:
        drawn["above"](sheet)
    sheet.add_heading(headings)
    if "under" in drawn:
        drawn["under"](sheet)
    _rows(sheet, headings, schools, found)
    if "below" in drawn:
        drawn["below"](sheet)
    write_workbook(path, [sheet])
    return found


def plain(schools: list[School], folder: Path) -> Written:
    return _one(schools, folder / "plain.xlsx", columns(joined=True))


def stacked(schools: list[School], folder: Path) -> Written:
    return _one(schools, folder / "stacked.xlsx", columns())


def stacked_with_units(schools: list[School], folder: Path) -> Written:
    return _one(schools, folder / "units.xlsx", columns(units=True, money="万元"))


def title_above(schools: list[School], folder: Path) -> Written:
    def above(sheet: Sheet) -> None:
        sheet.add(["清河县义务教育学校办学条件统计表（2024年）"])
        sheet.merged.append((0, 0, 0, 12))
        sheet.add(["填报单位：清河县教育局", None, None, None, "填报日期：2024年10月8日"])
        sheet.add([])

    def below(sheet: Sheet) -> None:
        sheet.add([])
        for note in NOTES:
            sheet.add([note])

    return _one(schools, folder / "title.xlsx", columns(), above=above, below=below)


def county_in_title(schools: list[School], folder: Path) -> Written:
    def above(sheet: Sheet) -> None:
        sheet.add(["清河县2024年中小学基本情况统计表"])

    return _one(schools, folder / "in-title.xlsx", columns(county_column=False), above=above)


def totals_of_towns(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "towns.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    for town, own in _by_town(schools).items():
        _rows(sheet, headings, own, found)
        sheet.add(totals(headings, own, f"{town}小计", 2))
    sheet.add(totals(headings, schools, "合  计", 2))
    for note in NOTES:
        sheet.add([note])
    write_workbook(found.path, [sheet])
    return found


def totals_with_counts(schools: list[School], folder: Path) -> Written:
    """Totals that say how many schools they add up, and a last line that compares with the year before."""
    found, sheet, headings = Written(folder / "counts.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    for town, own in _by_town(schools).items():
        _rows(sheet, headings, own, found)
        sheet.add(totals(headings, own, f"{town}小计（{len(own)}所）", 2))
    sheet.add(totals(headings, schools, f"合计：{len(schools)}所", 2))
    sheet.add([None, None, "比上年增减", None, None, -25, 30, -55])
    write_workbook(found.path, [sheet])
    return found


def teachers_over_all(schools: list[School], folder: Path) -> Written:
    """专任教师 stands over 高于规定学历, 县级以上骨干 and 体育艺术, each over its sections."""
    short = {
        "专任教师数": "总数",
        "高于规定学历教师数": "高于规定学历",
        "县级以上骨干教师数": "县级以上骨干",
        "体育艺术专任教师数": "体育艺术",
    }
    headings = [
        Heading(("专任教师", short[each.parts[0]], *each.parts[1:]), each.of) if each.parts[0] in short else each
        for each in columns()
    ]
    return _one(schools, folder / "over.xlsx", headings)


def total_on_top(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "top.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    sheet.add(totals(headings, schools, "全县合计", 0))
    _rows(sheet, headings, schools, found)
    write_workbook(found.path, [sheet])
    return found


def town_lines_between(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "lines.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    for number, (town, own) in enumerate(_by_town(schools).items()):
        sheet.add([f"{'一二三'[number]}、{town}"])
        _rows(sheet, headings, own, found)
    write_workbook(found.path, [sheet])
    return found


def town_merged_left(schools: list[School], folder: Path) -> Written:
    found, sheet = Written(folder / "merged.xlsx"), Sheet()
    headings = [Heading(("序号",), lambda school: schools.index(school) + 1), Heading(("乡镇",), word("town"))]
    headings += columns()
    sheet.add_heading(headings)
    for own in _by_town(schools).values():
        first = len(sheet.rows)
        _rows(sheet, headings, own, found)
        if len(own) > 1:
            sheet.merged.append((first, 1, first + len(own) - 1, 1))
    write_workbook(found.path, [sheet])
    return found


def county_merged_left(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "county.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    first = len(sheet.rows)
    _rows(sheet, headings, schools, found)
    if all(school.county == schools[0].county for school in schools):
        sheet.merged.append((first, 0, first + len(schools) - 1, 0))
    write_workbook(found.path, [sheet])
    return found


def codes(schools: list[School], folder: Path) -> Written:
    return _one(schools, folder / "codes.xlsx", columns(codes="code"))


def codes_with_names(schools: list[School], folder: Path) -> Written:
    return _one(schools, folder / "both.xlsx", columns(codes="both"))


def repeated_heading(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "pages.xlsx"), Sheet(), columns(joined=True)
    for start in range(0, len(schools), 8):
        sheet.add_heading(headings)
        _rows(sheet, headings, schools[start : start + 8], found)
    write_workbook(found.path, [sheet])
    return found


def numbered_columns(schools: list[School], folder: Path) -> Written:
    headings = columns()

    def under(sheet: Sheet) -> None:
        sheet.add(["甲", "乙", "丙", "丁", "戊", *range(1, len(headings) - 4)])

    return _one(schools, folder / "numbered.xlsx", headings, under=under)


def row_of_units(schools: list[School], folder: Path) -> Written:
    headings = columns(money="元")

    def under(sheet: Sheet) -> None:
        units: list[Cell] = [*["—"] * 5, *["人"] * (len(headings) - 9), "平方米", "平方米", "元", "间"]
        sheet.add(units)

    return _one(schools, folder / "unit-row.xlsx", headings, under=under)


def three_heading_rows(schools: list[School], folder: Path) -> Written:
    headings = []
    for each in columns():
        first = each.parts[0]
        group = "学生" if first.startswith("在校") else "教师" if first.endswith("教师数") else ""
        group = group or ("办学条件" if first.endswith(("面积", "值", "室数")) else "")
        headings.append(Heading((group, *each.parts) if group else each.parts, each.of))
    return _one(schools, folder / "three.xlsx", headings)


def sheet_of_each_level(schools: list[School], folder: Path) -> Written:
    found = Written(folder / "levels.xlsx")
    sheets = []
    for at, section in enumerate(("primary", "junior")):
        title = ("小学", "初中")[at]
        sheet = Sheet(title)
        headings = [Heading(("县区",), word("county")), Heading(("学校标识码",), word("id"))]
        headings += [Heading(("学校名称",), word("name")), Heading(("在校学生数",), figure(f"pupils_{section}"))]
        for each in columns(joined=True):
            if each.parts[0].startswith(title) and "教师" in each.parts[0]:
                headings.append(Heading((each.parts[0].removeprefix(title),), each.of))
        for name, text in (("teaching_area", "教学及辅助用房面积"), ("sports_area", "体育运动场馆面积")):
            headings.append(Heading((text,), _share(name, section)))
        headings.append(Heading(("教学仪器设备资产值",), _share("equipment_value", section)))
        headings.append(Heading(("网络多媒体教室数",), _share("multimedia_rooms", section)))
        sheet.add([f"清河县{title}办学条件表"])
        sheet.add_heading(headings)
        own = [school for school in schools if at in RUNS[school.kind]]
        _rows(sheet, headings, own, found)
        sheets.append(sheet)
    write_workbook(found.path, sheets)
    return found


def _share(name: str, section: str) -> Callable[[School], Cell]:
    """Return what reads the share of a section, split by plain pupils as offices do in such sheets."""

    def read(school: School) -> Cell:
        value = school.figures[name]
        counts = [school.figures[f"pupils_{each}"] for each in ("primary", "junior", "senior")]
        known = [count for count in counts if isinstance(count, int | float)]
        own = school.figures[f"pupils_{section}"]
        if not isinstance(value, int | float) or not isinstance(own, int | float) or not sum(known):
            return value
        share = value * own / sum(known)
        return round(share) if name == "multimedia_rooms" else round(share, 2)

    return read


def sheet_of_each_county(schools: list[School], folder: Path) -> Written:
    found, headings = Written(folder / "counties.xlsx"), columns(county_column=False)
    sheets = []
    for at, name in enumerate(("清河县", "白石县")):
        sheet = Sheet(name)
        sheet.add([f"{name}义务教育学校基本情况表"])
        sheet.add_heading(headings)
        _rows(sheet, headings, schools[at * 10 : at * 10 + 10], found)
        sheets.append(sheet)
    write_workbook(found.path, sheets)
    return found


def written_numbers(schools: list[School], folder: Path) -> Written:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")

    def told(cell: Cell, at: int) -> Cell:
        if not isinstance(cell, int | float):
            return cell
        ways = (f"{cell:,}", f" {cell}", str(cell).translate(wide), f"{cell} ", str(cell))
        return ways[at % len(ways)]

    headings = [
        Heading(each.parts, lambda school, each=each, at=at: told(each.of(school), at))  # type: ignore[misc]
        for at, each in enumerate(columns())
    ]
    return _one(schools, folder / "text.xlsx", headings)


def missing_marks(schools: list[School], folder: Path) -> Written:
    marks = ("-", "/", "—", "无", "——", "")

    def told(cell: Cell, at: int) -> Cell:
        return marks[at % len(marks)] if cell is None else cell

    headings = [
        Heading(each.parts, lambda school, each=each, at=at: told(each.of(school), at))  # type: ignore[misc]
        for at, each in enumerate(columns())
    ]
    return _one(schools, folder / "marks.xlsx", headings)


def zero_for_absent_sections(schools: list[School], folder: Path) -> Written:
    """0 wherever a school has nothing, as sums of formulas leave it; words and whole figures stay as they are."""
    sections = ("小学", "初中", "高中")

    def told(each: Heading, school: School) -> Cell:
        value, place = each.of(school), sections.index(each.parts[-1]) if each.parts[-1] in sections else -1
        return 0 if value is None and place >= 0 and place not in RUNS[school.kind] else value

    headings = [Heading(each.parts, lambda school, each=each: told(each, school)) for each in columns()]  # type: ignore[misc]
    return _one(schools, folder / "zeros.xlsx", headings)


def blank_edges(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "edges.xlsx"), Sheet(), columns()
    sheet.add([])
    sheet.add([])
    sheet.add_heading(headings, left=1)
    _rows(sheet, headings, schools[:9], found, left=1)
    sheet.add([])
    _rows(sheet, headings, schools[9:], found, left=1)
    write_workbook(found.path, [sheet])
    return found


def names_broken_over_lines(schools: list[School], folder: Path) -> Written:
    headings = [
        Heading(each.parts, lambda school: f"{school.name[:4]}\n{school.name[4:]}")
        if each.parts == ("学校名称",)
        else each
        for each in columns(units=True)
    ]
    return _one(schools, folder / "names.xlsx", headings)


def numbered_headings(schools: list[School], folder: Path) -> Written:
    headings = [
        Heading((f"{at}.{each.parts[0]}", *each.parts[1:]), each.of) for at, each in enumerate(columns(joined=True), 1)
    ]
    return _one(schools, folder / "headings.xlsx", headings)


def spaced_headings(schools: list[School], folder: Path) -> Written:
    headings = [
        Heading(tuple(" ".join(part) if len(part) < 5 else f" {part[:4]}\n{part[4:]} " for part in each.parts), each.of)
        for each in columns()
    ]
    return _one(schools, folder / "spaced.xlsx", headings)


def money_unit_in_title(schools: list[School], folder: Path) -> Written:
    headings = [
        Heading(each.parts, figure("equipment_value", 10_000.0)) if each.parts[0].startswith("教学仪器") else each
        for each in columns()
    ]

    def above(sheet: Sheet) -> None:
        sheet.add(["清河县学校基本情况表"])
        sheet.add([None] * 8 + ["单位：人、平方米、万元"])

    return _one(schools, folder / "money.xlsx", headings, above=above)


def year_column(schools: list[School], folder: Path) -> Written:
    headings = [Heading(("学年",), lambda school: "2024-2025学年"), *columns()]
    return _one(schools, folder / "year.xlsx", headings)


def formulas(schools: list[School], folder: Path) -> Written:
    """Totals and whole-school figures as formulas with their values."""
    found, sheet, headings = Written(folder / "formulas.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    _rows(sheet, headings, schools, found)
    for row in sheet.rows[2:]:
        if isinstance(row[5], int | float):
            row[5] = f"={row[5]}"
    row = totals(headings, schools, "合计", 2)
    sheet.add([f"={cell}" if isinstance(cell, int | float) else cell for cell in row])
    write_workbook(found.path, [sheet])
    return found


def hidden_columns_and_rows(schools: list[School], folder: Path) -> Written:
    """A hidden column of teachers and a hidden school."""
    found, sheet, headings = Written(folder / "hidden.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    _rows(sheet, headings, schools, found)
    sheet.hidden_columns.append(9)
    sheet.hidden_rows.append(5)
    write_workbook(found.path, [sheet])
    return found


def notes_beside(schools: list[School], folder: Path) -> Written:
    headings = [*columns(), Heading(("备注",), lambda school: "2010年改扩建" if school.kind == "312" else None)]
    return _one(schools, folder / "notes.xlsx", headings)


def comparison_rows(schools: list[School], folder: Path) -> Written:
    found, sheet, headings = Written(folder / "compare.xlsx"), Sheet(), columns()
    sheet.add_heading(headings)
    _rows(sheet, headings, schools, found)
    sheet.add(totals(headings, [school for school in schools if school.urban == "220"], "其中：乡村学校", 2))
    sheet.add(["国家标准", None, None, None, None, None, 2000, 2000])
    sheet.add(["全县平均", None, None, None, None, 512.5, 401.2])
    write_workbook(found.path, [sheet])
    return found


def _text(schools: list[School], path: Path, encoding: str, separator: str, headings: Sequence[Heading]) -> Written:
    found, sheet = Written(path), Sheet("")
    sheet.add_heading(headings, merge=False)
    _rows(sheet, headings, schools, found)
    write_text(path, sheet, encoding=encoding, separator=separator)
    return found


def csv_of_gb18030(schools: list[School], folder: Path) -> Written:
    return _text(schools, folder / "gb.csv", "gb18030", ",", columns(joined=True, units=False, money="万元"))


def csv_with_stacked_headings(schools: list[School], folder: Path) -> Written:
    return _text(schools, folder / "stacked.csv", "utf-8-sig", ",", columns())


def tabs(schools: list[School], folder: Path) -> Written:
    return _text(schools, folder / "tabs.txt", "gb18030", "\t", columns(joined=True))


LAYOUTS: tuple[Layout, ...] = (
    plain,
    stacked,
    stacked_with_units,
    title_above,
    county_in_title,
    totals_of_towns,
    totals_with_counts,
    teachers_over_all,
    total_on_top,
    town_lines_between,
    town_merged_left,
    county_merged_left,
    codes,
    codes_with_names,
    repeated_heading,
    numbered_columns,
    row_of_units,
    three_heading_rows,
    sheet_of_each_level,
    sheet_of_each_county,
    written_numbers,
    missing_marks,
    zero_for_absent_sections,
    blank_edges,
    names_broken_over_lines,
    numbered_headings,
    spaced_headings,
    money_unit_in_title,
    year_column,
    formulas,
    hidden_columns_and_rows,
    notes_beside,
    comparison_rows,
    csv_of_gb18030,
    csv_with_stacked_headings,
    tabs,
)
