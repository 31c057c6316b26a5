"""A forecast of school places: pupils by grade moved on year by year, and who then exceeds size and class limits."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dudao.errors import WrongUseError

GRADE_NAMES = ("一", "二", "三", "四", "五", "六", "七", "八", "九")


@dataclass(frozen=True, slots=True)
class SchoolGrades:
    """Pupils and classes of one school by grade, 1 to 9; None where the school does not run the grade.

    `classes` are None where nobody reported them: class limits are then not judged.
    """

    id: str
    name: str
    region: str
    pupils: tuple[float | None, ...]
    classes: tuple[float | None, ...]

    def __post_init__(self) -> None:
        if len(self.pupils) != len(GRADE_NAMES) or len(self.classes) != len(GRADE_NAMES):
            raise ValueError("a school has nine grades, those it does not run are None")

    @property
    def total(self) -> float:
        """Return the pupils of all grades."""
        return sum(each or 0.0 for each in self.pupils)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the forecast stands on; every figure is given, none is guessed.

    Attributes:
        entrants: pupils entering grade 1, by region and year.
        promotion: for each grade 1 to 8 how many of its pupils are in the next grade a year later (transfers in
            and out, repeating and leaving taken together); at the end of primary school the rate into junior.
        primary_grades: 6, or 5 where primary school has five years.
        class_limits: the most pupils of a class in primary and in junior grades.
        size_limits: the most pupils of a school with primary grades alone, junior alone, both.
    """

    entrants: Mapping[str, Mapping[int, float]]
    promotion: tuple[float, ...] = (1.0,) * 8
    primary_grades: int = 6
    class_limits: tuple[int, int] = (45, 50)
    size_limits: tuple[int, int, int] = (2000, 2000, 2500)
    school_size_limits: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.promotion) != len(GRADE_NAMES) - 1 or any(rate < 0 for rate in self.promotion):
            raise WrongUseError("升级率要有 8 个（一升二至八升九），都不小于 0。")
        if self.primary_grades not in (5, 6):
            raise WrongUseError(f"小学年限只能是 5 或 6 年，不能是 {self.primary_grades}。")

    def class_limit(self, grade: int) -> int:
        """Return the most pupils of a class of a grade, 1 to 9."""
        return self.class_limits[0] if grade <= self.primary_grades else self.class_limits[1]

    def size_limit(self, school: SchoolGrades) -> int:
        """Return the most pupils of a school: its own limit when it has one, else by the grades it runs."""
        if school.id in self.school_size_limits:
            return self.school_size_limits[school.id]
        primary = any(each is not None for each in school.pupils[: self.primary_grades])
        junior = any(each is not None for each in school.pupils[self.primary_grades :])
        return self.size_limits[2 if primary and junior else 0 if primary else 1]


class Exceeded(StrEnum):
    """Which limit is exceeded."""

    SIZE = "size"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that a school exceeds in a year: `value` pupils in the school, or in a class of `grade` on average."""

    kind: Exceeded
    year: int
    school_id: str
    school_name: str
    region: str
    grade: int | None
    value: float
    limit: int


@dataclass(frozen=True, slots=True)
class PlaceBalance:
    """Pupils and places of one level of one region in one year.

    `places` are the classes there are today × the class limit, None when classes were not reported for every
    school; `missing` adds up what single schools lack, since places far away are of no use.
    """

    year: int
    region: str
    level: str
    pupils: float
    places: float | None
    missing: float | None
    schools_short: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Schools by year (the first is today), limits exceeded, places and pupils of each region and level."""

    years: tuple[int, ...]
    schools: Mapping[int, tuple[SchoolGrades, ...]]
    excesses: tuple[Excess, ...]
    balances: tuple[PlaceBalance, ...]

    def first_excess(self, school_id: str, kind: Exceeded) -> Excess | None:
        """Return the first year in which a school exceeds a limit."""
        return next((each for each in self.excesses if each.school_id == school_id and each.kind is kind), None)


def forecast_places(schools: Sequence[SchoolGrades], assumptions: Assumptions, *, start: int, years: int) -> Forecast:
    """Return the pupils of each school for so many years after `start`, and what follows for places.

    Pupils move up within their school. At the end of primary school those of a region are put together and shared
    out to its schools with junior grades as their first junior grade is shared today; entrants likewise as grade 1
    is shared today. Classes stay with their pupils; a first grade has as many classes as today.

    Raises:
        WrongUseError: a region has no entrants for a year, or grades that nobody can enter.
    """
    if years < 1:
        raise WrongUseError(f"预测年数 {years} 不合适，至少 1 年。")
    entry = _shares(schools, 1)
    junior = _shares(schools, assumptions.primary_grades + 1)
    today = {school.id: school for school in schools}
    found = {start: tuple(schools)}
    for year in range(start + 1, start + years + 1):
        found[year] = _next_year(found[year - 1], today, assumptions, year, entry, junior)
    span = tuple(range(start, start + years + 1))
    excesses = tuple(each for year in span for school in found[year] for each in _excesses(school, assumptions, year))
    balances = tuple(each for year in span for each in _balances(found[year], schools, assumptions, year))
    return Forecast(span, found, excesses, balances)


def _shares(schools: Sequence[SchoolGrades], grade: int) -> dict[str, float]:
    """Return for each school its part of a grade of its region."""
    totals: dict[str, float] = {}
    for school in schools:
        totals[school.region] = totals.get(school.region, 0.0) + (school.pupils[grade - 1] or 0.0)
    return {
        school.id: (school.pupils[grade - 1] or 0.0) / totals[school.region] if totals[school.region] > 0 else 0.0
        for school in schools
    }


def _next_year(
    schools: Sequence[SchoolGrades],
    today: Mapping[str, SchoolGrades],
    assumptions: Assumptions,
    year: int,
    entry: Mapping[str, float],
    junior: Mapping[str, float],
) -> tuple[SchoolGrades, ...]:
    last = assumptions.primary_grades
    leaving: dict[str, float] = {}
    for school in schools:
        leavers = (school.pupils[last - 1] or 0.0) * assumptions.promotion[last - 1]
        leaving[school.region] = leaving.get(school.region, 0.0) + leavers
    moved = []
    for school in schools:
        pupils: list[float | None] = []
        classes: list[float | None] = []
        for grade in range(1, len(GRADE_NAMES) + 1):
            if school.pupils[grade - 1] is None:
                pupils.append(None)
                classes.append(None)
            elif grade == 1:
                pupils.append(_entrants(assumptions, school.region, year) * entry[school.id])
                classes.append(today[school.id].classes[0])
            elif grade == last + 1:
                pupils.append(leaving[school.region] * junior[school.id])
                classes.append(today[school.id].classes[grade - 1])
            else:
                pupils.append((school.pupils[grade - 2] or 0.0) * assumptions.promotion[grade - 2])
                before = school.classes[grade - 2]
                classes.append(before if before is not None else today[school.id].classes[grade - 1])
        moved.append(SchoolGrades(school.id, school.name, school.region, tuple(pupils), tuple(classes)))
    return tuple(moved)


def _entrants(assumptions: Assumptions, region: str, year: int) -> float:
    by_year = assumptions.entrants.get(region, {})
    if year not in by_year:
        raise WrongUseError(
            f"没有给出{region or '本表'} {year} 年的一年级招生数。",
            advice="请在 --entrants 或 --births 中补上这一年；缺数不能当作零。",
        )
    return by_year[year]


def _excesses(school: SchoolGrades, assumptions: Assumptions, year: int) -> list[Excess]:
    found = []
    who = (year, school.id, school.name, school.region)
    limit = assumptions.size_limit(school)
    if round(school.total) > limit:
        found.append(Excess(Exceeded.SIZE, *who, None, school.total, limit))
    for grade, (pupils, classes) in enumerate(zip(school.pupils, school.classes, strict=True), start=1):
        most = assumptions.class_limit(grade)
        if pupils is not None and classes and math.ceil(round(pupils) / classes) > most:
            found.append(Excess(Exceeded.CLASS, *who, grade, pupils / classes, most))
    return found


def _balances(
    schools: Sequence[SchoolGrades], today: Sequence[SchoolGrades], assumptions: Assumptions, year: int
) -> list[PlaceBalance]:
    found = []
    last = assumptions.primary_grades
    rooms = {school.id: school for school in today}
    for region in dict.fromkeys(school.region for school in schools):
        for level, grades in (("primary", range(1, last + 1)), ("junior", range(last + 1, len(GRADE_NAMES) + 1))):
            limit = assumptions.class_limit(grades[0])
            pupils = places = missing = 0.0
            short, known, any_school = 0, True, False
            for school in schools:
                run = [grade for grade in grades if school.pupils[grade - 1] is not None]
                if school.region != region or not run:
                    continue
                any_school = True
                own = sum(school.pupils[grade - 1] or 0.0 for grade in run)
                pupils += own
                classes = [rooms[school.id].classes[grade - 1] for grade in run]
                if any(each is None for each in classes):
                    known = False
                    continue
                room = sum(each or 0.0 for each in classes) * limit
                lack = max(0.0, own - room)
                places, missing, short = places + room, missing + lack, short + (round(lack) > 0)
            if any_school:
                room_known, lack_known = (places, missing) if known else (None, None)
                found.append(PlaceBalance(year, region, level, pupils, room_known, lack_known, short))
    return found


def observed_promotion(before: Sequence[SchoolGrades], after: Sequence[SchoolGrades]) -> tuple[float, ...]:
    """Return the promotion rates between two following years, all schools of both tables together.

    Raises:
        WrongUseError: a grade had no pupils in the first year, so that its rate is unknown.
    """
    rates = []
    for grade in range(1, len(GRADE_NAMES)):
        below = sum(school.pupils[grade - 1] or 0.0 for school in before)
        above = sum(school.pupils[grade] or 0.0 for school in after)
        if below <= 0:
            raise WrongUseError(
                f"上一年{GRADE_NAMES[grade - 1]}年级没有学生，算不出升级率。", advice="请用 --promotion 给出。"
            )
        rates.append(above / below)
    return tuple(rates)


def assumptions_in_words(assumptions: Assumptions) -> tuple[str, ...]:
    """Return what a forecast stands on, one sentence each."""
    rates = "，".join(
        f"{GRADE_NAMES[place]}升{GRADE_NAMES[place + 1]} {rate:.1%}" for place, rate in enumerate(assumptions.promotion)
    )
    entrants = "；".join(
        f"{region or '本表'} " + "，".join(f"{year} 年 {count:,.0f} 人" for year, count in sorted(years.items()))
        for region, years in assumptions.entrants.items()
    )
    return (
        f"一年级招生数：{entrants}，按各校现在的一年级人数比例分到学校。",
        f"升级率（转入转出、留级、流失合并计算）：{rates}。",
        f"小学 {assumptions.primary_grades} 年；毕业生在县内合并，按各校现在的初中起始年级人数比例分到有初中的学校。",
        "班级随学生升级，起始年级的班数与现在相同；现有班数 × 班额上限为现有学位。",
        f"班额上限小学 {assumptions.class_limits[0]}、初中 {assumptions.class_limits[1]} 人；规模上限小学 "
        f"{assumptions.size_limits[0]}、初中 {assumptions.size_limits[1]}、一贯制 {assumptions.size_limits[2]} 人。",
    )
