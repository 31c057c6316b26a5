"""Arithmetic on what written figures may stand for, and the verdict that follows from it.

A figure stands for the values that honest rounding turns into its digits. Two hypotheses are tried, each for all
figures of a relation at once: every figure was rounded to the nearest (half-up or half-even), or every figure
was cut off. Only what neither can explain is inconsistent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from dudao.claims.model import Verdict
from dudao.quantities.model import Approximation, Interval, Quantity

_WIDE = Context(prec=40)
_HUNDRED = Decimal(100)
EVERYTHING = Interval(None, None)


def point(value: Decimal) -> Interval:
    """Return the interval that holds one value."""
    return Interval(value, value)


def add(intervals: Sequence[Interval]) -> Interval:
    """Return what the sum may be."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    for one in intervals:
        low = None if low is None or one.low is None else low + one.low
        high = None if high is None or one.high is None else high + one.high
    return Interval(low, high)


def subtract(left: Interval, right: Interval) -> Interval:
    """Return what left minus right may be."""
    low = None if left.low is None or right.high is None else left.low - right.high
    high = None if left.high is None or right.low is None else left.high - right.low
    return Interval(low, high)


def scale(one: Interval, factor: Decimal) -> Interval:
    """Return the interval times a positive factor."""
    return Interval(None if one.low is None else one.low * factor, None if one.high is None else one.high * factor)


def multiply(left: Interval, right: Interval) -> Interval:
    """Return what the product of two amounts that are not negative may be."""
    low = (left.low or Decimal(0)) * (right.low or Decimal(0))
    high = None if left.high is None or right.high is None else left.high * right.high
    return Interval(low, high)


def divide(left: Interval, right: Interval) -> Interval:
    """Return what left over right may be; right is an amount that is not negative."""
    if right.high is not None and right.high <= 0:
        return EVERYTHING
    smallest = right.low if right.low is not None and right.low > 0 else None
    return Interval(_low_quotient(left.low, smallest, right.high), _high_quotient(left.high, smallest, right.high))


def _low_quotient(dividend: Decimal | None, smallest: Decimal | None, largest: Decimal | None) -> Decimal | None:
    """Return the low end of a quotient: the largest divisor makes a positive dividend smallest."""
    if dividend is None:
        return None
    if dividend >= 0:
        return Decimal(0) if largest is None else _WIDE.divide(dividend, largest)
    return None if smallest is None else _WIDE.divide(dividend, smallest)


def _high_quotient(dividend: Decimal | None, smallest: Decimal | None, largest: Decimal | None) -> Decimal | None:
    """Return the high end of a quotient: the smallest divisor makes a positive dividend largest."""
    if dividend is None:
        return None
    if dividend <= 0:
        return Decimal(0) if largest is None else _WIDE.divide(dividend, largest)
    return None if smallest is None else _WIDE.divide(dividend, smallest)


def percent(part: Interval, whole: Interval) -> Interval:
    """Return part over whole in percent numbers."""
    return scale(divide(part, whole), _HUNDRED)


def growth(new: Interval, old: Interval) -> Interval:
    """Return the growth from old to new in percent numbers."""
    return subtract(percent(new, old), point(_HUNDRED))


def growth_of_increase(level: Interval, delta: Interval) -> Interval:
    """Return the growth in percent when a level was reached by an increase of delta."""
    return percent(delta, subtract(level, delta))


def fall_of_decrease(level: Interval, delta: Interval) -> Interval:
    """Return the fall in percent, a positive number, when a level was reached by a decrease of delta."""
    ratio = divide(level, delta)
    return divide(point(_HUNDRED), add([ratio, point(Decimal(1))]))


def step(quantity: Quantity) -> Decimal:
    """Return one unit of the last digit written, in the base unit: 0.01亿元 for 44.42亿元."""
    interval = quantity.interval
    if quantity.approximation is None and interval.low is not None and interval.high is not None:
        width = interval.high - interval.low
        if width > 0 and quantity.upper is None:
            return width
    return quantity.scale.scaleb(-quantity.decimals)


def stands_for(quantity: Quantity, *, derived: bool = False) -> Interval:
    """Return what a figure may stand for; a derived one (a mean, a quotient) was rounded even when it is whole."""
    interval = quantity.interval
    if derived and interval.low == interval.high == quantity.value:
        half = step(quantity) / 2
        return Interval(quantity.value - half, quantity.value + half)
    return interval


def cut_off(quantity: Quantity, *, derived: bool = False) -> Interval:
    """Return what a figure may stand for when its further digits were cut off."""
    interval = quantity.interval
    exact = interval.low == interval.high == quantity.value
    if quantity.approximation is not None or (exact and not derived):
        return interval
    return Interval(quantity.value, quantity.value + step(quantity))


def _says_nothing(one: Quantity, others: Sequence[Quantity]) -> bool:
    """Return whether a figure says that there is nothing: 0万元 among amounts with decimals is no rounded 0.4万元."""
    return not one.value and one.decimals == 0 and any(other.decimals for other in others)


Formula = Callable[[Sequence[Interval]], Interval]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on `stated = formula(operands)`: value by the written figures, interval by their rounding."""

    verdict: Verdict
    value: Decimal
    interval: Interval
    rounding: str = ""

    @property
    def holds(self) -> bool:
        """Whether the figures fit together, rounding granted."""
        return self.verdict in (Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED)


HALF_UP = "四舍五入"
HALF_EVEN = "四舍六入五成双"
CUT_OFF = "截去尾数"
ALL_ROUNDED = "各数均按四舍五入计"
ALL_CUT_OFF = "各数均按截去尾数计"


def judge(stated: Quantity, formula: Formula, operands: Sequence[Quantity], *, derived: bool = True) -> Judgement:
    """Return whether the stated figure can be what the formula gives for the operands.

    Args:
        stated: the figure on the left of the formula.
        formula: what it should be, over the intervals of the operands, in their order.
        operands: the figures on the right.
        derived: whether the stated figure is a quotient, which is rounded even when it is written whole.
    """
    told = (stated, *operands)
    interval = formula([point(one.value) if _says_nothing(one, told) else one.interval for one in operands])
    if all(one.interval.low == one.value == one.interval.high for one in operands):
        return compare(stated, _middle(interval), interval, lambda: interval, derived=derived)
    value = _middle(formula([point(one.value) for one in operands]))

    def when_cut_off() -> Interval:
        return formula([point(one.value) if _says_nothing(one, told) else cut_off(one) for one in operands])

    return compare(stated, value, interval, when_cut_off, derived=derived)


def compare(
    stated: Quantity, value: Decimal, interval: Interval, when_cut_off: Callable[[], Interval], *, derived: bool
) -> Judgement:
    """Return the verdict on a stated figure against a computed value and what rounding makes of it."""
    target = stands_for(stated, derived=derived)
    if target.contains(value):
        return Judgement(Verdict.CONSISTENT, value, interval, _rounding_of(stated, value))
    cut = cut_off(stated, derived=derived)
    # What was cut off lies below the next digit: 25.0 is never cut to 24.9.
    if cut.contains(value) and (cut.low == cut.high or value != cut.high):
        return Judgement(Verdict.CONSISTENT_IF_ROUNDED, value, interval, CUT_OFF)
    if target.meets(interval):
        return Judgement(Verdict.CONSISTENT_IF_ROUNDED, value, interval, ALL_ROUNDED)
    if _share_more_than_an_end(cut, when_cut_off()):
        return Judgement(Verdict.CONSISTENT_IF_ROUNDED, value, interval, ALL_CUT_OFF)
    return Judgement(Verdict.INCONSISTENT, value, interval)


def _share_more_than_an_end(cut: Interval, made: Interval) -> bool:
    """Return whether a figure that was cut off can be what others that were cut off make of it.

    Its upper end is reached by none of them: 3.6 less 0.8 is more than 2.7, and 2.6 stands for less.
    """
    if not cut.meets(made):
        return False
    if cut.low == cut.high or made.low is None or cut.high is None:
        return True
    return made.low < cut.high and (
        made.high is None or cut.low is None or cut.low < made.high or made.low == made.high
    )


def judge_order(lesser: Quantity, greater: Quantity, *, strict: bool = False) -> Verdict:
    """Return whether one figure can be at most (strictly: below) another."""
    if lesser.value < greater.value or (not strict and lesser.value == greater.value):
        return Verdict.CONSISTENT
    low, high = stands_for(lesser).low, stands_for(greater).high
    if low is None or high is None or low < high or (not strict and low == high):
        return Verdict.CONSISTENT_IF_ROUNDED
    return Verdict.INCONSISTENT


def _middle(interval: Interval) -> Decimal:
    """Return the value of a formula at written figures: its interval is a point unless a divisor was 0."""
    return interval.low if interval.low is not None else Decimal("Infinity")


def _rounding_of(stated: Quantity, value: Decimal) -> str:
    """Return which rounding turns the computed value into the stated digits; empty when it is the same number."""
    if value == stated.value or not value.is_finite() or stated.approximation is Approximation.ABOUT:
        return ""
    unit = step(stated)
    for name, mode in ((HALF_UP, ROUND_HALF_UP), (HALF_EVEN, ROUND_HALF_EVEN), (CUT_OFF, ROUND_DOWN)):
        if (value / unit).quantize(Decimal(1), mode, _WIDE) * unit == stated.value:
            return name
    return ""
