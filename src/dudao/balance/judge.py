"""From measured frames to verdicts with their reasons, as plain objects."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import narwhals as nw
import polars as pl

from dudao.balance.level_results import level_results
from dudao.balance.measure import DESCRIPTION, KEYS, Frame, Measured
from dudao.balance.model import (
    CountyResult,
    Excluded,
    Incomplete,
    LevelResult,
    SchoolResult,
    Verdict,
)
from dudao.balance.reasons import excluded_because, missing_because
from dudao.balance.school_results import school_results
from dudao.balance.standard import (
    LEVEL_NAMES,
    LEVELS,
    SECTIONS,
    BalanceStandard,
)

Row = Mapping[str, object]
CountyKey = tuple[int, str]

OUTSIDE = (*KEYS, "region_name", *DESCRIPTION)
"""What is told of a school that no level takes."""


@dataclass(slots=True)
class _Parts:
    """What is gathered of one county and year."""

    name: str = ""
    levels: dict[str, LevelResult] = field(default_factory=dict)
    schools: list[SchoolResult] = field(default_factory=list)
    failing: list[SchoolResult] = field(default_factory=list)
    incomplete: list[Incomplete] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    unplaced: int = 0
    doubtful: int = 0


def judge(
    measured: Measured,
    *,
    detail: bool = False,
    named: bool = True,
    doubts: Iterable[tuple[CountyKey, Incomplete]] = (),
) -> tuple[CountyResult, ...]:
    """Return every county and year with its verdict, sorted by region and year.

    Args:
        measured: what was computed.
        detail: whether every judged section is listed, not only those that fail; for a county, not a nation.
        named: whether schools are named at all; without, only counties and counts leave the engine.
        doubts: rows that are not sure enough for a verdict on their county.
    """
    standard = measured.standard
    parts: dict[CountyKey, _Parts] = defaultdict(_Parts)
    wanted = [measured.counties[level] for level in LEVELS]
    if named:
        wanted += [_listed(measured, level, detail=detail) for level in LEVELS]
        wanted += [_lacking(measured, level) for level in LEVELS]
        wanted.append(measured.outside.select(*OUTSIDE))
    else:
        wanted.append(_unplaced_counts(measured))
    frames = iter(_collect(wanted))
    for level in LEVELS:
        for key, name, result in level_results(next(frames), standard, level, measured.method):
            parts[key].name = name or parts[key].name
            parts[key].levels[level] = result
    if named:
        for level in LEVELS:
            for key, school in school_results(next(frames), standard, level, detail=detail):
                if detail:
                    parts[key].schools.append(school)
                if school.verdict is Verdict.NOT_MET:
                    parts[key].failing.append(school)
        for level in LEVELS:
            for row in next(frames).iter_rows(named=True):
                parts[_key(row)].incomplete += _missing(row, standard, level)
        for row in next(frames).iter_rows(named=True):
            _add_outside(parts[_key(row)], row, standard)
    else:
        for row in next(frames).iter_rows(named=True):
            parts[_key(row)].unplaced = _count(row["schools"])
    for key, doubt in doubts:
        parts[key].incomplete.append(doubt)
        parts[key].doubtful += 1
    return tuple(_county(key, parts[key]) for key in sorted(parts, key=lambda key: (key[1], key[0])))


def _add_outside(part: _Parts, row: Row, standard: BalanceStandard) -> None:
    """Add a school that no level takes: excluded by its type, or without anything that says its level."""
    part.name = part.name or _text(row["region_name"])
    place = _text(row["school_id"]), _text(row["school_name"])
    where = _sheet(row), _sheet_row(row)
    if row["school_type"]:
        part.excluded.append(Excluded(*place, excluded_because(row, standard), *where))
    else:
        reason = "缺少办学类型，也没有分学段在校生数，无法确定学段"
        part.incomplete.append(Incomplete(*place, "", "", reason, *where))
        part.unplaced += 1


def _unplaced_counts(measured: Measured) -> Frame:
    unknown = measured.outside.filter(nw.col("school_type").is_null())
    return unknown.group_by(*KEYS).agg(nw.len().alias("schools"))


def _listed(measured: Measured, level: str, *, detail: bool) -> Frame:
    """Return the sections that are listed by name: those that fail, or all of them."""
    sections, standard = measured.sections[level], measured.standard
    count = range(len(standard.indicators))
    names = [*KEYS, *DESCRIPTION, "n", *(f"x{index}" for index in count)]
    if detail:
        names += [f"{letter}{index}" for index in count for letter in "td"]
    if standard.school_rule is not None:
        names += ["verdict", "met"]
        if not detail:
            sections = sections.filter(nw.coalesce(nw.col("verdict") == 0, nw.lit(False)))
    elif not detail:
        sections = sections.filter(nw.lit(False))
    return sections.select(*names)


def _lacking(measured: Measured, level: str) -> Frame:
    """Return the sections with an indicator that cannot be computed, and the columns that may be to blame."""
    standard = measured.standard
    terms = [term for each in standard.indicators for term in (*each.numerator, *each.denominator)]
    raw = {name for term in terms for name in (term.column, f"{term.column}_{level}")}
    names = [*KEYS, *DESCRIPTION, "n", "single_section", *(f"n_{section}" for section in SECTIONS), *sorted(raw)]
    names += [f"x{index}" for index in range(len(standard.indicators))]
    missing = [nw.col(f"x{index}").is_null() for index in range(len(standard.indicators))]
    return measured.sections[level].filter(reduce(or_, missing)).select(*names)


def _collect(frames: Sequence[Frame]) -> list[pl.DataFrame]:
    """Return the frames with their rows; polars works them out together, so that shared steps run once."""
    natives = [nw.to_native(frame) for frame in frames]
    if all(isinstance(native, pl.LazyFrame) for native in natives):
        return list(pl.collect_all(natives))
    return [frame.collect(backend="polars").to_native() for frame in frames]


def _county(key: CountyKey, part: _Parts) -> CountyResult:
    reasons = [f"{LEVEL_NAMES[level]}：{reason}" for level, result in part.levels.items() for reason in result.reasons]
    verdicts = {result.verdict for result in part.levels.values()}
    if part.unplaced:
        reasons.append(f"{part.unplaced}所学校无法确定学段")
    if part.doubtful:
        reasons.append(f"{part.doubtful}行数据有疑，须核对后再下结论")
    if not part.levels:
        reasons.append("没有列入评估范围的学校")
    if part.unplaced or part.doubtful or not part.levels or Verdict.INCOMPLETE in verdicts:
        verdict = Verdict.INCOMPLETE
    else:
        verdict = Verdict.NOT_MET if Verdict.NOT_MET in verdicts else Verdict.MET
    return CountyResult(
        year=key[0] or None,
        region=key[1],
        name=part.name,
        verdict=verdict,
        reasons=tuple(reasons),
        levels=part.levels,
        schools_failing=tuple(sorted(part.failing, key=_by_school)),
        incomplete=tuple(sorted(part.incomplete, key=_by_school)),
        excluded=tuple(sorted(part.excluded, key=lambda each: (each.sheet_row or 0, each.school_id, each.school_name))),
        schools=tuple(sorted(part.schools, key=_by_school)),
    )


def _by_school(each: SchoolResult | Incomplete) -> tuple[int, int, str, str]:
    level = LEVELS.index(each.level) if each.level in LEVELS else len(LEVELS)
    return level, each.sheet_row or 0, each.school_id, each.school_name


def _missing(row: Row, standard: BalanceStandard, level: str) -> Iterator[Incomplete]:
    """Yield what cannot be computed for one section: one line for missing or zero pupils, else one an indicator."""
    place = _text(row["school_id"]), _text(row["school_name"]), level
    where = _sheet(row), _sheet_row(row)
    name = LEVEL_NAMES[level]
    if row["n"] is None:
        yield Incomplete(*place, "", f"缺少{name}在校生数，各项指标都无法计算", *where)
        return
    if row["n"] == 0:
        yield Incomplete(*place, "", f"{name}在校生数为0，没有分母，各项指标都无法计算", *where)
        return
    for index, indicator in enumerate(standard.indicators):
        if row[f"x{index}"] is None:
            yield Incomplete(*place, indicator.id, missing_because(row, indicator, level), *where)


def _key(row: Row) -> CountyKey:
    return _count(row["year"]), _text(row["region"])


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _sheet(row: Row) -> str:
    return _text(row["sheet"])


def _sheet_row(row: Row) -> int | None:
    value = row["sheet_row"]
    return int(value) if isinstance(value, int | float) else None
