"""Shares that name their whole as others do whose whole is known: 占高校资助总额的21.99%, chapters behind 29.91% of it.

A report tells a whole once (资助总金额955.84亿元) and calls it by another name with every share of it. Where several
shares of one name are true of one amount, that name is its own, and a further share of it that one slip of a digit
keeps from being true is wrong. Names that every list gives its own whole (总数) say nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.formulas import share_in_percent
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.slips import share_one_slip_away
from dudao.claims.wholes import whole_noun
from dudao.quantities.model import Kind

NAME = "shares_named_alike"
AGREEING = 2
"""So many shares of one name must be true of one amount."""
LETTERS = 4
"""So many characters a name has at least that is not every list's."""
BESIDE = 3
"""How many figures back the part of a share may stand."""
REACH = 120
"""How many figures from a share that is known another of its name may stand."""


def find(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the shares of each name in the one amount that others of that name are true of."""
    holding = [
        one for one in found if one.holds and one.claim.type is ClaimType.SHARE and "whole" in one.claim.operands
    ]
    if len(holding) < AGREEING:
        return
    explained = {one.stated for one in holding}
    known: dict[str, dict[int, list[int]]] = {}
    for one in holding:
        share = _mention(passage, one.stated)
        name = whole_noun(share)[1] if share is not None else ""
        if len(name) >= LETTERS:
            agreeing = known.setdefault(name, {}).setdefault(one.claim.operands["whole"], [])
            if one.stated not in agreeing:
                agreeing.append(one.stated)
    for place, share in enumerate(passage.mentions):
        if share.role is not Role.SHARE or share.quantity.kind is not Kind.PERCENT or share.index in explained:
            continue
        wholes = known.get(whole_noun(share)[1], {})
        if len(wholes) != 1:
            continue
        index, agreeing = next(iter(wholes.items()))
        whole, part = _mention(passage, index), _part(passage, place)
        near = min(abs(share.index - other) for other in agreeing) <= REACH
        if len(agreeing) >= AGREEING and near and whole is not None and part is not None and part is not whole:
            yield from _share(passage, part, whole, share)


def _share(passage: Passage, part: Mention, whole: Mention, share: Mention) -> Iterator[Proposal]:
    if not same_unit(part, whole) or not share_one_slip_away(share.quantity, part.quantity, whole.quantity):
        return
    wording = Wording(NAME, ClaimType.SHARE, "share = part / whole", f"{text_of(part)}÷{text_of(whole)}×100%")
    operands = {"part": part, "whole": whole}
    found = propose(passage, wording, ("share", share), operands, share_in_percent, STRUCTURAL)
    if found is not None:
        yield found


def _part(passage: Passage, place: int) -> Mention | None:
    """Return the amount right before a share, in its part of the sentence."""
    share = passage.mentions[place]
    for one in passage.mentions[max(place - BESIDE, 0) : place][::-1]:
        beside = one.part == share.part and share.clause_number - one.clause_number <= 1 and one.depth == share.depth
        if beside and one.level and one.amount and not one.each:
            return one
    return None


def _mention(passage: Passage, index: int) -> Mention | None:
    place = bisect_left(passage.mentions, index, key=lambda one: one.index)
    found = passage.mentions[place] if place < len(passage.mentions) else None
    return found if found is not None and found.index == index else None
