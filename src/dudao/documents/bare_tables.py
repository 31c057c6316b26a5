"""The tables that lines of text make without being marked as tables: a row a line, or a cell a line."""

from functools import lru_cache

from dudao.documents.celled_lines import celled_lines
from dudao.documents.lined_tables import lined_tables
from dudao.documents.model import Table


@lru_cache(maxsize=1)
def bare_tables(text: str) -> tuple[Table, ...]:
    """Return the tables of both layouts, those of a row a line first; spans count characters of the text.

    The last text is kept with its tables, as several steps of one check ask for them.
    """
    return (*lined_tables(text), *celled_lines(text))
