"""Two counts told in turn and summed up in turn: 新建70所，学位1600个，改建6所，学位540个，合计76所，共2140个."""

from collections.abc import Iterator, Sequence

from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

NAME = "interleaved_sums"
LIMIT = 16
"""How many figures a part of a sentence may have."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of the figures of one unit that a part of a sentence tells in turn with those of another."""
    mentions = passage.mentions
    place = 0
    while place < len(mentions):
        told = [mentions[place]]
        while place + len(told) < len(mentions) and mentions[place + len(told)].part == told[0].part:
            told.append(mentions[place + len(told)])
        if len(told) <= LIMIT:
            yield from _of_part(passage, told)
        place += len(told)


def _of_part(passage: Passage, told: Sequence[Mention]) -> Iterator[Proposal]:
    columns: list[tuple[Mention, list[Mention]]] = []
    for unit in dict.fromkeys(one.quantity.unit for one in told):
        column = [one for one in told if one.quantity.unit == unit]
        plain = all(one.level and one.amount and not one.each and one.slack is not None for one in column)
        *parts, total = column
        summed = total.summing and not any(one.summing for one in parts)
        if plain and unit and summed and len(parts) >= 2 and len(column) < len(told):
            columns.append((total, parts))
    if len({len(parts) for _, parts in columns}) != 1 or len(columns) < 2:
        return
    if not any(adds_up(total, parts) for total, parts in columns):
        return
    for total, parts in columns:
        if adds_up(total, parts) or one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True):
            yield from sum_of(passage, total, parts, EXPLICIT, relation=NAME)
