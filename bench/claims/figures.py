"""Figures as reports print them: a value, its rounding, its unit, and the half-open doubt that rounding leaves."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: `text` with unit, and the exact values that could have been printed so."""

    text: str
    value: Decimal
    low: Decimal
    high: Decimal


def printed(
    value: Decimal,
    unit: str,
    *,
    scale: str = "",
    decimals: int = 0,
    exact: bool = False,
    truncate: bool = False,
    separators: bool = False,
) -> Figure:
    """Print a value in `scale` + `unit` with so many decimals; plain counts (`exact`) leave no doubt."""
    factor = SCALES[scale]
    step = Decimal(1).scaleb(-decimals)
    rounding = ROUND_DOWN if truncate else ROUND_HALF_UP
    digits = (value / factor).quantize(step, rounding=rounding)
    shown = f"{digits:,f}" if separators else f"{digits:f}"
    doubt = Decimal(0) if exact else step * factor / (1 if truncate else 2)
    middle = digits * factor
    return Figure(f"{shown}{scale}{unit}", middle, middle - doubt, middle + doubt)


def count(number: int, unit: str) -> Figure:
    """Print a whole count as it is."""
    return printed(Decimal(number), unit, exact=True)


def percent(value: Decimal, decimals: int, unit: str = "%", *, truncate: bool = False) -> Figure:
    """Print a percentage (as percent numbers) or points."""
    return printed(value, unit, decimals=decimals, truncate=truncate)


def misprint(random: Random, figure: Figure, unit_text: str) -> str:
    """Return the digits of a figure with one slip that changes its value: a digit, two swapped, one lost."""
    number = figure.text.removesuffix(unit_text)
    places = [index for index, character in enumerate(number) if character.isdigit()]
    for _ in range(50):
        digits = list(number)
        slip = random.choice(("digit", "swap", "lost"))
        if slip == "digit":
            place = random.choice(places)
            digits[place] = random.choice([d for d in "0123456789" if d != digits[place]])
        elif slip == "swap" and len(places) > 1:
            first = random.randrange(len(places) - 1)
            one, two = places[first], places[first + 1]
            digits[one], digits[two] = digits[two], digits[one]
        elif slip == "lost" and len(places) > 2 and "," not in number:
            del digits[random.choice(places[1:])]
        changed = "".join(digits)
        leading_zero = changed[0] == "0" and changed[1:2] != "."
        if changed != number and not leading_zero and not changed.endswith("."):
            return changed + unit_text
    return number + unit_text
