"""Ratios and means that figures before them make, the heads of a mean from far before."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.nearby.rules import MEAN_OF, RATIO, Trial, is_operand, near_figures, tried
from dudao.claims.proposals import Proposal
from dudao.quantities.model import Kind

HEADS_REACH = 80
"""How many figures back the heads of a mean may stand."""
HEADS_TRIED = 24
AMOUNTS_TRIED = 6
GROUPS = frozenset({"所", "班"})
"""The families of what persons are spread over."""
PUPILS_REACH = 120
"""How many figures back all pupils may be told."""
FAR_PUPILS = 400
"""How many figures back the pupils of a stage may be told by its name."""
_PUPILS_OF_STAGE = re.compile(
    r"(?:^|义务教育|中小学|小学|初中|高中|普高|中职|学前教育|幼儿园)(?:阶段)?(?:在校|在园)?(?:学生|幼儿|生)(?:总?人?数)?$"
)
_MEAN_OF_WHAT = re.compile(r"^.*均(?:占有|拥有)?")
_EACH_WHO = re.compile(r"每[名个位所](?P<who>[^，。；、\d]{2,6}?)(?:负担|承担|拥有|配备|指导|有|配)")
"""平均每名专任教师负担15.3名幼儿: the heads have this name."""
_ROUGH = re.compile(r"1\s*[:：∶]\s*1|\d\s*[/／]\s*\d")
_PER_PUPIL = re.compile(r"^(?:每生|生均)")
_ALL_PUPILS = re.compile(r"(?:在园)?幼儿|在校生|在校学生|在园生|中小学生|学生|生")


def ratios(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield how many times one of the figures near a ratio is another."""
    one = passage.mentions[place]
    yield from tried(passage, one, _quotients(passage, place), derived=True)


def _quotients(passage: Passage, place: int) -> Iterator[Trial]:
    one = passage.mentions[place]
    times = one.quantity.unit == "倍"
    if _ROUGH.fullmatch(one.quantity.text):
        return  # 师机比达到1:1, 超过1/2的学校: whatever two counts of such a size make.
    near = near_figures(passage, place, lambda other: is_operand(other) or (times and _percentage(other)), limit=16)
    # 是2016年38118名的2.97倍: what a multiple is taken of stands right before it.
    of = passage.mentions[place - 1] if times and place and one.lead == "的" else None
    for later in range(1, len(near)):
        for earlier in range(later):
            for top, bottom in ((near[earlier], near[later]), (near[later], near[earlier])):
                if top.quantity.kind is not bottom.quantity.kind:
                    continue
                if times and not same_unit(top, bottom):
                    continue
                if of is not None and bottom is not of:
                    continue
                yield float(top.quantity.value / bottom.quantity.value), RATIO, top, bottom


def means(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the mean that an amount and heads told before make."""
    one = passage.mentions[place]
    yield from tried(passage, one, _over_heads(passage, place), derived=True)


def _over_heads(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the amounts just before a mean over the heads that may be told far before."""
    one = passage.mentions[place]
    unit = one.quantity.unit.partition("/")[0]
    amounts: list[Mention] = []
    heads: list[Mention] = []
    who = _EACH_WHO.search(one.lead)
    for other in passage.mentions[max(place - HEADS_REACH, 0) : place][::-1]:
        if not is_operand(other) or not other.level or other.each:
            continue
        alike = other.quantity.unit == unit or (other.family == one.family == "人")
        if alike and len(amounts) < AMOUNTS_TRIED:
            amounts.append(other)
        if who is not None and who["who"] not in other.clause:
            continue
        if other.quantity.kind is Kind.COUNT and len(heads) < HEADS_TRIED:
            heads.append(other)
    if _PER_PUPIL.search(one.lead):
        # 生均图书11.4册 is said of all pupils, whoever else was counted since.
        far = passage.mentions[max(place - PUPILS_REACH, 0) : place]
        heads = [
            *(other for other in far if _ALL_PUPILS.fullmatch(core_noun(other.noun)) and is_operand(other)),
            *heads,
        ]
    counted = [(float(head.quantity.value), head) for head in heads]
    named = _MEAN_OF_WHAT.sub("", one.lead)[:2]
    amounts.sort(key=lambda amount: len(named) < 2 or named not in amount.lead)
    yield from _over_group(passage, place)
    for amount in amounts:
        value = float(amount.quantity.value)
        for heads_told, head in counted:
            if head is not amount:
                yield value / heads_told, MEAN_OF, amount, head


def _over_group(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the persons told before over the groups right beside a mean: 开设班级286个，平均班额26.6人."""
    mentions, one = passage.mentions, passage.mentions[place]
    beside = mentions[place - 1 : place] + mentions[place + 1 : place + 2]
    groups = [
        other
        for other in beside
        if other.sentence == one.sentence
        and other.family in GROUPS
        and other.quantity.value > 0
        and abs(other.clause_number - one.clause_number) <= 1
        and (other.index < one.index or other.depth > one.depth)
    ]
    if one.family != "人" or not groups:
        return
    far = mentions[max(place - FAR_PUPILS, 0) : max(place - HEADS_REACH, 0)]
    named = (other for other in far if _PUPILS_OF_STAGE.search(other.noun))
    for other in (*named, *mentions[max(place - HEADS_REACH, 0) : place][::-1]):
        if other.family == "人" and is_operand(other) and other.level and not other.each:
            for group in groups:
                yield float(other.quantity.value / group.quantity.value), MEAN_OF, other, group


def _percentage(one: Mention) -> bool:
    """Return whether a rate may be compared with another: 初中近视率69.5%，是小学的1.89倍."""
    usable = one.quantity.upper is None and one.quantity.value > 0
    return usable and one.quantity.kind is Kind.PERCENT and one.role in (Role.LEVEL, Role.SHARE, Role.TO)
