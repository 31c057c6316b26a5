"""学生体质健康: share of excellent and good, of passed, of tested; myopia and obesity against their limits."""

from dataclasses import dataclass
from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, at_least, exact, fact, ratio, total
from dudao.provenance import ClauseSource, SourceStatus

FITNESS = ClauseSource(document="国家学生体质健康标准", status=SourceStatus.UNCONFIRMED)
EYES = ClauseSource(document="综合防控儿童青少年近视实施方案")


@dataclass(frozen=True, slots=True)
class FitnessCounts:
    """The counts of one level of a place."""

    pupils: Number
    tested: Number
    excellent: Number
    good: Number
    passed: Number
    failed: Number


def fitness(
    place: str, period: str, level: str, counts: FitnessCounts, *, good_share: Number = None
) -> tuple[Fact, ...]:
    """Return 优良率, 合格率 and 测试率 in percent; grades that do not add up to the tested leave rates open."""
    where = Where(place, period)
    tell = partial(fact, where, source=FITNESS)
    graded = total((counts.excellent, counts.good, counts.passed, counts.failed))
    consistent = graded is not None and graded == exact(counts.tested)
    better = total((counts.excellent, counts.good))
    well = ratio(better, counts.tested, 100) if consistent else None
    able = ratio(total((better, counts.passed)), counts.tested, 100) if consistent else None
    note = "" if consistent or graded is None else f"四个等级合计{graded}人，与测试{exact(counts.tested)}人不等"
    return (
        tell(
            "fitness_good_share",
            well,
            unit="%",
            part=level,
            method="(优秀+良好)÷测试人数",
            note=note,
        ),
        tell("fitness_good_share_met", at_least(well, good_share), part=level, method="≥ 要求"),
        tell(
            "fitness_pass_share",
            able,
            unit="%",
            part=level,
            method="(优秀+良好+及格)÷测试人数",
            note=note,
        ),
        tell(
            "fitness_tested_share",
            ratio(counts.tested, counts.pupils, 100),
            unit="%",
            part=level,
            method="测试人数÷应测人数",
        ),
    )


def myopia(
    place: str,
    period: str,
    level: str,
    *,
    myopic: Number,
    tested: Number,
    limit: Number = None,
    last_rate: Number = None,
    yearly_fall: Number = None,
) -> tuple[Fact, ...]:
    """Return the rate, whether it is within its limit, and whether it fell by the points asked for."""
    where = Where(place, period)
    tell = partial(fact, where, source=EYES)
    rate = ratio(myopic, tested, 100)
    fell = None
    last, asked = exact(last_rate), exact(yearly_fall)
    if rate is not None and last is not None and asked is not None:
        fell = last - rate >= asked
    within = None if rate is None or limit is None else at_least(limit, rate)
    return (
        tell("myopia_rate", rate, unit="%", part=level, method="近视人数÷检查人数"),
        tell("myopia_rate_within", within, part=level, method="≤ 控制目标"),
        tell("myopia_rate_fell", fell, part=level, method="上年−本年 ≥ 每年下降百分点"),
    )


def obesity(place: str, period: str, level: str, *, obese: Number, weighed: Number) -> tuple[Fact, ...]:
    """Return the rate; no national limit is known."""
    rate = ratio(obese, weighed, 100)
    where = Where(place, period)
    tell = partial(fact, where, source=FITNESS)
    return (tell("obesity_rate", rate, unit="%", part=level, method="肥胖人数÷检查人数"),)
