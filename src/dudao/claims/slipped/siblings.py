"""Shares told beside one another that agree on a whole, whatever other amount stands nearby."""

from bisect import bisect_left
from collections.abc import Iterator

from dudao.claims.arithmetic import step
from dudao.claims.fractions import is_own_rate
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage

REACH = 8
"""How many figures before or behind a share one of the same list may stand."""
SETTLED = 4
"""How many figures before a difference another one may say what it is tried to be."""


def of_another_whole(passage: Passage, share: Mention, part: Mention, whole: Mention) -> bool:
    """Return whether the share beside this one asks for the same whole as this one, and it is not the one tried.

    市本级支出193520万元，占27.3%；各县支出515346万元，占72.7%: both are of 70.89亿元, which is not told, and no budget
    told before is to be held against them.
    """
    low, high = _asked(part, share)
    if low <= float(whole.quantity.value) <= high:
        return False
    for other_part, other in _beside(passage, share, part):
        least, most = _asked(other_part, other)
        if least <= high and low <= most and not least <= float(whole.quantity.value) <= most:
            return True
    return False


def _asked(part: Mention, share: Mention) -> tuple[float, float]:
    """Return between what values the whole of a share must lie."""
    half, value = float(step(share.quantity)) / 2, float(share.quantity.value)
    reached = float(part.quantity.value) * 100
    return reached / (value + half), reached / max(value - half, half)


def _beside(passage: Passage, share: Mention, part: Mention) -> Iterator[tuple[Mention, Mention]]:
    """Yield the other parts of the sentence that a share of their own follows."""
    mentions = passage.mentions
    place = bisect_left(mentions, share.index, key=lambda one: one.index)
    for number in range(max(place - REACH, 1), min(place + REACH, len(mentions))):
        before, other = mentions[number - 1], mentions[number]
        if not (is_own_rate(other) and other.quantity.value > 0 and other.index != share.index):
            continue
        behind = mentions[number + 1 : number + 2]
        # 学生占27.3%（11250人）: the part may stand in the parenthesis behind its share.
        noted = [one for one in behind if one.parenthesis == other.quantity.span.end + 1]
        for one in (before, *noted):
            usable = one.level and one.amount and same_unit(one, part) and one.index != part.index
            if usable and other.sentence == share.sentence == one.sentence:
                yield one, other


def told_of_pair(passage: Passage, one: Mention, left: Mention, right: Mention) -> bool:
    """Return whether another figure says by how much two differ: 编制2046名，实有2078名，超编32名，音体美教师缺39名."""
    place = bisect_left(passage.mentions, one.index, key=lambda each: each.index)
    apart = abs(left.quantity.value - right.quantity.value)
    return any(
        other.quantity.value == apart and other.index > max(left.index, right.index) and same_unit(other, left)
        for other in passage.mentions[max(place - SETTLED, 0) : place]
    )
