"""A digest of rows that the database computes: to know that nothing changed without reading the rows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, Func, QuerySet, TextField
from django.db.models.functions import MD5


class _RowText(Func):
    """The columns of a row as one text in which no value can be taken for another."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="json_array(%(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="ROW(%(expressions)s)::text", **context)


class _Joined(Aggregate):
    """The texts of all rows, one after the other."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s, '')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, '')", **context)


def digest_of(rows: QuerySet[Any], columns: Iterable[str]) -> str:
    """Return a digest (hex MD5, not for secrets) of columns of rows; empty when there are none. One query.

    Equal digests mean equal rows. The same rows in another order may give another digest: then what was
    remembered is merely not found.
    """
    return rows.order_by().aggregate(digest=MD5(_Joined(_RowText(*columns))))["digest"] or ""
