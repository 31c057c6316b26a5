"""Slips of the pen: one digit mistyped, or two neighbours exchanged, in a figure that should have been another.

A relation that does not hold is rarely one digit away from holding by chance; where the words only suggest it, that
closeness is what tells a slip from figures that have nothing to do with each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dudao.quantities.model import Interval, Quantity

DIGITS_LIMIT = 12
"""A figure with more digits is no amount that is typed by hand."""
SLIP_ROOM = 0.1
"""How far from a whole number of its last digit a figure put right may be computed."""
PRODUCT_CHANCE = 10.0
"""So many times too seldom must chance bring an amount within a slip of what two figures make."""
KINDS_OF_SLIP = 10
"""How many slips there are for each digit: nine others in its place, and the exchange with its neighbour."""


@dataclass(frozen=True, slots=True)
class Digits:
    """A figure as whole units of its last digit written: 44.42亿元 is 4442 of 0.01亿元."""

    number: int
    unit: Decimal


def digits_of(figure: Quantity) -> Digits | None:
    """Return the digits of a figure; None for a range, a Chinese numeral and what is no plain number."""
    if figure.han or figure.upper is not None or figure.value <= 0:
        return None
    unit = figure.scale.scaleb(-figure.decimals)
    number = figure.value / unit
    if number != int(number) or number >= 10**DIGITS_LIMIT:
        return None
    return Digits(int(number), unit)


def slipped_within(number: int, low: float, high: float) -> int | None:
    """Return a number one slip away from another that lies between two bounds; None when there is none."""
    return next(slips_within(number, low, high), None)


def slips_within(number: int, low: float, high: float) -> Iterator[int]:
    """Yield the numbers one slip away from another that lie between two bounds."""
    return (other for other in _slips(number) if low <= other <= high)


def one_digit_apart(one: Quantity, other: Quantity) -> bool:
    """Return whether one figure may be the other with a digit mistyped: 74所 and 77所, to the same last digit."""
    left, right = digits_of(one), digits_of(other)
    if left is None or right is None or left.unit != right.unit:
        return False
    number = right.number
    return left.number != number and len(str(left.number)) == len(str(number)) and number in _slips(left.number)


def moves_of(number: int) -> tuple[int, ...]:
    """Return by how much each slip moves a number."""
    return tuple(other - number for other in _slips(number))


@lru_cache(maxsize=4096)
def _slips(number: int) -> tuple[int, ...]:
    return tuple(_each_slip(number))


def _each_slip(number: int) -> Iterator[int]:
    digits = str(number)
    for place, digit in enumerate(digits):
        power = 10 ** (len(digits) - 1 - place)
        for other in range(1 if place == 0 and len(digits) > 1 else 0, 10):
            if other != int(digit):
                yield number + (other - int(digit)) * power
        if place + 1 < len(digits) and digits[place + 1] != digit and (place or digits[place + 1] != "0"):
            yield number + (int(digits[place + 1]) - int(digit)) * (power - power // 10)


def one_slip_away(total: Quantity, parts: Sequence[Quantity], *, rounded: bool = False) -> bool:
    """Return whether one slip in a total or in one of its parts keeps the parts from making it.

    `rounded` figures with decimals or of 万 need not make it to the last digit: half a unit of each is forgiven.
    """
    members = [digits_of(figure) for figure in (total, *parts)]
    gap = total.value - sum((one.value for one in parts), Decimal(0))
    slack = (
        sum((own.unit for own in members if own is not None and own.unit != 1), Decimal(0)) / 2
        if rounded
        else Decimal(0)
    )
    for place, own in enumerate(members):
        if own is not None:
            wanted = own.number + float((gap if place else -gap) / own.unit)
            room = float(slack / own.unit) + SLIP_ROOM
            if slipped_within(own.number, wanted - room, wanted + room) is not None:
                return True
    return False


def share_one_slip_away(share: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Return whether one slip in a percentage, in its part or in its whole keeps part ÷ whole from making it."""
    half = float(share.scale.scaleb(-share.decimals)) / 2
    low, high = (float(share.value) - half) / 100, (float(share.value) + half) / 100
    if low <= 0 or not part.value or not whole.value:
        return False
    made = float(part.value / whole.value) * 100
    wanted = (
        (share, made - half, made + half),
        (part, float(whole.value) * low, float(whole.value) * high),
        (whole, float(part.value) / high, float(part.value) / low),
    )
    return any(_slip_between(figure, least, most) for figure, least, most in wanted)


def product_one_slip_away(made: Quantity, factors: Sequence[Quantity], times: Decimal) -> bool:
    """Return whether one slip in an amount or in one of the two that make it, `times` over, keeps them from it.

    False where the amount has so few digits that a slip would bring it there by chance.
    """
    unit, value = float(made.scale.scaleb(-made.decimals)), float(made.value)
    digits = [own for one in (made, *factors) if (own := digits_of(one)) is not None]
    if len(digits) <= len(factors) or not all(one.value for one in factors):
        return False
    slips = KINDS_OF_SLIP * sum(len(str(own.number)) for own in digits)
    if slips * unit * PRODUCT_CHANCE > value:
        return False
    left, right = (float(one.value) for one in factors)
    often, half = float(times), unit / 2
    wanted = (
        (made, left * right * often - half, left * right * often + half),
        (factors[0], (value - half) / (right * often), (value + half) / (right * often)),
        (factors[1], (value - half) / (left * often), (value + half) / (left * often)),
    )
    return any(_slip_between(figure, least, most) for figure, least, most in wanted)


def _slip_between(figure: Quantity, least: float, most: float) -> bool:
    own = digits_of(figure)
    return own is not None and slipped_within(own.number, least / float(own.unit), most / float(own.unit)) is not None


def corrected(figure: Quantity, number: int, unit: Decimal) -> Quantity:
    """Return a figure with another number of its units."""
    value = number * unit
    moved = value - figure.value
    low, high = figure.interval.low, figure.interval.high
    interval = Interval(None if low is None else low + moved, None if high is None else high + moved)
    return replace(figure, value=value, interval=interval)
