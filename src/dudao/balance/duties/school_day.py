"""双减与五项管理: homework and sleep as declared, start of lessons, after-school service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import TypeVar

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, at_least, exact, fact, ratio, total
from dudao.provenance import ClauseSource, SourceStatus

_Limit = TypeVar("_Limit", int, time)

HOMEWORK = ClauseSource(document="关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见")
SLEEP = ClauseSource(document="关于进一步加强中小学生睡眠管理工作的通知", status=SourceStatus.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class DayLimits:
    """What is in force: up to a grade, the most minutes of homework, the least sleep, the earliest first lesson.

    A limit of None was not in force, or is not known.
    """

    homework_minutes: tuple[tuple[int, int | None], ...]
    sleep_hours: tuple[tuple[int, int | None], ...]
    first_lesson: tuple[tuple[int, time | None], ...]


@dataclass(frozen=True, slots=True)
class DeclaredDay:
    """What a school declares for one grade; None where it declares nothing."""

    school_name: str
    grade: int
    homework_minutes: Number = None
    sleep_hours: Number = None
    first_lesson: time | None = None


def school_days(place: str, period: str, declared: Iterable[DeclaredDay], asked: DayLimits) -> tuple[Fact, ...]:
    """Return how many declared school grades go beyond a limit; grades that declare nothing are counted apart.

    Where no grade declares a thing, or no limit was in force, nothing is said of it.
    """
    where = Where(place, period)
    every = list(declared)
    homework, sleep, lessons, silent = [], [], [], 0
    for day in every:
        minutes, hours = exact(day.homework_minutes), exact(day.sleep_hours)
        most = _by_grade(asked.homework_minutes, day.grade)
        least, earliest = _by_grade(asked.sleep_hours, day.grade), _by_grade(asked.first_lesson, day.grade)
        silent += minutes is None and hours is None and day.first_lesson is None
        if minutes is not None and most is not None and minutes > most:
            homework.append(day)
        if hours is not None and least is not None and hours < least:
            sleep.append(day)
        if day.first_lesson is not None and earliest is not None and day.first_lesson < earliest:
            lessons.append(day)
    told_homework = [day for day in every if day.homework_minutes is not None] if _known(asked.homework_minutes) else []
    told_sleep = [day for day in every if day.sleep_hours is not None] if _known(asked.sleep_hours) else []
    told_lesson = [day for day in every if day.first_lesson is not None] if _known(asked.first_lesson) else []
    return (
        _beyond(where, "homework_beyond_limit", homework, told_homework, "书面作业超过规定时间的年级数", HOMEWORK),
        _beyond(where, "sleep_below_standard", sleep, told_sleep, "睡眠少于规定时间的年级数", SLEEP),
        _beyond(where, "lessons_too_early", lessons, told_lesson, "早于规定时间上课的年级数", SLEEP),
        fact(where, "school_days_undeclared", silent, unit="个年级", method="未填报的年级数", source=HOMEWORK),
    )


def after_school(
    place: str,
    period: str,
    *,
    schools_offering: Number,
    schools: Number,
    pupils_attending: Iterable[Number],
    pupils: Iterable[Number],
    least: Number = None,
) -> tuple[Fact, ...]:
    """Return the shares of schools that offer after-school service and of pupils who attend it."""
    where = Where(place, period)
    covered = ratio(schools_offering, schools, 100)
    share = ratio(total(pupils_attending), total(pupils), 100)
    return (
        fact(where, "after_school_schools_share", covered, unit="%", method="开展的学校÷学校", source=HOMEWORK),
        fact(where, "after_school_pupils_share", share, unit="%", method="参加学生÷学生", source=HOMEWORK),
        fact(where, "after_school_pupils_share_met", at_least(share, least), method="≥ 要求", source=HOMEWORK),
    )


def _known(limits: tuple[tuple[int, _Limit | None], ...]) -> bool:
    return any(limit is not None for _, limit in limits)


def _by_grade(table: tuple[tuple[int, _Limit | None], ...], grade: int) -> _Limit | None:
    return next((limit for last, limit in table if grade <= last), None)


def _beyond(
    where: Where, name: str, days: list[DeclaredDay], every: list[DeclaredDay], method: str, source: ClauseSource
) -> Fact:
    note = "、".join(f"{day.school_name}{day.grade}年级" for day in days[:20])
    return fact(where, name, len(days) if every else None, unit="个年级", method=method, source=source, note=note)
