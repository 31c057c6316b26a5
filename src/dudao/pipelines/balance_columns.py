"""Columns that a standard reads and a table has not, told once instead of at every school."""

from collections.abc import Iterator

from dudao.balance.standard import LEVELS, BalanceStandard
from dudao.issues import Issue, Level, Location
from dudao.tables.table import Table

_MOST_NAMED = 8


def lacking_columns(table: Table, standard: BalanceStandard, file: str) -> Iterator[Issue]:
    """Yield a warning for each indicator no column of whose numerator is there, with the columns that were not used.

    Args:
        table: the schools.
        standard: what is asked.
        file: the file, for the place of what is told.
    """
    there = set(table.frame.columns)
    if table.frame.is_empty():
        return
    titles = {column.name: column.title for column in table.kind.columns}
    unused = list(dict.fromkeys(f"“{column.heading}”" for column in table.columns if not column.meaning))
    more = "等" if len(unused) > _MOST_NAMED else ""
    ask = f"没有用到的列有{'、'.join(unused[:_MOST_NAMED])}{more}，如其中有这一项，请改列名；" if unused else ""
    for indicator in standard.indicators:
        for term in indicator.numerator:
            wanted = {term.column, *(f"{term.column}_{level}" for level in LEVELS)}
            if not term.optional and not term.when and not wanted & there and term.column in titles:
                title = titles[term.column]
                yield Issue(
                    Level.WARNING,
                    "balance.column_lacking",
                    f"表中没有“{title}”列，“{indicator.name}”无法计算",
                    Location(file=file),
                    f"{ask}没有的请补填这一列。",
                )
