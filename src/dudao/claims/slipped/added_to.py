"""What 加上 adds to an amount told before: 收入7231亿元，增长1.2%。加上调入资金1315亿元，收入总量为8546亿元.

The amount that more is added to heads one of the sentences before; whatever else that sentence tells (its growth, its
largest part) is none of the sum. Where no head makes the total, one that a slip keeps from making it is meant.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import digits_written
from dudao.claims.slipped.trials import plain_amount
from dudao.claims.slips import one_slip_away
from dudao.claims.wholes import adds_up

REACH = 16
"""How many figures back the amount may stand that more is added to."""
SENTENCES = 3
PARAGRAPHS = 1
TELLING = 4
"""How many digits a total has at least that is looked for in sentences before."""
_ADDED = re.compile(r"加上|另加|再加|[，。；]加(?=[^，。；、\d]{2,})")
_TOTAL = re.compile(r"(?:总量|总计|合计|共计|总额|总数|(?:收入|支出|资金|财力|来源))(?:共)?(?:为|是|达到?)?$")
_ANOTHER = re.compile(r"(?:总量|总计|合计|共计)(?:为|是|达到?)?$")


def added_to(passage: Passage) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield each total of what 加上 adds up, with the amounts that make it but for one slip."""
    for place, total in enumerate(passage.mentions):
        if not (plain_amount(total) and total.level) or total.each or not _TOTAL.search(total.lead):
            continue
        if digits_written(total.quantity) < TELLING:
            continue
        added = _added(passage, place)
        if not added:
            continue
        heads = [*_heads(passage, added[0], total)]
        if any(adds_up(total, [head, *added]) for head in heads):
            continue
        for head in heads:
            if one_slip_away(total.quantity, [head.quantity, *(one.quantity for one in added)], rounded=True):
                yield total, [head, *added]
                break


def _added(passage: Passage, place: int) -> list[Mention]:
    """Return the amounts between 加上 and a total in its sentence; empty where another total stands between."""
    total = passage.mentions[place]
    start = passage.segmentation.sentences.span(total.sentence).start
    opened = _ADDED.search(passage.text, max(start - 1, 0), total.quantity.span.start)
    if opened is None:
        return []
    found: list[Mention] = []
    for one in passage.mentions[max(place - REACH, 0) : place]:
        if one.quantity.span.start < opened.end() or one.depth > total.depth:
            continue
        told = one.role in (Role.LEVEL, Role.PREVIOUS)  # 加上上年结转收入720.72亿元
        alike = plain_amount(one) and one.quantity.unit == total.quantity.unit and told
        if not alike or one.each or _ANOTHER.search(one.lead):
            return []
        found.append(one)
    return found


def _heads(passage: Passage, first: Mention, total: Mention) -> Iterator[Mention]:
    """Yield the first amounts of the sentences before what is added, the nearest first."""
    heads: dict[int, Mention] = {}
    place = bisect_left(passage.mentions, first.index, key=_index)
    for one in passage.mentions[max(place - REACH, 0) : place]:
        near = total.sentence - one.sentence <= SENTENCES and total.paragraph - one.paragraph <= PARAGRAPHS
        if near and plain_amount(one) and one.level and one.quantity.unit == total.quantity.unit:
            heads.setdefault(one.sentence, one)
    yield from sorted(heads.values(), key=_index, reverse=True)


def _index(one: Mention) -> int:
    return one.index
