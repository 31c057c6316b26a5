"""Queries whose SQL is made once: most of what a small query costs is Django's work on its SQL, not the database's.

    @prepared
    def _of_round(round_id: int, states: Sequence[str], *, newest: bool) -> QuerySet[Assessment]:
        rows = Assessment.objects.filter(round_id=round_id, state__in=states)
        return rows.order_by("-id" if newest else "id")

    _of_round(7, ["submitted"], newest=True)   # a list

Nothing that the database holds is remembered, only how to ask for it: every call asks anew. Positional arguments are
values and stand in the query as parameters; keyword arguments, booleans and None decide its shape, and so does the
length of a sequence, rounded up by repeating its last value (which changes no `IN` and no row of `OR`s).

The function is called with stand-ins for the values and must put them into the query as they are: it may not look at
them. Where a stand-in is not found again as a parameter, as where a lookup computes with it, the query is run as Django
would run it, and `explains` tells so; tests ask.
"""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.transaction import TransactionManagementError

_P = ParamSpec("_P")
_Row = TypeVar("_Row")
_Value = TypeVar("_Value")

_MOST_SHAPES = 128  # of one query; what comes in more shapes is left to Django
_LONGEST = 64  # values of a sequence
_SHAPES = (bool, type(None))


class _UnpreparedError(Exception):
    """The query cannot be made from its stand-ins."""


@dataclass(frozen=True, slots=True)
class _Hole:
    """A place for a value among the parameters: its number, its type there, and the text around it in a pattern."""

    value: int
    kind: type
    before: str = ""
    after: str = ""
    pattern: bool = False

    def filled(self, values: Sequence[Any], escape: Callable[[str], str]) -> Any:
        """Return the parameter for the values of a call."""
        value = values[self.value]
        if self.pattern:
            return self.before + escape(value) + self.after
        return self.kind(value) if isinstance(value, int) else value


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL with holes, and what turns its rows into what the queryset gives."""

    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    queryset: Any
    converters: list[Any] = field(default_factory=list)
    """What changes columns into values, at most once: the columns are the same with every call."""

    def filled(self, values: Sequence[Any], escape: Callable[[str], str]) -> tuple[Any, ...]:
        """Return the parameters for the values of a call."""
        return tuple(each.filled(values, escape) if isinstance(each, _Hole) else each for each in self.parameters)


_NOTHING = _Statement("", (), None, None)


def _converters(statement: _Statement, found: Callable[[Any], Any], expressions: Any) -> Any:
    """Return the converters of a statement's columns; they are told the connection whenever they are used."""
    if not statement.converters:
        statement.converters.append(found(expressions))
    return statement.converters[0]


class _AsMade:
    """Stands for the queryset towards Django's iterables: its compiler has its SQL already."""

    def __init__(self, statement: _Statement, parameters: tuple[Any, ...], connection: Any) -> None:
        compiler = copy(statement.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (statement.sql, parameters)
        compiler.get_converters = partial(_converters, statement, compiler.get_converters)
        self._compiler = compiler
        self._queryset = statement.queryset
        self.db = DEFAULT_DB_ALIAS
        self.query = self

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        if hasattr(self._queryset, name):
            return getattr(self._queryset, name)
        return getattr(self._queryset.query, name)


class _Shaped:
    """What queries and single values share: their shapes, and stand-ins for their values."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._made: dict[Hashable, Any] = {}
        self.__name__, self.__doc__ = build.__name__, build.__doc__

    def _shape(self, values: tuple[Any, ...], shape: dict[str, Any]) -> tuple[Hashable, list[Any]] | None:
        """Return the key of a call's shape and its values in a row; None where it is left to Django."""
        key: list[Hashable] = [connections[DEFAULT_DB_ALIAS].vendor, *shape.items()]
        flat: list[Any] = []
        for value in values:
            if isinstance(value, _SHAPES):
                key.append(value)
            elif isinstance(value, list | tuple | set | frozenset):
                if len(value) > _LONGEST:
                    return None
                kinds = {type(each).__name__ for each in value}
                if len(kinds) > 1:
                    return None
                length = 1 << (len(value) - 1).bit_length() if value else 0
                row = list(value)
                flat += row + row[-1:] * (length - len(row))
                key.append((length, *kinds))
            else:
                flat.append(value)
                key.append(type(value).__name__)
        return tuple(key), flat

    def _known(self, key: Hashable, values: tuple[Any, ...], shape: dict[str, Any]) -> Any:
        """Return what was made for a shape, made now where it is the first call; None where it cannot be made."""
        if key in self._made:
            return self._made[key]
        if len(self._made) >= _MOST_SHAPES:
            return None
        try:
            made = self._make(values, shape)
        except _UnpreparedError:
            made = None
        self._made[key] = made
        return made

    def _make(self, values: tuple[Any, ...], shape: dict[str, Any]) -> Any:
        """Ask for the query twice, with different stand-ins: what differs is a value, and nothing else may."""
        first, marks = self._asked(*_stand_ins(values, 0), shape)
        second, others = self._asked(*_stand_ins(values, 1), shape)
        if first is None or second is None:
            if first is not second:
                raise _UnpreparedError
            return _NOTHING
        if first[0] != second[0] or len(first[1]) != len(second[1]):
            raise _UnpreparedError
        parameters = tuple(_hole(one, two, marks, others) for one, two in zip(first[1], second[1], strict=True))
        if {each.value for each in parameters if isinstance(each, _Hole)} != set(range(len(marks))):
            raise _UnpreparedError
        return _Statement(first[0], parameters, *first[2:])

    def _asked(
        self, values: list[Any], marks: list[Any], shape: dict[str, Any]
    ) -> tuple[tuple[str, tuple[Any, ...], Any, Any] | None, list[Any]]:
        return self._compiled(values, shape), marks

    def _compiled(self, values: list[Any], shape: dict[str, Any]) -> tuple[str, tuple[Any, ...], Any, Any] | None:
        """Return SQL, parameters, compiler and queryset for some values; None where nothing can match."""
        raise NotImplementedError

    def explains(self, *values: Any, **shape: Any) -> str | None:
        """Return the SQL that a call runs; empty where nothing can match, None where Django makes it each time."""
        found = self._shape(values, shape)
        made = self._known(found[0], values, shape) if found else None
        return made.sql if made is not None else None


class Prepared(_Shaped, Generic[_P, _Row]):
    """A query whose rows are read as a list."""

    def __call__(self, *values: _P.args, **shape: _P.kwargs) -> list[_Row]:
        """Return the rows, asked for now.

        Raises:
            TransactionManagementError: the query holds its rows, and there is no transaction to hold them in.
        """
        found = self._shape(values, shape)
        made = self._known(found[0], values, shape) if found else None
        if found is None or made is None:
            return list(self._build(*values, **shape))
        if made is _NOTHING:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        if made.queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError(f"{self.__name__} holds rows and is asked outside of a transaction.")
        parameters = made.filled(found[1], connection.ops.prep_for_like_query)
        rows = list(made.queryset._iterable_class(_AsMade(made, parameters, connection)))
        if lookups := made.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows

    def first(self, *values: _P.args, **shape: _P.kwargs) -> _Row | None:
        """Return the first row, or None; the query itself should ask for no more."""
        return next(iter(self(*values, **shape)), None)

    def _compiled(self, values: list[Any], shape: dict[str, Any]) -> tuple[str, tuple[Any, ...], Any, Any] | None:
        queryset = self._build(*values, **shape)
        if queryset._known_related_objects:
            raise _UnpreparedError  # it holds on to an object of this one call
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        compiler.connection = None
        return sql, tuple(parameters), compiler, queryset._chain()


class _CaughtError(Exception):
    """The SQL that was about to be run."""

    def __init__(self, sql: str, parameters: Any) -> None:
        super().__init__(sql)
        self.sql, self.parameters = sql, tuple(parameters or ())


class PreparedValue(_Shaped, Generic[_P, _Value]):
    """A query whose answer is one value, as a count; what the database answers is given as it comes."""

    def __call__(self, *values: _P.args, **shape: _P.kwargs) -> _Value:
        """Return the value, asked for now."""
        found = self._shape(values, shape)
        made = self._known(found[0], values, shape) if found else None
        if found is None or made is None or made is _NOTHING:
            return self._build(*values, **shape)  # type: ignore[no-any-return]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, made.filled(found[1], connection.ops.prep_for_like_query))
            row = cursor.fetchone()
        return row[0] if row else None  # type: ignore[return-value]

    def _compiled(self, values: list[Any], shape: dict[str, Any]) -> tuple[str, tuple[Any, ...], Any, Any] | None:
        try:
            with connections[DEFAULT_DB_ALIAS].execute_wrapper(_catch):
                self._build(*values, **shape)
        except _CaughtError as caught:
            return caught.sql, caught.parameters, None, None
        return None


def _catch(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
    raise _CaughtError(sql, parameters)


def prepared(build: Callable[_P, "QuerySet[Any, _Row]"]) -> Prepared[_P, _Row]:
    """Return a query that is asked for as a list, from a function that returns its queryset."""
    return Prepared(build)


def prepared_value(build: Callable[_P, _Value]) -> PreparedValue[_P, _Value]:
    """Return a query of one value, from a function that asks one question: a count, one aggregate of one column."""
    return PreparedValue(build)


def _stand_ins(values: tuple[Any, ...], which: int) -> tuple[list[Any], list[Any]]:
    """Return stand-ins in the place of values, and all of them in a row; those of the two kinds differ in length."""
    marks: list[Any] = []

    def mark(value: Any) -> Any:
        number = len(marks)
        made: Any
        if isinstance(value, datetime):
            made = datetime(2101 + which, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        elif isinstance(value, date):
            made = date(2101 + 10 * which, 1, 1) + timedelta(days=number)
        elif isinstance(value, int):
            made = 21_001 + 5_000 * which + number  # within every kind of whole number that a column may have
        elif isinstance(value, str):
            made = f"\ue000{number}\ue001" + "\ue002" * which
        else:
            raise _UnpreparedError
        marks.append(made)
        return made

    given: list[Any] = []
    for value in values:
        if isinstance(value, _SHAPES):
            given.append(value)
        elif isinstance(value, list | tuple | set | frozenset):
            row = list(value)
            length = 1 << (len(row) - 1).bit_length() if row else 0
            given.append([mark(each) for each in row + row[-1:] * (length - len(row))])
        else:
            given.append(mark(value))
    return given, marks


def _hole(one: Any, two: Any, marks: list[Any], others: list[Any]) -> Any:
    """Return the hole that a parameter is, or the parameter itself where it is the same with every stand-in."""
    if type(one) is not type(two):
        raise _UnpreparedError
    if one == two:
        return one
    for number, (mark, other) in enumerate(zip(marks, others, strict=True)):
        if isinstance(mark, str) != isinstance(one, str):
            continue
        if one == mark and two == other:
            return _Hole(number, type(one))
        if isinstance(mark, str) and mark in one:
            before, _, after = one.partition(mark)
            if f"{before}{other}{after}" == two and mark not in after:
                return _Hole(number, str, before, after, pattern=True)
    raise _UnpreparedError
