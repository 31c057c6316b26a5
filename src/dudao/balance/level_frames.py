"""Rows of counties with what is judged of one level: coefficients, limits kept, schools met, verdict; all as columns.

A nation is judged here without an object a county; `county_results.py` makes objects of single rows.
"""

from functools import reduce
from operator import or_

import polars as pl

from dudao.balance.expressions import TOLERANCE
from dudao.balance.model import Verdict
from dudao.balance.standard import BalanceStandard, Judged

COUNTS = ("schools", "n_known", "n_zero", "school_met", "school_known")


def judged_level(counties: pl.DataFrame, standard: BalanceStandard, level: str) -> pl.DataFrame:
    """Return the counties of one level with `coefficient{i}`, `within{i}`, `composite` and `verdict`.

    `within{i}` is null where the coefficient is or no limit holds; `mean{i}` and `deviation{i}` are null where a
    school with pupils lacks its figure. `school_met` and `school_known` are there without a rule for schools too.
    """
    frame = _with_coefficients(_with_counts(counties, standard), standard)
    rule = standard.balance_rule
    limit = rule.limits.get(level)
    count = range(len(standard.indicators))
    each = limit if rule.judged is Judged.EACH else None
    frame = frame.with_columns(
        _within(pl.col(f"coefficient{index}"), each, rule.decimals).alias(f"within{index}") for index in count
    )
    total = reduce(lambda left, right: left + right, (pl.col(f"coefficient{index}") for index in count))
    frame = frame.with_columns((total / len(standard.indicators)).alias("composite"))
    composite = limit if rule.judged is Judged.COMPOSITE else None
    frame = frame.with_columns(
        _within(pl.col("composite"), composite, rule.decimals).alias("within_composite"),
        lacks_figures(standard).alias("lacking"),
    )
    kept = [pl.col("within_composite"), *(pl.col(f"within{index}") for index in count)]
    missed = reduce(or_, ((~each).fill_null(False) for each in kept))
    if standard.school_rule is not None:
        missed = missed | (pl.col("school_known") > pl.col("school_met"))
    return frame.with_columns(
        pl.when("lacking")
        .then(pl.lit(str(Verdict.INCOMPLETE)))
        .when(missed)
        .then(pl.lit(str(Verdict.NOT_MET)))
        .otherwise(pl.lit(str(Verdict.MET)))
        .alias("verdict")
    )


def lacks_figures(standard: BalanceStandard) -> pl.Expr:
    """Return whether a figure that decides about a county is missing or means nothing."""
    missing = pl.col("schools") - pl.col("n_known")
    parts = [missing > 0, pl.col("n_zero") > 0, pl.col("schools") > pl.col("school_known")]
    for index in range(len(standard.indicators)):
        lacking = pl.col("schools") - pl.col(f"known{index}") - pl.col("n_zero") - missing
        parts.append(lacking > 0)
        parts.append(pl.col(f"coefficient{index}").is_null() & (pl.col("schools") > pl.col("n_zero")))
    return reduce(or_, parts)


def _within(coefficient: pl.Expr, limit: float | None, decimals: int | None) -> pl.Expr:
    """Return whether coefficients stay within a limit; rounded before where the standard says so."""
    if limit is None:
        return pl.lit(None, dtype=pl.Boolean)
    value = coefficient if decimals is None else coefficient.round(decimals)
    return value <= limit + limit * TOLERANCE


def _with_counts(frame: pl.DataFrame, standard: BalanceStandard) -> pl.DataFrame:
    if standard.school_rule is None:
        frame = frame.with_columns(pl.col("schools").alias("school_met"), pl.col("schools").alias("school_known"))
    names = [*COUNTS, *(f"{name}{index}" for index in range(len(standard.indicators)) for name in ("known", "met"))]
    return frame.with_columns(pl.col(name).cast(pl.Int64) for name in names if name in frame.columns)


def _with_coefficients(frame: pl.DataFrame, standard: BalanceStandard) -> pl.DataFrame:
    """Return the rows with mean, deviation and coefficient only where every school with pupils has its figure.

    A school whose pupils are missing is unknown in weight: then no coefficient holds. A coefficient around a mean
    of 0 means nothing.
    """
    columns = []
    for index in range(len(standard.indicators)):
        known = pl.col(f"known{index}")
        complete = (known + pl.col("n_zero") == pl.col("schools")) & (known > 0)
        mean = pl.when(complete).then(pl.col(f"mean{index}"))
        deviation = pl.when(complete).then(pl.col(f"deviation{index}"))
        columns += [
            mean.alias(f"mean{index}"),
            deviation.alias(f"deviation{index}"),
            pl.when(mean > 0).then(deviation / mean).alias(f"coefficient{index}"),
        ]
        if f"met{index}" not in frame.columns:
            columns.append(known.alias(f"met{index}"))
    return frame.with_columns(columns)
