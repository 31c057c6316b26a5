"""Means and ratios dealt out one to one that two rows before make: 学生分别为…，教师依次为…，生师比分别为18.7、15.9."""

import re
from collections.abc import Iterator
from itertools import combinations

from dudao.claims.dealt.rows import near_to
from dudao.claims.formulas import quotient
from dudao.claims.mentions import Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.series import Series

ROWS = 4
"""How many rows of as many levels before it are tried."""
FEWEST = 3
"""So many quotients that all hold but one are no chance; fewer must all hold."""
_MEAN = re.compile(r"(?:[生师人班校园]均|班额|[生师幼]师比|师[生幼]比|平均|每[生班校园所个名人])")


def quotients(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield the quotients of the two rows of levels that give a row of means, all of them or all but one."""
    head = row.members[0]
    if not row.dealt or not _MEAN.search(head.lead):
        return
    levels = [one for one in before if one.members[0].level and one.members[0].amount and near_to(row, one, 1)]
    for left, right in combinations(levels[::-1][:ROWS], 2):
        for above, below in ((left, right), (right, left)):
            found = _divided(passage, row, above, below)
            right_ones = sum(one.holds for one in found)
            if right_ones == len(row) or (right_ones == len(row) - 1 and len(row) >= FEWEST):
                yield from found
                return


def _divided(passage: Passage, row: Series, above: Series, below: Series) -> list[Proposal]:
    found = []
    for over, under, mean in zip(above.members, below.members, row.members, strict=True):
        if not under.quantity.value:
            return []
        wording = Wording("dealt_lists", ClaimType.PER_CAPITA, "mean = a / b", f"{text_of(over)}÷{text_of(under)}")
        one = propose(passage, wording, ("mean", mean), {"a": over, "b": under}, quotient, STRUCTURAL)
        found += [one] if one is not None else []
    return found
