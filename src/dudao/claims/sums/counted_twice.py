"""Kinds of which some are both, told once together: 7所没有浴室，5所没有热水，其中3所两样都没有，合计涉及9所."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import add, judge, subtract
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, joined, propose
from dudao.quantities.model import Interval

CLAUSES = 2
"""How many clauses from one figure to the next."""
KINDS = 6
"""How many kinds may be told together."""
FEWEST = 2
_BOTH = re.compile(
    r"(?:[两二](?:[种项类者样个]|方面)|均|都|同时|既)[^，。；、\d]{0,10}(?:都|均|兼|有|存在|不)|兼(?![职任课])|重复|重叠|交叉|"
    r"同时(?:属于|具有|享受|获得)"
)
_TAKEN_OUT = re.compile(r"(?:剔除|扣除|去除|去掉|除去|减去)[^，。；、\d]{0,8}$")
_TOGETHER = re.compile(r"共|合计|总计|涉及|不重复|实际|净|总")


def counted_twice(passage: Passage, place: int) -> Iterator[Proposal] | None:
    """Return the claim that a total counts once those who are of both kinds; None where no words say that some are."""
    total, both = passage.mentions[place], passage.mentions[place - 1] if place else None
    if both is None or not _TOGETHER.search(total.lead) or not _follows(both, total, total):
        return None
    if _BOTH.search(both.lead + both.tail) is None and _TAKEN_OUT.search(both.lead) is None:
        return None
    kinds: list[Mention] = []
    for one in passage.mentions[max(place - 1 - KINDS, 0) : place - 1][::-1]:
        if not _follows(one, kinds[0] if kinds else both, total):
            break
        kinds.insert(0, one)
    return _claims(passage, total, both, kinds)


def _follows(one: Mention, later: Mention, total: Mention) -> bool:
    """Return whether a figure is an amount like the total and stands right before another in its sentence."""
    plain = one.level and one.amount and not one.each and same_unit(one, total) and one.sentence == total.sentence
    return plain and 0 <= later.clause_number - one.clause_number <= CLAUSES and one.depth == later.depth


def _claims(passage: Passage, total: Mention, both: Mention, kinds: Sequence[Mention]) -> Iterator[Proposal]:
    """Yield the claim of as many kinds as fit; one that does not fit is an error where there are two kinds alone."""
    for first in range(len(kinds) - FEWEST, -1, -1):
        parts = kinds[first:]
        if min(one.quantity.value for one in parts) < both.quantity.value:
            return
        figures = [one.quantity for one in (*parts, both)]
        if len(kinds) == FEWEST or judge(total.quantity, _once, figures, derived=False).holds:
            names = {f"p{number}": part for number, part in enumerate(parts, 1)} | {"both": both}
            formula = f"total = {' + '.join(list(names)[:-1])} - both"
            spoken = f"{joined(figures[:-1])}－{joined(figures[-1:])}"
            wording = Wording("parts_and_total", ClaimType.SUM, formula, spoken)
            found = propose(passage, wording, ("total", total), names, _once, EXPLICIT, derived=False)
            if found is not None:
                yield found
            return


def _once(figures: Sequence[Interval]) -> Interval:
    return subtract(add(figures[:-1]), figures[-1])
