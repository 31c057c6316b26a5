"""School data of the invented city: drawn from a seed, three years, handed in as a statistics bureau would."""

import io
from collections.abc import Sequence
from typing import Any

import polars as pl
import polars.selectors as cs
import xlsxwriter

from dudao.tables.columns import TableKind
from dudao.tables.generate import NationSize, generate_schools
from dudao.tables.kinds.classes import CLASSES
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.template import heading
from dudao.web.people.models import Region, User
from dudao.web.schools.actions import imports, snapshots
from dudao.web.schools.models import Snapshot

COUNTIES = (("990101", "临河县"), ("990102", "城中区"), ("990103", "北岭县"), ("990104", "东湖区"))
YEARS = (2022, 2023, 2024)
_SEED = 20241
_WORDS = {"public": "公办", "private": "民办"}
_CLASS_SIZE = 43
_OF_SCHOOL = ("year", "region_code", "region_name", "school_id", "school_name")
_GRADES = {"primary": ("一", "二", "三", "四", "五", "六"), "junior": ("七", "八", "九")}


def bring_school_data(*, city_clerk: User, county_clerk: User) -> list[Snapshot]:
    """Hand in and take the tables of the invented city, and leave one of a county waiting with its problems."""
    city = Region.objects.get(code="990100")
    rows = _schools()
    made = []
    for year in YEARS:
        own = rows.filter(pl.col("year") == year)
        title = f"云州市{year}年学校基本情况（演示数据，虚构）.xlsx"
        made.append(_take(city_clerk, city, year, SCHOOLS, own, title))
    last = rows.filter(pl.col("year") == YEARS[-1])
    made.append(
        _take(city_clerk, city, YEARS[-1], CLASSES, _classes(last), "云州市2024年班额情况（演示数据，虚构）.xlsx")
    )

    county = Region.objects.get(code="990101")
    mended = _mended(last.filter(pl.col("region_code") == county.code))
    made.append(_take(county_clerk, county, YEARS[-1], SCHOOLS, mended, "临河县2024年更正表（演示数据，虚构）.xlsx"))
    waiting = imports.receive(
        by=county_clerk,
        region=county,
        year=YEARS[-1],
        kind=SCHOOLS.name,
        raw=_with_mistakes(mended),
        name="临河县2024年第二次更正（演示数据，有错误）.xlsx",
    )
    imports.read(by=county_clerk, row=waiting)
    return made


def _take(by: User, region: Region, year: int, kind: TableKind, rows: pl.DataFrame, name: str) -> Snapshot:
    row = imports.receive(by=by, region=region, year=year, kind=kind.name, raw=workbook(kind, rows), name=name)
    row = imports.read(by=by, row=row)
    return snapshots.take(by=by, row=row, reason="演示数据，照原样入库" if row.errors else "")


def _schools() -> pl.DataFrame:
    """Return the schools of the four counties in all years, named after their county."""
    size = NationSize(schools=120, counties=len(COUNTIES), years=len(YEARS), seed=_SEED, last_year=YEARS[-1])
    drawn = pl.concat(list(generate_schools(size)))
    codes = dict(zip(drawn["region_code"].unique(maintain_order=True).to_list(), COUNTIES, strict=True))
    code = pl.col("region_code").replace_strict({old: new[0] for old, new in codes.items()})
    name = pl.col("region_code").replace_strict({old: new[1] for old, new in codes.items()})
    number = pl.col("school_name").str.extract(r"第0*(\d+)\D*$")
    title = pl.col("school_name").str.extract(r"第\d+(\D*)$")
    known = drawn.sort("year").with_columns(  # what the generator leaves out is as it was in another year
        cs.numeric().exclude("year").forward_fill().backward_fill().over("school_id")
    )
    return known.sort("year", "region_code", maintain_order=True).with_columns(
        region_code=code,
        region_name=name,
        school_name=pl.concat_str(name, pl.lit("演示第"), number, title),
        school_id=pl.concat_str(pl.col("school_id").str.slice(0, 2), pl.lit("99"), pl.col("school_id").str.slice(4)),
    )


def _mended(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the schools of a county after two figures were looked up again and one school was closed."""
    first, second = rows["school_id"][0], rows["school_id"][1]
    return rows.head(rows.height - 1).with_columns(
        sports_area=pl.when(pl.col("school_id") == first).then(pl.col("sports_area") + 1800).otherwise("sports_area"),
        computers=pl.when(pl.col("school_id") == second).then(pl.col("computers") + 20).otherwise("computers"),
    )


def _classes(schools: pl.DataFrame) -> pl.DataFrame:
    """Return a row a class: the pupils of each section spread over its grades, classes as large as they come."""
    rows: list[dict[str, Any]] = []
    for school in schools.iter_rows(named=True):
        for level, grades in _GRADES.items():
            for place, grade in enumerate(grades):
                share = int(school[f"pupils_{level}"] or 0) // len(grades)
                count = max(round(share / _CLASS_SIZE), 1) if share else 0
                rows += [
                    {
                        **{name: school[name] for name in _OF_SCHOOL},
                        "level": "小学" if level == "primary" else "初中",
                        "grade": f"{grade}年级",
                        "class_name": f"{number + 1}班",
                        "pupils": share // count + (1 if number < share % count else 0) + place % 2,
                    }
                    for number in range(count)
                ]
    return pl.DataFrame(rows)


def workbook(kind: TableKind, rows: pl.DataFrame) -> bytes:
    """Return rows as a workbook with the headings of a kind."""
    columns = [column for column in kind.columns if column.name in rows.columns and column.name != "region_code"]
    return _book(kind.title, [heading(column) for column in columns], _cells(rows.select([c.name for c in columns])))


def _cells(rows: pl.DataFrame) -> list[list[Any]]:
    return [[_written(value) for value in row] for row in rows.iter_rows()]


def _written(value: Any) -> Any:
    """Return a value as an office writes it: yes and no, who runs the school, figures as they are."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return _WORDS.get(value, value) if isinstance(value, str) else value


def _with_mistakes(rows: pl.DataFrame) -> bytes:
    """Return a workbook as it comes in real life: an own heading, words for numbers, a school of another county."""
    columns = [each for each in SCHOOLS.columns if each.name in rows.columns and each.name != "region_code"]
    names = [column.name for column in columns]
    cells = _cells(rows.select(names))
    cells[1][names.index("full_time_teachers")] = "四十五"
    cells[2][names.index("teaching_area")] = -300
    cells[3][names.index("region_name")] = "东湖区"
    cells[4][names.index("school_id")] = cells[5][names.index("school_id")]
    headings = [heading(column) for column in columns]
    headings[names.index("books")] = "藏书家底（册）"
    return _book(SCHOOLS.title, headings, cells)


def _book(title: str, headings: Sequence[str], cells: Sequence[Sequence[Any]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(cells, start=1):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
    return stream.getvalue()
