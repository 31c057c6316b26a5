"""Schools of an engine held against each other: same names and figures, the year before, peers of the county.

The rules of `tables/checks/` (twins, years, outliers) once more in Narwhals: they count, and name a few schools.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add, and_
from typing import Any

import narwhals as nw

from dudao.issues import Issue, Level, Location
from dudao.tables.checks import outliers, twins, years
from dudao.tables.kinds.schools import SCHOOLS

LARGEST = 5_000_000
"""Of more rows medians and joins take more memory than an engine is given; then that is said."""

PEOPLE = tuple(column.name for column in SCHOOLS.columns if column.unit == "人")
COMPARED = frozenset((*PEOPLE, *years.JUMPING, *outliers.RESOURCES, *twins.FIGURES))
"""Columns that are compared, whether a standard asks for them or not."""

EXAMPLES = 3
REMEDY = "请在该县的表中逐处核对（--engine polars 指明行和列）；属实的不必修改。"


def comparison_issues(frame: Any, file: str, *, examples: bool) -> list[Issue]:
    """Return what comparing finds, counted, a few schools named.

    Args:
        frame: a lazy frame of any engine in canonical columns, `region` naming the county.
        file: the file or folder, for places.
        examples: whether a few schools are named for each kind of finding.
    """
    names = set(frame.collect_schema().names())
    placed = frame.filter(~nw.col("region").is_null())
    found = []
    for code, words, rows, wrong in (
        *_same_names(placed, names),
        *_same_figures(placed, names),
        *_years(placed, names),
        *_peers(placed, names),
    ):
        counted = rows.select(nw.when(each).then(1).otherwise(0).sum().alias(f"c{n}") for n, each in enumerate(wrong))
        counts = counted.collect(backend="polars")
        for place, (text, condition) in enumerate(zip(words, wrong, strict=True)):
            count = int(counts[f"c{place}"].to_list()[0] or 0)
            if count:
                told = named(rows.filter(nw.coalesce(condition, nw.lit(False)))) if examples else ""
                found.append(Issue(Level.WARNING, code, f"{text}，共{count}处{told}", Location(file=file), REMEDY))
    return found


def named(rows: Any) -> str:
    """Return a few schools by name, the same ones at every run."""
    names = rows.collect_schema().names()
    keys = [name for name in ("school_name", "school_id", "region", "year") if name in names]
    if not keys or keys[0] not in ("school_name", "school_id"):
        return ""
    shown = rows.select(*keys).sort(*keys, nulls_last=True).head(EXAMPLES).collect(backend="polars")
    told = list(dict.fromkeys(str(each) for each in shown[keys[0]].to_list() if each is not None))
    return f"（如{'、'.join(told)}）" if told else ""


Comparison = tuple[str, list[str], Any, list[nw.Expr]]
"""A code, and side by side what to say and where it holds in the rows."""


def _same_names(frame: Any, names: set[str]) -> Iterator[Comparison]:
    keys = [name for name in ("year", "region", "school_name", "school_type") if name in names]
    if "school_name" in names:
        told = frame.filter(~nw.col("school_name").is_null())
        twice = _told_twice(told, keys)
        if "school_id" in names:
            again = [name for name in ("year", "school_id", "school_type") if name in names]
            ids = _blanks_filled(frame.filter(~nw.col("school_id").is_null()), again)
            ids = ids.group_by(*_keys(again)).agg(nw.len().alias("ids"))
            twice = _blanks_filled(twice, again).join(ids, on=_keys(again), how="left")
            condition = nw.col("school_id").is_null() | (nw.col("ids") < 2)
        else:
            condition = ~nw.col("school_name").is_null()
        words = "同县同年有同名同类型的学校，可能重复填报"
        yield "tables.duplicate_school_name", [words], twice, [condition]


def _same_figures(frame: Any, names: set[str]) -> Iterator[Comparison]:
    figures = [name for name in twins.FIGURES if name in names]
    if len(figures) < twins.FEWEST or "school_name" not in names:
        return
    keys = [name for name in ("year", "region") if name in names]
    sized = reduce(add, (nw.when(nw.col(name) > 0).then(1).otherwise(0) for name in figures))
    alike = _told_twice(frame.filter(sized >= twins.FEWEST), [*keys, *figures])
    condition = ~nw.col("region").is_null()
    if "school_id" in names:
        again = [name for name in ("year", "school_id") if name in names]
        ids = _blanks_filled(frame.filter(~nw.col("school_id").is_null()), again)
        ids = ids.group_by(*_keys(again)).agg(nw.len().alias("ids"))
        alike = _blanks_filled(alike, again).join(ids, on=_keys(again), how="left")
        condition = nw.col("school_id").is_null() | (nw.col("ids") < 2)
    words = "学生数和各项资源与同县另一所学校完全相同，可能是照抄或重复填报"
    yield "tables.same_figures", [words], alike, [condition]


def _years(frame: Any, names: set[str]) -> Iterator[Comparison]:
    if not {"year", "school_id"} <= names:
        return
    people = [name for name in PEOPLE if name in names]
    jumping = [name for name in years.JUMPING if name in names]
    wanted = list(dict.fromkeys((*people, *jumping)))
    before = (
        frame.filter(~nw.col("school_id").is_null())
        .group_by("school_id", "year")
        .agg(*(nw.col(name).max().alias(f"last_{name}") for name in wanted))
        .select("school_id", (nw.col("year") + 1).alias("year"), *(f"last_{name}" for name in wanted))
    )
    joined = frame.join(before, on=["school_id", "year"], how="inner")
    words, wrong = [], []
    for name in jumping:
        now, last = nw.col(name), nw.col(f"last_{name}")
        far = (now > last * years.JUMP) | (now * years.JUMP < last)
        words.append(f"“{SCHOOLS.column(name).title}”一年间增加一倍以上或减少一半以上")
        wrong.append(far & (last > 0) & ((now >= years.LEAST) | (last >= years.LEAST)))
    if words:
        yield "tables.jump", words, joined, wrong
    if len(people) >= years.COPIED:
        same = reduce(and_, (_equal(nw.col(name), nw.col(f"last_{name}")) for name in people))
        told = reduce(add, (nw.when(nw.col(name) > 0).then(1).otherwise(0) for name in people)) >= years.COPIED
        words = ["学生、教师各项人数与上年完全相同，可能是照抄上年"]
        yield "tables.copied_year", words, joined, [same & told]


def _peers(frame: Any, names: set[str]) -> Iterator[Comparison]:
    resources = [name for name in outliers.RESOURCES if name in names]
    if not resources or "pupils" not in names:
        return
    keys = [name for name in ("year", "region") if name in names]
    pupils = {name: outliers.pupils_of(name, names) for name in resources}
    rows = frame.filter(nw.col("pupils") >= outliers.LEAST_PUPILS).with_columns(
        nw.when((nw.col(pupils[name]) >= outliers.LEAST_PUPILS) & (nw.col(name) > 0))
        .then((nw.col(name) / nw.col(pupils[name])).log())
        .alias(f"away_{name}")
        for name in resources
    )
    middle = rows.group_by(*keys).agg(*(nw.col(f"away_{name}").median().alias(f"middle_{name}") for name in resources))
    rows = rows.join(middle, on=keys, how="left").with_columns(
        (nw.col(f"away_{name}") - nw.col(f"middle_{name}")).abs().alias(f"away_{name}") for name in resources
    )
    spread = rows.group_by(*keys).agg(
        *(nw.col(f"away_{name}").median().alias(f"spread_{name}") for name in resources),
        *(nw.col(f"away_{name}").count().alias(f"count_{name}") for name in resources),
    )
    rows = rows.join(spread, on=keys, how="left")
    words, wrong = [], []
    for name in resources:
        away, wide = nw.col(f"away_{name}"), nw.col(f"spread_{name}") * outliers.ROBUST
        far = (away > wide * outliers.FAR) & (away > outliers.LEAST_SPREAD * outliers.FAR)
        words.append(f"“{SCHOOLS.column(name).title}”按生均与同县学校相差过大，请核对数值、小数点和单位")
        wrong.append(far & (nw.col(f"count_{name}") >= outliers.FEWEST))
    yield "tables.unlike_peers", words, rows, wrong


def _told_twice(rows: Any, keys: Sequence[str]) -> Any:
    """Return the rows that share these columns with another, blanks equal to blanks."""
    filled = _blanks_filled(rows, keys)
    counts = filled.group_by(*_keys(keys)).agg(nw.len().alias("alike")).filter(nw.col("alike") > 1)
    return filled.join(counts, on=_keys(keys), how="inner").drop(*_keys(keys))


def _keys(keys: Sequence[str]) -> list[str]:
    return [f"key_{name}" for name in keys]


def _blanks_filled(rows: Any, keys: Sequence[str]) -> Any:
    """Return the rows with keys in which a blank is a value: no engine joins blanks to each other."""
    blank = {"year": nw.lit(-1), **dict.fromkeys(("region", "school_name", "school_type", "school_id"), nw.lit(""))}
    return rows.with_columns(
        nw.coalesce(nw.col(name), blank.get(name, nw.lit(-1.0))).alias(key)
        for name, key in zip(keys, _keys(keys), strict=True)
    )


def _equal(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return nw.coalesce(one == other, one.is_null() & other.is_null())
