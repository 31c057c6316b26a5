"""The other reading of a growth: 128.64亿元，比123.75亿元增加4.89亿元，增长3.95% is of the increase and of both levels.

Whoever checks by hand divides the increase by the older level or the newer level by the older one. Where the text tells
all three and the increase is just what lies between the levels, both hold, and both are told.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import WEAK, Proposal, Wording, propose, text_of
from dudao.claims.slipped.shapes import FALL, FALL_BY, GROWTH, RISE_BY, Shape

_LEVELS = 2


def companions(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the growth over both levels for one over the increase that holds, and the other way round."""
    between = _increases(found)
    increase = {frozenset(levels): delta for delta, levels in between.items()}
    for one in found:
        if not one.holds or len(one.claim.operands) != _LEVELS + 1:
            continue
        others = [number for number in one.claim.operands.values() if number != one.stated]
        if len(others) != _LEVELS or not all(_told(passage, number) for number in one.claim.operands.values()):
            continue
        if one.claim.type is ClaimType.LEVEL_DELTA_GROWTH and "delta" in one.claim.operands:
            levels = between.get(one.claim.operands["delta"])
            if levels is not None and levels & {*others} and all(_told(passage, number) for number in levels):
                yield from _over_levels(passage, one.stated, levels)
        elif one.claim.type is ClaimType.TWO_LEVEL_CHANGE:
            made = increase.get(frozenset(others))
            if made is not None and _told(passage, made):
                yield from _over_increase(passage, one.stated, made, {*others})


def _increases(found: Sequence[Proposal]) -> dict[int, set[int]]:
    """Return by the number of each difference that holds the numbers of its two levels."""
    told: dict[int, set[int]] = {}
    for one in found:
        if one.holds and one.claim.type is ClaimType.DIFFERENCE and len(one.claim.operands) == _LEVELS + 1:
            told.setdefault(one.stated, {*one.claim.operands.values()} - {one.stated})
    return told


def _over_levels(passage: Passage, rate: int, levels: set[int]) -> Iterator[Proposal]:
    one, (newer, older) = _mention(passage, rate), _by_growth(passage, rate, levels)
    yield from _proposed(passage, GROWTH if one.direction >= 0 else FALL, one, newer, older)


def _over_increase(passage: Passage, rate: int, delta: int, levels: set[int]) -> Iterator[Proposal]:
    one, (newer, _) = _mention(passage, rate), _by_growth(passage, rate, levels)
    yield from _proposed(passage, RISE_BY if one.direction >= 0 else FALL_BY, one, newer, _mention(passage, delta))


def _by_growth(passage: Passage, rate: int, levels: set[int]) -> tuple[Mention, Mention]:
    """Return the newer and the older level, told by whether the rate says that it grew."""
    low, high = sorted((_mention(passage, number) for number in levels), key=lambda one: one.quantity.value)
    return (high, low) if _mention(passage, rate).direction >= 0 else (low, high)


def _told(passage: Passage, number: int) -> bool:
    """Return whether a figure is a mention: those of a table's cells are not."""
    place = bisect_left(passage.mentions, number, key=lambda one: one.index)
    return place < len(passage.mentions) and passage.mentions[place].index == number


def _mention(passage: Passage, number: int) -> Mention:
    return passage.mentions[bisect_left(passage.mentions, number, key=lambda one: one.index)]


def _proposed(passage: Passage, shape: Shape, rate: Mention, left: Mention, right: Mention) -> Iterator[Proposal]:
    names = dict(zip(shape.names, (left, right), strict=True))
    spoken = shape.spoken.format(text_of(left), text_of(right))
    wording = Wording("near_fits", shape.type, shape.formula, spoken)
    found = propose(passage, wording, ("growth", rate), names, shape.rule, WEAK)
    if found is not None:
        yield found
