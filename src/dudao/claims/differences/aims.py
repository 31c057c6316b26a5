"""What a rate or an amount lacks to its target: 毛入园率93.2%，距目标95%还差1.8个百分点."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dudao.claims.differences.claim import less
from dudao.claims.likeness import is_level, same_unit
from dudao.claims.mentions import Passage, Role
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.quantities.model import Approximation, Interval, Kind, Quantity

REACH = 5
"""How many figures back the two may stand in their sentence."""
CLAUSES = 4
_AIM = re.compile(r"计划|目标|要求|规定|应达|预期|任务|指标为|标准|控制在")
_OFF_PLAN = re.compile(
    r"^(?:比|较|与|距|离)?(?:原?计划|年初目标|目标|预期|任务|要求|规定|标准|控制数|指标)?(?:值|数)?(?:相比)?[，]?(?:仍|还|尚|仅|只)?"
    r"(?:相差|差|低|少|高|超出|超过|超|高出|多)(?:了|约)*$"
)
_OWN_NAME = re.compile(
    r"(?P<name>[^，。；、\d]{2}(?:率|比例|比重|占比|满意度|覆盖面))(?:还|仍|尚)?(?:距|离|与)[^，。；]{0,20}$"
)
_DISTANCE = re.compile(r"(?:距|离|与)[^，。；]{0,20}$")


def short_of_target(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 毛入园率93.2%，距目标95%还差1.8个百分点; 2.86平方米，距3平方米的规定还差0.14平方米."""
    mentions, by = passage.mentions, passage.mentions[place]
    near = [one for one in mentions[max(place - REACH, 0) : place] if one.sentence == by.sentence]
    rates = [
        one
        for one in near
        if one.role is not Role.CHANGE
        and (same_unit(one, by) if by.amount else one.quantity.kind is Kind.PERCENT)
        and one.quantity.upper is None
    ]
    if len(rates) < 2 or rates[-1] is not near[-1] or not _DISTANCE.search(rates[-1].clause):
        return
    level = next((one for one in reversed(rates[:-1]) if is_level(one)), None)
    named = _OWN_NAME.search(rates[-1].clause)
    if level is not None and named is not None and named["name"] not in level.lead + level.noun:
        return  # 占13.9%；三是近视率距离45%以下的目标还差3.7个百分点: how high it is, is told elsewhere
    if level is not None:
        target = replace(rates[-1], quantity=_as_aimed(rates[-1].quantity))
        yield from less(passage, by, target, level, EXPLICIT)


def _as_aimed(target: Quantity) -> Quantity:
    """Return a whole target as what it says: 95% is no rounded figure, nor is 51% in 控制在51%以内."""
    if target.decimals or target.approximation not in (None, Approximation.AT_MOST, Approximation.AT_LEAST):
        return target
    return replace(target, interval=Interval(target.value, target.value))


def against_plan(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 计划95%，年末达到92.7%，差2.3个百分点; 控制在51%以内，实际50.3%，比计划低0.7个百分点."""
    mentions, by = passage.mentions, passage.mentions[place]
    if place < 2 or not _OFF_PLAN.match(by.lead):
        return
    plan, fact = mentions[place - 2 : place]
    rates = all(one.quantity.kind is Kind.PERCENT and one.quantity.upper is None for one in (plan, fact))
    in_order = plan.clause_number < fact.clause_number < by.clause_number <= plan.clause_number + CLAUSES
    plan = replace(plan, quantity=_as_aimed(plan.quantity))
    if rates and in_order and plan.part == by.part and _AIM.search(plan.lead) and not _AIM.search(fact.lead):
        high, low = (plan, fact) if plan.quantity.value > fact.quantity.value else (fact, plan)
        if fact.role in (Role.LEVEL, Role.TO, Role.SHARE):
            yield from less(passage, by, high, low, EXPLICIT)
