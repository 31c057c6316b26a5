"""A forecast of places as facts that a scheme can score, in the year that is looked ahead from."""

from collections.abc import Iterator
from decimal import Decimal

from dudao.assessment.facts import Fact, FactSource
from dudao.planning.forecast import Exceeded, Forecast

KINDS = {
    Exceeded.SIZE: ("forecast_schools_beyond_size", "forecast_first_year_beyond_size", "规模"),
    Exceeded.CLASS: ("forecast_schools_beyond_class_size", "forecast_first_year_beyond_class_size", "班额"),
}


def forecast_facts(found: Forecast) -> tuple[Fact, ...]:
    """Return, for each region, which schools will exceed size and class limits, when first, and the places missing.

    The year of the facts is today's, the first of the forecast; a school beyond its limit today that stays so in a
    coming year counts as well.
    Places missing are None where a school has not reported its classes.
    """
    return tuple(
        fact
        for region in dict.fromkeys(each.region for each in found.balances)
        for fact in (*_excesses(found, region), *_places(found, region))
    )


def _excesses(found: Forecast, region: str) -> Iterator[Fact]:
    today, last = found.years[0], found.years[-1]
    for kind, (count_name, year_name, word) in KINDS.items():
        own = [each for each in found.excesses if each.region == region and each.kind is kind]
        coming = [each for each in own if each.year > today]
        first: dict[str, int] = {}
        names: dict[str, str] = {}
        for each in sorted(coming, key=lambda excess: excess.year):
            first.setdefault(each.school_id, each.year)
            names[each.school_id] = each.school_name
        told = "、".join(f"{names[school]}（{year}年起）" for school, year in list(first.items())[:20])
        source = FactSource(method=f"{today + 1}—{last}年各年级学生逐年升级，超过{word}上限的学校", note=told)
        yield Fact(count_name, region, str(today), Decimal(len(first)), unit="所", source=source)
        when = Decimal(min(first.values())) if first else None
        source = FactSource(method=f"最早超过{word}上限的年份；没有学校超过时空着", note=told)
        yield Fact(year_name, region, str(today), when, unit="年", source=source)


def _places(found: Forecast, region: str) -> Iterator[Fact]:
    today = found.years[0]
    for level in ("primary", "junior"):
        years = [each for each in found.balances if each.region == region and each.level == level and each.year > today]
        if not years:
            continue
        missing = [each.missing for each in years]
        known = [each for each in missing if each is not None]
        whole = len(known) == len(missing)
        worst = max(years, key=lambda each: each.missing or 0.0)
        value = Decimal(round(max(known))) if whole else None
        note = f"{worst.year}年最多" if whole and worst.missing else ""
        source = FactSource(method="各校学生数减现有班数×班额上限，按校累计，预测各年中最多的一年", note=note)
        yield Fact("forecast_places_missing", region, str(today), value, unit="个", part=level, source=source)
