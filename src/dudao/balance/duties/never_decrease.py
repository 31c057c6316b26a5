"""两个只增不减: budget spending on education does not fall, in total and per pupil of each level."""

from collections.abc import Mapping
from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Series, Where, at_least, fact, growth, ratio
from dudao.provenance import ClauseSource, SourceStatus

SOURCE = ClauseSource(
    document="关于进一步调整优化结构提高教育经费使用效益的意见",
    number="国办发〔2018〕82号",
    clause="一般公共预算教育支出逐年只增不减，按在校学生人数平均的一般公共预算教育支出逐年只增不减",
    status=SourceStatus.UNCONFIRMED,
)


def never_decrease(
    place: str,
    year: int,
    spending: Series,
    spending_by_level: Mapping[str, Series],
    pupils_by_level: Mapping[str, Series],
) -> tuple[Fact, ...]:
    """Return both tests for one year against the year before, at nominal values; a tie has not fallen.

    Args:
        place: the county or city.
        year: the fiscal year that is judged.
        spending: 一般公共预算教育支出 by year.
        spending_by_level: the same for each level.
        pupils_by_level: enrolled pupils of each level by year.
    """
    where = Where(place, str(year))
    tell = partial(fact, where, source=SOURCE)
    now, before = spending.get(year), spending.get(year - 1)
    facts = [
        tell("education_spending_not_decreased", at_least(now, before), method="本年 ≥ 上年"),
        tell("education_spending_growth", growth(now, before), unit="%", method="(本年−上年)÷上年"),
    ]
    levels = []
    for level, series in spending_by_level.items():
        pupils = pupils_by_level.get(level, {})
        each = {y: ratio(series.get(y), pupils.get(y)) for y in (year - 1, year)}
        kept = at_least(each[year], each[year - 1])
        levels.append(kept)
        method = "支出÷在校学生数，本年 ≥ 上年"
        facts += [
            tell("spending_per_pupil_not_decreased", kept, part=level, method=method),
            tell("spending_per_pupil", each[year], unit="元", part=level, method="支出÷在校学生数"),
        ]
    every = False if False in levels else None if not levels or None in levels else True
    facts.append(tell("spending_per_pupil_not_decreased_all", every, method="各学段都不减"))
    return tuple(facts)
