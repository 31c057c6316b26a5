"""Wholes and the parts behind them that need no 其中: 区内校车64辆，更换17辆，维修22辆，未作处理25辆。"""

from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.slips import digits_of, one_slip_away
from dudao.claims.sums.closed import CLASSES, begins_behind_colon, closed_list, closes, told_apart, told_last
from dudao.claims.sums.each_named import with_each_counted
from dudao.claims.sums.proposing import sum_of, surely
from dudao.claims.wholes import adds_up

NAME = "closed_lists"
LARGE, LARGEST = 100, 1000
"""Smaller numbers are one slip away from too much; where several may be meant still larger ones are."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of lists that go on to the end of their part of the sentence.

    Where they do not add up, only a list whose words leave nothing over is held against its whole, and only where
    one slip explains it: another gap may be a part that is not named.
    """
    passage = with_each_counted(passage)
    for place, total in enumerate(passage.mentions):
        if (last := told_last(passage, place)) is not None:
            yield from sum_of(passage, *last, STRUCTURAL, relation=NAME)
            continue
        if (apart := told_apart(passage, place)) is not None:
            found = [*_of_told(passage, *apart)]
            yield from found
            if found:
                continue
        if parts := closed_list(passage, place):
            closed = closes(total, parts)
            if adds_up(total, parts):
                strength = EXPLICIT if closed else STRUCTURAL if len(parts) >= CLASSES else WEAK
                yield from sum_of(passage, total, parts, strength, relation=NAME)
            elif adds_up(parts[0], parts[1:]):
                continue  # 小区124个，应建学校61所，已建38所，在建14所，未开工9所: the first is what the others divide
            elif begins_behind_colon(passage, total):
                continue  # 364名。安置情况是：随班就读187名，特校就读103名，…未安置5名: the first of the list
            elif closed and one_slip_away(total.quantity, [each.quantity for each in parts], rounded=True):
                yield from sum_of(passage, total, parts, EXPLICIT, relation=NAME)


def _of_told(passage: Passage, told: list[Mention], parts: list[Mention]) -> Iterator[Proposal]:
    """Yield the sum of a row and an amount told before that it makes, or would make but for one slip."""
    for whole in told:
        closed = closes(whole, parts)
        if adds_up(whole, parts) and (closed or surely(whole, parts, len(told))):
            yield from sum_of(passage, whole, parts, EXPLICIT if closed else WEAK, relation=NAME)
            return
    if adds_up(parts[0], parts[1:]):
        return  # 总投资3.2亿元，已安排1.75亿元，今年安排0.6亿元，剩余0.85亿元: a whole and its parts
    for whole in told:
        if (
            closes(whole, parts)
            and one_slip_away(whole.quantity, [each.quantity for each in parts], rounded=True)
            and _large(whole, alone=len(told) == 1)
        ):
            yield from sum_of(passage, whole, parts, EXPLICIT, relation=NAME)
            return


def _large(whole: Mention, *, alone: bool) -> bool:
    """Return whether an amount has so many digits that it is hardly one slip away by chance."""
    digits = digits_of(whole.quantity)
    return digits is not None and digits.number >= (LARGE if alone else LARGEST)
