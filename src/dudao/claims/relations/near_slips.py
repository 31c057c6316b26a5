"""Results that nothing explains, and figures nearby that would make them exactly but for one slip of a digit.

支出27.19亿元，结余1.15亿元 of 28.64亿元 raised: no word says 28.64 − 27.19, and near_fits is silent because it does not
fit. It is one digit away from fitting (1.45), and chance does not come so near with so many digits: a slip. Figures
that hold together with others elsewhere are taken as right, so that only those that nothing confirms can be the slip.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from dudao.claims.arithmetic import (
    judge,
    step,
)
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.nearby.announced import announced
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, shown, text_of
from dudao.claims.relations.compound_growth import YEARLY
from dudao.claims.relations.stage_sums import all_pupils, candidates
from dudao.claims.series import starts_series
from dudao.claims.slipped.beside import BESIDE
from dudao.claims.slipped.known_wholes import shares_of_known
from dudao.claims.slipped.listed import shares_of_listed
from dudao.claims.slipped.lists import slipped_lists, slipped_stages
from dudao.claims.slipped.named_shares import speaks_of_others
from dudao.claims.slipped.nearest import compared_by_name, nearest_wholes, planned_wholes, rate_of_age
from dudao.claims.slipped.shapes import DIFFERENCE, RATIO, SHARE, Shape
from dudao.claims.slipped.siblings import of_another_whole, told_of_pair
from dudao.claims.slipped.standing import FAR, NAME, UNLIKELY, Standing
from dudao.claims.slipped.three_rows import misfits_of_rows
from dudao.claims.slipped.trials import TRIALS_OF, Trial
from dudao.claims.slipped.wholes import slipped_wholes
from dudao.claims.slipped.wide import shares_of_lists, wide_ratios, wide_shares
from dudao.claims.slips import KINDS_OF_SLIP, Digits, corrected, digits_of, slips_within
from dudao.claims.sums.lists import told_with
from dudao.claims.to_one import as_number
from dudao.claims.wholes import is_half_of, stands_beside, whole_noun
from dudao.quantities.model import Kind

TRIALS = 8
TIED = 0.3
"""So much more often may chance be at work where the operands stand right beside the result."""
WIDELY = 1.5
"""So many times rarer must chance be where no word leads to the operands."""
LISTED = 8.0
"""So many times rarer where the total of a list may be meant or another whole of its part."""
ONE_DIGIT = 10
"""What lies between two figures and has one digit is one slip away from whatever should stand there."""
FEW, RARER_OF_FEW = 1000, 3.0
"""Smaller counts are so often beside others that chance must be so many times rarer, or they must stand tied."""
SEARCHES = 2000
"""So many figures of one text are searched for."""
LIST_REACH = 16
"""How many figures back the parts of a list are looked for."""
MINUEND_AND_PART = 2
"""So many figures of its sentence make a rest by a difference of two."""
ALL_STAGES = 6
"""So many stages told one by one leave no pupils out."""
PERCENTS = 50.0
"""Over how many points the percentages are spread that figures make by chance."""
POINTS = 20.0
"""The same for the differences of percentages."""
_WIDE = {"share": wide_shares, "ratio": wide_ratios}
_TIMES = "人次"
_NAMED_HIGH = re.compile(r"高中|高职|高校|高等|多媒体")
_DEALT = re.compile(r"分别|依次|各自")
_SPENT = re.compile(r"用于[^，。；、\d]{1,12}的?(?:比例|比重)")
"""征收3164万元，当年拨付2850万元，其中用于职业教育的比例为30.1%: what is spent on it is nowhere told."""
_LEFT_BEFORE = re.compile(r"(?:上年|以前年度|往年)[^，。；、\d]{0,2}结[余转]")
"""年末结余712万元（含上年结余271万元）: what another year left."""
_GAP_NOW = re.compile(r"(?:缺口|差距|缺额)(?:[^，。；、\d]{0,4})?(?:扩大|缩小|增加|减少|收窄)(?:到|至|为)")
"""学前富余6875个；到2027年，小学富余925个，初中缺口扩大到5970个: what it was before is told elsewhere."""
_OF_PLAN = re.compile(r"(?:完成|为|达到?)[^，。；、\d]{0,6}(?:预算|计划|任务)(?:数|额)?的?(?:约)?$")
_PLAN = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算|计划|任务|目标|概算|应|下达")
_OF_SEVERAL = re.compile(
    r"(?:[两三四五六七八九]|\d)[项个所类](?:[^，。；、\d]{0,6})?(?:平均|综合|总体|合计)|^(?:平均(?!每|班额)|综合|总体)"
)
"""三项平均支出进度: a rate of several together is that of no pair."""


def find(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield what does not hold because of one slip.

    Args:
        passage: the text as the relations read it.
        found: what all other relations found.
    """
    standing = Standing(found)
    searched = 0
    for place, one in enumerate(passage.mentions):
        figure = one.quantity
        if figure.approximation is not None or one.index in standing.stated or figure.decimals == 0 == figure.value:
            continue
        how = announced(one)
        named_high = one.role is not Role.SHARE and _NAMED_HIGH.search(one.lead)
        if named_high or YEARLY.search(one.lead):
            continue
        if (
            "年均" in one.clause
            or how not in TRIALS_OF
            or figure.upper is not None
            or figure.value <= 0
            or _DEALT.search(one.clause)
            or _OF_SEVERAL.search(one.lead)
            or _GAP_NOW.search(one.lead)
            or _SPENT.search(one.lead)
            or _LEFT_BEFORE.search(one.lead)
            or _rest_of_list(passage, place)
            or (one.amount and not one.lead.endswith("每") and starts_series(passage, place))
        ):
            continue
        searched += 1
        if searched > SEARCHES:
            return
        number = replace(one, quantity=as_number(one.quantity))
        told = [*_slipped(passage, number, TRIALS_OF[how](passage, place), standing)]
        yield from told
        if not told and how == "share":
            told = [*_slipped(passage, number, shares_of_lists(passage, place, standing), standing, LISTED)]
            yield from told
        if not told and how == "share":
            told = [*_slipped(passage, number, _told_elsewhere(passage, place), standing, TIED)]
            yield from told
        if not told and how in BESIDE:
            told = [*_slipped(passage, number, BESIDE[how](passage, place), standing, TIED)]
            yield from told
        if not told and how == "share":
            tied = chain(
                planned_wholes(passage, place),
                nearest_wholes(passage, place),
                compared_by_name(passage, place),
                rate_of_age(passage, place),
            )
            told = [*_slipped(passage, number, tied, standing, TIED)]
            yield from told
        if not told and how in _WIDE:
            yield from _slipped(passage, number, _WIDE[how](passage, place), standing, WIDELY)
    for one, trial in misfits_of_rows(passage):
        yield from _slipped(passage, replace(one, quantity=as_number(one.quantity)), iter((trial,)), standing, TIED)
    yield from slipped_wholes(passage, standing)
    yield from slipped_lists(passage, standing)
    for total, parts, _ in candidates(passage):
        yield from slipped_stages(passage, total, parts, standing)
    for total, parts in all_pupils(passage):
        if len(parts) >= ALL_STAGES:
            yield from slipped_stages(passage, total, parts, standing)


def _of_no_plan(share: Mention, part: Mention, whole: Mention) -> bool:
    """Return whether a share is of a plan and a whole is none: 支出10238亿元，完成预算的99.1%，…支出总量为10340亿元.

    What bears the name of what was done may be called an aim by its sentence: “新增学位9万个”的目标任务.
    """
    if whole.noun.endswith(part.noun) and part.noun and part.sentence > whole.sentence:
        return False
    return _OF_PLAN.search(share.lead) is not None and _PLAN.search(whole.lead) is None


def _rest_of_list(passage: Passage, place: int) -> bool:
    """Return whether a figure is what more than one part leaves: 163个，占39.6%；117个，占28.4%；46个；其余86个."""
    one = passage.mentions[place]
    if not one.lead.startswith("其余"):
        return False
    before = passage.mentions[max(place - LIST_REACH, 0) : place]
    return sum(told_with(other, one) and other.depth <= one.depth for other in before) > MINUEND_AND_PART


def _told_elsewhere(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the operands of a share that a list, a parenthesis or what everybody knows of schooling leads to."""
    yield from shares_of_listed(passage, place)
    yield from shares_of_known(passage, place)


def _slipped(
    passage: Passage, one: Mention, trials: Iterator[Trial], standing: Standing, rarer: float = 1.0
) -> Iterator[Proposal]:
    """Yield the first trial that one slip keeps from holding, as long as chance would not bring one so near.

    Chance must be so many times rarer where the words do not lead to the operands.
    """
    likely = 0.0
    # A comparison with others (比公办园高12.1个百分点) often leaves their value untold.
    unlikely = rarer * UNLIKELY * (4 if one.quantity.kind is Kind.PERCENTAGE_POINT else 1)
    for number, (shape, left, right) in enumerate(trials):
        figures = (one, left, right)
        if shape is SHARE and of_another_whole(passage, one, left, right):
            continue
        if number >= TRIALS or any(other.index in standing.wrong for other in figures):
            return
        if shape is SHARE and (speaks_of_others(one, left, right) or _of_no_plan(one, left, right)):
            continue
        beside = right.index < left.index and stands_beside(passage, right, left)
        if shape is SHARE and (beside or is_half_of(whole_noun(one)[1] or "?", right)):
            continue
        if shape is RATIO and left.quantity.unit != right.quantity.unit and _TIMES in (left.family, right.family):
            continue  # 资助学生3.2万人次…。专任教师628人，生师比11.6:1
        if shape is DIFFERENCE and told_of_pair(passage, one, left, right):
            continue
        digits = [digits_of(other.quantity) for other in figures]
        free = [
            k
            for k, (other, own) in enumerate(zip(figures, digits, strict=True))
            if own is not None and other.index not in standing.confirmed and (shape.derived or own.number >= ONE_DIGIT)
        ]
        apart = one.sentence - min(left.sentence, right.sentence) > 1
        likely += _chance(shape, figures, digits, free) * (FAR / UNLIKELY if apart else 1)
        few = max(left.quantity.value, right.quantity.value) < FEW and (rarer >= 1 or not shape.derived)
        if likely * unlikely * (RARER_OF_FEW if few else 1) > 1:
            return
        k, fitting = _fitting(shape, figures, digits, free)
        if fitting is None:
            continue
        names = dict(zip(shape.names, (left, right), strict=True))
        stated = shape.formula.partition(" ")[0]
        spoken = shape.spoken.format(text_of(left), text_of(right))
        wording = Wording(NAME, shape.type, shape.formula, spoken)
        found = propose(passage, wording, (stated, one), names, shape.rule, STRUCTURAL, derived=shape.derived)
        if found is not None and not found.holds:
            yield replace(found, slip=_said(figures[k], fitting))
        return


def _chance(
    shape: Shape, figures: tuple[Mention, Mention, Mention], digits: list[Digits | None], free: list[int]
) -> float:
    """Return how likely one of the slips possible makes the trial fit by chance."""
    if digits[0] is None:
        return 1.0
    unit = float(digits[0].unit)
    if not shape.derived:
        # The roundings of a difference add up: each widens what fits.
        unit += sum(float(step(one.quantity)) for one in figures[1:] if one.quantity.decimals)
    if figures[0].quantity.kind is Kind.PERCENTAGE_POINT:
        spread = POINTS
    elif shape.derived and figures[0].quantity.kind is Kind.PERCENT:
        spread = PERCENTS
    else:
        spread = float(max(one.quantity.value for one in (figures if not shape.derived else figures[:1])))
    known = len(str(digits[0].number))
    slips = sum(min(len(str(one.number)), known + 1) for k in free if (one := digits[k]) is not None)
    return KINDS_OF_SLIP * slips * unit / spread


def _fitting(
    shape: Shape, figures: tuple[Mention, Mention, Mention], digits: list[Digits | None], free: list[int]
) -> tuple[int, Decimal | None]:
    """Return which figure is a slip and its value put right; None when no single slip explains."""
    values = [float(one.quantity.value) for one in figures]
    wide = 1e-9 + sum(_half(one) / value for one, value in zip(figures, values, strict=True) if value)
    for k in free:
        own = digits[k]
        if own is None:
            continue
        try:
            wanted = shape.solved[k](values) / float(own.unit)
        except ZeroDivisionError:
            continue
        room = abs(wanted) * wide * 1.01 + 0.51
        if not shape.derived:
            room = sum(float(one.unit) for one in digits if one is not None) / float(own.unit) + 0.51
        for number in slips_within(own.number, wanted - room, wanted + room) if wanted > 0 else ():
            right = [one.quantity for one in figures]
            right[k] = corrected(right[k], number, own.unit)
            if judge(right[0], shape.rule, right[1:], derived=shape.derived).holds:
                return k, right[k].value
    return 0, None


def _half(one: Mention) -> float:
    """Return how far the true value may lie from the written one: 0 for what is counted."""
    return float(one.slack) / 2 if one.slack is not None else float(step(one.quantity)) / 2


def _said(wrong: Mention, value: Decimal) -> str:
    return f"若“{text_of(wrong)}”为“{shown(value, wrong.quantity, more=0)}”之误，各数正好相符"
