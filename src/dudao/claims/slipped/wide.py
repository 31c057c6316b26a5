"""Wholes that no word names, tried only where chance hardly brings them within a digit of the share.

`trials` yields the operands that the words lead to. A share right behind its part (已支出36775万元，占已下达的63.0%)
has its whole nearby, whatever stands between; here those before are tried, the nearest first, as `near_fits` would.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from dudao.claims.arithmetic import step
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.rate_names import is_rate_of
from dudao.claims.slipped.shapes import RATIO, SHARE
from dudao.claims.slipped.standing import Standing
from dudao.claims.slipped.trials import Trial, after_closed_list, of_others, plain_amount
from dudao.claims.slips import digits_of
from dudao.claims.wholes import whole_noun
from dudao.quantities.model import Kind

REACH = 30
"""How many figures back the whole may stand."""
PARAGRAPHS = 2
"""In how many paragraphs before."""
WHOLES = 5
PAIRS = 4
SIBLINGS = 3
NEARLY = 100
CLAUSES = 1
"""How many clauses before its share a part may stand."""
BESIDE = 3
"""How many figures before its share the part of a list may stand."""
LISTED = 2
"""How many clauses before it."""
NAMED_BY = 4
"""How many characters of the name behind 占 its whole must bear."""
TELLING = 10
"""Figures of one digit are one slip away from anything."""
ALL = 100
_ANYTHING = frozenset({"个", "项", "处", "件"})
_DUE = re.compile(r"应|符合|任务|计划|各占|各$|即")


TELLING_MONEY = 100
"""Money and areas are rounded as it pleases: 8.2亿元."""


def wide_shares(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the amount right before a share over the larger ones before it."""
    one, number = passage.mentions[place], _told_of(passage, place)
    if number < 0:
        return
    part = passage.mentions[number]
    if one.quantity.value >= ALL or _DUE.search(one.lead + part.clause):
        # 超额完成新增3.8万个的任务，完成率112.1%; 交流312人，占应交流教师的15.2%: of what is due or planned.
        return
    if not _telling(part) or part.depth > one.depth or (one.role is not Role.SHARE and not is_rate_of(one, part)):
        return
    if of_others(one, part) or after_closed_list(passage.mentions, place, part):
        return
    noun = core_noun(whole_noun(one)[1])
    for whole in _near(passage, number, part):
        named = not noun or noun[-NAMED_BY:] in whole.noun + whole.topic
        if not named or _DUE.search(whole.lead) is not None or _shared_itself(passage, whole):
            continue
        if not noun and _of_other_things(whole, part):
            continue
        if _fits_siblings(passage, place, whole):
            yield SHARE, part, whole


def _told_of(passage: Passage, place: int) -> int:
    """Return the place of the amount a share is told of; -1 without one.

    36552万元，增收2362万元，增长6.91%，占…的53.79%: what it grew by does not come between.
    """
    mentions, one = passage.mentions, passage.mentions[place]
    apart = CLAUSES
    for number in range(place - 1, max(place - 1 - BESIDE, -1), -1):
        part = mentions[number]
        if part.part != one.part or one.clause_number - part.clause_number > apart:
            return -1
        if part.role is not Role.CHANGE:
            return number
        apart += 1
    return -1


def shares_of_lists(passage: Passage, place: int, standing: Standing) -> Iterator[Trial]:
    """Yield the amount right before a share over the total of the list that holds with it, however it is named.

    决算数191347万元。其中税收收入124736万元，…占一般公共预算收入的65.19%；非税收入66611万元
    """
    one = passage.mentions[place]
    noun = core_noun(whole_noun(one)[1])
    for part in passage.mentions[max(place - BESIDE, 0) : place][::-1]:
        changed = sum(each.role is Role.CHANGE for each in passage.mentions[max(place - BESIDE, 0) : place])
        if part.sentence != one.sentence or one.clause_number - part.clause_number > LISTED + changed:
            return
        if part.level and part.amount and not part.each and part.depth <= one.depth:
            for total in sorted(standing.totals.get(part.index, set()) - {part.index}):
                whole = passage.mentions[bisect_left(passage.mentions, total, key=lambda each: each.index)]
                if total < one.index or not noun or noun in whole.noun:
                    # 教师3489人，占教师总数的91.3%，聘请312人，两支队伍共3801人: another whole is named.
                    yield SHARE, part, whole
            return


def shares_of_list_before(passage: Passage, place: int, standing: Standing) -> Iterator[Trial]:
    """Yield 专任教师按职称分，高级1467人、…。女教师3742人，占60.2%: the total that the sentence before divides."""
    one, part = passage.mentions[place], passage.mentions[place - 1] if place else None
    if part is None or one.role is not Role.SHARE or whole_noun(one)[0] or one.clause_number - part.clause_number > 1:
        return
    if not _telling(part) or part.sentence != one.sentence or part.index in standing.totals:
        return
    before = [
        other
        for other in passage.mentions[max(place - REACH, 0) : place - 1]
        if other.sentence == part.sentence - 1 and other.paragraph == part.paragraph
    ]
    if any(
        other.sentence == part.sentence and same_unit(other, part) for other in passage.mentions[place - 2 : place - 1]
    ):
        return
    totals = {total for other in before for total in standing.totals.get(other.index, set())}
    wholes = [passage.mentions[bisect_left(passage.mentions, number, key=lambda each: each.index)] for number in totals]
    wholes = [whole for whole in wholes if same_unit(whole, part) and whole.quantity.value > part.quantity.value]
    if len(wholes) == 1 and wholes[0].noun[-2:] == part.noun[-2:]:
        yield SHARE, part, wholes[0]


def _of_other_things(whole: Mention, part: Mention) -> bool:
    """Return whether two counts of sentences apart have but 个 in common: 新增学位5240个。大班额126个，占2.31%."""
    apart = whole.sentence != part.sentence and whole.quantity.unit in _ANYTHING
    return apart and not set(whole.noun) & set(part.noun)


def _shared_itself(passage: Passage, whole: Mention) -> bool:
    """Return whether an amount has a share of its own right behind it: 良好30所，占50.0%；合格21所，占35.0%."""
    behind = bisect_left(passage.mentions, whole.index + 1, key=lambda one: one.index)
    following = passage.mentions[behind] if behind < len(passage.mentions) else None
    return following is not None and following.role is Role.SHARE and following.part == whole.part


def _fits_siblings(passage: Passage, place: int, whole: Mention) -> bool:
    """Return whether the shares told just before in the sentence, each behind its part, are of the same whole too."""
    mentions, one = passage.mentions, passage.mentions[place]
    for share in range(place - 2, max(place - 2 * SIBLINGS, 0), -1):
        sibling, part = mentions[share], mentions[share - 1]
        if sibling.sentence != one.sentence:
            break
        if sibling.role is Role.SHARE and sibling.quantity.kind is Kind.PERCENT and same_unit(part, whole):
            reached = part.quantity.value * 100 / whole.quantity.value
            if abs(reached - sibling.quantity.value) > max(step(sibling.quantity), reached / NEARLY):
                return False
    return True


def wide_ratios(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the amounts just before 1.6倍, the nearer over the farther."""
    one, later = passage.mentions[place], passage.mentions[place - 1] if place else None
    if one.quantity.unit != "倍" or later is None or later.sentence != one.sentence or not _telling(later):
        return
    for earlier in _near(passage, place - 1, later)[:PAIRS]:
        yield RATIO, later, earlier
        yield RATIO, earlier, later


def _telling(one: Mention) -> bool:
    digits = digits_of(one.quantity)
    least = TELLING if one.quantity.kind is Kind.COUNT else TELLING_MONEY
    return plain_amount(one) and one.level and digits is not None and digits.number >= least


def _near(passage: Passage, place: int, part: Mention) -> list[Mention]:
    """Return the levels before a part that count the same, the nearest first, each value once."""
    found: list[Mention] = []
    for other in passage.mentions[max(place - REACH, 0) : place][::-1]:
        if part.paragraph - other.paragraph > PARAGRAPHS or len(found) >= WHOLES:
            break
        known = any(other.quantity.value == one.quantity.value for one in found)
        if not known and _telling(other) and same_unit(other, part) and other.each == part.each:
            found.append(other)
    return found
