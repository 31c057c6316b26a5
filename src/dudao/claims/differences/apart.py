"""How far the highest and the lowest, or two of a kind, stand apart: 最高93.7分，最低82.9分，相差10.8分."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import add, step
from dudao.claims.differences.aims import REACH
from dudao.claims.differences.claim import less
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval, Kind

DISTANT = 160
"""How many figures back the level of an earlier year may stand."""
LIST = 3
"""How many figures a list has at least whose highest and lowest are compared."""
_EXTREME = re.compile(r"最[高低多少大小]")


def apart(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 最高的县22.17%，最低的区13.06%，相差9.11个百分点: the only two figures of their kind in the part before."""
    mentions, by = passage.mentions, passage.mentions[place]
    if "最" in by.lead:
        yield from _spread(passage, place)
        return
    points = by.quantity.kind is Kind.PERCENTAGE_POINT
    if points and len(aside := _in_parentheses(passage, place)) == len("高低"):
        yield from _signed(passage, by, *aside)
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.part == by.part
        and one.depth == by.depth
        and one.quantity.upper is None
        and (one.quantity.kind is Kind.PERCENT if points else one.amount and same_unit(one, by))
    ]
    if len(near) == 1 and not points:
        # 在编教师月均7218元；聘用教师304人，月均3650元，相差3568元: one in each of the two parts.
        back = mentions[max(place - REACH, 0) : place]
        near = [one for one in back if one.part == by.part - 1 and one.amount and same_unit(one, by)] + near
        near = near if near[0].sentence == by.sentence else near[1:]
    extremes = [(one, said[-1]) for one in near if (said := _EXTREME.findall(_words_before(passage, one)))]
    if len(extremes) == 2 and len({said[-1] in "高多大" for _, said in extremes}) == 2:
        # 平均88.4分，最高93.7分，最低82.9分，相差10.8分
        near = [_as_written(one) for one, _ in extremes]
    alike = len(near) == 2 and all(one.role is Role.LEVEL for one in near) and _of_one_size(*near)
    if not alike or near[1].index != next(one.index for one in mentions[:place][::-1] if one.depth <= by.depth):
        return
    high, low = sorted(near, key=lambda one: one.quantity.value, reverse=True)
    yield from less(passage, by, high, low, EXPLICIT)


def _words_before(passage: Passage, one: Mention) -> str:
    """Return the words of its part between the figure before and a figure: 其中甲县最高，为94.8%."""
    start = max(passage.segmentation.parts.starts[one.part], one.quantity.span.start - LEAD_LIMIT)
    return re.split(r"\d", passage.text[start : one.quantity.span.start])[-1]


def _in_parentheses(passage: Passage, place: int) -> list[Mention]:
    """Return what the parentheses behind both extremes tell: 最高为甲县（增长19.4%），最低为乙县（下降3.1%），相差….

    The higher one comes first.
    """
    by, told = passage.mentions[place], {}
    for one in passage.mentions[max(place - len("高低"), 0) : place]:
        alone = one.quantity.kind is Kind.PERCENT and one.depth == by.depth + 1 and one.sentence == by.sentence
        clause = passage.segmentation.clauses.span_at(max(one.parenthesis, 0))
        extreme = _EXTREME.findall(passage.text, clause.start, one.parenthesis) if alone else []
        if len(extreme) == 1:
            told[extreme[0][-1] in "高多大"] = _as_written(one)
    return [told[True], told[False]] if len(told) == len("高低") else []


def _signed(passage: Passage, by: Mention, high: Mention, low: Mention) -> Iterator[Proposal]:
    """Yield how far a growth and another growth or a fall stand apart."""
    if low.direction >= 0:
        yield from less(passage, by, high, low, EXPLICIT)
    elif high.direction >= 0:
        spoken = f"{text_of(high)}＋{text_of(low)}"
        wording = Wording("difference", ClaimType.DIFFERENCE, "diff = a + b", spoken)
        found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, add, EXPLICIT, derived=False)
        yield from () if found is None else (found,)
    else:
        yield from less(passage, by, low, high, EXPLICIT)


def _spread(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 依次为：西陵区94.2分、北岗区92.8分、…南丰县86.5分。…最高与最低相差7.7分: of the list told last."""
    by = passage.mentions[place]
    reach = passage.mentions[max(place - DISTANT, 0) : place]
    lists = [
        [one for one in reach if one.sentence == number and one.level and same_unit(one, by) and one.lead]
        for number in (by.sentence, by.sentence - 1)
    ]
    lists = [[one for one in told if not one.total] for told in lists]
    for told in lists:
        row = [one for one in told if one.index < by.index]
        joints = [passage.text[one.quantity.span.end : one.quantity.span.end + 1] for one in row[:-1]]
        if len(row) >= LIST and all(joint in ("、", "，") for joint in joints):
            row.sort(key=lambda one: one.quantity.value)
            if row[0].quantity.value * 2 > row[-1].quantity.value:
                yield from less(passage, by, row[-1], row[0], STRUCTURAL)
            return


def _of_one_size(one: Mention, other: Mention) -> bool:
    """Return whether two amounts are told alike: both per head, or as near to one another as 8.27万元 and 8.69万元."""
    return one.each == other.each or one.quantity.value * 2 > other.quantity.value > one.quantity.value / 2


def _as_written(one: Mention) -> Mention:
    """Return 最高93.7分 as the very figure, for it is the highest of some and not at most so much."""
    half = step(one.quantity) / 2 if one.quantity.decimals else Decimal(0)
    exact = Interval(one.quantity.value - half, one.quantity.value + half)
    return replace(one, quantity=replace(one.quantity, interval=exact, approximation=None))
