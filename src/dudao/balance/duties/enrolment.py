"""毛入学率与巩固率: pupils of a level against people of its age, and how many of a cohort stayed to the end."""

from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, at_least, exact, fact, ratio
from dudao.provenance import ClauseSource, SourceStatus

RETENTION = ClauseSource(
    document="县域义务教育优质均衡发展督导评估办法",
    number="教督〔2017〕6号",
    clause="初中三年巩固率达到95%以上",
    note="计算式见于填报表",
    status=SourceStatus.UNCONFIRMED,
)
GROSS = ClauseSource(document="教育事业统计", clause="毛入学（园）率")


def gross_rate(
    place: str, period: str, level: str, *, enrolled: Number, population: Number, least: Number = None
) -> tuple[Fact, ...]:
    """Return pupils of any age ÷ people of the level's age, in percent; it may exceed 100."""
    where = Where(place, period)
    tell = partial(fact, where, source=GROSS)
    rate = ratio(enrolled, population, 100)
    return (
        tell("gross_enrolment_rate", rate, unit="%", part=level, method="在校（园）人数÷适龄人口"),
        tell("gross_enrolment_rate_met", at_least(rate, least), part=level, method="≥ 要求"),
    )


def nine_year_retention(
    place: str, period: str, *, finishing: Number, entrants: Number, least: Number
) -> tuple[Fact, ...]:
    """Return pupils of grade 9 ÷ those who entered grade 1 nine years before, in percent."""
    where = Where(place, period)
    tell = partial(fact, where, source=GROSS)
    rate = ratio(finishing, entrants, 100)
    method = "九年级学生数÷九年前一年级入学人数"
    return (
        tell("nine_year_retention", rate, unit="%", method=method),
        tell("nine_year_retention_met", at_least(rate, least), method=f"≥ {least}%"),
    )


def junior_retention(
    place: str,
    period: str,
    *,
    graduates: Number,
    moved_in: Number,
    moved_out: Number,
    entrants: Number,
    died: Number,
    least: Number,
) -> tuple[Fact, ...]:
    """Return (graduates - moved in + moved out) ÷ (entrants - died), in percent."""
    where = Where(place, period)
    tell = partial(fact, where, source=RETENTION)
    numbers = [exact(number) for number in (graduates, moved_in, moved_out, entrants, died)]
    rate = None
    if all(number is not None for number in numbers):
        done, came, went, began, lost = (number for number in numbers if number is not None)
        rate = ratio(done - came + went, began - lost, 100)
    method = "(毕业人数−转入+转出)÷(初一在校生−死亡)"
    return (
        tell("junior_retention", rate, unit="%", method=method),
        tell("junior_retention_met", at_least(rate, least), method=f"≥ {least}%"),
    )
