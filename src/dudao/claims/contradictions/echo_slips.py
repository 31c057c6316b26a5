"""Whether one figure is another miswritten: its digits in another order, one digit off, or so after rounding."""

from collections.abc import Sequence

from dudao.claims.contradictions.differences import is_digit_off
from dudao.quantities.model import Quantity

LEAST_DIGITS = 3
_ROUNDED_TO = (3, 4)
"""So many digits are kept where a figure is rounded to 万 or 亿."""


def slip_keys(unit: str, quantity: Quantity) -> Sequence[tuple[object, ...]]:
    """Return names that a figure shares with every one that looks like a slip of it."""
    digits = written(quantity)
    if len(digits) < LEAST_DIGITS:
        return ()
    keys: list[tuple[object, ...]] = [(unit, "".join(sorted(digits)))]
    if len(bare := digits.rstrip("0")) != len(digits) and len(bare) >= LEAST_DIGITS:
        keys.append((unit, "".join(sorted(bare))))  # 7.36万 and 76300
    keys.extend((unit, "".join(sorted(_rounded(digits, most)))) for most in _ROUNDED_TO if len(digits) > most)
    if len(digits) > LEAST_DIGITS:
        keys.extend((unit, digits[:place], digits[place + 1 :]) for place in range(len(digits)))
    return keys


def _rounded(digits: str, most: int) -> str:
    """Return the first `most` digits, rounded by the next one: 38.85万 for 388462."""
    return str((int(digits[: most + 1]) + 5) // 10)


def slipped(one: Quantity, other: Quantity) -> bool:
    """Return whether two values have the same digits in another order, or differ in one digit of four or more."""
    low, high = sorted((abs(one.value), abs(other.value)))
    if one.interval.meets(other.interval) or low == 0 or high / low >= 10:
        return False
    left, right = written(one), written(other)
    if one.scale != other.scale or one.decimals != other.decimals:
        left, right = left.rstrip("0"), right.rstrip("0")
    if left == right or min(len(left), len(right)) < LEAST_DIGITS:
        return False
    return sorted(left) == sorted(right) or is_digit_off(one, other) or _slipped_when_rounded(one, other)


def neighbours_changed(one: Quantity, other: Quantity) -> bool:
    """Return whether two neighbouring digits alone have changed places: 15380 and 15830, not 28640 and 86240."""
    left, right = written(one), written(other)
    if len(left) != len(right):
        left, right = left.rstrip("0"), right.rstrip("0")
    places = [place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b]
    beside = len(places) == len("两位") and places[1] == places[0] + 1
    return len(left) == len(right) and beside and left[places[0]] == right[places[1]]


def _slipped_when_rounded(one: Quantity, other: Quantity) -> bool:
    """Return whether one value is the other rounded, its digits in another order: 24.91万 for 241876."""
    coarse, fine = (one, other) if one.scale > other.scale else (other, one)
    if coarse.scale == fine.scale:
        return False
    left = written(coarse)
    right = format(fine.value / coarse.scale, f".{coarse.decimals}f").replace(".", "").lstrip("0")
    return len(left) in _ROUNDED_TO and left != right and sorted(left) == sorted(right)


def written(quantity: Quantity) -> str:
    """Return the digits of a figure as they are written, noughts at the end among them."""
    return format(quantity.value / quantity.scale, f".{quantity.decimals}f").replace(".", "").lstrip("0")
