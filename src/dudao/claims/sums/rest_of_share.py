"""A whole, the part of it that a percentage was told of, and the rest behind: 43个…已整改38个，占88.4%，其余5个.

Between the whole and its part a report may divide it once more or tell how it went about it; the percentage says all
the same which two figures belong together.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.differences.claim import less
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.lists import goes_on_behind, names_next
from dudao.claims.sums.proposing import sum_of

_BEHIND = 4
"""How many figures behind the percentage the rest may stand."""
_CLAUSES = 3
_OPERANDS = frozenset({"share", "part", "whole"})
_REST = re.compile(r"^(?:其余|余下|剩余|剩下|所余|还剩|尚余|仅剩)的?(?P<what>[^，。；、\d]{0,8})$")
_NOT = re.compile(r"^(?:目前|尚|仍|还|另|有|存)*(?:未|没有?|无|不)(?P<done>[^，。；、\d]{1,8})(?<!涉及)(?<!分布在)$")
"""What is not done is the rest where the part is what is done: 整改率97.4%，尚未整改的14处, yet not 尚未启动的3处."""


def rests(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield what is left of each whole by the part that holds as its share."""
    mentions = passage.mentions
    for one in found:
        if one.claim.type is not ClaimType.SHARE or not one.holds or one.claim.operands.keys() != _OPERANDS:
            continue
        places = [_place(mentions, one.claim.operands[name]) for name in ("share", "part", "whole")]
        if any(place is None for place in places):
            continue
        share, part, whole = (mentions[place] for place in places if place is not None)
        if whole.index > part.index or not _counted(part, whole):
            continue
        last = max(place for place in places if place is not None)
        yield from _rest(passage, last, whole, part, share)


def _rest(passage: Passage, last: int, whole: Mention, part: Mention, share: Mention) -> Iterator[Proposal]:
    told = passage.mentions[last]
    for place in range(last + 1, min(last + 1 + _BEHIND, len(passage.mentions))):
        rest = passage.mentions[place]
        if rest.paragraph != told.paragraph or rest.clause_number - told.clause_number > _CLAUSES:
            return
        if rest.depth > told.depth or not same_unit(rest, part) or names_next(passage.mentions, place):
            continue  # 其余9个乡镇29所
        if rest.sentence == told.sentence and _counted(rest, whole):
            fitting = [*sum_of(passage, whole, [part, rest], WEAK)]
            # The percentage vouches for the whole and its part: where they do not fit, it is the rest that is doubted.
            sure = WEAK if goes_on_behind(passage.mentions, rest) else _strength(whole, part, share, rest)
            yield from fitting or less(passage, rest, whole, part, sure)
        return


def _strength(whole: Mention, part: Mention, share: Mention, rest: Mention) -> int:
    left = _REST.match(rest.lead)
    if left is not None and left["what"] in whole.lead + whole.tail + part.lead + part.tail:
        return EXPLICIT  # 其余问题涉及4个乡镇 counts something else
    undone = _NOT.match(rest.lead)
    named = undone is not None and not {*undone["done"]}.isdisjoint(part.lead + part.tail + share.lead)
    near = named and one_slip_away(whole.quantity, [part.quantity, rest.quantity], rounded=True)
    return STRUCTURAL if near else WEAK


def _counted(one: Mention, whole: Mention) -> bool:
    """Return whether a figure is so many of a whole and no more than it."""
    plain = one.amount and one.level and not one.each and one.quantity.upper is None
    return plain and same_unit(one, whole) and 0 < one.quantity.value < whole.quantity.value


def _place(mentions: Sequence[Mention], number: int) -> int | None:
    place = bisect_left(mentions, number, key=lambda one: one.index)
    return place if place < len(mentions) and mentions[place].index == number else None
