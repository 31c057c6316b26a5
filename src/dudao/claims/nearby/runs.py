"""Amounts side by side, and the amount told before that they make."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import step
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.nearby.rules import CHANCE, is_operand, room_of
from dudao.claims.proposals import WEAK, Proposal
from dudao.claims.sums.each_named import with_each_counted
from dudao.claims.sums.lists import LEFT_OVER, names_next
from dudao.claims.sums.proposing import sum_of, surely
from dudao.claims.sums.told_each import lists_told_each, makes
from dudao.claims.wholes import adds_up, told_again

RUN_LIMIT = 16
"""How many figures side by side are tried as the parts of a total."""
TRIED_EACH = 4
"""How many totals and ends a list whose parts tell more than their amounts is tried with."""
TOTALS = 60
"""How many figures back the total of a list may stand."""


def lists(passage: Passage) -> Iterator[Proposal]:
    """Yield lists of amounts side by side that make an amount told before: 86213万元 … 税务60127万元，财政26086万元."""
    passage = with_each_counted(passage)
    mentions = passage.mentions
    totals = levels_of(mentions)
    first = 0
    while first < len(mentions):
        run = amounts_in_a_row(mentions, first, totals)
        if len(run) >= 2:
            yield from _total(passage, first, run, totals)
        first += max(len(run), 1)
    for told in lists_told_each(passage):
        parts = makes(told)
        if parts and surely(told.total, parts, TRIED_EACH):
            yield from sum_of(passage, told.total, parts, WEAK)


def _total(
    passage: Passage, first: int, run: list[Mention], totals: Sequence[tuple[float, float] | None]
) -> Iterator[Proposal]:
    """Yield the sum of a run that an earlier figure gives; `totals` are value and step of those that may."""
    mentions = passage.mentions
    tried = 0
    for begin in (0, 1):
        parts = run[begin:]
        if len(parts) < 2 or (begin and any(right.depth != left.depth for left, right in pairwise(parts))):
            continue
        reached = float(sum((one.quantity.value for one in parts), Decimal(0)))
        parts_room = sum(float(step(one.quantity)) for one in parts if one.quantity.decimals)
        for other in range(first + begin - 1, max(first - TOTALS, -1), -1):
            known = totals[other]
            if known is None or not same_unit(mentions[other], parts[0]):
                continue
            tried += 1
            total, (value, own_room) = mentions[other], known
            room = own_room + parts_room
            near = abs(reached - value) <= room
            if near and told_again(total, mentions[other + 1 : first + begin]):
                continue
            if near and tried * room * CHANCE <= value and adds_up(total, parts):
                yield from sum_of(passage, total, parts, WEAK)
                return


def levels_of(mentions: Sequence[Mention]) -> list[tuple[float, float] | None]:
    """Return value and step of each figure that can be a total or its part, None for any other."""
    return [
        (float(one.quantity.value), room_of(one)) if one.level and not one.each and is_operand(one) else None
        for one in mentions
    ]


def amounts_in_a_row(
    mentions: Sequence[Mention], first: int, totals: Sequence[tuple[float, float] | None]
) -> list[Mention]:
    """Return the amounts of one unit that follow one another from a place on; `totals` are their levels."""
    run: list[Mention] = []
    shared = 0
    last = min(first + RUN_LIMIT, len(mentions)) - 1
    for place in range(first, last + 1):
        one = mentions[place]
        if place < last:
            behind = mentions[place + 1]
            beside = one.clause_number == behind.clause_number and one.depth >= behind.depth
            if beside and one.quantity.unit != behind.quantity.unit:
                # 11至50人的42所: the first figure belongs to the name of the second; what a parenthesis tells does not.
                continue
            if names_next(mentions, place):
                continue  # 本级6个，7个县市28个
        if totals[place] is None:
            if run and one.role is Role.SHARE and one.clause_number - run[-1].clause_number == 1:
                # A share told of the last amount does not end the list.
                shared = 1
                continue
            break
        if run and (one.sentence != run[-1].sentence or one.quantity.unit != run[-1].quantity.unit):
            break
        if run and one.clause_number - run[-1].clause_number > 1 + shared:
            break
        if run and one.part != run[-1].part and one.tail.endswith(("中", "中有")):
            break  # 4所消防不完善，3所留样不规范；23所应配的学校中有1所未联网: of which some are told next
        if len(run) > 1 and LEFT_OVER.match(run[-1].lead):
            break  # 增长的98个，其余8个下降，下降超过2%的3个: behind the rest nothing is left to tell
        run.append(one)
        shared = 0
    return run
