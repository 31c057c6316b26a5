"""The tables in a file, each kind that its sheets hold as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dudao.errors import UnreadableInputError, WrongUseError
from dudao.tables.catalogue import KINDS
from dudao.tables.columns import TableKind
from dudao.tables.grids import read_grids
from dudao.tables.headings import compact, match_heading
from dudao.tables.read import BESIDE, read_table
from dudao.tables.recognise import kind_of
from dudao.tables.table import Table


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A file to read, with the kind the user said, empty to recognise it."""

    path: Path
    kind: str = ""


def named_table(text: str) -> NamedTable:
    """Return what `经费.xlsx` or `finance=经费.xlsx` names.

    Raises:
        WrongUseError: there is no such kind.
    """
    kind, sign, rest = text.partition("=")
    if sign and kind in KINDS:
        return NamedTable(Path(rest), kind)
    if sign and not Path(text).exists():
        names = "、".join(f"{name}（{each.title}）" for name, each in KINDS.items())
        raise WrongUseError(f"没有名为“{kind}”的表。", advice=f"可用的有：{names}。")
    return NamedTable(Path(text))


def read_tables(asked: NamedTable) -> tuple[Table, ...]:
    """Return the tables in a file: one for each kind that its sheets hold.

    Raises:
        UnreadableInputError: the file cannot be opened, or no sheet is a table of a known kind.
    """
    if asked.kind:
        return (read_table(asked.path, KINDS[asked.kind]),)
    if not asked.path.exists():
        raise UnreadableInputError(f"找不到文件 {asked.path}。", advice="请检查路径和文件名。")
    if asked.path.is_dir() or asked.path.suffix.lower() in (".parquet", ".pq"):
        return (read_table(asked.path, _of_parquet(asked.path)),)
    sheets: dict[str, set[str]] = {}
    for name, kind in _kinds(asked.path):
        sheets.setdefault(kind.name, set()).add(name)
    if not sheets:
        raise UnreadableInputError(
            f"{asked.path.name} 中没有认得的数据表。",
            advice="请写明表种，如 finance=文件名；模板见 dudao balance template。",
        )
    return tuple(read_table(asked.path, KINDS[name], sheets=frozenset(each)) for name, each in sheets.items())


def _kinds(path: Path) -> Iterator[tuple[str, TableKind]]:
    for grid in read_grids(path):
        if grid.frame.is_empty() or not grid.width or any(word in grid.sheet for word in BESIDE):
            continue
        kind = kind_of(grid, path.stem)
        if kind is not None:
            yield grid.sheet, kind


def _of_parquet(path: Path) -> TableKind:
    file = next(iter(sorted(path.glob("*.parquet"))), path) if path.is_dir() else path
    try:
        columns = list(pl.scan_parquet(file).collect_schema())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableInputError(f"{path.name} 不是可读的 parquet 文件：{error}") from error
    scores = {
        name: len({match.column.name for text in columns if compact(text) and (match := match_heading(kind, [text]))})
        for name, kind in KINDS.items()
    }
    return KINDS[max(scores, key=lambda name: scores[name])]
