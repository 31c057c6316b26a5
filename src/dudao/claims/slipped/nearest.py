"""Rates that take up the word of a part, and shares right behind it: the whole is the nearest larger amount before.

In true reports that is so of 98 in 100 rates whose part follows its whole (反馈问题22个，已整改17个，整改率77.3%), of
95 whose whole ends the sentence before, of 91 shares that name none (合计143万元，最多的41万元，占28.7%). No other is
tried, so that few digits suffice.
"""

import re
from collections.abc import Iterator

from dudao.claims.fractions import in_one_row
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.rate_names import is_rate_of
from dudao.claims.slipped.shapes import SHARE
from dudao.claims.slipped.trials import Trial, after_closed_list, of_others, plain_amount
from dudao.claims.wholes import whole_noun
from dudao.quantities.model import Kind

REACH = 12
"""How many figures before its part the whole may stand."""
PARTS = 3
"""How many figures before its rate the part may stand."""
CLAUSES = 2
ENROLLED_REACH = 24
"""How many figures before its rate those enrolled may stand."""
PLANS_REACH = 6
"""How many figures before its rate a plan may stand."""
ALL = 100
TELLING = 10
NEARLY, FEWEST = 3, 2
"""A whole may be a third smaller than a part that a slip made larger."""
_OF_OTHERS = re.compile(r"应|符合|任务|计划|各占|各$|即|比|较|平均|均|目标|毛|净|巩固|覆盖|参与|普及")
"""Rates of what is told in no figure before: 应交流教师, 毛入园率, 参与率."""
_PROPORTION = re.compile(r"(?:占比|比例|比重)[由从][^，。；、\d]{0,6}")
_DONE_RATE = re.compile(r"(?:完成|执行|支付|支出|到位|投资)率(?:为|达到?|达)?$")
_OF_AIM = re.compile(r"(?:超额)?完成(?:年度|全年|年初|省定|市定)?(?:目标|任务|计划){1,2}的(?:约)?")
_AIM = re.compile("目标|任务|计划")
AIM_NAME = 3
"""So many characters name what was to be done and what was."""
AIMS_REACH = 12
_DONE = re.compile(r"完成|执行|支付|支出|到位|拨付")
_PLANNED = re.compile(r"计划|预算|任务|下达|安排")
_COMPARED = re.compile(
    r"^(?P<part>[^，。；、\d]{2,8}?)(?:相当于|[约只仅]?为|是|达到)(?P<whole>[^，。；、\d]{2,8}?)的(?:约|近)?$"
)
_ENROLLED = re.compile(r"毛入园率(?:为|达到|达|约)*$")
_WHO = re.compile(r"^(?P<who>[^，。；、\d]{1,10})的(?:约|近)?占(?:比)?(?:约|近)?$")
_OF_AGE = re.compile(r"适龄|岁|户籍|常住")
_IN_KINDERGARTEN = re.compile(r"在园(?:幼儿|儿童)?|入园幼儿")


def nearest_wholes(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the part and the whole that stand nearest before their share; nothing where others may be meant."""
    one = passage.mentions[place]
    before = passage.mentions[place - 1] if place else one
    if one.role is Role.TO and before.role is Role.FROM and _PROPORTION.fullmatch(before.lead):
        # 公办园在园幼儿20917人，占比从去年的55.2%提升至57.7%
        part = passage.mentions[place - 2] if place > 1 else one
        whole = _larger_before(passage, place - 2, sentences=0) if _counted_beside(part, before) else None
        if whole is not None and part.clause_number - whole.clause_number <= 1:
            yield SHARE, part, whole
        return
    if one.quantity.kind is not Kind.PERCENT or one.quantity.value >= ALL or _OF_OTHERS.search(one.lead):
        return
    number = _part_before(passage, place)
    if number < 0:
        return
    part = passage.mentions[number]
    if of_others(one, part) or after_closed_list(passage.mentions, place, part) or _OF_OTHERS.search(part.clause):
        return
    who = _WHO.match(one.lead)
    if who is not None and {*who["who"]}.isdisjoint(part.lead + part.tail):
        return  # 教师3000人，参加测评1500人，满意的占80%: how many are is told nowhere
    whole = _larger_before(passage, number, sentences=0 if one.role is Role.SHARE else 1)
    if whole is None or in_one_row(passage, part, whole):
        return
    if one.role is not Role.SHARE or part.clause_number - whole.clause_number <= 1:
        yield SHARE, part, whole


def _counted_beside(part: Mention, share: Mention) -> bool:
    """Return whether an amount stands right before what its share rose from."""
    beside = share.clause_number - part.clause_number == 1 and share.part == part.part and share.depth == part.depth
    told = part.level or part.role is Role.TO  # 由187个降到46个，占比由12.8%降到3.0%
    return beside and plain_amount(part) and told and not part.each and part.quantity.value >= TELLING


def planned_wholes(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 计划投资63.27亿元。…完成投资77.57亿元，完成率122.6%: what was done over what was planned, told before."""
    one, part = passage.mentions[place], passage.mentions[place - 1] if place else None
    if part is None or one.quantity.kind is not Kind.PERCENT:
        return
    if _OF_AIM.fullmatch(one.lead):
        yield from _named_aim(passage, place, part)
        return
    if not _DONE_RATE.search(one.lead):
        return
    beside = part.sentence == one.sentence and one.clause_number - part.clause_number == 1 and part.depth == one.depth
    if not (beside and plain_amount(part) and part.level) or part.each or not _DONE.search(part.lead):
        return
    for whole in passage.mentions[max(place - PLANS_REACH, 0) : place - 1][::-1]:
        if whole.paragraph != part.paragraph and part.paragraph - whole.paragraph > 1:
            return
        if plain_amount(whole) and whole.quantity.unit == part.quantity.unit and whole.depth == part.depth:
            if _PLANNED.search(whole.lead) and not whole.each:
                yield SHARE, part, whole
            return


def _named_aim(passage: Passage, place: int, part: Mention) -> Iterator[Trial]:
    """Yield “新增学位9万个”的目标任务。…新增学位13.65万个，完成目标任务的151.7%: the aim is named as what was done."""
    one, name = passage.mentions[place], core_noun(part.noun)
    beside = part.sentence == one.sentence and one.clause_number - part.clause_number == 1 and part.depth == one.depth
    if not (beside and plain_amount(part) and part.level) or len(name) < AIM_NAME:
        return
    for whole in passage.mentions[max(place - AIMS_REACH, 0) : place - 1][::-1]:
        if whole.paragraph != part.paragraph:
            return
        alike = (
            plain_amount(whole) and whole.quantity.unit == part.quantity.unit and core_noun(whole.noun).endswith(name)
        )
        if alike and whole.sentence < part.sentence:
            span = passage.segmentation.sentences.span(whole.sentence)
            if _AIM.search(passage.text, span.start, span.end):
                yield SHARE, part, whole
            return


def compared_by_name(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 在编教师8.96万元，编外教师5.12万元，编外相当于在编的57.1%: the two that it names."""
    one = passage.mentions[place]
    said = _COMPARED.search(one.lead)
    if said is None or one.quantity.kind is not Kind.PERCENT:
        return
    named: list[Mention] = []
    for word in (said["part"], said["whole"]):
        bearing = [
            other
            for other in passage.mentions[max(place - REACH, 0) : place]
            if other.sentence == one.sentence and word in other.lead and plain_amount(other) and other.level
        ]
        if len(bearing) != 1:
            return
        named += bearing
    part, whole = named
    if part is not whole and part.quantity.unit == whole.quantity.unit and part.each == whole.each:
        yield SHARE, part, whole


def rate_of_age(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 在园幼儿10112人，…。户籍适龄幼儿10478人，毛入园率96.5%: of the children there are."""
    one, whole = passage.mentions[place], passage.mentions[place - 1] if place else None
    if whole is None or not _ENROLLED.search(one.lead) or not _OF_AGE.search(whole.lead):
        return
    beside = one.clause_number - whole.clause_number == 1 and plain_amount(whole) and whole.level
    told = [
        other
        for other in passage.mentions[max(place - ENROLLED_REACH, 0) : place - 1]
        if _IN_KINDERGARTEN.fullmatch(core_noun(other.noun)) and plain_amount(other) and same_unit(other, whole)
    ]
    if beside and told and len({other.quantity.value for other in told}) == 1:
        yield SHARE, told[-1], whole


def _part_before(passage: Passage, place: int) -> int:
    """Return the number of the mention a share is told of, -1 without one."""
    one = passage.mentions[place]
    for number in range(place - 1, max(place - 1 - PARTS, -1), -1):
        part = passage.mentions[number]
        if part.sentence != one.sentence or one.clause_number - part.clause_number > CLAUSES or part.part != one.part:
            break
        if not (plain_amount(part) and part.level) or part.each or part.depth != one.depth:
            continue
        if one.role is Role.SHARE:
            bare = number == place - 1 and one.clause_number - part.clause_number <= 1 and not whole_noun(one)[0]
            return number if bare and part.quantity.value >= TELLING else -1
        if is_rate_of(one, part):
            return number
    return -1


def _larger_before(passage: Passage, number: int, *, sentences: int) -> Mention | None:
    """Return the nearest larger amount of the unit of a part; None where it has a share of its own or stands apart.

    Where none is larger, a slip may have made the part too large: the nearest that is not much smaller.
    """
    mentions, part = passage.mentions, passage.mentions[number]
    nearly: Mention | None = None
    for other in range(number - 1, max(number - 1 - REACH, -1), -1):
        whole = mentions[other]
        if whole.paragraph != part.paragraph or part.sentence - whole.sentence > sentences:
            break
        usable = plain_amount(whole) and whole.level and whole.each == part.each and whole.depth <= part.depth
        if not usable or whole.quantity.unit != part.quantity.unit or not same_unit(whole, part):
            continue
        shared = mentions[other + 1].role is Role.SHARE and mentions[other + 1].part == whole.part
        if whole.quantity.value > part.quantity.value:
            return None if shared else whole
        if nearly is None and not shared and whole.quantity.value * NEARLY > part.quantity.value * FEWEST:
            nearly = whole
    return nearly
