"""School table → indicators → difference coefficients → standards met, from a file to a result."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from dudao.balance.compute import compute_balance
from dudao.balance.model import Incomplete
from dudao.balance.result import BalanceResult
from dudao.balance.standard import BalanceStandard, Method
from dudao.pipelines.balance_columns import lacking_columns
from dudao.pipelines.balance_readings import doubtful_readings
from dudao.tables.read import read_table
from dudao.tables.table import Doubt, Table

FEW_COUNTIES = 60
MOST_LISTED = 50_000
"""Up to so many counties and years, and so many schools, every school is listed; beyond, only those that fail."""


def balance_file(path: Path, standard: BalanceStandard, *, method: Method | None = None) -> BalanceResult:
    """Return the balance of every county in a file or folder.

    Raises:
        UnreadableInputError: the file is no table of schools.
    """
    return balance_table(read_table(path), standard, method=method)


def balance_table(
    table: Table, standard: BalanceStandard, *, method: Method | None = None, detail: bool | None = None
) -> BalanceResult:
    """Return the balance of every county in a table that was read; schools in no county are in its issues alone."""
    schools = table.frame.filter(pl.col("region").is_not_null())
    keys = [name for name in ("year", "region") if name in schools.columns]
    if detail is None:
        few = len(schools) <= MOST_LISTED
        detail = few and schools.select(pl.struct(keys).n_unique()).item() <= FEW_COUNTIES
    file = next((issue.location.file for issue in table.issues if issue.location and issue.location.file), "")
    unsure, told = doubtful_readings(schools, standard, method, file)
    return compute_balance(
        schools,
        standard,
        method=method,
        detail=detail,
        issues=(*table.issues, *lacking_columns(table, standard, file), *told),
        doubts=as_incomplete((*table.doubts, *unsure)),
    )


def as_incomplete(doubts: Iterable[Doubt]) -> list[tuple[tuple[int, str], Incomplete]]:
    """Return doubts by the county and year that they leave open."""
    return [
        (
            (doubt.year or 0, doubt.region),
            Incomplete(
                doubt.school_id,
                doubt.school_name,
                "",
                "",
                doubt.reason,
                doubt.sheet,
                doubt.sheet_row,
                doubt.decides,
            ),
        )
        for doubt in doubts
    ]
