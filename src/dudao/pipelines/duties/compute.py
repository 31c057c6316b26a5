"""Tables of duties → facts of every county and year, with the limits that were in force there and then."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dudao.assessment.facts import Fact
from dudao.issues import Issue, Level, Location
from dudao.parameters.model import NATION
from dudao.pipelines.duties.limits import LimitsInForce
from dudao.pipelines.duties.money import pay, running_cost_by_level, running_cost_by_school, series_facts
from dudao.pipelines.duties.people import health, kindergartens, population
from dudao.pipelines.duties.rows import Around, County, counties_of
from dudao.pipelines.duties.schools import classes, school_day, sizes, staff, training
from dudao.tables.table import Table

Compute = Callable[[County, Around], Iterator[Fact]]

FROM_TABLE: Mapping[str, Compute] = {
    "schools": sizes,
    "classes": classes,
    "staff": staff,
    "school_day": school_day,
    "training": training,
    "finance": running_cost_by_level,
    "running_costs": running_cost_by_school,
    "pay": pay,
    "population": population,
    "fitness": health,
    "kindergartens": kindergartens,
}
"""What each kind of table is put to, county by county and year by year."""

FISCAL = ("finance", "running_costs", "pay")
"""Tables of fiscal years: judged on 31 December, the others on 1 September."""


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """The facts of some tables, the issues of reading and of the limits, and the names of the counties."""

    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    names: Mapping[str, str]

    def places(self) -> tuple[str, ...]:
        """Return the counties that facts tell of, in their order."""
        return tuple(dict.fromkeys(fact.place for fact in self.facts))


def duty_facts(tables: Iterable[Table], *, year: int | None = None, region: str = "") -> DutyFacts:
    """Return the facts that tables of duties yield together.

    Args:
        tables: tables of any kinds; tables of one kind are taken as one.
        year: the year of tables that name none.
        region: the code of the county where tables give only its name, or nothing.
    """
    read = list(tables)
    issues = [issue for table in read for issue in table.issues]
    groups: dict[str, list[County]] = {}
    for table in read:
        found = [_placed(county, year=year, region=region) for county in counties_of(table)]
        groups.setdefault(table.kind.name, []).extend(found)
    codes = {county.name: county.place for each in groups.values() for county in each if county.place.isdigit()}
    groups = {kind: [_coded(county, codes) for county in each] for kind, each in groups.items()}
    facts: list[Fact] = []
    limits: list[Issue] = []
    for kind, counties in groups.items():
        issues += _undated(kind, counties)
        compute = FROM_TABLE.get(kind)
        for county in counties if compute is not None else ():
            around = Around(_limits(county, kind), {name: tuple(each) for name, each in groups.items()})
            facts += compute(county, around) if compute is not None else ()
            limits += [issue for issue in around.limits.issues if issue not in limits]
        facts += series_facts(counties) if kind == "finance" else ()
    told, twice = _once(facts)
    names = {county.place: county.name for county in chain.from_iterable(groups.values()) if county.name}
    return DutyFacts(told, (*issues, *twice, *limits), names)


def _placed(county: County, *, year: int | None, region: str) -> County:
    period = county.period or ("" if year is None else str(year))
    place = region if region and not county.place.isdigit() else county.place
    return County(place, county.name, period, county.rows)


def _coded(county: County, codes: Mapping[str, str]) -> County:
    return County(codes.get(county.place, county.place), county.name, county.period, county.rows)


def _limits(county: County, kind: str) -> LimitsInForce:
    day = date(county.year, 12, 31) if kind in FISCAL else date(county.year, 9, 1) if county.year else None
    code = county.place if len(county.place) == 6 and county.place.isdigit() else NATION
    return LimitsInForce(day if county.year else None, code)


def _undated(kind: str, counties: Iterable[County]) -> Iterator[Issue]:
    if any(not county.year for county in counties):
        message = "表里没有年份，不知道该用哪一年的限值"
        yield Issue(Level.WARNING, "duties.no_year", message, Location(file=kind), "请加“年份”列，或用 --year 写明。")


def _once(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], list[Issue]]:
    """Return each fact once; one computed twice with different values is told and left open."""
    known: dict[tuple[str, str, str, str], Fact] = {}
    issues: list[Issue] = []
    for fact in facts:
        key = (fact.name, fact.place, fact.period, fact.part)
        first = known.setdefault(key, fact)
        if first.value != fact.value:
            message = f"“{fact.name}”{fact.place}{fact.period}算出两个值：{first.value}和{fact.value}，按缺少处理"
            issues.append(Issue(Level.ERROR, "duties.two_values", message, Location(), "请核对是否有重复的表或行。"))
            known[key] = Fact(fact.name, fact.place, fact.period, None, fact.unit, fact.part, fact.source)
    return tuple(known.values()), issues
