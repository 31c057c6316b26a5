"""Shares that name the same whole: 占外贸总值的65.4%, …占外贸总值的15.2%, …占外贸总值的52.9%.

However the whole was called where its amount is told, it is the one of which all these shares, or all but one that
holds a slip, are true. Where none is, but the shares agree on one that a slip of the named amount explains, it is that.
"""

from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import divide, step
from dudao.claims.fractions import share_of
from dudao.claims.likeness import likeness, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.slips import digits_of, share_one_slip_away, slipped_within
from dudao.claims.wholes import NAMED, one_in_other, whole_noun
from dudao.quantities.model import Kind

AT_LEAST = 3
"""So many shares must name the whole."""
PART_REACH = 4
"""How many figures before its share a part may stand."""
CLAUSES = 2
REACH = 80
"""How many figures before the first share the whole may stand."""
GROUP_LIMIT = 24
TELLING = 25
"""A whole that the shares agree on must be known to a twenty-fifth."""

_Pair = tuple[Mention, Mention]


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the shares of such groups in their whole."""
    groups: dict[tuple[str, str], list[_Pair]] = {}
    firsts: dict[tuple[str, str], int] = {}
    for place, share in enumerate(passage.mentions):
        exact = share.quantity.approximation is None and share.quantity.upper is None and share.quantity.value > 0
        if share.role is not Role.SHARE or share.quantity.kind is not Kind.PERCENT or not exact:
            continue
        noun = whole_noun(share)[1]
        part = _part(passage, place) if noun else None
        if part is not None:
            key = (noun, part.family or "")
            groups.setdefault(key, []).append((part, share))
            firsts.setdefault(key, place)
    for (noun, _), pairs in groups.items():
        if AT_LEAST <= len(pairs) <= GROUP_LIMIT:
            yield from _of_one_whole(passage, noun, firsts[noun, pairs[0][0].family or ""], pairs)


def _part(passage: Passage, place: int) -> Mention | None:
    """Return the amount a share is told of: the nearest before it, changes of it passed over."""
    share = passage.mentions[place]
    for one in passage.mentions[max(place - PART_REACH, 0) : place][::-1]:
        if one.sentence != share.sentence or share.clause_number - one.clause_number > CLAUSES:
            return None
        if one.role is Role.CHANGE:
            continue
        plain = one.level and one.amount and not (one.each or one.base) and one.slack is not None
        return one if plain and one.family is not None and one.depth == share.depth else None
    return None


def _of_one_whole(passage: Passage, noun: str, first: int, pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    parts = {part.index for part, _ in pairs}
    told = [
        one
        for one in passage.mentions[max(first - REACH, 0) : first]
        if one.index not in parts
        and one.level
        and one.amount
        and not one.each
        and one.slack is not None
        and same_unit(one, pairs[0][0])
        and one.quantity.value > 0
    ]
    best: Mention | None = None
    most = len(pairs) - 2
    for whole in told[::-1]:
        fitting = sum(_near(part, share, whole) for part, share in pairs)
        if fitting > most:
            best, most = whole, fitting
    if best is None or most < AT_LEAST - 1:
        best = _mistyped(noun, told, pairs)
    if best is None:
        return
    for part, share in pairs:
        near = _near(part, share, best)
        if near or share_one_slip_away(share.quantity, part.quantity, best.quantity):
            yield from share_of(passage, part, best, share, STRUCTURAL)


def _near(part: Mention, share: Mention, whole: Mention) -> bool:
    made = part.quantity.value * 100 / whole.quantity.value
    return abs(made - share.quantity.value) <= step(share.quantity)


def _mistyped(noun: str, told: Sequence[Mention], pairs: Sequence[_Pair]) -> Mention | None:
    """Return the one amount of that name which a slip keeps from being the whole that all the shares ask for."""
    asked = [divide(part.quantity.interval, share.quantity.interval) for part, share in pairs]
    lows = [one.low * 100 for one in asked if one.low is not None]
    highs = [one.high * 100 for one in asked if one.high is not None]
    if min(len(lows), len(highs)) < len(pairs):
        return None
    low, high = max(lows), min(highs)
    if low > high or (high - low) * TELLING > high:
        return None
    found: dict[object, Mention] = {}
    for one in told:
        own = digits_of(one.quantity)
        named = one_in_other(noun, one.noun) or likeness(noun, one.noun) >= NAMED
        if own is None or not named:
            continue
        if slipped_within(own.number, float(low / own.unit), float(high / own.unit)) is not None:
            found[one.quantity.value] = one
    return next(iter(found.values())) if len(found) == 1 else None
