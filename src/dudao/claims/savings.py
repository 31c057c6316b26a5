"""Rates of what was saved of a plan that is told by its two parts: 中标1327.6万元，节约152.4万元，节约率10.3%."""

import re
from collections.abc import Iterator

from dudao.claims.fractions import share_of_two
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import Proposal
from dudao.claims.rate_names import name_of_rate

REACH = 4
"""How many figures back of the rate what was spent may stand."""
_SAVED = re.compile(r"(?:资金)?(?:节约|节支|节省|节资)(?:资金|金额)?")
_SPENT = re.compile(r"中标|成交|合同|采购(?:金额|支出|价)|实际(?:支出|采购|执行|使用|投资|完成)|决算|结算")
_PLANNED = re.compile(r"预算|计划|控制价|限价|概算|估算|送审|最高价|标底")


def rate_of_savings(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield a rate of savings as saved / (spent + saved), where the sentence tells no plan that it is taken of."""
    share = passage.mentions[place]
    stem = name_of_rate(share)
    if stem is None or not _SAVED.fullmatch(stem) or place < len(("spent", "saved")):
        return
    told = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place]
        if one.sentence == share.sentence and one.depth == share.depth and is_level(one) and is_amount(one)
    ]
    if any(_PLANNED.search(one.lead) for one in told) or len(told) < len(("spent", "saved")):
        return
    spent, saved = told[-2:]
    planned = spent.quantity.value + saved.quantity.value
    before = passage.mentions[max(place - 2 * REACH, 0) : place]
    if any(one.quantity.value == planned and one.paragraph == share.paragraph for one in before):
        return
    if _SAVED.search(saved.lead) and _SPENT.search(spent.lead) and _one_kind(spent, saved):
        yield from share_of_two(passage, saved, spent, share)


def _one_kind(spent: Mention, saved: Mention) -> bool:
    return same_unit(spent, saved) and not (spent.each or saved.each) and saved.clause_number - spent.clause_number == 1
