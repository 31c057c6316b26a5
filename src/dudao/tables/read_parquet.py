"""Parquet files, one or a folder of them: headings matched like those of sheets, cells checked in bulk."""

from pathlib import Path

import polars as pl

from dudao.errors import UnreadableInputError
from dudao.issues import Level
from dudao.tables.columns import ColumnType, TableKind
from dudao.tables.grids import ROW
from dudao.tables.headings import Match, match_heading
from dudao.tables.problems import Place, Problems
from dudao.tables.values import Sheet, read_column


def scan(path: Path) -> pl.LazyFrame:
    """Return the parquet file, or the parquet files of a folder as one.

    Raises:
        UnreadableInputError: there is none, or it is damaged.
    """
    if path.is_dir() and not any(path.rglob("*.parquet")):
        raise UnreadableInputError(f"文件夹 {path} 中没有 parquet 文件。")
    try:
        frame = pl.scan_parquet(path / "**/*.parquet" if path.is_dir() else path)
        frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableInputError(f"{path.name} 不是可读的 parquet 文件：{error}") from error
    return frame


def matched_columns(names: list[str], kind: TableKind) -> dict[str, Match]:
    """Return what the columns of a parquet file mean; the first of two alike is used."""
    matches: dict[str, Match] = {}
    taken: set[str] = set()
    for name in names:
        match = match_heading(kind, [name])
        if match is not None and match.column.name not in taken:
            taken.add(match.column.name)
            matches[name] = match
    return matches


def read_parquet(path: Path, kind: TableKind, problems: Problems) -> tuple[pl.DataFrame | None, dict[str, str]]:
    """Return the table of a parquet file or folder in canonical columns, and the file's words for them."""
    lazy = scan(path)
    matches = matched_columns(lazy.collect_schema().names(), kind)
    if not any(match.column.is_numeric for match in matches.values()):
        return None, {}
    try:
        frame = lazy.select(list(matches)).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableInputError(f"{path.name} 不是可读的 parquet 文件：{error}") from error
    texts = frame.select(
        pl.col(name).cast(pl.String)
        for name, match in matches.items()
        if match.column.type is not ColumnType.TEXT or frame[name].dtype != pl.String or _is_coded(frame, name, match)
    )
    columns = []
    for name, match in matches.items():
        column = frame[name]
        if match.column.is_numeric and column.dtype.is_numeric():
            columns.append(_numbers(column.cast(pl.Float64), match, name, problems))
        elif match.column.type is ColumnType.YEAR and column.dtype.is_integer():
            columns.append(column.cast(pl.Int64).alias("year"))
        elif match.column.type is ColumnType.FLAG and column.dtype == pl.Boolean:
            columns.append(column.alias(match.column.name))
        elif name in texts.columns:
            rows = texts.select(name).with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))
            columns.append(read_column(Sheet("", rows, problems), name, match, name).alias(match.column.name))
        else:
            columns.append(column.alias(match.column.name))
    result = pl.DataFrame(columns).with_columns(pl.lit("").alias("sheet"))
    result = result.with_row_index("sheet_row", offset=1).with_columns(pl.col("sheet_row").cast(pl.Int64))
    return result, {match.column.name: name for name, match in matches.items()}


def _is_coded(frame: pl.DataFrame, name: str, match: Match) -> bool:
    """Return whether a column holds names where codes are expected, so that it must be read cell by cell."""
    from dudao.tables.codes import SCHOOL_TYPES, URBAN_RURAL

    known = {
        "school_type": list(SCHOOL_TYPES),
        "urban_rural": list(URBAN_RURAL),
        "ownership": ["public", "private"],
    }.get(match.column.name)
    return known is not None and not bool(frame[name].drop_nulls().unique().is_in(known).all())


def _numbers(values: pl.Series, match: Match, heading: str, problems: Problems) -> pl.Series:
    """Return numbers in the base unit; those that cannot be are null and reported."""
    if match.factor != 1:
        values = values * match.factor
    least, most = values.min(), values.max()
    low = match.column.low
    broken = values.is_nan().any() or (isinstance(most, float) and most == float("inf"))
    if broken or (low is not None and isinstance(least, float) and least < low):
        bad = values.is_infinite() | (values < (low if low is not None else float("-inf")))
        for mask, code, sentence in (
            (bad.fill_null(False), "tables.negative", f"“{heading}”为“{{value}}”，不可能，已按缺数处理"),
        ):
            rows = mask.arg_true()
            problems.add(
                Level.ERROR,
                code,
                sentence,
                places=[Place("", int(row) + 1, heading, str(values[int(row)])) for row in rows.head(2000)],
                count=len(rows),
                heading=heading,
                remedy="请核对后改正。",
            )
        sound = values.is_finite() & (values >= (low if low is not None else float("-inf")))
        values = pl.select(pl.when(sound).then(values)).to_series()
    return values.alias(match.column.name)
