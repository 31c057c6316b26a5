"""Rounding of points and values: half up, away from zero, once, at the end."""

from decimal import Decimal
from fractions import Fraction

UNROUNDED_DECIMALS = 6


def rounded(points: Fraction, step: Decimal | None) -> Decimal:
    """Return the points rounded half up to a multiple of `step`; None keeps up to six decimals."""
    return as_decimal(points) if step is None else _to_multiple(points, step)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Return the value rounded half up (away from zero) to so many decimals."""
    return Fraction(as_decimal(value, decimals))


def as_decimal(value: Fraction, decimals: int = UNROUNDED_DECIMALS) -> Decimal:
    """Return the value as a decimal, rounded half up to at most so many decimals."""
    whole = _half_up(abs(value.numerator) * 10**decimals, value.denominator)
    return plain(Decimal(-whole if value < 0 else whole).scaleb(-decimals))


def plain(number: Decimal) -> Decimal:
    """Return the number without trailing zeros and without an exponent, however many digits it has."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal(text if text not in {"-0", ""} else "0")


def _to_multiple(value: Fraction, step: Decimal) -> Decimal:
    steps = abs(value) / Fraction(step)
    whole = _half_up(steps.numerator, steps.denominator)
    return plain(Decimal(-whole if value < 0 else whole) * step)


def _half_up(numerator: int, denominator: int) -> int:
    return (numerator * 2 + denominator) // (denominator * 2)
