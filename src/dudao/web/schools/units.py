"""The regions at the foot of the tree, to which schools belong, and how rows of a file come to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Q

from dudao.issues import Level
from dudao.tables.problems import Place, Problems
from dudao.web.people.models import Region
from dudao.web.people.regions import COLLECTIVE

_KEPT_PLACES = 2000


def units_of(region: Region, year: int) -> list[Region]:
    """Return the counties of a region in a year, and cities without counties; a county is its own unit.

    A region that existed during any day of the year counts. The headings of the tables of codes (市辖区) do not:
    nobody ever imports a table for them, and a city that waited for theirs would never be complete.
    """
    begin, end = date(year, 1, 1), date(year, 12, 31)
    stood = (Q(valid_from__isnull=True) | Q(valid_from__lte=end)) & (Q(valid_to__isnull=True) | Q(valid_to__gte=begin))
    below = Region.objects.filter(stood, path__startswith=region.path).filter(Q(level="county") | Q(numchild=0))
    return list(below.exclude(level="nation").exclude(name__in=COLLECTIVE).order_by("code"))


def lineage(regions: Iterable[Region]) -> set[str]:
    """Return the paths of regions and of everything above them."""
    return {region.path[:end] for region in regions for end in range(4, len(region.path) + 1, 4)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Where rows are to come: the region of the import with its units, and the year."""

    region: Region
    units: tuple[Region, ...]
    year: int


def placed(frame: pl.DataFrame, asked: Asked, headings: Mapping[str, str], problems: Problems) -> pl.DataFrame:
    """Return the rows that belong to the units in the year, under the units' codes and names.

    Rows of other regions and other years are left out, each told with its place. Rows without a region belong to
    the region of the import where that is a single unit and the table names none at all.

    Args:
        frame: rows with `region`, the code or name of their county, empty where the table has no such column.
        asked: region, units and year of the import.
        headings: the file's own words for canonical columns.
        problems: where findings go.
    """
    own_year = _of_the_year(frame, asked, headings, problems)
    alone = asked.units[0] if len(asked.units) == 1 else None
    names = own_year["region"].drop_nulls().unique().to_list()
    found = {name: _unit(str(name), asked, alone) for name in names}
    codes = {name: unit.code for name, unit in found.items() if unit is not None}
    titles = {unit.code: unit.name for unit in found.values() if unit is not None}
    code = pl.col("region").replace_strict(codes, default=None, return_dtype=pl.String)
    rows = own_year.with_columns(code.alias("unit"))
    strangers = rows.filter(pl.col("unit").is_null() & pl.col("region").is_not_null() & (pl.col("region") != ""))
    heading = headings.get("region_name") or headings.get("region_code") or "县区"
    problems.add(
        Level.ERROR,
        "imports.other_region",
        f"“{{value}}”不属于{asked.region.name}，这一行没有导入",
        places=_places(strangers, heading, "region"),
        count=strangers.height,
        heading=heading,
        remedy=f"只能导入{asked.region.name}所辖县区的学校；请核对县区，或由该地区自行导入。",
    )
    kept = rows.filter(pl.col("unit").is_not_null())
    name = pl.col("unit").replace_strict(titles, default=None, return_dtype=pl.String)
    return kept.with_columns(
        pl.col("unit").alias("region"),
        pl.col("unit").alias("region_code"),
        name.alias("region_name"),
        pl.lit(asked.year, dtype=pl.Int64).alias("year"),
    ).drop("unit")


def _of_the_year(frame: pl.DataFrame, asked: Asked, headings: Mapping[str, str], problems: Problems) -> pl.DataFrame:
    if "year" not in frame.columns:
        return frame
    others = frame.filter(pl.col("year").is_not_null() & (pl.col("year") != asked.year))
    heading = headings.get("year", "年份")
    problems.add(
        Level.ERROR,
        "imports.other_year",
        f"年份{{value}}与导入的{asked.year}年不符，这一行没有导入",
        places=_places(others, heading, "year"),
        count=others.height,
        heading=heading,
        remedy="请到该年份的导入页导入这些行。",
    )
    return frame.filter(pl.col("year").is_null() | (pl.col("year") == asked.year))


def _unit(name: str, asked: Asked, alone: Region | None) -> Region | None:
    """Return the unit that a code or a name means; None where it means none, or more than one."""
    if not name:
        return alone
    named = [unit for unit in asked.units if name in (unit.code, unit.name)]
    if not named:
        # 云州市临河县 for 临河县
        named = [unit for unit in asked.units if len(name) > len(unit.name) and name.endswith(unit.name)]
    return named[0] if len(named) == 1 else None


def _places(rows: pl.DataFrame, heading: str, value: str) -> Iterable[Place]:
    for row in rows.head(_KEPT_PLACES).iter_rows(named=True):
        yield Place(row.get("sheet") or "", row.get("sheet_row") or 0, heading, str(row.get(value) or ""))
