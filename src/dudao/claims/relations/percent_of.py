"""A figure as a percentage of another one named behind it: 1620个，完成任务1500个的108%."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import divide, percent, point, scale
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.wholes import enclosing_list, head_of_closed_list
from dudao.quantities.model import Interval, Kind

REACH = 4
"""How many figures before the base the figure may stand that is measured by it."""

_IS_SHARE_OF = re.compile(
    r"^(?:仅|只|约|也|已|均)*(?:为|是|相当于|达到?)(?!上年|去年|原来|计划|预算|目标)(?P<noun>[^，。；、\d]{2,14})的(?:约|近|将近)*$"
)
_MISSING = re.compile(r"[少缺欠差余超多][^，。；、]{0,4}$|其中|未")
NAMED_REACH = 20
"""How many figures back the base may stand that is known by its name."""
NOTE = 16
"""How many characters before the parenthesis of a plan what it is called may stand."""
_CLOSED_OF = re.compile(r"\s*[）)]的(?:约|近)?\s*")
_CARRIED_OUT = re.compile(
    r"，(?:已|仅|只|超额)?(?:完成|占|为|是|相当于|达到?)(?:全年|年度|年初|调整|当年|[国省市县]定|规划|下达的?|分解|招生){0,2}"
    r"(?:预算|计划|任务|目标)(?:数|任务|值)?$"
)
_PLANNED = re.compile(
    r"^(?:已|仅|只)?(?:完成|为|达到?)(?:全年|年度|年初|调整)?(?:的)?(?:预算|计划|任务|目标)(?:数|任务)?$"
)
_FRACTION = re.compile(r"分之|[/／]")
_ROUGHLY = Decimal("0.04")
"""How far from a fraction like 三分之一 the quotient may lie, as a part of it."""
_IS = re.compile(r"^(?:也|均|已|仅|只|就|约|大约|超额)*(?:为|是|相当于|达到?|完成|实现)")
_LIKE = re.compile(r"^(?:仅|只|也)?相当于")
_BEYOND = re.compile(r"超额")
_BY_RULE = re.compile(r"按(?:照)?(?:[^，。；、\d]{0,10}的)?(?:比例)?")
_OUGHT = re.compile(r"(?:的)?(?:比例|标准)?(?:测算|计算|计提)?[，]?(?:应|需|须|可)")
_THAT_IS = re.compile(r"[，、（(]?(?:即|计|也就是|合|共)(?:为|约)?\s*$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a figure is so many per cent of another."""
    for place, (base, share) in enumerate(pairwise(passage.mentions)):
        yield from _of_named(passage, place + 1)
        yield from _by_rule(passage, place + 1)
        if base.base and share.quantity.kind is Kind.RATIO and _FRACTION.search(share.quantity.text):
            yield from _fraction(passage, place, base, share)
        if (noted := _of_noted(passage, place)) is not None:
            yield from _claim(passage, *noted, share, STRUCTURAL)
            continue
        if not base.base or share.quantity.kind is not Kind.PERCENT or share.quantity.upper is not None:
            continue
        if base.each or base.quantity.value <= 0 or "占" in base.clause[-30:]:
            continue
        behind = passage.mentions[place + 2] if place + 2 < len(passage.mentions) else None
        if behind is not None and behind.sentence == share.sentence and _says(passage, share, behind):
            if same_unit(behind, base):
                yield from _claim(passage, behind, base, share, EXPLICIT)
            continue
        if _IS.search(base.clause):
            part_place = _measured(passage.mentions, place)
            if part_place is not None:
                yield from _completed(passage, part_place, base, share)
            elif (head := _heads_sentence(passage, place)) is not None:
                yield from _claim(passage, head, base, share, STRUCTURAL)


def _of_noted(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and base of 完成14.86亿元，…，完成年初预算（31.20亿元）的47.6%: the plan stands in a parenthesis."""
    mentions = passage.mentions
    base, share = mentions[place : place + 2]
    if share.quantity.kind is not Kind.PERCENT or base.depth <= share.depth or not base.amount or base.each:
        return None
    between = passage.text[base.quantity.span.end : share.quantity.span.start]
    opened = passage.text[max(base.parenthesis - 1 - NOTE, 0) : max(base.parenthesis - 1, 0)]
    if _CLOSED_OF.fullmatch(between) is None or _CARRIED_OUT.search(opened) is None or base.lead:
        return None
    for one in mentions[max(place - REACH, 0) : place][::-1]:
        if one.sentence != share.sentence or one.depth != share.depth:
            return None
        if one.level and one.amount and one.role is not Role.SHARE:
            return (one, base) if same_unit(one, base) and base.quantity.value > 0 else None
    return None


def _of_named(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 问题金额1.926亿元。…整改金额1.617亿元，为问题金额的84.0%: the base is known by its name."""
    mentions, share = passage.mentions, passage.mentions[place]
    said, part = _IS_SHARE_OF.match(share.lead), mentions[place - 1] if place else None
    if said is None or part is None or share.quantity.kind is not Kind.PERCENT or part.sentence != share.sentence:
        return
    name = core_noun(said["noun"])
    usable = part.level and part.amount and not part.base and share.clause_number - part.clause_number == 1
    if not usable or len(name) < 2 or part.depth != share.depth:
        return
    bases = [
        one
        for one in mentions[max(place - NAMED_REACH, 0) : place - 1]
        if one.paragraph == share.paragraph and one.level and one.amount and one.each == part.each
        if same_unit(one, part) and (core_noun(one.noun) == name or (one.part == part.part and name in one.clause))
    ]
    if len({one.quantity.value for one in bases}) == 1 and bases[-1].quantity.value > 0:
        # 应列486万元，实列347万元，少列139万元，为应列数的71.4%: what is missing may not be what is measured.
        yield from _claim(passage, part, bases[-1], share, WEAK if _MISSING.search(part.lead) else STRUCTURAL)


def _by_rule(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教师工资总额40533万元，按1.5%应安排培训经费608万元: what a rule makes of an amount."""
    mentions, share = passage.mentions, passage.mentions[place]
    base, part = mentions[place - 1], mentions[place + 1] if place + 1 < len(mentions) else None
    if part is None or share.quantity.kind is not Kind.PERCENT or not _BY_RULE.fullmatch(share.lead):
        return
    beside = share.clause_number - base.clause_number == 1 and part.clause_number - share.clause_number <= 1
    usable = all(one.level and one.amount and not one.each and one.depth == share.depth for one in (base, part))
    if not (beside and usable and same_unit(base, part) and _OUGHT.match(part.lead) and base.sentence == part.sentence):
        return
    rule = replace(share, quantity=replace(share.quantity, interval=point(share.quantity.value)))
    wording = Wording("percent_of", ClaimType.SHARE, "part = whole * share", f"{text_of(base)}×{text_of(share)}")
    operands = {"whole": base, "share": rule}

    def product(values: Sequence[Interval]) -> Interval:
        return scale(values[0], (values[1].low or share.quantity.value) / 100)

    found = propose(passage, wording, ("part", part), operands, product, STRUCTURAL)
    if found is not None:
        yield found


def _fraction(passage: Passage, place: int, base: Mention, share: Mention) -> Iterator[Proposal]:
    """Yield 抽查学校118所，占学校总数472所的1/4; a fraction in words is no exact one, so only what fits."""
    part_place = _measured(passage.mentions, place)
    if part_place is None or base.quantity.value <= 0:
        return
    part, value = passage.mentions[part_place], share.quantity.value
    rough = Interval(value * (1 - _ROUGHLY), value * (1 + _ROUGHLY))
    said = replace(share, quantity=replace(share.quantity, interval=rough))
    wording = Wording("percent_of", ClaimType.SHARE, "share = part / whole", f"{text_of(part)}÷{text_of(base)}")
    operands = {"part": part, "whole": base}
    found = propose(passage, wording, ("share", said), operands, lambda one: divide(one[0], one[1]), WEAK)
    if found is not None:
        yield found


def _completed(passage: Passage, part_place: int, base: Mention, share: Mention) -> Iterator[Proposal]:
    """Yield what the nearest figure is of its base; at a part of a list the total may be meant: only what fits."""
    part = passage.mentions[part_place]
    if _BEYOND.search(base.clause) and share.quantity.value < 100:
        # 超额完成计划的5.8% may be said of what lies beyond the plan.
        return
    whole = enclosing_list(passage, part_place)
    head = head_of_closed_list(passage.mentions, part_place)
    if head is not None and head is not part and base.clause_number > part.clause_number:
        # 学位21840个，其中小学14220个、初中7620个，完成任务36000个的60.7%: said of all of them, or of the last.
        own = list(_claim(passage, part, base, share, WEAK))
        yield from own or _claim(passage, head, base, share, STRUCTURAL)
        return
    beside = passage.mentions[part_place + 1] is base  # 218.46亿元，完成预算（调整预算，下同）221.93亿元的98.4%
    place = bisect_left(passage.mentions, base.index, key=lambda one: one.index)
    shared = all(one.role is Role.SHARE for one in passage.mentions[part_place + 1 : place])
    if shared and _LIKE.match(base.lead) and "占" in passage.mentions[place - 1].lead:
        # 丁县结余1126万元，占全州结余的34.5%，相当于其全年补助1954万元的57.6%: of the same as the share before.
        whole, beside = None, True
    close = (base.clause_number - part.clause_number <= 1 or beside) and whole is None
    yield from _claim(passage, part, base, share, STRUCTURAL if close else WEAK)
    if whole is not None:
        yield from _claim(passage, whole, base, share, WEAK)


def _says(passage: Passage, share: Mention, behind: Mention) -> bool:
    """Return whether 即 ties the figure behind to a percentage."""
    return _THAT_IS.fullmatch(passage.text[share.quantity.span.end : behind.quantity.span.start].strip()) is not None


def _measured(mentions: tuple[Mention, ...], place: int) -> int | None:
    """Return the place of the nearest level of the sentence before the base that is of its unit."""
    base = mentions[place]
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != base.sentence or one.depth < base.depth:
            return None
        if one.clause.endswith("占"):
            # 占6个县市学校总数472所的1/4: part of the name of the base.
            continue
        if one.level and one.amount and one.role is not Role.SHARE and one.depth == base.depth:
            return other if same_unit(one, base) and not one.base else None
    return None


def _heads_sentence(passage: Passage, place: int) -> Mention | None:
    """Return the one amount a sentence is about: 支出完成58.94亿元，…；占…的17.5%；完成年初预算112.4亿元的52.4%."""
    base = passage.mentions[place]
    first, _ = passage.sentences[base.sentence]
    head = passage.mentions[first]
    if first == place or not _PLANNED.search(base.lead) or not (head.level and head.amount and same_unit(head, base)):
        return None
    between = passage.mentions[first + 1 : place]
    others = [one for one in between if one.level and one.amount and same_unit(one, base) and not one.base]
    return head if not others and not head.each and head.depth == base.depth else None


def _claim(passage: Passage, part: Mention, base: Mention, share: Mention, strength: int) -> Iterator[Proposal]:
    spoken = f"{text_of(part)}÷{text_of(base)}×100%"
    wording = Wording("percent_of", ClaimType.SHARE, "share = part / whole", spoken)
    operands = {"part": part, "whole": base}
    found = propose(passage, wording, ("share", share), operands, lambda one: percent(one[0], one[1]), strength)
    if found is not None:
        yield found
