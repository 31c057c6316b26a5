"""How a duty becomes a fact: exact numbers from plain ones, missing kept missing, the formula named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dudao.assessment.facts import Fact, FactSource
from dudao.provenance import ClauseSource

Number = Decimal | int | float | None
Series = Mapping[int, Number]
"""A figure by year; a year that is not there, or None, is missing."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place and period that facts tell of."""

    place: str
    period: str


def exact(value: Number) -> Decimal | None:
    """Return a number exactly as written, None for a missing one."""
    if value is None:
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def ratio(top: Number, bottom: Number, per: int = 1) -> Decimal | None:
    """Return top ÷ bottom × per; None when either is missing or the bottom is 0."""
    upper, lower = exact(top), exact(bottom)
    if upper is None or not lower:
        return None
    return upper * per / lower


def growth(now: Number, before: Number) -> Decimal | None:
    """Return (now - before) ÷ before in percent; None when either is missing or there was nothing before."""
    this, last = exact(now), exact(before)
    if this is None or not last:
        return None
    return (this - last) * 100 / last


def at_least(value: Number, least: Number) -> bool | None:
    """Return whether a value reaches a threshold; None when either is missing."""
    one, other = exact(value), exact(least)
    return None if one is None or other is None else one >= other


def fact(
    where: Where,
    name: str,
    value: Decimal | int | bool | str | None,
    *,
    method: str,
    source: ClauseSource,
    unit: str = "",
    part: str = "",
    note: str = "",
) -> Fact:
    """Return one fact with the formula it was computed by."""
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return Fact(
        name=name,
        place=where.place,
        period=where.period,
        value=number,
        unit=unit,
        part=part,
        source=FactSource(method=method, clause=source, note=note),
    )


def total(values: Iterable[Number]) -> Decimal | None:
    """Return the sum; None when nothing is there or one of them is missing."""
    numbers = [exact(value) for value in values]
    if not numbers or any(number is None for number in numbers):
        return None
    return sum((number for number in numbers if number is not None), Decimal(0))
