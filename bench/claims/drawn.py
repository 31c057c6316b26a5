"""What a maker hands over: a sentence, its figures, and the formula that ties them together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from claims.figures import Figure

Formula = Callable[[Mapping[str, Decimal]], Decimal]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence to be written: template, figures, and `left` = `formula(others)`.

    `holds` compares the interval of the left side with that of the formula over the other intervals;
    `bound` is "equal", or "at_least" where the sentence only claims left ≥ right.
    """

    type: str
    template: str
    figures: Mapping[str, Figure]
    units: Mapping[str, str]
    left: str
    formula: Formula
    bound: str = "equal"


def feasible(drawn: Drawn, figures: Mapping[str, Figure]) -> bool:
    """Return whether some exact values within the printed roundings satisfy the formula: all corners tried."""
    others = [name for name in figures if name != drawn.left]
    corners = product(*[(figures[name].low, figures[name].high) for name in others])
    results = []
    for corner in corners:
        values = dict(zip(others, corner, strict=True))
        try:
            results.append(drawn.formula(values))
        except (ZeroDivisionError, ArithmeticError):
            return True
    left = figures[drawn.left]
    if drawn.bound == "at_least":
        return left.high >= min(results)
    return left.low <= max(results) and min(results) <= left.high
