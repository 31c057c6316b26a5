"""From a frame of schools to a frame of sections and a frame of counties, on whatever engine holds the schools.

    schools → sections (one row a school and level) → counties (one row a county and year)

Nothing is collected here: the frames stay lazy, so that an engine may stream them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from dudao.balance import expressions as e
from dudao.balance.standard import LEVELS, SECTIONS, BalanceStandard, Method

Frame = nw.LazyFrame[Any]
"""A lazy frame of any engine."""

KEYS = ("year", "region")
"""What makes a county and year."""

DESCRIPTION = ("school_id", "school_name", "school_type", "urban_rural", "ownership", "sheet", "sheet_row")
"""What is carried along of each school, so that results can name it."""

TEXTS = ("region", "region_name", *DESCRIPTION[:-1])

LARGEST = 1e15
"""Greater than any number of pupils, metres or yuan that a school can have."""

GROUPS: Mapping[str, tuple[str, str]] = {"urban_rural": ("urban", "rural"), "ownership": ("public", "private")}
"""The pairs of groups whose means are compared."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Lazy frames by level, and the schools that cannot be put to any level."""

    standard: BalanceStandard
    method: Method
    sections: Mapping[str, Frame]
    counties: Mapping[str, Frame]
    outside: Frame


def columns_needed(standard: BalanceStandard) -> tuple[str, ...]:
    """Return the columns of the schools table that a standard reads, beside those that describe a school."""
    names = ["pupils", *(f"pupils_{section}" for section in SECTIONS)]
    for indicator in standard.indicators:
        for term in (*indicator.numerator, *indicator.denominator):
            names += [term.column, *(f"{term.column}_{level}" for level in LEVELS)]
            names += [term.when] if term.when else []
    return tuple(dict.fromkeys(names))


def flags_needed(standard: BalanceStandard) -> tuple[str, ...]:
    """Return the flag columns that switch relaxations on."""
    terms = (term for indicator in standard.indicators for term in (*indicator.numerator, *indicator.denominator))
    return tuple(dict.fromkeys(term.when for term in terms if term.when))


def complete(schools: Frame, standard: BalanceStandard) -> Frame:
    """Return the schools with every column the computation names; what nobody reported is null.

    A number that cannot be (negative, not a number) is as good as not reported: reading has named it already.
    """
    schema = schools.collect_schema()
    flags = flags_needed(standard)
    wanted = ("year", "region", "region_name", *DESCRIPTION, *columns_needed(standard))
    kinds = {
        name: nw.Int64()
        if name == "year"
        else nw.String()
        if name in TEXTS
        else nw.Boolean()
        if name in flags
        else nw.Float64()
        for name in wanted
    }
    absent = [nw.lit(None, dtype=kinds[name]).alias(name) for name in wanted if name not in schema]
    casts = [nw.col(name).cast(kinds[name]) for name in wanted if name in schema and schema[name] != kinds[name]]
    schools = schools.select(name for name in wanted if name in schema)
    if casts or absent:
        schools = schools.with_columns(*casts, *absent)
    keys = [nw.coalesce(nw.col("year"), nw.lit(0)), nw.coalesce(nw.col("region"), nw.lit(""))]
    numbers = [name for name, kind in kinds.items() if kind == nw.Float64 and name in schema]
    # every engine orders "not a number" above all numbers, so that one comparison finds all that cannot be
    sound = [nw.when(nw.col(name).is_between(0, LARGEST)).then(nw.col(name)).alias(name) for name in numbers]
    return schools.with_columns(*keys, *sound)


def in_scope(standard: BalanceStandard, level: str) -> nw.Expr:
    """Return whether a school is judged at a level: by its type and ownership, and as teaching point by its size.

    A section that is reported with 0 pupils beside another that has some does not run; a school with no pupil at
    all stays, so that it is reported.
    """
    scope = standard.scope
    pupils = nw.col(f"n_{level}")
    runs = nw.col(f"runs_{level}")
    # with a type that no standard names, a school is out; without any type, its pupils by section say where it is
    judged = (runs & ~(pupils == 0)) | (runs & (nw.col("weighted_pupils") == 0)) | (nw.col("stray") & (pupils > 0))
    judged = judged | (runs & pupils.is_null())
    if scope.teaching_point_types:
        small: nw.Expr = nw.col("school_type").is_in(list(scope.teaching_point_types))
        if scope.teaching_points_from is not None:
            small = small & (pupils < scope.teaching_points_from)
        judged = judged & ~nw.coalesce(small, nw.lit(False))
    if not scope.private_included:
        judged = judged & ~nw.coalesce(nw.col("ownership") == "private", nw.lit(False))
    return nw.coalesce(judged, nw.lit(False)).alias(f"judged_{level}")


def measure(schools: Frame, standard: BalanceStandard, method: Method, *, gaps: bool = False) -> Measured:
    """Return the sections and counties of a frame of schools.

    Args:
        schools: the schools table in canonical columns, `region` naming the county; columns may be absent.
        standard: what is asked.
        method: how schools weigh.
        gaps: whether the means of urban and rural, public and private schools are computed as well.
    """
    frame = complete(schools, standard).with_columns(e.type_columns(standard)).with_columns(e.section_columns())
    unnamed = nw.col("school_type").is_null()
    frame = frame.with_columns(
        e.weighted_pupils(standard).alias("weighted_pupils"),
        e.single_section().alias("single_section"),
        (nw.col("runs_primary") | nw.col("runs_junior") | nw.col("runs_senior") | unnamed).alias("stray"),
    ).with_columns(in_scope(standard, level) for level in LEVELS)
    sections = {level: _sections(frame.filter(nw.col(f"judged_{level}")), standard, level) for level in LEVELS}
    outside = frame.filter(~(nw.col("judged_primary") | nw.col("judged_junior")))
    counties = {level: _counties(sections[level], standard, level, method, gaps=gaps) for level in LEVELS}
    return Measured(standard, method, sections, counties, outside)


def _sections(schools: Frame, standard: BalanceStandard, level: str) -> Frame:
    """Return the schools of one level with the pupils, quantities and values of that section."""
    n = nw.col("n")
    frame = schools.with_columns(nw.col(f"n_{level}").alias("n"), e.share(standard, level).alias("share"))
    columns = []
    for index, indicator in enumerate(standard.indicators):
        columns.append(e.quantity(standard, indicator.numerator, level).alias(f"t{index}"))
        columns.append(e.quantity(standard, indicator.denominator, level).alias(f"d{index}"))
    frame = frame.with_columns(columns)
    values = []
    for index, indicator in enumerate(standard.indicators):
        weight = nw.col(f"d{index}")
        sound = n > 0 if indicator.denominator == e.PUPILS else (weight > 0) & (n > 0)
        if any(term.factor < 0 for term in indicator.numerator):
            # more taken away than is there: one of the figures is wrong, and what is left is none
            sound = sound & (nw.col(f"t{index}") >= 0)
        value = nw.col(f"t{index}") if indicator.per == 1 else nw.col(f"t{index}") * indicator.per
        values.append(nw.when(sound).then(value / weight).alias(f"x{index}"))
    frame = frame.with_columns(values)
    if standard.school_rule is None:
        return frame
    return frame.with_columns(_judgement(standard, level)).with_columns(_school_verdict(standard, level))


def judged_indexes(standard: BalanceStandard, level: str) -> tuple[int, ...]:
    """Return the places of the indicators that have a threshold at a level."""
    return tuple(index for index, each in enumerate(standard.indicators) if level in each.thresholds)


def _judgement(standard: BalanceStandard, level: str) -> list[nw.Expr]:
    met, missing, below = [], [], []
    assert standard.school_rule is not None
    floor = standard.school_rule.floor
    for index in judged_indexes(standard, level):
        indicator = standard.indicators[index]
        threshold = indicator.thresholds[level]
        value = nw.col(f"x{index}")
        met.append(e.as_count(e.meets(indicator, value, threshold)))
        missing.append(e.as_count(value.is_null()))
        if floor is not None:
            below.append(e.as_count(~e.meets(indicator, value, e.floor_of(indicator, threshold, floor))))
    zero = [nw.lit(0)]
    return [
        e.total(met or zero).alias("met"),
        e.total(missing or zero).alias("missing"),
        e.total(below or zero).alias("below"),
    ]


def _school_verdict(standard: BalanceStandard, level: str) -> nw.Expr:
    """Return 1 for a school that meets the rule, 0 for one that does not, null where missing values decide."""
    rule = standard.school_rule
    assert rule is not None
    needed = min(rule.at_least, len(judged_indexes(standard, level)))
    open_ = nw.col("missing") > 0
    if rule.floor is None:
        open_ = open_ & (nw.col("met") < needed)
    return (
        nw.when((nw.col("below") > 0) | (nw.col("met") + nw.col("missing") < needed))
        .then(nw.lit(0))
        .when(open_)
        .then(nw.lit(None, dtype=nw.Int32))
        .otherwise(nw.lit(1))
        .alias("verdict")
    )


def _counties(sections: Frame, standard: BalanceStandard, level: str, method: Method, *, gaps: bool) -> Frame:
    """Return one row a county and year: pupils, schools, mean and deviation of every indicator, counts."""
    weighted = method is Method.WEIGHTED
    n = nw.col("n")
    sums = [
        nw.len().alias("schools"),
        n.sum().alias("pupils"),
        n.count().alias("n_known"),
        e.as_count(n == 0).sum().alias("n_zero"),
        nw.col("region_name").max(),
    ]
    if standard.school_rule is not None:
        # the verdict is 1 or 0, so that its sum counts the schools that meet the rule
        sums += [nw.col("verdict").sum().alias("school_met"), nw.col("verdict").count().alias("school_known")]
    for index, indicator in enumerate(standard.indicators):
        value, weight = nw.col(f"x{index}"), nw.col(f"d{index}")
        sums.append(value.count().alias(f"known{index}"))
        if weighted:
            # value times denominator: what the section has, null where the value is
            sums.append((value * weight).sum().alias(f"top{index}"))
            if indicator.denominator != e.PUPILS:
                sums.append(weight.sum().alias(f"bottom{index}"))
        else:
            sums.append(value.mean().alias(f"mean{index}"))
        if level in indicator.thresholds:
            good = e.as_count(e.meets(indicator, value, indicator.thresholds[level]))
            sums.append(good.sum().alias(f"met{index}"))
        if gaps:
            for name, condition in _groups().items():
                part = nw.when(condition & ~value.is_null())
                sums.append(part.then(value * weight).sum().alias(f"{name}_top{index}"))
                sums.append(part.then(weight).sum().alias(f"{name}_bottom{index}"))
    counties = sections.group_by(*KEYS).agg(*sums)
    if weighted:
        counties = counties.with_columns(
            (nw.col(f"top{i}") / _bottom(standard, i)).alias(f"mean{i}") for i in range(len(standard.indicators))
        )
    return _with_deviations(sections, counties, len(standard.indicators), weighted=weighted)


def _bottom(standard: BalanceStandard, index: int) -> nw.Expr:
    own = standard.indicators[index].denominator != e.PUPILS
    bottom = nw.col(f"bottom{index}" if own else "pupils")
    return nw.when(bottom > 0).then(bottom)


def _with_deviations(sections: Frame, counties: Frame, count: int, *, weighted: bool) -> Frame:
    """Return the counties with the deviation of each indicator, taken around its mean in a second pass.

    The shorter formula (mean of squares less square of mean) loses its digits just where schools are alike.
    """
    means = counties.select(*KEYS, *(f"mean{i}" for i in range(count)))
    joined = sections.select(*KEYS, "n", *(f"x{i}" for i in range(count))).join(means, on=list(KEYS), how="inner")
    squares = []
    for i in range(count):
        distance = nw.col(f"x{i}") - nw.col(f"mean{i}")
        square = distance * distance
        squares.append((square * nw.col("n") if weighted else square).sum().alias(f"s{i}"))
    spread = joined.group_by(*KEYS).agg(*squares)
    counties = counties.join(spread, on=list(KEYS), how="left")
    deviations = []
    for i in range(count):
        weight = nw.col("pupils" if weighted else f"known{i}")
        deviations.append((nw.col(f"s{i}") / nw.when(weight > 0).then(weight)).sqrt().alias(f"deviation{i}"))
    return counties.with_columns(deviations)


def _groups() -> dict[str, nw.Expr]:
    """Return the groups whose means are compared; towns (镇区) count as urban, as 城镇 does in statistics."""
    code = nw.col("urban_rural")
    return {
        "urban": nw.coalesce(code.str.starts_with("1"), nw.lit(False)),
        "rural": nw.coalesce(code.str.starts_with("2"), nw.lit(False)),
        "public": nw.coalesce(nw.col("ownership") == "public", nw.lit(False)),
        "private": nw.coalesce(nw.col("ownership") == "private", nw.lit(False)),
    }
