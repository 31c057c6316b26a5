"""Sizes of schools and classes, staff, safety and the school day, put to the functions of their duties."""

import re
from collections.abc import Iterator
from datetime import time

from dudao.assessment.facts import Fact
from dudao.balance.duties.classes import ClassLimits, SchoolLimits, SchoolSize, class_sizes, school_sizes
from dudao.balance.duties.safety import GuardedSchool, safety
from dudao.balance.duties.school_day import DeclaredDay, after_school, school_days
from dudao.balance.duties.teachers import TeacherCounts, teacher_rates
from dudao.balance.duties.training_institutions import Institution, training_institutions
from dudao.pipelines.duties.rows import Around, County, Row, Rows, by_level, grade_of, level_of, summed

SENIOR_TYPES = ("341", "342", "345")


def sizes(county: County, around: Around) -> Iterator[Fact]:
    """Yield the schools above their size."""
    limits = around.limits
    asked = SchoolLimits(
        single=limits.whole("school_size_compulsory"),
        combined=limits.whole("school_size_combined"),
        single_relaxed=limits.whole("school_size_compulsory_older") or limits.whole("school_size_compulsory"),
        combined_relaxed=limits.whole("school_size_combined_older") or limits.whole("school_size_combined"),
        senior=limits.whole("school_size_senior"),
    )
    yield from school_sizes(county.place, county.period, [_sized(row) for row in county.rows], asked)


def _sized(row: Row) -> SchoolSize:
    kind = str(row.get("school_type") or "")
    sections = {level: row.get(f"pupils_{level}") for level in ("primary", "junior", "senior")}
    whole = row.get("pupils")
    if kind in ("312", "345", "341"):
        below = [sections["primary"] if kind != "341" else 0, sections["junior"]]
        compulsory = None if None in below else sum(count for count in below if count is not None)
        if kind == "312" and compulsory is None:
            compulsory = whole
    else:
        compulsory = 0 if kind == "342" else whole
    senior = None
    if kind in SENIOR_TYPES:
        senior = whole if kind == "342" else sections["senior"]
    relaxed = bool(row.get("built_by_2010") or row.get("migrant_over_half"))
    judged = bool(kind) and kind[0] in "23"
    name = str(row.get("school_name") or "")
    return SchoolSize(name, kind, compulsory, relaxed, senior, has_senior=kind in SENIOR_TYPES, compulsory=judged)


def classes(county: County, around: Around) -> Iterator[Fact]:
    """Yield classes above the standard, large and oversize ones; rows that add up several classes tell no size."""
    limits = around.limits
    standard = {level: limits.whole(f"class_size_standard_{level}") for level in ("primary", "junior", "senior")}
    large, oversize = limits.whole("large_class_from"), limits.whole("oversize_class_from")
    groups = by_level(county.rows)
    unknown = [row for row in county.rows if not level_of(row)]
    counts = {level: [_class_size(row) for row in rows] for level, rows in groups.items()}
    if unknown:
        counts["unknown"] = [None for _ in unknown]
    asked = ClassLimits({level: each for level, each in standard.items() if each is not None}, large, oversize)
    yield from class_sizes(county.place, county.period, counts, asked)


def _class_size(row: Row) -> float | None:
    return row.get("pupils") if row.get("classes") in (None, 1) else None


def staff(county: County, around: Around) -> Iterator[Fact]:
    """Yield guards, safety staff, the four 100 %, and the rates of certified, trained and exchanged teachers."""
    schools = [
        GuardedSchool(
            name=row.get("school_name") or "",
            pupils=row.get("pupils"),
            boarders=row.get("boarders") if "boarders" in row else 0,
            guards=row.get("guards"),
            safety_staff=row.get("safety_staff"),
            closed_campus=row.get("closed_campus"),
            alarm_and_video=row.get("alarm_and_video"),
            guarded_crossing=row.get("guarded_crossing"),
        )
        for row in county.rows
    ]
    least = around.limits.whole("safety_staff")
    yield from safety(county.place, county.period, schools, scale=around.limits.guards(), least_staff=least)
    names = (
        "full_time_teachers",
        "certified_teachers",
        "trained_teachers",
        "exchange_eligible",
        "exchanged_teachers",
        "exchanged_backbone_teachers",
    )
    yield from teacher_rates(county.place, county.period, TeacherCounts(*(summed(county.rows, name) for name in names)))


def school_day(county: County, around: Around) -> Iterator[Fact]:
    """Yield homework, sleep and first lessons as declared, and how far after-school service reaches."""
    declared = [
        DeclaredDay(
            row.get("school_name") or "",
            grade,
            row.get("homework_minutes"),
            row.get("sleep_hours"),
            clock_of(row.get("first_lesson")),
        )
        for row in county.rows
        if (grade := grade_of(row.get("grade"))) is not None
    ]
    if declared:
        yield from school_days(county.place, county.period, declared, around.limits.school_day())
    schools: dict[str, Rows] = {}
    for row in county.rows:
        schools.setdefault(str(row.get("school_id") or row.get("school_name") or ""), []).append(row)
    offered = [_offers(rows) for rows in schools.values()]
    yield from after_school(
        county.place,
        county.period,
        schools_offering=None if None in offered else sum(each is True for each in offered),
        schools=len(schools),
        pupils_attending=[row.get("after_school_pupils") for row in county.rows],
        pupils=[row.get("pupils") for row in county.rows],
    )


def _offers(rows: Rows) -> bool | None:
    told = [row.get("after_school_offered") for row in rows]
    attending = [row.get("after_school_pupils") for row in rows]
    if True in told or any(count for count in attending):
        return True
    return None if None in told and None in attending else False


def clock_of(words: object) -> time | None:
    """Return a time of day as offices write it: 8:20, 8：20, 8点20分, 上午8时."""
    match = re.search(r"(\d{1,2})\s*[:：点时]\s*(\d{1,2})?", str(words or ""))
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return time(int(match[1]), int(match[2] or 0))


def training(county: County, around: Around) -> Iterator[Fact]:
    """Yield the counts and shares of training institutions."""
    institutions = [
        Institution(
            name=row.get("institution") or "",
            subject=None if row.get("sort") is None else "学科" in row["sort"] and "非学科" not in row["sort"],
            in_operation=row.get("in_operation"),
            licensed=row.get("licensed"),
            non_profit=row.get("non_profit"),
            fees_supervised=row.get("fees_supervised"),
        )
        for row in county.rows
    ]
    yield from training_institutions(county.place, county.period, institutions)
