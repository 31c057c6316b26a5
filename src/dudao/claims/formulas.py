"""The formulas of two figures that several searches try, over their intervals in order."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import divide, fall_of_decrease, growth, growth_of_increase, percent, point, step, subtract
from dudao.claims.mentions import Mention
from dudao.quantities.model import Approximation, Interval


def minus(values: Sequence[Interval]) -> Interval:
    """Return the first less the second."""
    return subtract(values[0], values[1])


def share_in_percent(values: Sequence[Interval]) -> Interval:
    """Return the first as a percentage of the second."""
    return percent(values[0], values[1])


def quotient(values: Sequence[Interval]) -> Interval:
    """Return the first over the second."""
    return divide(values[0], values[1])


def grown(values: Sequence[Interval]) -> Interval:
    """Return by how many per cent the first is more than the second."""
    return growth(values[0], values[1])


def shrunk(values: Sequence[Interval]) -> Interval:
    """Return by how many per cent the first is less than the second."""
    return subtract(point(Decimal(0)), growth(values[0], values[1]))


def risen(values: Sequence[Interval]) -> Interval:
    """Return the growth in per cent that a level (first) and its increase (second) make."""
    return growth_of_increase(values[0], values[1])


def fallen(values: Sequence[Interval]) -> Interval:
    """Return the fall in per cent that a level (first) and its decrease (second) make."""
    return fall_of_decrease(values[0], values[1])


_AS_SAID = (None, Approximation.OVER, Approximation.UNDER, Approximation.AT_LEAST, Approximation.AT_MOST)


def as_said(standard: Mention) -> Mention:
    """Return a standard as the very figure it is said to be: 高于85%的标准13.2个百分点 is measured from 85.0%."""
    figure = standard.quantity
    if figure.approximation not in _AS_SAID:
        return standard
    half = step(figure) / 2 if figure.decimals else Decimal(0)
    exact = Interval(figure.value - half, figure.value + half)
    return replace(standard, quantity=replace(figure, interval=exact, approximation=None))
