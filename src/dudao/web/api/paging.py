"""Lists come in pages: so many at most, from a place on, with how many there are."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Schema

LARGEST_PAGE = 200
PAGE = 50
_FURTHEST = 1_000_000

Shape = TypeVar("Shape")
Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="最多几条")] = PAGE
    offset: Annotated[int, Field(ge=0, le=_FURTHEST, description="从第几条之后开始")] = 0


class Page(Schema, Generic[Shape]):
    """A part of a list; `count` is how many there are in all."""

    count: int
    limit: int
    offset: int
    results: list[Shape]


def page_of_rows(rows: QuerySet[Row], paging: Paging, shape: Callable[[Row], Shape]) -> dict[str, object]:
    """Return a page of rows; two queries and those that the rows bring along."""
    part = rows[paging.offset : paging.offset + paging.limit]
    return _page(rows.count(), paging, [shape(row) for row in part])


def page_of_list(things: Sequence[Thing], paging: Paging, shape: Callable[[Thing], Shape]) -> dict[str, object]:
    """Return a page of things that are at hand."""
    part = things[paging.offset : paging.offset + paging.limit]
    return _page(len(things), paging, [shape(each) for each in part])


def _page(count: int, paging: Paging, results: list[Shape]) -> dict[str, object]:
    return {"count": count, "limit": paging.limit, "offset": paging.offset, "results": results}
