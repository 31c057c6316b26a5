"""From measured frames to verdicts, all in columns: one row a county and year, one row a school that is named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import narwhals as nw
import polars as pl

from dudao.balance.level_frames import judged_level
from dudao.balance.measure import DESCRIPTION, KEYS, Frame, Measured
from dudao.balance.model import Incomplete, Verdict
from dudao.balance.standard import LEVELS, SECTIONS, BalanceStandard, Method

CountyKey = tuple[int, str]
"""Year (0 without one) and region."""

OUTSIDE = (*KEYS, "region_name", *DESCRIPTION)
"""What is told of a school that no level takes."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every county and year with its verdict, as frames.

    `counties` has `year`, `region`, `region_name`, `verdict`, `unplaced` and `doubtful` schools, in order of region
    and year. `levels` holds what `judged_level` tells of each level; `listed` the sections that are named (failing
    ones, or all in detail), `lacking` those with an indicator that cannot be computed, `outside` the schools of no
    level; the last three are empty where schools are not named.
    """

    standard: BalanceStandard
    method: Method
    detail: bool
    counties: pl.DataFrame
    levels: Mapping[str, pl.DataFrame]
    listed: Mapping[str, pl.DataFrame]
    lacking: Mapping[str, pl.DataFrame]
    outside: pl.DataFrame
    doubts: tuple[tuple[CountyKey, Incomplete], ...]

    def of(self, keys: pl.DataFrame) -> "Judgement":
        """Return the part that tells of some counties and years (`year`, `region`)."""

        def only(frame: pl.DataFrame) -> pl.DataFrame:
            return frame if frame.is_empty() else frame.join(keys, on=list(KEYS), how="semi")

        wanted = set(keys.rows())
        return Judgement(
            self.standard,
            self.method,
            self.detail,
            self.counties.join(keys, on=list(KEYS), how="semi", maintain_order="left"),
            {level: only(frame) for level, frame in self.levels.items()},
            {level: only(frame) for level, frame in self.listed.items()},
            {level: only(frame) for level, frame in self.lacking.items()},
            only(self.outside),
            tuple(doubt for doubt in self.doubts if doubt[0] in wanted),
        )


def judge(
    measured: Measured,
    *,
    detail: bool = False,
    named: bool = True,
    doubts: Iterable[tuple[CountyKey, Incomplete]] = (),
) -> Judgement:
    """Return every county and year with its verdict.

    Args:
        measured: what was computed.
        detail: whether every judged section is listed, not only those that fail; for a county, not a nation.
        named: whether schools are named at all; without, only counties and counts leave the engine.
        doubts: rows that are not sure enough for a verdict on their county.
    """
    standard = measured.standard
    wanted = [measured.counties[level] for level in LEVELS]
    if named:
        wanted += [_listed(measured, level, detail=detail) for level in LEVELS]
        wanted += [_lacking(measured, level) for level in LEVELS]
        wanted.append(measured.outside.select(*OUTSIDE))
    else:
        wanted.append(_outside_counts(measured.outside))
    frames = _collect(wanted)
    levels = {level: judged_level(frame, standard, level) for level, frame in zip(LEVELS, frames, strict=False)}
    outside = frames[-1] if named else pl.DataFrame(schema={**dict.fromkeys(OUTSIDE, pl.String), "year": pl.Int64})
    counted = _collect([_outside_counts(nw.from_native(outside).lazy())])[0] if named else frames[-1]
    told = tuple(doubts)
    return Judgement(
        standard,
        measured.method,
        detail,
        _counties(levels, counted, told),
        levels,
        dict(zip(LEVELS, frames[2:4], strict=True)) if named else {},
        dict(zip(LEVELS, frames[4:6], strict=True)) if named else {},
        outside,
        told,
    )


def _counties(
    levels: Mapping[str, pl.DataFrame], outside: pl.DataFrame, doubts: Sequence[tuple[CountyKey, Incomplete]]
) -> pl.DataFrame:
    """Return the counties and years: not met where a level is not, incomplete where anything keeps it open.

    A doubt that decides nothing leaves a county not met as it is, but nothing is called met with figures in doubt.
    """
    keys = list(KEYS)
    parts = [frame.select(*keys, "region_name", "verdict") for frame in levels.values()]
    none = pl.lit(None, dtype=pl.String)
    parts.append(outside.select(*keys, "region_name", none.alias("verdict")))
    named = [{"year": key[0], "region": key[1], "decides": doubt.decides} for key, doubt in doubts]
    doubtful = pl.DataFrame(named, schema={"year": pl.Int64, "region": pl.String, "decides": pl.Boolean})
    parts.append(doubtful.select(*keys, none.alias("region_name"), none.alias("verdict")))
    rows = pl.concat(parts, how="vertical_relaxed")
    verdict = pl.col("verdict")
    counties = rows.group_by(keys).agg(
        pl.col("region_name").drop_nulls().first().fill_null("").alias("region_name"),
        (verdict == str(Verdict.INCOMPLETE)).any().alias("open"),
        (verdict == str(Verdict.NOT_MET)).any().alias("missed"),
        verdict.is_null().all().alias("none"),
    )
    unplaced = outside.select(*keys, pl.col("unplaced").cast(pl.Int64))
    counties = counties.join(unplaced, on=keys, how="left")
    counts = doubtful.group_by(keys).agg(pl.len().cast(pl.Int64).alias("doubtful"), pl.col("decides").any())
    counties = counties.join(counts, on=keys, how="left")
    counties = counties.with_columns(pl.col("unplaced", "doubtful").fill_null(0), pl.col("decides").fill_null(False))
    incomplete = pl.col("open") | pl.col("none") | (pl.col("unplaced") > 0) | pl.col("decides")
    return counties.select(
        *keys,
        "region_name",
        pl.when(incomplete)
        .then(pl.lit(str(Verdict.INCOMPLETE)))
        .when("missed")
        .then(pl.lit(str(Verdict.NOT_MET)))
        .when(pl.col("doubtful") > 0)
        .then(pl.lit(str(Verdict.INCOMPLETE)))
        .otherwise(pl.lit(str(Verdict.MET)))
        .alias("verdict"),
        "unplaced",
        "doubtful",
        pl.col("none").alias("unjudged"),
    ).sort("region", "year")


def _outside_counts(outside: Frame) -> Frame:
    """Return the counties with schools of no level, and how many of these cannot be put to any."""
    unknown = nw.when(nw.col("school_type").is_null()).then(1).otherwise(0)
    return outside.group_by(*KEYS).agg(nw.col("region_name").max(), unknown.sum().alias("unplaced"))


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
        sections = sections.head(0)
    return sections.select(*names)


def _lacking(measured: Measured, level: str) -> Frame:
    """Return the sections with an indicator that cannot be computed, and which figures of theirs are there.

    `n` is 1, 0 or null as the pupils are; `single_section` is itself; every other column says whether it is known.
    """
    standard = measured.standard
    terms = [term for each in standard.indicators for term in (*each.numerator, *each.denominator)]
    raw = {name for term in terms for name in (term.column, f"{term.column}_{level}")} - {"n"}
    count = range(len(standard.indicators))
    known = [*(f"n_{section}" for section in SECTIONS), *sorted(raw), *(f"x{index}" for index in count)]
    missing = [nw.col(f"x{index}").is_null() for index in count]
    return (
        measured.sections[level]
        .filter(reduce(or_, missing))
        .select(
            *KEYS,
            *DESCRIPTION,
            nw.when(nw.col("n") > 0).then(1).when(nw.col("n") == 0).then(0).alias("n"),
            "single_section",
            *((~nw.col(name).is_null()).alias(name) for name in known),
        )
    )


def _collect(frames: Sequence[Frame]) -> list[pl.DataFrame]:
    """Return the frames with their rows; polars works them out together, so that shared steps run once."""
    natives = [nw.to_native(frame) for frame in frames]
    if all(isinstance(native, pl.LazyFrame) for native in natives):
        return list(pl.collect_all(natives))
    return [frame.collect(backend="polars").to_native() for frame in frames]
