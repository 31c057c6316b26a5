"""What a rate or an amount lacks to its target: 毛入园率93.2%，距目标95%还差1.8个百分点."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.differences.claim import less
from dudao.claims.likeness import is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.claims.series import row_at
from dudao.quantities.model import Approximation, Interval, Kind, Quantity

REACH = 5
"""How many figures back the two may stand in their sentence."""
CLAUSES = 4
_AIM = re.compile(r"计划|目标|要求|规定|应达|预期|任务|指标为|标准|控制在")
_OFF_PLAN = re.compile(
    r"^(?:比|较|与|距|离)?(?:原?计划|年初目标|目标|预期|任务|要求|规定|标准|控制数|指标)?(?:值|数)?(?:相比)?[，]?(?:仍|还|尚|仅|只)?"
    r"(?:相差|差|低|少|高|超出|超过|超|高出|多)(?:了|约)*$"
)
_RATES = ("率", "比例", "比重", "占比", "满意度", "覆盖面")
_OWN_NAME = re.compile(
    rf"(?P<name>[^，。；、\d]{{2}}(?:{'|'.join(_RATES)})|小学|初中|高中|普通高中|中职|幼儿园|特教)"
    r"(?:还|仍|尚|均)?(?:距|离|与)[^，。；]{0,20}$"
)
_BOUND = re.compile(r"的?[^，。；、\d]{0,6}(?:标准|要求|目标|规定|底线)")
_DISTANCE = re.compile(r"(?:距|离|与)[^，。；]{0,20}$")


def short_of_target(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 毛入园率93.2%，距目标95%还差1.8个百分点; 2.86平方米，距3平方米的规定还差0.14平方米.

    A distance counts either way: 近视率48.9%，距45%以下的目标还差3.9个百分点. Rows are taken figure by figure:
    分别为3.92平方米、6.18平方米，距4.5平方米、7.5平方米的标准还差0.58平方米、1.32平方米.
    """
    mentions, by = passage.mentions, passage.mentions[place]
    distances = row_at(passage, place)
    first_target = place - len(distances)
    if first_target < 1 or len(distances) != len(row_at(passage, first_target)):
        return
    targets = mentions[first_target:place]
    if targets[0].sentence != by.sentence or not _DISTANCE.search(targets[0].clause):
        return
    if targets[0].each != by.each and "每" in targets[0].lead:
        return  # 心理健康教师7名，与每校至少2名的要求还差3名: a target for each is none for all
    if not all(_measures(one, by) and one.role is not Role.CHANGE for one in targets):
        return
    levels = _levels_told(passage, first_target, len(distances))
    for distance, target, level in zip(distances, targets, levels, strict=False):
        target = replace(target, quantity=_as_aimed(target.quantity))
        high, low = (target, level) if target.quantity.value >= level.quantity.value else (level, target)
        yield from less(passage, distance, high, low, EXPLICIT)


def _measures(one: Mention, by: Mention) -> bool:
    """Return whether a figure may be what lies apart by another: of its unit, or a rate where it counts points."""
    alike = same_unit(one, by) if by.amount else one.quantity.kind is Kind.PERCENT
    return alike and one.quantity.upper is None


def _levels_told(passage: Passage, first_target: int, number: int) -> Sequence[Mention]:
    """Return the figures of the sentence that a row of targets is held against, by their name where it has one."""
    mentions, target = passage.mentions, passage.mentions[first_target]
    named = _OWN_NAME.search(target.clause)
    name = named["name"] if named is not None else ""
    for at in range(first_target - 1, max(first_target - 1 - REACH - number, -1), -1):
        one = mentions[at]
        if one.sentence != target.sentence:
            return ()
        if not (_measures(one, target) and is_level(one)) or _BOUND.match(one.tail):
            continue  # 初中已达到10.2平方米的标准，小学与7.5平方米的标准相差…: what another standard is
        if number > 1:
            if len(row_at(passage, at)) == number:
                return row_at(passage, at)
            continue
        if name and name not in one.lead + one.noun:
            if name.endswith(_RATES):
                return ()  # 占13.9%；三是近视率距离45%以下的目标还差3.7个百分点: how high it is, is told elsewhere
            continue
        return (one,) if name else (_head_of_parts(mentions, at),)
    return ()


def _head_of_parts(mentions: Sequence[Mention], last: int) -> Mention:
    """Return what 其中 divides up to a figure, else that figure: 42.3%，其中小学48.7%、高中31.9%，与50%的目标差7.7."""
    for at in range(last, max(last - REACH, 0), -1):
        one, before = mentions[at], mentions[at - 1]
        if one.part != mentions[last].part or not (_measures(one, mentions[last]) and is_level(one)):
            break
        if one.lead.startswith("其中"):
            return before if _measures(before, one) and is_level(before) and before.part == one.part else mentions[last]
    return mentions[last]


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
