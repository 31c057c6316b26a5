"""Parts whose unit was lost: 占地面积84215.6㎡，其中小学46108.4㎡，初中38107.2 建筑面积51934㎡.

A number without a unit beside parts that have one is none of them by itself; where it makes their total to the last
digit, it is the part that the figure behind it would otherwise be taken for.
"""

from bisect import bisect_left
from collections.abc import Sequence

from dudao.claims.mentions import Mention, Passage
from dudao.quantities.model import Kind

DIGITS = 100
"""A bare number of fewer steps than this meets what is missing by chance."""


def unit_lost(passage: Passage, place: int, parts: Sequence[Mention]) -> list[Mention] | None:
    """Return the parts of a total with one that lost its unit; None where none makes it."""
    total = passage.mentions[place]
    end = bisect_left(passage.mentions, parts[-1].index, key=lambda one: one.index) + len(parts)
    bare = [
        one
        for one in passage.mentions[place + 1 : end]
        if _without_unit(one) and one.sentence == total.sentence and one.depth == parts[0].depth and one.level
    ]
    for one in bare:
        before = [part for part in parts if part.index < one.index]
        made = sum((part.quantity.value for part in before), one.quantity.value)
        if before and one.quantity.value >= DIGITS and made == total.quantity.value:
            return [*before, one]
    return None


def _without_unit(one: Mention) -> bool:
    """Return whether a number has no unit, or one taken from the next word: 38107.2 校舍面积 counts no schools."""
    counted = one.quantity.kind is Kind.COUNT and one.quantity.decimals > 0 and one.quantity.scale == 1
    return one.quantity.unit == "" or counted
