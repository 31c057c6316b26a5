"""班额与校额: classes above the standard, large (大班额) and oversize (超大班额) classes, oversize schools."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, exact, fact, ratio
from dudao.provenance import ClauseSource, SourceStatus

SOURCE = ClauseSource(
    document="县域义务教育优质均衡发展督导评估办法", number="教督〔2017〕6号", status=SourceStatus.UNCONFIRMED
)
COMBINED = ("312", "345")


@dataclass(frozen=True, slots=True)
class ClassLimits:
    """The limits in force: most pupils of a class by level, where large and oversize classes begin; None is unknown."""

    standard: Mapping[str, int]
    large_from: int | None
    oversize_from: int | None


@dataclass(frozen=True, slots=True)
class SchoolLimits:
    """The most pupils of a school: in one level, combined, both with a relaxation, and of an ordinary senior school.

    None where no limit was in force.
    """

    single: int | None
    combined: int | None
    single_relaxed: int | None
    combined_relaxed: int | None
    senior: int | None


@dataclass(frozen=True, slots=True)
class SchoolSize:
    """The compulsory pupils of one school; `relaxed` when built by 2010 or with more than half migrant children.

    `compulsory` and `has_senior` tell which of the two limits it is held against.
    """

    school_name: str
    school_type: str
    pupils: Number
    relaxed: bool = False
    senior_pupils: Number = None
    has_senior: bool = False
    compulsory: bool = True


def class_sizes(
    place: str, period: str, sizes: Mapping[str, Iterable[Number]], limits: ClassLimits
) -> tuple[Fact, ...]:
    """Return, for each level, its classes, those above the standard, the large and the oversize ones.

    Args:
        place: the county.
        period: the school year.
        sizes: the pupils of every class, by level.
        limits: the limits in force.
    """
    where = Where(place, period)
    facts = []
    totals: dict[str, list[int | None]] = {}
    for level, classes in sizes.items():
        numbers = [exact(size) for size in classes]
        known = [size for size in numbers if size is not None]
        whole = bool(numbers) and len(known) == len(numbers)
        standard, large_from, oversize_from = limits.standard.get(level), limits.large_from, limits.oversize_from
        above = None if standard is None else sum(size > standard for size in known)
        from_large = None if large_from is None else sum(size >= large_from for size in known)
        oversize = None if oversize_from is None else sum(size >= oversize_from for size in known)
        counts = {
            "classes_above_standard": above if whole else None,
            "large_classes": from_large - oversize
            if whole and from_large is not None and oversize is not None
            else None,
            "oversize_classes": oversize if whole else None,
        }
        method = "按班级学生数统计"
        facts.append(fact(where, "classes", len(numbers), unit="个", part=level, method=method, source=SOURCE))
        note = "" if whole else f"{len(numbers) - len(known)}个班没有单独的学生数"
        for name, count in counts.items():
            facts.append(fact(where, name, count, unit="个", part=level, method=method, source=SOURCE, note=note))
        share = ratio(from_large, len(numbers), 100) if whole else None
        told = f"{large_from}人及以上的班数÷班数"
        facts.append(fact(where, "large_class_share", share, unit="%", part=level, method=told, source=SOURCE))
        group = "senior" if level == "senior" else "compulsory"
        totals.setdefault(f"{group}_large_classes", []).append(from_large if whole else None)
        if group == "compulsory":
            totals.setdefault("compulsory_classes_above_standard", []).append(counts["classes_above_standard"])
        totals.setdefault("all_classes", []).append(len(numbers))
        totals.setdefault("all_large_classes", []).append(from_large if whole else None)
    for name, parts in totals.items():
        summed = None if None in parts else sum(part for part in parts if part is not None)
        facts.append(fact(where, name, summed, unit="个", method="各学段之和，含超大班额", source=SOURCE))
    return tuple(facts)


def school_sizes(place: str, period: str, schools: Iterable[SchoolSize], limits: SchoolLimits) -> tuple[Fact, ...]:
    """Return how many schools are above the limit of their sort; None when a school's pupils are missing."""
    where = Where(place, period)
    every = list(schools)
    compulsory = [(each, each.pupils, limit_of(each, limits)) for each in every if each.compulsory]
    senior = [(each, each.senior_pupils, limits.senior) for each in every if each.has_senior]
    method = "小学、初中、一贯制学校义务教育阶段学生数与规模上限比较"
    return (
        _above(where, "oversize_schools", compulsory, method),
        _above(where, "senior_oversize_schools", senior, "普通高中阶段学生数与规模上限比较"),
    )


def _above(where: Where, name: str, schools: list[tuple[SchoolSize, Number, int | None]], method: str) -> Fact:
    above, unknown = [], 0
    for school, number, limit in schools:
        pupils = exact(number)
        if pupils is None or limit is None:
            unknown += 1
        elif pupils > limit:
            above.append(f"{school.school_name}（{pupils}人，限{limit}人）")
    value = None if unknown else len(above)
    return fact(where, name, value, unit="所", method=method, source=SOURCE, note="、".join(above[:20]))


def limit_of(school: SchoolSize, limits: SchoolLimits) -> int | None:
    """Return the most pupils of compulsory age that a school may have, None where no limit was in force."""
    if school.school_type in COMBINED:
        return limits.combined_relaxed if school.relaxed else limits.combined
    return limits.single_relaxed if school.relaxed else limits.single
