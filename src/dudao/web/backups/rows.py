"""Rows of a table as lines of JSON that mean the same in every database, and back."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.duration import duration_iso_string

_AT_ONCE = 500


def columns_of(model: type[Model]) -> tuple[Any, ...]:
    """Return the fields that are columns of a model's table, in the order of their names."""
    return tuple(sorted((field for field in model._meta.concrete_fields), key=lambda field: field.attname))


def lines_of(
    model: type[Model],
    rows: QuerySet[Any] | None = None,
    change: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> Iterator[bytes]:
    """Yield the rows of a table, each as one line without its end.

    Args:
        model: the table.
        rows: which of its rows; all of them by default.
        change: returns a row, given by column, as it is to stand in its line; as it is by default.
    """
    names = [field.attname for field in columns_of(model)]
    asked = model._base_manager.all() if rows is None else rows
    for row in asked.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield line_of(row if change is None else change(dict(zip(names, row, strict=True))).values())


def line_of(values: Iterable[Any]) -> bytes:
    """Return the values of a row, in the order of its columns, as a line."""
    plain = [_plain(value) for value in values]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    match value:
        case Decimal() | UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case bytes() | bytearray() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
        case _:
            return value


def insert(model: type[Model], lines: Iterator[bytes]) -> None:
    """Write rows as they were, keys included; nothing of the model's own (dates of creation, defaults) is applied."""
    fields = columns_of(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join("%s" for _ in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        while part := list(islice(lines, _AT_ONCE)):
            cursor.executemany(statement, [_stored(fields, json.loads(line)) for line in part])


def _stored(fields: tuple[Any, ...], values: list[Any]) -> list[Any]:
    return [
        None
        if value is None and field.get_internal_type() != "JSONField"
        else field.get_db_prep_save(field.to_python(value), connection)
        for field, value in zip(fields, values, strict=True)
    ]
