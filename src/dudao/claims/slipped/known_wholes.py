"""Wholes that everybody in schooling knows, however far before they are told.

大班额 are some of the 班级, children in public kindergartens some of all 在园幼儿, vacant posts some of the 编制, what
is built so far some of 总投资. Where a text tells one such whole and no other, the words need not name it again.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.slipped.shapes import MEAN, SHARE
from dudao.claims.slipped.trials import Trial, of_others, plain_amount
from dudao.claims.wholes import of_those, whole_noun
from dudao.quantities.model import Kind

REACH = 160
"""How many figures back the whole may stand."""
BESIDE = 3
"""How many figures back the part of a share may stand."""
CLAUSES = 2
NAME = 3
"""How many characters the name has at least that 中 says a part is of: 在编教师中."""
_RATE = re.compile(r"^(?:覆盖|普惠|公办|参与|参加)率")
MEANS = 12
"""How many figures around a mean another of the same pupils may stand."""
_PER_HEAD = re.compile("生均|每百|每千|每生")
_PER_PUPIL = re.compile("生均|平均每生")
_STAGE = re.compile("小学|初中|普通高中|高中|义务教育")
_CROWDED = re.compile(r"大班额|超班额|超大班|56人(?:及)?以上|超标准班")
_CLASSES = re.compile(r"(?:义务教育(?:阶段)?|中小学|公办)*(?:学校)?(?:教学)?班(?:级)?")
_CARED_FOR = re.compile(r"(?:公办|普惠性?|公办性质)(?:民办)?(?:幼儿)?园?(?:在园)?(?:幼儿|在园)?")
_CHILDREN = re.compile(r"(?:幼园)?(?:在园)?幼儿|幼园")
_ANYBODY = re.compile("")
_SERVED = re.compile("课后服务")
_PUPILS = re.compile(r"义务教育(?:阶段)?(?:学校)?(?:在校)?生")
_VACANT = re.compile(r"空编|缺编|空岗")
_POSTS = re.compile(r"(?:中小学|公办|幼儿园|教师|教职工|学校|事业)*编制")
_INVESTED = re.compile(r"完成投资")
_TO_INVEST = re.compile(r"(?:概算|估算|计划|规划)?总?投资")
_KNOWN: tuple[tuple[re.Pattern[str], re.Pattern[str], frozenset[str]], ...] = (
    (_CROWDED, _CLASSES, frozenset({"所"})),
    (_CARED_FOR, _CHILDREN, frozenset({"人"})),
    (_SERVED, _PUPILS, frozenset({"人"})),
    (_ANYBODY, _PUPILS, frozenset({"人"})),
    (_VACANT, _POSTS, frozenset({"人"})),
    (_INVESTED, _TO_INVEST, frozenset({"元"})),
)
"""What a part is called, what its whole is called, and what both are counted by."""
_SHARED = re.compile(
    r"(?:占比|比例|比重|[^，。；、]{0,8}率)(?:已?(?:降|升|提高|下降|上升|压减)[到至]|为|达到?|是|仅)?$"
)


def shares_of_known(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the amount beside a share over the one whole of its kind that the text tells before."""
    mentions, one = passage.mentions, passage.mentions[place]
    if one.quantity.kind is not Kind.PERCENT:
        return
    said = whole_noun(one)[1]
    if not (one.role is Role.SHARE or _SHARED.search(one.lead)):
        return
    part = next((each for each in mentions[max(place - BESIDE, 0) : place][::-1] if _level(each)), None)
    if part is None or part.sentence != one.sentence or one.clause_number - part.clause_number > CLAUSES:
        return
    if of_others(one, part):
        return
    known = [
        whole
        for named, whole, families in _KNOWN
        if part.family in families and _tells(named, part, one) and (whole.fullmatch(said) if said else named.pattern)
    ]
    if not said and len(name := of_those(passage, bisect_left(mentions, part.index, key=_index))) >= NAME:
        known.append(re.compile(f".*{re.escape(name)}"))
    for whole in known:
        told = [
            each
            for each in mentions[max(place - REACH, 0) : place]
            if _level(each) and same_unit(each, part) and whole.fullmatch(core_noun(each.noun)) and each is not part
        ]
        larger = {each.quantity.value: each for each in told if each.quantity.value >= part.quantity.value}
        if len(larger) == 1:
            yield SHARE, part, next(iter(larger.values()))


def means_of_stage(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 小学生28641人，…。建筑面积方面，小学23.76万平方米，生均8.30平方米: all pupils of the stage, told once."""
    mentions, one = passage.mentions, passage.mentions[place]
    amount = mentions[place - 1] if place else None
    if amount is None or _PER_PUPIL.match(one.lead) is None or amount.part != one.part or not _level(amount):
        return
    stage = _STAGE.match(core_noun(amount.noun))
    if stage is None or amount.quantity.unit != one.quantity.unit.partition("/")[0]:
        return
    named = re.compile(f"{stage[0]}(?:阶段)?(?:在校)?生?")
    heads = {
        each.quantity.value: each
        for each in mentions[max(place - REACH, 0) : place]
        if each.family == "人" and _level(each) and named.fullmatch(core_noun(each.noun))
    }
    if len(heads) == 1 and not _other_means(mentions, place, stage[0]):
        yield MEAN, amount, next(iter(heads.values()))


def _other_means(mentions: tuple[Mention, ...], place: int, stage: str) -> bool:
    """Return whether more is told per pupil of a stage nearby: two that ask for other heads are no two slips."""
    near = range(max(place - MEANS, 1), min(place + MEANS, len(mentions)))
    return any(
        other != place and _PER_HEAD.search(mentions[other].lead) and stage in mentions[other - 1].clause
        for other in near
    )


def _tells(named: re.Pattern[str], part: Mention, share: Mention) -> bool:
    """Return whether a part is called so, or stands behind what is and a rate of it follows: 普惠园38所，在园5803人."""
    words = part.topic + part.lead if _RATE.search(share.lead) else part.lead
    return named.search(words + part.tail) is not None


def _index(one: Mention) -> int:
    return one.index


def _level(one: Mention) -> bool:
    return plain_amount(one) and one.level and not one.each
