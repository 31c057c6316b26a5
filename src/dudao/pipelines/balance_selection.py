"""One county and one year picked out of a table that may hold many."""

import polars as pl

from dudao.errors import WrongUseError

_SHOWN = 8


def select_county(schools: pl.DataFrame, *, region: str = "", year: int | None = None) -> pl.DataFrame:
    """Return the schools of one county in one year; the only county and the latest year need not be named.

    Args:
        schools: a table that was read, with `region`.
        region: code or name of the county.
        year: the year.

    Raises:
        WrongUseError: there is no such county or year, or several counties and none is named.
    """
    chosen = select_region(schools, region)
    counties = chosen.select("region").unique().height
    if counties > 1:
        names = chosen.select(_label(chosen)).unique().to_series().sort().head(_SHOWN).to_list()
        raise WrongUseError(f"表里有 {counties} 个县区，请用 --region 指定一个。", advice=f"例如：{'、'.join(names)}。")
    if "year" in chosen.columns and chosen["year"].drop_nulls().len():
        years = sorted(chosen["year"].drop_nulls().unique().to_list())
        wanted = years[-1] if year is None else year
        if wanted not in years:
            raise WrongUseError(f"表里没有 {year} 年的数据。", advice=f"有：{'、'.join(map(str, years))}。")
        chosen = chosen.filter(pl.col("year") == wanted)
    elif year is not None:
        raise WrongUseError("表里没有“年份”列，不能用 --year。")
    return chosen


def select_region(schools: pl.DataFrame, region: str) -> pl.DataFrame:
    """Return the schools of a county by its code or name; all schools with a county when none is named.

    Raises:
        WrongUseError: there is no such county.
    """
    placed = schools.filter(pl.col("region").is_not_null())
    if not region:
        return placed
    matches = pl.col("region") == region
    if "region_name" in placed.columns:
        matches = matches | (pl.col("region_name") == region)
    chosen = placed.filter(matches)
    if chosen.is_empty():
        names = placed.select(_label(placed)).unique().to_series().sort().head(_SHOWN).to_list()
        raise WrongUseError(f"表里没有县区“{region}”。", advice=f"有：{'、'.join(names)}等。")
    return chosen


def _label(schools: pl.DataFrame) -> pl.Expr:
    if "region_name" in schools.columns:
        return pl.coalesce(pl.col("region_name"), pl.col("region")).alias("label")
    return pl.col("region").alias("label")
