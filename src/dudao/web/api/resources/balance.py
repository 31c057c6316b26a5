"""How evenly resources are spread: the balance pages of counties, cities and provinces as rows."""

from functools import partial
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Path, Query, Schema

from dudao.balance.model import LevelResult, SchoolResult, Verdict
from dudao.balance.standard import BalanceStandard, Method
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_list
from dudao.web.api.shapes.balance import (
    BalanceIndicatorShape,
    BalanceLevelShape,
    Code,
    CountyBalanceShape,
    MissedShape,
    SchoolBalanceShape,
)
from dudao.web.api.shapes.common import NamedRegion
from dudao.web.people.access import reads_balance, subject
from dudao.web.people.models import Region
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told
from dudao.web.schools.balance_page import is_unit
from dudao.web.schools.models import CountyBalance
from dudao.web.schools.queries import region_to_read
from dudao.web.schools.results import MOST_YEARS, balances, full_county, standard_of, summary_county
from dudao.web.schools.units import units_of

_offers = partial(offers, "均衡")
Year = Annotated[int, Field(ge=1985, le=2100, description="年度")]


class Asked(Schema):
    """Which results are asked for: the year, by which standard and method."""

    year: Year
    standard: Literal["quality-2017", "basic-2012"] = "quality-2017"
    method: Literal["weighted", "unweighted"] = "weighted"


class BalanceAsked(Asked):
    """The same from an earlier year on."""

    since: Annotated[int | None, Field(ge=1985, le=2100, description="起始年度，最多十年")] = None


class SchoolsAsked(Asked):
    """The same of all schools, or of those below the standard."""

    below: Annotated[bool, Field(description="只要未达标的")] = False


@router.get(
    "/regions/{code}/balance",
    response=Page[CountyBalanceShape],
    operation_id="list_balance",
    **_offers(
        Scope.READ,
        reads_balance,
        "各县区的均衡结果",
        "一个地区及下辖县区逐年的结论、差异系数和界限；没有数据的县区和年度不列出。",
    ),
)
def list_balance(
    request: HttpRequest, code: Path[Code], asked: Query[BalanceAsked], paging: Query[Paging]
) -> dict[str, object]:
    """List the counties in or below a region, each year with what was found."""
    place = region_to_read(subject(request), code)
    first = max(asked.since or asked.year, asked.year - MOST_YEARS + 1)
    years = range(first, asked.year + 1)
    units = {unit.code: unit for year in years for unit in units_of(place, year)}
    found = balances(units.values(), years, asked.standard, Method(asked.method))
    rows = [(units[each], year, row) for (each, year), row in sorted(found.items())]
    return page_of_list(rows, paging, lambda one: _county(*one))


@router.get(
    "/regions/{code}/balance/schools",
    response=Page[SchoolBalanceShape],
    operation_id="list_balance_schools",
    **_offers(
        Scope.READ, reads_balance, "一个县区各校的达标情况", "按学段逐校列出，未达到的指标写明现值、标准、差额。"
    ),
)
def list_balance_schools(
    request: HttpRequest, code: Path[Code], asked: Query[SchoolsAsked], paging: Query[Paging]
) -> dict[str, object]:
    """List the sections of the schools of a county."""
    place = region_to_read(subject(request), code)
    if not is_unit(place):
        raise Http404
    row = balances([place], [asked.year], asked.standard, Method(asked.method)).get((place.code, asked.year))
    schools = list(full_county(row).schools) if row is not None else []
    if asked.below:
        schools = [each for each in schools if each.verdict is Verdict.NOT_MET]
    standard = standard_of(asked.standard)
    return page_of_list(schools, paging, lambda school: _school(school, standard))


def _county(place: Region, year: int, row: CountyBalance) -> CountyBalanceShape:
    county = summary_county(row)
    return CountyBalanceShape(
        region=NamedRegion(code=place.code, name=place.name),
        year=year,
        standard=row.standard,
        method=row.method,
        snapshot=row.snapshot_id,
        verdict=str(county.verdict),
        reasons=[told(each) for each in county.reasons],
        levels=[_level(each) for each in county.levels.values()],
    )


def _level(level: LevelResult) -> BalanceLevelShape:
    return BalanceLevelShape(
        level=level.level,
        verdict=str(level.verdict),
        reasons=[told(each) for each in level.reasons],
        pupils=level.pupils,
        schools=level.schools,
        schools_met=level.schools_met,
        schools_not_met=level.schools_not_met,
        schools_incomplete=level.schools_incomplete,
        composite=level.composite,
        composite_limit=level.composite_limit,
        indicators=[
            BalanceIndicatorShape(
                id=each.id,
                name=each.name,
                unit=each.unit,
                mean=each.mean,
                coefficient=each.coefficient,
                limit=each.limit,
                met=each.met,
                threshold=each.threshold,
                schools_met=each.schools_met,
                schools_below=each.schools_below,
                schools_missing=each.schools_missing,
            )
            for each in level.indicators
        ],
    )


def _school(school: SchoolResult, standard: BalanceStandard) -> SchoolBalanceShape:
    return SchoolBalanceShape(
        id=school.school_id,
        name=school.school_name,
        level=school.level,
        pupils=school.pupils,
        verdict=str(school.verdict),
        indicators_met=school.met_count,
        missed=[
            MissedShape(
                id=each.id,
                name=standard.indicator(each.id).name,
                value=each.value,
                threshold=each.threshold,
                lacking=each.gap_quantity,
            )
            for each in school.missed
        ],
        unknown=[each.id for each in school.missing],
    )
