"""Wholes and the parts behind them that need no 其中: 区内校车64辆，更换17辆，维修22辆，未作处理25辆。"""

from collections.abc import Iterator

from dudao.claims.mentions import Passage
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.sums.closed import CLASSES, closed_list, closes, slip_mends, told_apart
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

NAME = "closed_lists"


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of lists that go on to the end of their part of the sentence.

    Where they do not add up, only a list whose words leave nothing over is held against its whole, and only where
    one slip explains it: another gap may be a part that is not named.
    """
    for place, total in enumerate(passage.mentions):
        if (apart := told_apart(passage, place)) is not None:
            whole, parts = apart
            if adds_up(whole, parts) or (closes(whole, parts) and slip_mends(whole, parts)):
                yield from sum_of(passage, whole, parts, STRUCTURAL, relation=NAME)
                continue
        if parts := closed_list(passage, place):
            closed = closes(total, parts)
            if adds_up(total, parts):
                strength = EXPLICIT if closed else STRUCTURAL if len(parts) >= CLASSES else WEAK
                yield from sum_of(passage, total, parts, strength, relation=NAME)
            elif closed and slip_mends(total, parts):
                yield from sum_of(passage, total, parts, EXPLICIT, relation=NAME)
