"""Wholes of rates that are fixed by what is told beside them: what was due, or the whole of the rate before.

应征5240万元，实征5012万元，征收率95.6% is of what was due, though the part be more.
项目42个，开工38个，开工率90.5%；竣工17个，竣工率40.5%: the second rate is of the same 42.
"""

import re

from dudao.claims.arithmetic import judge, percent
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention
from dudao.claims.rate_names import is_rate_of
from dudao.claims.slips import share_one_slip_away
from dudao.quantities.model import Kind

REACH = 8
"""How many figures before a rate the one before it, its part and their whole may stand."""
TELLING = 10
_USED = re.compile(r"编制?使用率|满编率|用编率")
_POSTS = re.compile(r"编制(?:总?数|总额|总量)?(?:为|共|是)?$")
_FILLED = re.compile(r"^(?:[^，。；、\d]{0,6})?(?:在编(?!制)|实有|已用编)")
_DUE = re.compile(r"应(?P<deed>[征缴收配到发测检建交])")
_DONE = re.compile(r"(?:已|目前)?实际?(?P<deed>[征缴收配到发测检建交有])")


def done_of_due(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return what was due right before what was done of it: 应征5240万元，实征5012万元，征收率95.6%."""
    part, whole = mentions[part_place], mentions[part_place - 1] if part_place else None
    if whole is None or share.clause_number - part.clause_number != 1 or whole.depth != part.depth:
        return None
    due, done = _DUE.search(whole.lead), _DONE.match(part.lead)
    beside = part.clause_number - whole.clause_number == 1 and part.part == whole.part and same_unit(part, whole)
    if due is None or done is None or not beside or not (whole.level and whole.amount) or whole.each:
        return None
    return whole if due["deed"] == done["deed"] and due["deed"] in share.lead else None


def posts_used(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 在编教师2416名，核定编制2587名，编制使用率93.4%: the only two told."""
    share = mentions[place]
    if _USED.search(share.lead) is None:
        return None
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == share.sentence and one.level and one.amount and not one.each and one.depth == share.depth
    ]
    posts = [one for one in near if _POSTS.search(one.lead)]
    filled = [one for one in near if _FILLED.search(one.lead) and not _POSTS.search(one.lead)]
    alone = len(posts) == 1 == len(filled) and same_unit(posts[0], filled[0])
    return (filled[0], posts[0]) if alone else None


def whole_of_rate_before(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return the whole of the rate told right before a part in its sentence: 42个，开工38个，开工率90.5%；竣工17个.

    Each rate must take up the word of its own part, and hold but for one slip: 对口就业率 is of others.
    """
    part, before = mentions[part_place], mentions[part_place - 1] if part_place else None
    if before is None or before.quantity.kind is not Kind.PERCENT or before.sentence != part.sentence:
        return None
    told = mentions[part_place - 2] if part_place > 1 else None
    if told is None or not same_unit(told, part) or not (is_rate_of(before, told) and is_rate_of(share, part)):
        return None
    beside = before.clause_number - told.clause_number == 1 == share.clause_number - part.clause_number
    if not beside or part.clause_number - before.clause_number != 1 or part.quantity.unit != told.quantity.unit:
        return None
    if part.quantity.value < TELLING or not (part.level and told.level):
        return None
    for whole in mentions[max(part_place - REACH, 0) : part_place - 2][::-1]:
        usable = whole.level and whole.amount and not whole.each and same_unit(whole, told)
        if whole.paragraph != part.paragraph:
            return None
        if usable and judge(before.quantity, lambda of: percent(of[0], of[1]), [told.quantity, whole.quantity]).holds:
            near = share_one_slip_away(share.quantity, part.quantity, whole.quantity)
            return whole if near else None
    return None
