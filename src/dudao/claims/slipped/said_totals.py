"""Totals that are said to be added up, behind parts of which one slip keeps them from being the sum.

普通高中录取2984人，中职录取1873人，高中阶段录取合计4857人: 合计, 共 and 累计 say that what stands before is summed up,
whatever its size. Which of the figures before are the parts is told by where they stand: side by side in the sentence
of the total, of its very unit, each with a name of its own; what a total counts off (三年累计, 四地合计) are as many.
Of figures with few digits nothing of that unit may stand before the first part, lest a list of two be cut out of three.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.completeness import OPEN_LIST
from dudao.claims.likeness import core_noun
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import digits_written
from dudao.claims.slipped.trials import plain_amount
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.lists import names_next
from dudao.claims.wholes import adds_up

REACH = 24
"""How many figures back the parts may stand."""
PARTS_LIMIT = 8
FEWEST = 2
CLAUSES = 2
"""How many clauses from part to part, and from the last part to the total: each may have a figure of another unit."""
TELLING = 4
"""A total of so many digits is made by parts that stand behind others of its unit too."""
NAME = 2
WORD = 10
"""How many characters may stand between 合计 and the figure."""
_SAID = re.compile(
    rf"(?:合计|共计|总计|总共|一共|累计|总分|(?<![公中包])共(?!同|建|享|性|产|青|公)|[两二三四五六七八](?:者|项|类)之和)[^，。；、\d]{{0,{WORD}}}$"
)
_COUNTED = re.compile(
    r"(?P<count>[两二三四五六七八九十])(?:年|项|类|者|个学段|所学校|支队伍|地|县|校|级|批|部分|个[^，。；、\d]{1,3})[^，。；、\d]{0,6}$"
)
_COUNTED_AHEAD = re.compile(
    r"(?:以上|上述|这)?[两三四五六](?:类|项|者|地|级|部分|个学段)[^，。；、\d每各均占比较超增减扣差]{0,8}"
)
"""普通高中3207人，中职2349人…；两类学校录取5556人."""
_COUNTS = "一二三四五六七八九十"
_OTHERS = re.compile(r"其中|其余|另|除|比|较|还|每|约|应|超|不含|含")
"""Words between parts and total that tell of something else."""
_TAKEN = re.compile(r"扣|减|撤|退|调出|转出")
"""满意度91.2分，加分12分，扣分5分，总分960.7分: what is taken off is no part."""


def said_totals(passage: Passage) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield each total said to be one, with the parts right before it that make it but for one slip."""
    for place, total in enumerate(passage.mentions):
        if plain_amount(total) and total.level and not total.each and total.quantity.unit and _said(passage, place):
            parts = _slipped_parts(passage, place)
            if parts:
                yield total, parts


def _said(passage: Passage, place: int) -> bool:
    """Return whether a figure is called a total, or told of the same total: 合计资助28675人次，发放资金1972万元."""
    total, before = passage.mentions[place], passage.mentions[place - 1] if place else None
    if _SAID.search(total.lead) or _COUNTED_AHEAD.fullmatch(total.lead):
        return True
    beside = before is not None and total.clause_number - before.clause_number <= 1 and before.part == total.part
    if before is None or not beside or before.quantity.unit == total.quantity.unit or not _SAID.search(before.lead):
        return False
    column = _column_before(passage, place - 1)
    return len(column) >= FEWEST and len(column) == len(_column_before(passage, place))


def _slipped_parts(passage: Passage, place: int) -> list[Mention]:
    total = passage.mentions[place]
    column = _column_before(passage, place)
    counted = _COUNTED.search(total.lead)
    wanted = _COUNTS.index(counted["count"].replace("两", "二")) + 1 if counted is not None else None
    choices = [column[first:] for first in range(len(column) - FEWEST + 1)]
    if any(adds_up(total, parts) for parts in choices):
        return []
    telling = digits_written(total.quantity) >= TELLING
    for parts in choices:
        fitting = len(parts) == wanted if wanted is not None else (telling or len(parts) == len(column))
        if fitting and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True):
            return parts if _apart(passage, total, parts) else []
    return []


def _column_before(passage: Passage, place: int) -> list[Mention]:
    """Return the amounts of the unit of a total that stand before it in its sentence, clause after clause."""
    mentions, total = passage.mentions, passage.mentions[place]
    column: list[Mention] = []
    last = total
    for number in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[number]
        if one.sentence != total.sentence or one.depth < total.depth or len(column) == PARTS_LIMIT:
            break
        if one.depth > total.depth or one.quantity.unit != total.quantity.unit or names_next(mentions, number):
            continue
        if column and one.noun and column[-1].lead.startswith(f"{one.noun}中"):
            continue  # 公办园39所，民办园35所，民办园中普惠的28所，公办和普惠两类共67所: some of the one before
        follows = last.clause_number - one.clause_number <= CLAUSES
        if not (follows and plain_amount(one) and one.level and one.role is Role.LEVEL) or one.each or one.base:
            break
        if len(column) >= FEWEST and (_SAID.search(one.lead) or one.tail.endswith(("中", "里"))):
            break  # 共需804名；现有专任教师648名、保育员289名，共937名: what another total closed, or what is divided
        column.append(one)
        last = one
    return column[::-1]


def of_other_things(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts end with one name and the total with another: 专任教师846人，全区共有教职工2246人."""
    own = core_noun(total.noun)
    endings = {core_noun(one.noun)[-NAME:] for one in parts}
    alike = len(endings) == 1 and len(ending := endings.pop()) == NAME and ending not in own
    return alike and len(own) >= NAME and "有" in total.lead


def _name(passage: Passage, one: Mention) -> str:
    """Return the words before a figure, or before the one it stands beside: 教学楼3栋11280平方米."""
    place = bisect_left(passage.mentions, one.index, key=lambda each: each.index)
    before = passage.mentions[place - 1] if place else None
    beside = before is not None and before.sentence == one.sentence and not one.lead
    return before.lead if beside and before is not None else one.lead


def _apart(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether each part has a name of its own and no word between them tells of anything else."""
    names = {_name(passage, one) for one in parts} - {""}
    dealt = any(word in parts[0].clause for word in ("分别", "依次"))
    if any(one.total for one in parts) or (len(names) < len(parts) and not dealt):
        return False
    if of_other_things(total, parts):
        return False
    between = passage.text[parts[0].quantity.span.start : total.quantity.span.start]
    words = "".join(one.lead for one in (*parts[1:], total))
    if _TAKEN.search(total.lead) is None and any(_TAKEN.search(one.lead) for one in parts):
        return False
    return _OTHERS.search(words) is None and OPEN_LIST.search(between) is None
