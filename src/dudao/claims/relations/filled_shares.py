"""Parts with a share each, told one behind the other, that leave nothing of their whole: 9项，占56.3%；5项，占31.3%；….

No word need say of what they are the shares: their whole is the amount before of which all shares, or all but one that
holds a slip, are true. Where there is none, their whole is what they make.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import percent, step
from dudao.claims.divisions import divides
from dudao.claims.fractions import share_of
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.shares.of_themselves import shares_of_their_sum
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up, named_otherwise, one_in_other, whole_noun
from dudao.quantities.model import Kind

AT_LEAST = 3
"""So many shares belong to one whole where all but one do."""
FEWEST = 2
"""Two are enough where their names divide the whole: 男性, 女性."""
ASIDES = 3
"""How many figures may stand between a part, its share and the next part that are said aside."""
PAIRS_LIMIT = 12
REACH = 60
"""How many figures back the whole may stand."""
_ALL = Decimal(100)

_Pair = tuple[Mention, Mention]


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the shares of such lists in their whole, and that the parts make it."""
    place = 1
    while place < len(passage.mentions):
        pairs, behind = _pairs(passage, place)
        for division in _divisions(pairs):
            if len(division) >= FEWEST:
                found = [*_of_one_whole(passage, place - 1, division)]
                yield from found or shares_of_their_sum(passage, division)
            if len(division) > AT_LEAST and _heads(division):
                rest = division[1:]
                yield from _of_one_whole(passage, bisect_left(passage.mentions, rest[0][0].index, key=_number), rest)
        place = max(behind, place + 1)


def _divisions(pairs: list[_Pair]) -> list[list[_Pair]]:
    """Return the pairs cut where a whole is full: 男性52.1%，女性47.9%；17岁以下17.5%，… are two divisions of it.

    They are cut from either end, so that one mistyped share leaves the division beside it whole.
    """
    for place in range(FEWEST, len(pairs)):
        if _full(pairs[:place]):
            return [pairs[:place], *_divisions(pairs[place:])]
        if _full(pairs[place:]):
            return [*_divisions(pairs[:place]), pairs[place:]]
    return [pairs]


def _heads(pairs: Sequence[_Pair]) -> bool:
    """Return whether the first part is the whole of the others: 2.36亿元，占4.1%。其中1.3亿元，占55%；…."""
    (head, _), *rest = pairs
    return _full(rest) or adds_up(head, [part for part, _ in rest])


def _number(mention: Mention) -> int:
    return mention.index


def _full(pairs: Sequence[_Pair]) -> bool:
    """Return whether shares make a hundred."""
    room = sum((step(share.quantity) for _, share in pairs), Decimal(0))
    return abs(sum((share.quantity.value for _, share in pairs), Decimal(0)) - _ALL) <= room


def _pairs(passage: Passage, place: int) -> tuple[list[_Pair], int]:
    """Return the parts with their shares from a place on, and the place behind them."""
    mentions = passage.mentions
    found: list[_Pair] = []
    while place < len(mentions) and len(found) < PAIRS_LIMIT:
        part = mentions[place - 1]
        share_place = _beyond_asides(mentions, place, part)
        if share_place is None:
            break
        share = mentions[share_place]
        if not _is_pair(part, share) or (found and not _goes_on(found[-1], (part, share))):
            break
        found.append((part, share))
        part_place = _beyond_asides(mentions, share_place + 1, part)
        if part_place is None:
            return found, share_place + 1
        place = part_place + 1
    return found, place


def _beyond_asides(mentions: Sequence[Mention], place: int, part: Mention) -> int | None:
    """Return the place of the next figure that is no aside; None where there are more of them than a list tells.

    占51.55%，比重上升5.43个百分点；…; 占18.70%（其中65岁及以上19064万人，占13.50%）: what changed, what is within.
    """
    for one in range(place, min(place + ASIDES + 1, len(mentions))):
        other = mentions[one]
        if other.depth <= part.depth and other.role is not Role.CHANGE:
            return one
    return None


def _is_pair(part: Mention, share: Mention) -> bool:
    bare = share.role is Role.SHARE and share.quantity.kind is Kind.PERCENT
    exact = share.quantity.approximation is None and share.quantity.upper is None and part.slack is not None
    counted = is_level(part) and is_amount(part) and not part.each and part.quantity.value > 0
    beside = part.sentence == share.sentence and share.clause_number - part.clause_number <= 1 + ASIDES
    return bare and exact and counted and beside and part.depth <= share.depth


def _goes_on(before: _Pair, pair: _Pair) -> bool:
    """Return whether a part with its share follows another that says of the same whole."""
    near = same_unit(before[0], pair[0]) and pair[0].sentence - before[0].sentence <= 1
    names = whole_noun(before[1])[1], whole_noun(pair[1])[1]
    # 占进出口总值的54.4%；…，占23.3%: what names no whole takes the one named before.
    return near and (not names[1] or names[0] == names[1] or (all(names) and one_in_other(*names)))


def _of_one_whole(passage: Passage, first: int, pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    parts = [part for part, _ in pairs]
    full = _full(pairs)
    few = len(pairs) < AT_LEAST
    # The largest may be more than the whole by a slip.
    second = sorted(one.quantity.value for one in parts)[-2]
    for whole in passage.mentions[max(first - REACH, 0) : first][::-1]:
        usable = is_level(whole) and is_amount(whole) and not whole.each and whole.slack is not None
        if not usable or not same_unit(whole, parts[0]) or whole.quantity.value <= second:
            continue
        if few and not (divides(whole, parts) and (full or adds_up(whole, parts))):
            continue
        if sum(not _near(part, share, whole) for part, share in pairs) > 1:
            continue
        rated = [share_of(passage, part, whole, share, STRUCTURAL) for part, share in pairs]
        shares = [one for found in rated for one in found]
        if sum(one.holds for one in shares) < len(pairs) - 1:
            continue
        if not adds_up(whole, parts):
            # Where one figure is mistyped, putting it right makes the parts the whole; else they are of another one.
            if not full or not one_slip_away(whole.quantity, [one.quantity for one in parts], rounded=True):
                continue
            if named_otherwise(passage, parts[0], whole):
                continue
            if whole.quantity.decimals and len(shares) == len(pairs) and all(one.holds for one in shares):
                # 983.1亿元: 233.8亿元占23.8%，559.3亿元占56.9%，189.5亿元占19.3%: what is left rounds to no share.
                yield from shares
                return
        yield from shares
        for one in sum_of(passage, whole, parts, STRUCTURAL):
            # The whole may have been divided otherwise before: what is explained are the parts.
            yield replace(one, stated=parts[0].index)
        return


def _near(part: Mention, share: Mention, whole: Mention) -> bool:
    """Return whether a share is that of its part, cut off or rounded, in a whole that may be rounded: 1.15亿元."""
    made = percent(part.quantity.interval, whole.quantity.interval)
    low, high = made.low, made.high
    room = step(share.quantity)
    return low is not None and high is not None and low - room <= share.quantity.value <= high + room
