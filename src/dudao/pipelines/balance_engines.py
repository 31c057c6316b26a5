"""School tables in parquet on engines that need not hold them in memory: DuckDB, Apache Spark."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import narwhals as nw

from dudao.balance.compute import compute_balance
from dudao.balance.measure import columns_needed
from dudao.balance.result import BalanceResult
from dudao.balance.standard import BalanceStandard, Method
from dudao.errors import UnreadableInputError, WrongUseError
from dudao.issues import Issue, Level, Location
from dudao.pipelines.balance import FEW_COUNTIES, as_incomplete
from dudao.pipelines.balance_engine_checks import engine_issues, what_was_checked
from dudao.pipelines.balance_engine_comparisons import COMPARED, LARGEST, comparison_issues
from dudao.pipelines.balance_engine_doubts import contradicted, twice_told
from dudao.tables.codes import SCHOOL_TYPES
from dudao.tables.headings import Match
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.read_parquet import matched_columns, scan

CARRIED = ("year", "region_code", "region_name", "school_id", "school_name", "school_type", "urban_rural", "ownership")

MOST_NAMED = 1_000_000
"""Of more schools and years than that, failing ones are counted but not named."""

SPARK_SETTINGS = {
    # stages that name a column often would be multiplied out into each other, and no Java method could hold them
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
}
"""What a session is told for the time of a computation."""

MEMORY = "800MB"
"""What DuckDB may hold before it writes to its temporary folder."""


def balance_on_duckdb(path: Path, standard: BalanceStandard, *, method: Method | None = None) -> BalanceResult:
    """Return the balance of a parquet file or folder, streamed through DuckDB."""
    import duckdb

    scan(path)
    files = str(path / "**" / "*.parquet") if path.is_dir() else str(path)
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET preserve_insertion_order = false")
    try:
        relation = connection.read_parquet(files)
        return _balance(nw.from_native(relation), path, standard, method)
    except duckdb.Error as error:
        raise UnreadableInputError(f"DuckDB 不能读取 {path.name}：{error}") from error
    finally:
        connection.close()


def balance_on_spark(
    path: Path,
    standard: BalanceStandard,
    *,
    method: Method | None = None,
    session: Any = None,
    named: bool | None = None,
) -> BalanceResult:
    """Return the balance of a parquet file or folder on Apache Spark; a session of one's own may be given.

    Args:
        path: the file or folder.
        standard: what is asked.
        method: how schools weigh; the standard's own when None.
        session: a session to use; else one is started and stopped.
        named: whether schools are named; by their number when None.

    Raises:
        WrongUseError: pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise WrongUseError("没有安装 Apache Spark。", advice="请安装 dudao[spark]，并准备好 Java 17。") from error
    scan(path)
    own = session is None
    if own:
        session = SparkSession.builder.appName("dudao").config("spark.ui.enabled", "false").getOrCreate()
    before = {name: session.conf.get(name, None) for name in SPARK_SETTINGS}
    for name, value in SPARK_SETTINGS.items():
        session.conf.set(name, value)
    try:
        frame = session.read.option("recursiveFileLookup", "true").parquet(str(path))
        return _balance(nw.from_native(frame), path, standard, method, named=named)
    finally:
        for name, value in before.items():
            session.conf.unset(name) if value is None else session.conf.set(name, value)
        if own:
            session.stop()


def _balance(
    schools: Any, path: Path, standard: BalanceStandard, method: Method | None, *, named: bool | None = None
) -> BalanceResult:
    matches = matched_columns(schools.collect_schema().names(), SCHOOLS)
    if not any(match.column.is_numeric for match in matches.values()):
        raise UnreadableInputError(f"{path.name} 中没有学校表的列。", advice="列名可用学校表的中文列名或规范英文列名。")
    size = schools.select(nw.len().alias("rows")).collect(backend="polars").item()
    compared = size <= LARGEST
    frame = _canonical(schools, matches, {*columns_needed(standard), *(COMPARED if compared else ())})
    keys = [name for name in ("year", "region") if name in frame.collect_schema().names()]
    counties = len(frame.select(*keys).unique().head(FEW_COUNTIES + 1).collect(backend="polars"))
    _refuse_names_for_codes(frame)
    issues = []
    if named is None:
        named = size <= MOST_NAMED
        if not named:
            message = f"共{size}行，未逐校列出未达标和缺数的学校，只给出各县的数目"
            remedy = "要逐校列名，请用 --engine polars，或按省、按年分成几份再算。"
            issues.append(Issue(Level.NOTE, "balance.schools_not_named", message, Location(file=path.name), remedy))
    issues += _lost(frame, path)
    issues += engine_issues(frame, path.name, examples=size <= MOST_NAMED)
    if compared:
        issues += comparison_issues(frame, path.name, examples=size <= MOST_NAMED)
    issues.append(what_was_checked(path.name, compared=compared))
    twice, told_twice = twice_told(frame, path.name)
    unsure, told_unsure = contradicted(frame, standard, method, path.name)
    return compute_balance(
        frame.filter(~nw.col("region").is_null()),
        standard,
        method=method,
        detail=named and counties <= FEW_COUNTIES,
        named=named,
        issues=[*issues, *told_twice, *told_unsure],
        doubts=as_incomplete((*twice, *unsure)),
    )


def _canonical(schools: Any, matches: dict[str, Match], figures: Collection[str]) -> Any:
    """Return the figures asked for and what describes a school, in base units, with the county in `region`."""
    wanted = {
        "year",
        "region_code",
        "region_name",
        "school_id",
        "school_name",
        "school_type",
        "urban_rural",
        "ownership",
    }
    wanted |= set(figures)
    # a total is held against all its sections, also those that no standard judges
    wanted |= {column.name for column in SCHOOLS.columns if column.whole in wanted}
    columns = []
    for name, match in matches.items():
        if match.column.name in wanted:
            column = nw.col(name)
            if match.column.is_numeric:
                column = column.cast(nw.Float64)
                column = column if match.factor == 1 else column * match.factor
            elif match.column.name in ("region_code", "school_type", "urban_rural", "school_id"):
                column = column.cast(nw.String)
            columns.append(column.alias(match.column.name))
    frame = schools.select(columns)
    names = frame.collect_schema().names()
    parts = [nw.col("region_code").str.slice(0, 6)] if "region_code" in names else []
    parts += [nw.col("region_name")] if "region_name" in names else []
    region = nw.coalesce(*parts) if len(parts) > 1 else parts[0] if parts else nw.lit("")
    return frame.with_columns(region.alias("region"))


def _lost(frame: Any, path: Path) -> list[Issue]:
    count = frame.filter(nw.col("region").is_null()).select(nw.len().alias("rows")).collect(backend="polars").item()
    if not count:
        return []
    message = f"{count}所学校没有填写所属县区，没有计入任何县区"
    return [Issue(Level.ERROR, "tables.no_region", message, Location(file=path.name), "请补填所属县区。")]


def _refuse_names_for_codes(frame: Any) -> None:
    if "school_type" not in frame.collect_schema().names():
        return
    kinds = frame.select("school_type").unique().collect(backend="polars")["school_type"].drop_nulls().to_list()
    if unknown := sorted(set(kinds) - set(SCHOOL_TYPES)):
        raise WrongUseError(
            f"办学类型“{unknown[0]}”不是代码，这个引擎只认三位代码。",
            advice="请用 --engine polars，或先把办学类型换成代码（如 211、311、312）。",
        )
