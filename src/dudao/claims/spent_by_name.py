"""Rates of execution whose budget is told elsewhere by its name: 补助经费支出40117万元，执行率97.2%."""

import re

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention
from dudao.claims.wholes import WHOLE_REACH
from dudao.quantities.model import Kind

_SPENT_RATE = re.compile(r"(?:预算|资金|支出)?(?:执行|支出|支付)(?:率|进度)(?:为|达到|达|是|仅|约)*")
_SPENT_NAME = re.compile(r"^(?:共|累计|实际|已|全年)*支出(?=.)|(?:实际|已|累计)*支[出付]$")
NAMED_MONEY = 6
"""How many characters the name of a budget has at least that is known when it comes back."""


def spent_of_named(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 补助经费支出40117万元，执行率97.2%: 补助经费41286万元 was told once before."""
    part, share = mentions[place - 1] if place else None, mentions[place]
    if part is None or _SPENT_RATE.fullmatch(share.lead) is None or part.quantity.kind is not Kind.MONEY:
        return None
    beside = share.clause_number - part.clause_number == 1 and share.depth == part.depth and part.level
    name = _SPENT_NAME.sub("", core_noun(part.noun))
    if not beside or len(name) < NAMED_MONEY or name == core_noun(part.noun):
        return None
    told = [
        one
        for one in mentions[max(place - WHOLE_REACH, 0) : place - 1]
        if one.level and one.amount and same_unit(one, part) and core_noun(one.noun).endswith(name)
    ]
    alone = len({one.quantity.value for one in told}) == 1
    return (part, told[-1]) if alone and told[-1].quantity.value >= part.quantity.value else None
