"""What is left of an amount: 下达3200万元，支付2870万元，结余330万元."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from dudao.claims.differences.aims import CLAUSES
from dudao.claims.differences.claim import less
from dudao.claims.differences.shortages import DUE
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.quantities.model import Approximation, Interval

BEFORE = 8
"""How many figures back the two amounts may stand whose difference is left over."""
LEFT_OVER = re.compile(
    r"^(?:其|目前|现|尚|还|仍|仅|有|共|实际|年末|期末|已|当年|形成|产生|学位)*"
    r"(?:结余|结转|结存|节余|剩余|余下|剩下|余|剩|未[^，。；、\d]{1,6}?|欠缴|欠账|欠|空编|空余|缺额|缺口|缺|差|富余|富裕|盈余|超[容支员编期出额标]?)"
    r"(?:资金|经费|学位|人数|名额|编制|任务)?(?:为|达|约|了|的)*$"
)
"""What is left over or missing when the second of two amounts is taken from the first, whichever is the larger."""
_AT_FIRST = re.compile(r"原(?:有|来|共有)")
_STILL = re.compile(r"(?:保留|留存|剩余|仅剩|还剩|只剩|仍有|尚有|还有|现有|剩)(?:下|为|约)*$")
_NOW_DONE = re.compile(r"^(?:目前|现|已|已经|实际|共|累计|中)+")
_DONE = re.compile(
    r"实[际有配检测到缴拨支收建聘达]|使用|支出|支付|拨付|完成|归还|偿还|已|聘|就读|入学|入园|安置|在[编岗职]|到[岗位校账]|办结|整改|建成|发放|开工|落实|参加|容纳"
)
_BALANCED = re.compile(r"结余|结转|结存|节余|剩余|盈余")
_SIZES = Decimal(5)
"""An amount that is so many times the other is no plan of it: 学生15000人，教师1200人，缺58人."""
_PLACES_FOR = re.compile(r"学位|容量|床位|核定规模|设计规模")
"""A place is filled by a person: 学位容量21600个，实际就读22918人，超容1318人."""
_THERE = re.compile(r"就读|在校|在读|在园|入学|入园|学生")
_PLACES = re.compile(r"(?:现有|可提供|能提供|提供|实有|现)(?:公办)?学位$")
"""适龄儿童13650人，现有学位11880个，缺口1770个."""

_IS_DUE = re.compile(
    r"(?:核定|测算|计算|标准|规定|编制|要求|师生比|比例)[^，。；、]{0,8}(?:只|仅|应|共)?(?:需|应配|应有|须)(?:要|配备|配)?(?:为|约)?$|^应[配有需]"
)


def left_over(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 预算120万元，实际支出113.4万元，执行率94.5%，结余6.6万元: the only two amounts of its part."""
    mentions, by = passage.mentions, passage.mentions[place]
    if not LEFT_OVER.match(by.lead) or by.tail.startswith("的"):
        return
    beside = mentions[place - 1] if place else by
    places = beside.part == by.part and _PLACES.match(beside.lead) is not None
    too_few = place > 1 and _too_few_places(mentions[place - 2], beside, by)
    places = places or too_few
    near = [
        one
        for one in mentions[max(place - BEFORE, 0) : place]
        if one.part == by.part and is_amount(one) and one.depth == by.depth and _fills(one, by, places=places)
    ]
    # 9所小学核定学位13500个: the first figure belongs to the name of the second.
    near = [one for one, after in pairwise((*near, by)) if one.clause_number != after.clause_number]
    if len(near) != 2 or not all(is_level(one) for one in near) or near[0].each != near[1].each:
        return
    whole, done = near
    if not whole.clause_number < done.clause_number < by.clause_number <= whole.clause_number + CLAUSES:
        return
    small, large = sorted((whole.quantity.value, done.quantity.value))
    worded = bool(_DONE.search(done.lead)) and not _DONE.match(whole.lead) and "其中" not in done.lead
    # 教师2318人，按师生比1∶19核定只需2169人，超149人: those there are first, then what is due.
    worded = worded or (bool(_IS_DUE.search(done.lead)) and not DUE.search(whole.lead))
    worded = worded or too_few or (whole.family == "人" and _PLACES.match(done.lead) is not None)
    if worded and small > 0 and large <= _SIZES * small and by.quantity.value < large:
        high, low = (whole, done) if whole.quantity.value >= done.quantity.value else (done, whole)
        # 收入28.64亿元，支出27.19亿元，结余3.37亿元: what was left over before may be in it, unless there was a plan.
        by = _exactly(by)
        sure = DUE.search(whole.lead) or not _BALANCED.search(by.lead)
        yield from less(passage, by, high, low, EXPLICIT if sure else WEAK)


STILL = re.compile(r"(?:尚|还|仍)有")
_UNDONE = re.compile(r"未|没有?")
_DONE_SO_FAR = re.compile(r"^(?:已|实际|目前|累计|仅|只)")


def still_undone(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 配套1320万元，已拨付1108万元，尚有212万元未到位: all there was, done, and not."""
    mentions, by = passage.mentions, passage.mentions[place]
    if place < len("两项") or not _UNDONE.match(by.tail):
        return
    whole, done = mentions[place - 2 : place]
    alike = all(
        one.level
        and one.amount
        and same_unit(one, by)
        and one.part == by.part
        and one.depth == by.depth
        and not one.each
        for one in (whole, done)
    )
    in_order = by.clause_number - done.clause_number == 1 == done.clause_number - whole.clause_number
    if alike and in_order and _DONE_SO_FAR.search(done.lead) and not _DONE_SO_FAR.search(whole.lead):
        yield from less(passage, by, whole, done, EXPLICIT)


def _exactly(by: Mention) -> Mention:
    """Return 超149人 behind what is due as the very number: so many too many, and not more than 149."""
    if by.quantity.approximation is not Approximation.OVER or by.lead != "超" or by.quantity.decimals:
        return by
    exact = Interval(by.quantity.value, by.quantity.value)
    return replace(by, quantity=replace(by.quantity, approximation=None, interval=exact))


def done_away(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 大班额34个…。目前剩余8个，减少了26个: both make an amount told before; only when it fits."""
    mentions, by = passage.mentions, passage.mentions[place]
    left = mentions[place - 1] if place else None
    if left is None or by.direction >= 0 or not _STILL.search(left.lead) or not same_unit(left, by):
        return
    if by.clause_number - left.clause_number != 1 or not left.level or left.each:
        return
    first = mentions[place - 2] if place > 1 else None
    started = first is not None and _AT_FIRST.search(first.lead) and first.part == by.part and same_unit(first, by)
    if first is not None and started and first.level and left.clause_number - first.clause_number == 1:
        # 原有643家，现保留28家，压减615家
        yield from less(passage, by, first, left, STRUCTURAL)
        return
    for before in mentions[max(place - 2 * BEFORE, 0) : place - 1][::-1]:
        usable = before.level and before.amount and same_unit(before, by) and before.paragraph == by.paragraph
        if usable and not before.each and before.quantity.value == left.quantity.value + by.quantity.value:
            yield from less(passage, by, before, left, WEAK)
            return


def not_yet(passage: Passage, place: int, what: str) -> Iterator[Proposal]:
    """Yield 查实286.4万元，已清退271.9万元。尚未清退的14.5万元: what the same word says is done."""
    mentions, by = passage.mentions, passage.mentions[place]
    for other in range(place - 1, max(place - BEFORE, 0), -1):
        done, whole = mentions[other], mentions[other - 1]
        if done.sentence < by.sentence - 1 or done.paragraph != by.paragraph:
            return
        if not (_NOW_DONE.sub("", done.lead) == what and same_unit(done, by) and done.level):
            continue
        told = passage.sentences[done.sentence][0]
        if any(_NOW_DONE.sub("", one.lead) == what for one in mentions[max(told, place - 2 * BEFORE) : other]):
            return  # 白石镇5个、完成5个，桥南镇6个、完成5个。未完成的2个: what all of them leave
        beside = whole.sentence == done.sentence and done.clause_number - whole.clause_number <= 1
        between = mentions[other + 1 : place]
        if any(one.level and same_unit(one, by) and one.sentence == done.sentence == by.sentence for one in between):
            return  # 已达标24项、基本达标4项、尚未达标3项: three kinds, and not what two of them leave
        if beside and whole.level and same_unit(whole, by) and whole.quantity.value > done.quantity.value:
            yield from less(passage, by, whole, done, EXPLICIT)
        return


def _too_few_places(offered: Mention, filling: Mention, by: Mention) -> bool:
    """Return whether places and those in them stand before what is lacking: 学位13500个，就读14687人，缺口1187个."""
    beside = by.clause_number - filling.clause_number == 1 == filling.clause_number - offered.clause_number
    alike = offered.part == by.part and offered.quantity.unit == by.quantity.unit and filling.family == "人"
    return beside and alike and bool(_PLACES_FOR.search(offered.lead) and _THERE.search(filling.lead))


def _fills(one: Mention, by: Mention, *, places: bool) -> bool:
    """Return whether an amount can be compared with what is left over: its unit, or places and those who fill them."""
    if same_unit(one, by):
        return True
    return {one.family, by.family} == {"所", "人"} and (
        places or any(_PLACES_FOR.search(each.clause) for each in (one, by))
    )
