"""生均公用经费: what was issued against the base in force; a school of fewer than 100 pupils counts as 100."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, at_least, exact, fact, total
from dudao.provenance import ClauseSource


@dataclass(frozen=True, slots=True)
class FundedSchool:
    """What one school was issued: `pupils` by level (primary, junior, special), boarders, money issued in yuan."""

    school_id: str
    school_name: str
    pupils: Mapping[str, Number]
    boarders: Number
    issued: Number
    counts_as_small: bool = True


def required(
    school: FundedSchool, base: Mapping[str, Number], boarding: Number, counted_as: int | None
) -> Decimal | None:
    """Return what a school must be issued at least; None when a figure or a base is missing.

    The pupils that a small school lacks to 100 are funded at its lowest level's base.
    """
    due = Decimal(0)
    pupils = Decimal(0)
    cheapest: Decimal | None = None
    for level, count in school.pupils.items():
        number, rate = exact(count), exact(base.get(level))
        if number is None or rate is None:
            return None
        due += number * rate
        pupils += number
        cheapest = rate if cheapest is None else min(cheapest, rate)
    if cheapest is None:
        return None
    if counted_as is not None and is_small(school, pupils, counted_as):
        due += (counted_as - pupils) * cheapest
    boarders, extra = exact(school.boarders), exact(boarding)
    if boarders and extra is None:
        return None
    return due + (boarders or Decimal(0)) * (extra or Decimal(0))


def running_cost(
    place: str,
    year: int,
    schools: Iterable[FundedSchool],
    *,
    base: Mapping[str, Number],
    boarding: Number,
    source: ClauseSource,
    counted_as: int | None,
) -> tuple[Fact, ...]:
    """Return how many schools were issued less than the base, and the total shortfall.

    Args:
        place: the county.
        year: the fiscal year.
        schools: what each school was issued (下达), not what it spent.
        base: yuan per pupil by level, in force that year at that place.
        boarding: what is added for each boarder.
        source: the document behind the base.
        counted_as: how many pupils a smaller school is funded for; None where no such rule was in force.
    """
    where = Where(place, str(year))
    tell = partial(fact, where, source=source)
    short, unknown, missing_money, count = 0, 0, Decimal(0), 0
    small: list[bool | None] = []
    names = []
    for school in schools:
        count += 1
        due, issued = required(school, base, boarding, counted_as), exact(school.issued)
        pupils = total(school.pupils.values())
        if counted_as is not None and (pupils is None or is_small(school, pupils, counted_as)):
            small.append(None if pupils is None or due is None or issued is None else issued >= due)
        if due is None or issued is None:
            unknown += 1
        elif issued < due:
            short += 1
            missing_money += due - issued
            names.append(school.school_name)
    complete = count > 0 and unknown == 0
    method = "各校下达额 ≥ Σ学生数×基准定额 + 寄宿生补助，不足100人按100人"
    note = f"未达到的学校：{'、'.join(names[:20])}" if names else ""
    met = False if short else True if complete else None
    return (
        tell("running_cost_base_met", met, method=method, note=note),
        tell(
            "running_cost_schools_short",
            short if complete or short else None,
            unit="所",
            method=method,
        ),
        tell(
            "running_cost_shortfall",
            missing_money if complete else None,
            unit="元",
            method=method,
        ),
        tell("small_schools_funded", _every(small), method=f"不足{counted_as}人的学校按{counted_as}人核定"),
        tell("running_cost_schools_unknown", unknown, unit="所", method="缺学生数、定额或下达额"),
    )


def is_small(school: FundedSchool, pupils: Decimal, counted_as: int) -> bool:
    """Return whether a school is funded as if it had more pupils; special schools have their own base."""
    return school.counts_as_small and pupils < counted_as and "special" not in school.pupils


def _every(verdicts: list[bool | None]) -> bool | None:
    return False if False in verdicts else None if None in verdicts or not verdicts else True


def per_pupil(
    place: str, year: int, level: str, *, issued: Number, pupils: Number, base: Number, source: ClauseSource
) -> tuple[Fact, ...]:
    """Return the county's issued amount per pupil of a level and whether it reaches the base."""
    where = Where(place, str(year))
    tell = partial(fact, where, source=source)
    top, bottom = exact(issued), exact(pupils)
    value = None if top is None or not bottom else top / bottom
    return (
        tell("running_cost_per_pupil", value, unit="元", part=level, method="下达额÷学籍学生数"),
        tell("running_cost_per_pupil_met", at_least(value, base), part=level, method="≥ 基准定额"),
    )
