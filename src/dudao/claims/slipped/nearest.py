"""Rates that take up the word of a part, and shares right behind it: the whole is the nearest larger amount before.

In true reports that is so of 98 in 100 rates whose part follows its whole (反馈问题22个，已整改17个，整改率77.3%), of
95 whose whole ends the sentence before, of 91 shares that name none (合计143万元，最多的41万元，占28.7%). No other is
tried, so that few digits suffice.
"""

import re
from collections.abc import Iterator

from dudao.claims.fractions import in_one_row
from dudao.claims.likeness import same_unit
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
ALL = 100
TELLING = 10
_OF_OTHERS = re.compile(r"应|符合|任务|计划|各占|各$|即|比|较|平均|均|目标|毛|净|巩固|覆盖|参与|普及")
"""Rates of what is told in no figure before: 应交流教师, 毛入园率, 参与率."""


def nearest_wholes(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the part and the whole that stand nearest before their share; nothing where others may be meant."""
    one = passage.mentions[place]
    if one.quantity.kind is not Kind.PERCENT or one.quantity.value >= ALL or _OF_OTHERS.search(one.lead):
        return
    number = _part_before(passage, place)
    if number < 0:
        return
    part = passage.mentions[number]
    if of_others(one, part) or after_closed_list(passage.mentions, place, part) or _OF_OTHERS.search(part.clause):
        return
    whole = _larger_before(passage, number, sentences=0 if one.role is Role.SHARE else 1)
    if whole is None or in_one_row(passage, part, whole):
        return
    if one.role is not Role.SHARE or part.clause_number - whole.clause_number <= 1:
        yield SHARE, part, whole


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
    """Return the nearest larger amount of the unit of a part; None where it has a share of its own or stands apart."""
    mentions, part = passage.mentions, passage.mentions[number]
    for other in range(number - 1, max(number - 1 - REACH, -1), -1):
        whole = mentions[other]
        if whole.paragraph != part.paragraph or part.sentence - whole.sentence > sentences:
            return None
        usable = plain_amount(whole) and whole.level and whole.each == part.each and whole.depth <= part.depth
        if not usable or whole.quantity.unit != part.quantity.unit or whole.quantity.value <= part.quantity.value:
            continue
        shared = mentions[other + 1].role is Role.SHARE and mentions[other + 1].part == whole.part
        return None if shared or not same_unit(whole, part) else whole
    return None
