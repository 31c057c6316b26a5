"""Half-open bands [from, to) that cover every value once: of a value for points, of a total for grades."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise


def band_of(value: Fraction, bands: Sequence[tuple[Decimal | None, Decimal | None]]) -> int | None:
    """Return the index of the band the value lies in, None when it lies in none."""
    for index, (low, high) in enumerate(bands):
        if (low is None or Fraction(low) <= value) and (high is None or value < Fraction(high)):
            return index
    return None


def gaps_and_overlaps(bands: Sequence[tuple[Decimal | None, Decimal | None]]) -> list[str]:
    """Return a sentence for each place where neighbouring bands leave a gap or overlap, and for open ends."""
    problems: list[str] = []
    ordered = sorted(bands, key=lambda band: (band[0] is not None, band[0] or Decimal(0)))
    if not ordered:
        return problems
    if ordered[0][0] is not None:
        problems.append(f"没有包括 {ordered[0][0]} 以下")
    for (low, high), (following, _) in pairwise(ordered):
        if high is None or following is None or following < high:
            problems.append(f"从 {low if low is not None else '最低'} 起的一段与从 {following} 起的一段重叠")
        elif following > high:
            problems.append(f"{high} 到 {following} 之间没有归属")
    if ordered[-1][1] is not None:
        problems.append(f"没有包括 {ordered[-1][1]} 及以上")
    problems.extend(
        f"{low} 到 {high} 是空的" for low, high in ordered if low is not None and high is not None and low >= high
    )
    return problems
