"""A county's balance as facts that a scheme can score."""

from collections.abc import Iterator
from decimal import Decimal

from dudao.assessment.facts import Fact, FactSource
from dudao.balance.expressions import TOLERANCE
from dudao.balance.model import CountyResult, LevelResult, Verdict
from dudao.balance.result import Balanced

VERDICTS = {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.INCOMPLETE: None}
DECIMALS = Decimal("0.000001")
"""Coefficients are handed on with six decimals; verdicts are made from the unrounded ones."""


def balance_facts(result: Balanced) -> tuple[Fact, ...]:
    """Return the facts of every county and year: verdicts, coefficients by level, shares of schools that meet."""
    source = FactSource(method=f"{result.standard.name}，{result.method.value}", clause=result.standard.source)
    return tuple(fact for county in result.counties for fact in _county(county, source))


def counties_above_limit(result: Balanced, place: str) -> Iterator[Fact]:
    """Yield, for each year, how many counties have a coefficient above its limit at any level; open while one is.

    The coefficients are those that the standard limits: the mean of all (2012) or each of them (2017). A county with
    one above its limit counts even where others of it cannot be computed.

    Args:
        result: the counties of one area.
        place: the code of the area.
    """
    source = FactSource(
        method=f"{result.standard.name}，小学或初中差异系数超过限值的县区数", clause=result.standard.source
    )
    years: dict[str, list[CountyResult]] = {}
    for county in result.counties:
        years.setdefault("" if county.year is None else str(county.year), []).append(county)
    for period, counties in years.items():
        verdicts = [_above(county) for county in counties]
        count = None if None in verdicts else sum(verdict is True for verdict in verdicts)
        note = "、".join(
            county.name or county.region for county, above in zip(counties, verdicts, strict=True) if above
        )
        value = None if count is None else Decimal(count)
        told = FactSource(method=source.method, clause=source.clause, note=note)
        yield Fact("counties_above_coefficient_limit", place, period, value, unit="个", source=told)


def _above(county: CountyResult) -> bool | None:
    kept = [verdict for level in county.levels.values() for verdict in _kept(level)]
    return True if False in kept else None if None in kept or not kept else False


def _kept(level: LevelResult) -> list[bool | None]:
    if level.composite_limit is not None:
        return [None if level.composite is None else level.composite <= level.composite_limit * (1 + TOLERANCE)]
    return [each.met for each in level.indicators if each.limit is not None]


def _county(county: CountyResult, source: FactSource) -> Iterator[Fact]:
    period = "" if county.year is None else str(county.year)
    place = county.region
    yield Fact("balance_met", place, period, VERDICTS[county.verdict], source=source)
    for level in county.levels.values():
        part = level.level
        yield Fact("balance_level_met", place, period, VERDICTS[level.verdict], part=part, source=source)
        yield Fact("composite_coefficient", place, period, _decimal(level.composite), part=part, source=source)
        yield Fact("largest_coefficient", place, period, _decimal(_largest(level)), part=part, source=source)
        yield Fact("schools_meeting_standard", place, period, _share(level), unit="%", part=part, source=source)
        for each in level.indicators:
            name = f"coefficient_{each.id}"
            yield Fact(name, place, period, _decimal(each.coefficient), part=part, source=source)


def _largest(level: LevelResult) -> float | None:
    coefficients = [each.coefficient for each in level.indicators]
    known = [value for value in coefficients if value is not None]
    return max(known) if known and len(known) == len(coefficients) else None


def _share(level: LevelResult) -> Decimal | None:
    if level.schools_incomplete or not level.schools:
        return None
    return Decimal(level.schools_met) * 100 / level.schools


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value)).quantize(DECIMALS)
