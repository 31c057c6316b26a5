"""Whether two values of one measure differ by so much, or in such a way, that they cannot both be true."""

from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from dudao.claims.proposals import shown
from dudao.quantities.model import Quantity


class Bar(IntEnum):
    """How two values must differ before words of such clarity may be held against each other.

    ANY: the words name measure, place and time; every difference that no rounding explains counts.
    NEAR: the words leave a doubt about their scope; values far apart rather are of different scopes.
    CLOSE: only one digit may differ, or the digits stand in another order, or the unit is off.
    SLIP: the digits must stand in another order, or the unit must be off.
    """

    ANY = 0
    SLIP = 1
    CLOSE = 2
    NEAR = 3


_UNIT_SLIPS = frozenset({Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000), Decimal(10) ** 8})
SLIP_DIGITS = 3
"""With fewer digits, two figures are the same digits in another order too often by chance."""
_CLOSE_DIGITS = 4
"""With fewer digits, two figures that have nothing to do with one another differ in one digit too often."""
_FAR = Decimal("1.34")


def reaches(bar: Bar, one: Quantity, other: Quantity) -> bool:
    """Return whether two values differ, and in the way that words of this clarity ask for."""
    if one.interval.meets(other.interval):
        return False
    if bar is Bar.ANY or is_slip(one, other):
        return True
    if bar is Bar.SLIP:
        return False
    return is_turned(one, other) or (is_near(one, other) if bar is Bar.NEAR else is_digit_off(one, other))


def stricter(one: Bar, other: Bar) -> Bar:
    """Return the bar that asks for more."""
    return max(one, other, key=(Bar.ANY, Bar.NEAR, Bar.CLOSE, Bar.SLIP).index)


def fitting(right: Quantity, written: Quantity) -> str:
    """Return the value of one figure as it would be written in the unit and with the decimals of another."""
    value = shown(right.value, written, more=0)
    exact = right.text if right.scale == written.scale else value
    return exact if right.decimals <= written.decimals and right.scale == written.scale else value


def is_slip(one: Quantity, other: Quantity) -> bool:
    """Return whether two values differ as by a slip: the same digits in another order, or 万 for 亿."""
    low, high = _low_and_high(one, other)
    if low == 0:
        return False
    if high >= 10 * low:
        return high / low in _UNIT_SLIPS
    if one.scale == other.scale and one.decimals == other.decimals:
        left, right = _written(one), _written(other)  # 102 and 120: a nought at the end counts here
    else:
        left, right = digits_of(one), digits_of(other)
    return SLIP_DIGITS <= len(left) == len(right) and sorted(left) == sorted(right)


def is_digit_off(one: Quantity, other: Quantity) -> bool:
    """Return whether one digit of two values written alike differs: 15380 and 15830 do not, 15380 and 15880 do."""
    left, right = digits_of(one), digits_of(other)
    if len(left) != len(right) or len(left) < _CLOSE_DIGITS or not is_near(one, other):
        return False
    return sum(a != b for a, b in zip(left, right, strict=True)) == 1


def is_turned(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures of two digits are each the other read backwards: 38 and 83."""
    left, right = digits_of(one), digits_of(other)
    return len(left) == 2 and left == right[::-1]


def is_near(one: Quantity, other: Quantity) -> bool:
    """Return whether two values are within a third of each other."""
    low, high = _low_and_high(one, other)
    return low != 0 and high <= low * _FAR


def is_unit_slip(one: Quantity, other: Quantity) -> bool:
    """Return whether one value is ten, a hundred or ten thousand times the other."""
    low, high = _low_and_high(one, other)
    return low != 0 and high / low in _UNIT_SLIPS


def _low_and_high(one: Quantity, other: Quantity) -> tuple[Decimal, Decimal]:
    left, right = abs(one.value), abs(other.value)
    return (left, right) if left <= right else (right, left)


def _written(quantity: Quantity) -> str:
    return format(quantity.value / quantity.scale, "f").replace(".", "").lstrip("0")


def digits_of(quantity: Quantity) -> str:
    """Return the digits of a value, so that 29 and 92 are seen to be the same digits in another order."""
    return digits_of_value(quantity.value)


@lru_cache(maxsize=16384)
def digits_of_value(value: Decimal) -> str:
    """Return the digits of a number without the noughts around them."""
    return format(value, "f").replace(".", "").strip("0")
