"""What an amount has more than the budget it is held against, and what was saved of a plan.

年初预算为86420万元，…，预算调整为91865万元，比年初预算增加5445万元; 预算5386万元，实际采购5102万元，节约284万元.
"""

import re
from collections.abc import Iterator

from dudao.claims.differences.claim import less
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import STRUCTURAL, Proposal

REACH = 8
"""How many figures back the budget may stand."""
THAN_BUDGET = re.compile(
    r"(?:比|较)(?P<other>[^，。；、\d]{0,4}(?:预算|概算|计划))(?:数|额)?(?P<word>增加|调增|追加|减少|调减|压减|增|减)(?:了|约)*"
)
SAVED = re.compile(r"(?:共|累计|为财政)*(?:节约|节支|节省|节资|核减|审减)(?:了|财政|资金|金额|投资|支出)*")
_PLANNED = re.compile(r"(?:预算|控制价|限价|概算|估算|送审|最高价|标底)[^，。；、\d]{0,6}$")
_SPENT = re.compile(r"(?:中标|成交|合同|采购|实际(?:支出|采购|执行|使用|投资|完成)|决算|结算|审定)[^，。；、\d]{0,6}$")
_LESS = ("减少", "调减", "压减", "减")


def from_budget(passage: Passage, place: int, said: re.Match[str]) -> Iterator[Proposal]:
    """Yield what an amount has more than a budget of this very name told before it in its paragraph, the only one."""
    mentions, by = passage.mentions, passage.mentions[place]
    level = mentions[place - 1] if place else None
    if level is None or level.sentence != by.sentence or not _usable(level, by):
        return
    name = said["other"]
    told = {
        one.quantity.value: one
        for one in mentions[max(place - 1 - REACH, 0) : place - 1]
        if one.paragraph == by.paragraph and _usable(one, by) and _is_called(one, name)
    }
    if by.clause_number - level.clause_number == 1 and len(told) == 1 and not _is_called(level, name):
        budget = next(iter(told.values()))
        high, low = (budget, level) if said["word"] in _LESS else (level, budget)
        yield from less(passage, by, high, low, STRUCTURAL)


def saved_of_plan(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield what is left of a plan when what was paid follows it, clause after clause."""
    if place < len(("planned", "spent")):
        return
    planned, spent, saved = passage.mentions[place - 2 : place + 1]
    in_order = spent.clause_number - planned.clause_number == 1 == saved.clause_number - spent.clause_number
    together = planned.sentence == saved.sentence and planned.depth == spent.depth == saved.depth
    named = _PLANNED.search(planned.lead) is not None and _SPENT.search(spent.lead) is not None
    if in_order and together and named and _usable(planned, saved) and _usable(spent, saved):
        yield from less(passage, saved, planned, spent, STRUCTURAL)


def _usable(one: Mention, by: Mention) -> bool:
    return is_level(one) and is_amount(one) and same_unit(one, by) and not one.each and one.slack is not None


def _is_called(one: Mention, name: str) -> bool:
    """Return whether a figure is the budget of a name: 年初区人大批准的教育支出预算 is 年初预算."""
    first, last = name[:2], name[-2:]
    return last in one.lead[-8:] and (first == last or first in one.clause)
