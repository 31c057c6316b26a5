"""School tables as offices draw them: one county in many layouts, with the sheet row of every school.

The county is made up by code. Each layout writes the same schools; a planted error changes one cell of one school
before it is written, so that reading can be held against what is known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None

SECTIONS = ("primary", "junior", "senior")
TITLES = {"primary": "小学", "junior": "初中", "senior": "高中"}
TEACHERS = {
    "full_time_teachers": "专任教师数",
    "above_degree_teachers": "高于规定学历教师数",
    "backbone_teachers": "县级以上骨干教师数",
    "pe_art_teachers": "体育艺术专任教师数",
}
SHARED = {
    "teaching_area": "教学及辅助用房面积",
    "sports_area": "体育运动场馆面积",
    "equipment_value": "教学仪器设备资产值",
    "multimedia_rooms": "网络多媒体教室数",
}
RUNS = {"211": (0,), "218": (0,), "311": (1,), "312": (0, 1), "341": (1, 2)}
TYPE_NAMES = {
    "211": "小学",
    "218": "小学教学点",
    "311": "初级中学",
    "312": "九年一贯制学校",
    "341": "完全中学",
}
URBAN_NAMES = {"111": "主城区", "121": "镇中心区", "220": "村庄"}
KINDS = ("211",) * 9 + ("218",) + ("311",) * 5 + ("312",) * 3 + ("341",)
NAMES = {"211": "小学", "218": "教学点", "311": "初级中学", "312": "学校", "341": "中学"}


@dataclass(slots=True)
class School:
    """One school as an office knows it; `figures` by canonical column, in base units."""

    id: str
    name: str
    kind: str
    urban: str
    town: str
    figures: dict[str, Cell] = field(default_factory=dict)
    county: Cell = "清河县"
    words: dict[str, Cell] = field(default_factory=dict)


def county() -> list[School]:
    """Return nineteen schools of three towns, all figures sound."""
    schools = []
    for number, kind in enumerate(KINDS):
        town = ("城关镇", "东林镇", "西河乡")[number % 3]
        urban = ("111", "121", "220")[number % 3]
        name = f"{town[:-1]}第{'一二三四五六七八九'[number // 3 % 9]}{NAMES[kind]}"
        category = "34" if kind == "341" else "21" if kind in ("211", "218") else "31"
        school = School(f"{category}44{number + 1:06d}", name, kind, urban, town)
        runs = RUNS[kind]
        pupils = [
            (90 if kind == "218" else 260 + 37 * number + 80 * place) if place in runs else None for place in range(3)
        ]
        for place, section in enumerate(SECTIONS):
            count = pupils[place]
            school.figures[f"pupils_{section}"] = count
            for at, name_ in enumerate(TEACHERS):
                rate = (0.075, 0.062, 0.014, 0.0125)[at]
                school.figures[f"{name_}_{section}"] = None if count is None else max(1, round(count * rate))
        total = sum(count or 0 for count in pupils)
        school.figures["pupils"] = total
        wave = 1 + 0.03 * (number % 5)
        school.figures["teaching_area"] = round(total * 6.4 * wave)
        school.figures["sports_area"] = round(total * 11.2 * wave)
        school.figures["equipment_value"] = round(total * 2.9 * wave, 1) * 1000
        school.figures["multimedia_rooms"] = max(3, round(total * 0.029 * wave))
        schools.append(school)
    return sorted(schools, key=lambda each: each.town)


Plant = Callable[[list[School]], None]


@dataclass(slots=True)
class Written:
    """A file and where in it each school stands: (sheet, row) of each of its rows, by identifier."""

    path: Path
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def place(self, school: School, sheet: str, row: int) -> None:
        """Note a row of a school, counted from 1."""
        self.rows.setdefault(school.name, []).append((sheet, row))


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: the parts of its heading from the top, and what stands in it."""

    parts: tuple[str, ...]
    of: Callable[[School], Cell]


def figure(name: str, factor: float = 1.0) -> Callable[[School], Cell]:
    """Return what reads a figure, divided by a unit; what is no number goes in as it is."""

    def read(school: School) -> Cell:
        value = school.figures.get(name)
        if factor == 1.0 or not isinstance(value, int | float):
            return value
        return round(value / factor, 6)

    return read


def word(name: str) -> Callable[[School], Cell]:
    """Return what reads a word of the school; `words` go before the school's own."""

    def read(school: School) -> Cell:
        own: Mapping[str, Cell] = {
            "id": school.id,
            "name": school.name,
            "county": school.county,
            "town": school.town,
            "kind": TYPE_NAMES[school.kind],
            "kind_code": school.kind,
            "kind_both": f"{school.kind} {TYPE_NAMES[school.kind]}",
            "urban": URBAN_NAMES[school.urban],
            "urban_code": school.urban,
        }
        return school.words.get(name.split("_")[0], own[name])

    return read


def columns(
    *,
    county_column: bool = True,
    codes: str = "",
    money: str = "元",
    joined: bool = False,
    units: bool = False,
) -> list[Heading]:
    """Return the columns: heading rows stacked (在校学生数 over 小学), or joined into one row."""

    def stacked(title: str, section: str) -> tuple[str, ...]:
        return (TITLES[section] + title,) if joined else (title, TITLES[section])

    def told(title: str, unit: str) -> str:
        return f"{title}\n（{unit}）" if units else title

    found = [Heading(("县区",), word("county"))] if county_column else []
    kind, urban = (f"kind_{codes}", "urban_code") if codes else ("kind", "urban")
    found += [
        Heading(("学校标识码",), word("id")),
        Heading(("学校名称",), word("name")),
        Heading(("办学类型",), word(kind)),
        Heading(("城乡类型",), word(urban)),
    ]
    pupils = told("在校学生数", "人")
    found.append(Heading((pupils,) if joined else (pupils, "合计"), figure("pupils")))
    found += [Heading(stacked(pupils, section), figure(f"pupils_{section}")) for section in SECTIONS]
    for name, title in TEACHERS.items():
        found += [
            Heading(stacked(told(title, "人"), section), figure(f"{name}_{section}"))
            for section in ("primary", "junior")
        ]
    for name, title in SHARED.items():
        unit = {"equipment_value": money, "multimedia_rooms": "间"}.get(name, "平方米")
        factor = 10_000.0 if name == "equipment_value" and money == "万元" else 1.0
        text = told(title, unit) if units or unit == "万元" else title
        if unit == "万元" and not units:
            text = f"{title}（万元）"
        found.append(Heading((text,), figure(name, factor)))
    return found


class Sheet:
    """A sheet being drawn, row by row, with merged areas; written as xlsx or as text."""

    def __init__(self, name: str = "Sheet1") -> None:
        self.name = name
        self.rows: list[list[Cell]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []

    def add(self, row: Sequence[Cell]) -> int:
        """Add a row and return its number from 1."""
        self.rows.append(list(row))
        return len(self.rows)

    def add_heading(self, headings: Sequence[Heading], *, merge: bool = True, left: int = 0) -> None:
        """Draw stacked headings, merged across and down as offices do."""
        depth = max(len(each.parts) for each in headings)
        top = len(self.rows)
        for level in range(depth):
            row: list[Cell] = [None] * left
            row += [each.parts[level] if level < len(each.parts) else None for each in headings]
            self.rows.append(row)
        for level in range(depth - 1):
            start = 0
            for place in range(1, len(headings) + 1):
                here = headings[start].parts
                same = (
                    place < len(headings)
                    and len(here) > level + 1
                    and len(headings[place].parts) > level + 1
                    and headings[place].parts[: level + 1] == here[: level + 1]
                )
                if same:
                    self.rows[top + level][left + place] = None
                    continue
                if place - start > 1:
                    self.merged.append((top + level, left + start, top + level, left + place - 1))
                elif len(here) == level + 1:
                    self.merged.append((top + level, left + start, top + depth - 1, left + start))
                start = place
        if not merge:
            self.merged.clear()


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write sheets; a cell that begins with = is a formula, `=#DIV/0!` one in error, `=12` one with that value."""
    with xlsxwriter.Workbook(str(path)) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            covered = {
                (row, column)
                for top, left, bottom, right in sheet.merged
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            }
            for top, left, bottom, right in sheet.merged:
                page.merge_range(top, left, bottom, right, sheet.rows[top][left])
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if cell is None or (row, column) in covered:
                        continue
                    if isinstance(cell, str) and cell.startswith("="):
                        page.write_formula(row, column, "=A1/B1", None, _value(cell[1:]))
                    elif isinstance(cell, str):
                        page.write_string(row, column, cell)
                    else:
                        page.write(row, column, cell)
            for row in sheet.hidden_rows:
                page.set_row(row, None, None, {"hidden": True})
            for column in sheet.hidden_columns:
                page.set_column(column, column, None, None, {"hidden": True})


def _value(text: str) -> str | float:
    return text if text.startswith("#") else float(text)


def write_text(path: Path, sheet: Sheet, *, encoding: str = "utf-8", separator: str = ",") -> None:
    """Write a sheet as text, quoting what needs it."""

    def told(cell: Cell) -> str:
        text = "" if cell is None else str(cell).removeprefix("=") if str(cell).startswith("=") else str(cell)
        return '"' + text.replace('"', '""') + '"' if separator in text or "\n" in text or '"' in text else text

    path.write_bytes("\n".join(separator.join(map(told, row)) for row in sheet.rows).encode(encoding))


def totals(headings: Sequence[Heading], schools: Sequence[School], name: str, at: int) -> list[Cell]:
    """Return a row that adds up schools; `name` stands in column `at`."""
    row: list[Cell] = []
    for each in headings:
        values = [each.of(school) for school in schools]
        numbers = [value for value in values if isinstance(value, int | float)]
        row.append(round(sum(numbers), 4) if numbers else None)
    row[at] = name
    return row
