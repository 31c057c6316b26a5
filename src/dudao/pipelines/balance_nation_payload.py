"""The result of many counties as JSON written straight from its columns, without an object a county.

The text has the shape that `balance_payload` gives each county; a test holds the two against each other.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain

import polars as pl

from dudao.balance.measure import KEYS
from dudao.balance.reasons import county_reasons, level_reasons
from dudao.balance.result import BalanceResult
from dudao.balance.school_frames import excluded_schools, failing_schools, incomplete_schools
from dudao.balance.standard import BalanceStandard, Judged

_KEYS = list(KEYS)


def nation_pieces(result: BalanceResult, issues: list[dict[str, object]]) -> Iterator[str]:
    """Return the whole output as one line of JSON, each county in its latest year with its trend.

    In pieces, as a nation of broken schools is hundreds of megabytes of text that nobody needs in one string.
    """
    head = {
        "standard": result.standard.id,
        "standard_name": result.standard.name,
        "method": str(result.method),
    }
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    told = json.dumps(issues, ensure_ascii=False, separators=(",", ":"))
    counties = _counties(result)
    apart = (f",{county}" if place else county for place, county in enumerate(counties))
    return chain([f'{opening},"counties":['], apart, [f'],"issues":{told}}}'])


def _counties(result: BalanceResult) -> pl.Series:
    judged = result.latest().judged
    rows = judged.counties
    reasons: dict[tuple[object, object], dict[str, list[str]]] = {}
    for level, frame in judged.levels.items():
        texts = _encoded(frame, _level(frame, judged.standard, level), "text")
        rows = rows.join(
            texts.with_columns(pl.format('"{}":{}', pl.lit(level), pl.col("text")).alias(level)).drop("text"),
            on=_KEYS,
            how="left",
        )
        for key, told in zip(frame.select(_KEYS).rows(), level_reasons(frame, judged.standard, level), strict=True):
            reasons.setdefault(key, {})[level] = told
    words = [
        list(county_reasons(reasons.get((year, region), {}), unplaced, doubtful))
        for year, region, unplaced, doubtful in rows.select(*_KEYS, "unplaced", "doubtful").iter_rows()
    ]
    rows = rows.with_columns(pl.Series("reasons", words, dtype=pl.List(pl.String)))
    for name, frame, fields in (
        ("schools_failing", failing_schools(judged), {**_PLACE, "met": "met", "missed": "missed"}),
        ("incomplete", incomplete_schools(judged), {**_WHERE, "level": "level", "indicator": "indicator"}),
        ("excluded", excluded_schools(judged), _WHERE),
    ):
        if name != "schools_failing":
            fields = {**fields, "reason": "reason", "sheet": "sheet", "row": "sheet_row"}
        rows = _with_array(rows, frame, {key: pl.col(column) for key, column in fields.items()}, name)
    rows = _with_trend(rows, result)
    head = pl.struct(
        "region",
        name="region_name",
        year=pl.when(pl.col("year") != 0).then(pl.col("year")),
        verdict="verdict",
        reasons="reasons",
    ).struct.json_encode()
    levels = pl.concat_str([pl.col(level) for level in judged.levels], separator=",", ignore_nulls=True)
    arrays = [
        pl.format(',"{}":[{}]', pl.lit(name), pl.col(name)) for name in ("schools_failing", "incomplete", "excluded")
    ]
    # the head without its closing brace goes on with what was encoded apart
    text = pl.concat_str([head.str.head(-1), pl.lit(',"levels":{'), levels, pl.lit("}"), *arrays, "trend", pl.lit("}")])
    return rows.select(text)[:, 0]


_PLACE: Mapping[str, str] = {"school_id": "school_id", "name": "school_name", "level": "level", "row": "sheet_row"}
_WHERE: Mapping[str, str] = {"school_id": "school_id", "name": "school_name"}


def _encoded(frame: pl.DataFrame, fields: Mapping[str, pl.Expr], name: str) -> pl.DataFrame:
    return frame.select(*_KEYS, _struct(fields).struct.json_encode().alias(name))


def _struct(fields: Mapping[str, pl.Expr]) -> pl.Expr:
    return pl.struct([value.alias(name) for name, value in fields.items()])


def _with_array(rows: pl.DataFrame, frame: pl.DataFrame, fields: Mapping[str, pl.Expr], name: str) -> pl.DataFrame:
    """Return the counties with the rows of a frame as the inside of a JSON array."""
    texts = _encoded(frame, fields, name)
    joined = texts.group_by(_KEYS, maintain_order=True).agg(pl.col(name).str.join(","))
    return rows.join(joined, on=_KEYS, how="left").with_columns(pl.col(name).fill_null(""))


def _level(frame: pl.DataFrame, standard: BalanceStandard, level: str) -> dict[str, pl.Expr]:
    rule = standard.balance_rule
    limit = pl.lit(rule.limits.get(level), dtype=pl.Float64)
    none = pl.lit(None, dtype=pl.Float64)
    pupils = pl.col("pupils").fill_null(0.0)
    if bool((frame["pupils"].fill_null(0.0) % 1 == 0).all()):
        pupils = pupils.cast(pl.Int64)
    indicators = [
        pl.struct(
            id=pl.lit(each.id),
            name=pl.lit(each.name),
            mean=pl.col(f"mean{index}"),
            coefficient=pl.col(f"coefficient{index}"),
            limit=limit if rule.judged is Judged.EACH else none,
            met=pl.col(f"within{index}"),
            schools_met=pl.col(f"met{index}"),
        )
        for index, each in enumerate(standard.indicators)
    ]
    return {
        "verdict": pl.col("verdict"),
        "schools": pl.col("schools"),
        "pupils": pupils,
        "schools_met": pl.col("school_met"),
        "schools_failing": pl.col("school_known") - pl.col("school_met"),
        "schools_incomplete": pl.col("schools") - pl.col("school_known"),
        "composite": pl.col("composite"),
        "composite_limit": limit if rule.judged is Judged.COMPOSITE else none,
        "indicators": pl.concat_list(indicators),
    }


def _with_trend(rows: pl.DataFrame, result: BalanceResult) -> pl.DataFrame:
    """Return the counties with `trend`: empty for one year, else a JSON member with one entry a year."""
    judged = result.judged
    if len(judged.counties) == len(rows):
        return rows.with_columns(pl.lit("").alias("trend"))
    years = judged.counties.select(*_KEYS, "verdict")
    standard = judged.standard
    for level, frame in judged.levels.items():
        coefficients = {each.id: pl.col(f"coefficient{index}") for index, each in enumerate(standard.indicators)}
        fields = {
            "composite": pl.col("composite"),
            "coefficients": _struct(coefficients),
            "schools": pl.col("schools"),
            "schools_met": pl.col("school_met"),
        }
        texts = _encoded(frame, fields, level)
        texts = texts.with_columns(pl.format('"{}":{}', pl.lit(level), pl.col(level)).alias(level))
        years = years.join(texts, on=_KEYS, how="left")
    levels = pl.concat_str([pl.col(level) for level in judged.levels], separator=",", ignore_nulls=True)
    year = pl.when(pl.col("year") != 0).then(pl.col("year").cast(pl.String)).otherwise(pl.lit("null"))
    entry = pl.concat_str(
        [pl.lit('{"year":'), year, pl.lit(',"verdict":"'), "verdict", pl.lit('","levels":{'), levels, pl.lit("}}")]
    )
    trends = (
        years.select(*_KEYS, entry.alias("entry"))
        .sort(_KEYS)
        .group_by("region", maintain_order=True)
        .agg(pl.col("entry").str.join(",").alias("trend"), pl.len().alias("count"))
    )
    several = pl.when(pl.col("count") > 1).then(pl.format(',"trend":[{}]', "trend")).otherwise(pl.lit(""))
    return rows.join(trends.select("region", several.alias("trend")), on="region", how="left")
