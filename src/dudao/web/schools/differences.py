"""What differs between two states of a table: rows added, removed, and every value that changed."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dudao.tables.catalogue import KINDS
from dudao.tables.columns import Column, TableKind

_SKIPPED = frozenset({"year", "region_code", "region_name"})
_KEY = "difference_key"
_SUBJECT = ("school_name", "institution", "class_name", "level", "school_id")


@dataclass(frozen=True, slots=True)
class RowName:
    """A row that was added or removed: its region and what it is called."""

    region: str
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value that changed; None is not reported, which is not zero."""

    region: str
    name: str
    id: str
    column: Column
    before: object
    after: object

    @property
    def amount(self) -> float | None:
        """Return after minus before where both are numbers."""
        numbers = [each for each in (self.before, self.after) if isinstance(each, int | float)]
        if len(numbers) < 2 or isinstance(self.before, bool) or isinstance(self.after, bool):
            return None
        return float(numbers[1]) - float(numbers[0])


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows added and removed, values changed, and how many rows changed or stayed as they were."""

    added: tuple[RowName, ...]
    removed: tuple[RowName, ...]
    changed: tuple[ValueChange, ...]
    changed_rows: int
    same_rows: int

    def counts(self) -> dict[str, int]:
        """Return the counts that describe the difference in one line."""
        return {
            "added": len(self.added),
            "removed": len(self.removed),
            "changed": self.changed_rows,
            "same": self.same_rows,
            "values": len(self.changed),
        }


def difference(before: pl.DataFrame, after: pl.DataFrame, kind: str) -> Difference:
    """Return what differs between two states of the rows of some regions, rows matched by the key of their kind.

    A school is known by its identifier, by its name where it has none; rows of one key are matched in their order.
    """
    table = KINDS[kind]
    one, other = _keyed(before, table), _keyed(after, table)
    both = one.join(other, on=_KEY, how="inner", suffix="_after")
    changes: list[ValueChange] = []
    touched: set[str] = set()
    for column in table.columns:
        if column.name in _SKIPPED:
            continue
        here, there = _column(both, column.name, one), _column(both, f"{column.name}_after", other, column.name)
        mask = here.ne_missing(there)
        if not mask.any():
            continue
        rows = both.with_columns(here.alias("was"), there.alias("is")).filter(mask)
        touched.update(rows[_KEY].to_list())
        for row in rows.iter_rows(named=True):
            name = _name(row)
            changes.append(ValueChange(name.region, name.name, name.id, column, row["was"], row["is"]))
    return Difference(
        added=tuple(_name(row) for row in other.join(one, on=_KEY, how="anti").iter_rows(named=True)),
        removed=tuple(_name(row) for row in one.join(other, on=_KEY, how="anti").iter_rows(named=True)),
        changed=tuple(sorted(changes, key=lambda change: (change.region, change.name, change.id))),
        changed_rows=len(touched),
        same_rows=both.height - len(touched),
    )


def _keyed(frame: pl.DataFrame, kind: TableKind) -> pl.DataFrame:
    """Return the rows with a key: region, the columns of the kind's key, and a count where several share them."""
    if "region" not in frame.columns:
        return pl.DataFrame({_KEY: pl.Series([], dtype=pl.String), "region": pl.Series([], dtype=pl.String)})
    parts = [pl.col("region").cast(pl.String).fill_null("")]
    for name in kind.key:
        if name in _SKIPPED:
            continue
        known = [pl.col(each).cast(pl.String) for each in _substitutes(name) if each in frame.columns]
        parts.append(pl.coalesce(*known, pl.lit("")) if known else pl.lit(""))
    keyed = frame.with_columns(pl.concat_str(parts, separator="\x1f").alias(_KEY))
    return keyed.with_columns((pl.col(_KEY) + "\x1f" + pl.col(_KEY).cum_count().over(_KEY).cast(pl.String)).alias(_KEY))


def _substitutes(name: str) -> tuple[str, ...]:
    return ("school_id", "school_name") if name == "school_id" else (name,)


def _column(both: pl.DataFrame, name: str, own: pl.DataFrame, source: str = "") -> pl.Series:
    """Return the values of a column, missing ones where that state of the table did not have it."""
    present = (source or name) in own.columns
    if present and name in both.columns:
        return both[name]
    if present and source and source in both.columns:  # only the later state has it, so the join left its name alone
        return both[source]
    return pl.Series(name, [None] * both.height, dtype=pl.Null)


def _name(row: Mapping[str, object]) -> RowName:
    named = next((str(row[name]) for name in _SUBJECT if row.get(name)), "")
    return RowName(str(row.get("region_name") or row.get("region") or ""), named, str(row.get("school_id") or ""))
