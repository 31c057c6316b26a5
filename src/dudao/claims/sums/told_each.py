"""Lists whose parts tell more than their amount: 税收收入36552万元，增长6.9%；非税收入31397万元，增长15.3%.

Accounts tell of each part how much it grew, what share it is and why; the amounts still make the total. A list is
opened by 其中, by words that look at a whole by its parts (分部门看), or by a colon at the end of the line before it,
and may go on line after line. Two units told of each part (人次 and 万元) are two columns of one list.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dudao.claims.completeness import goes_both_ways, leaves_open, of_other_side
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.sums.lists import VIEWED
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Approximation, Kind

PARTS_LIMIT = 16
CLAUSES = 8
"""How many clauses may tell of one part before the next one."""
OPENED = 44
"""How many characters before its first part a list may be opened."""
TOTALS = 14
"""How many figures back the total of a list may stand."""
VIEWS_TRIED = 3
"""How many totals are tried where words look at a whole that they do not name."""
PARAGRAPHS = 3
FEWEST = 2
LINES = 4
"""How many lines on the next part may begin where lines without figures say what each is for."""
ALIKE = 3
"""How many last characters the names of parts share that stand in two sentences."""
WITHIN = re.compile(r"其中|包括|包含")
_VIEWED = re.compile(
    rf"{VIEWED}[^，。；：、\d]{{0,8}}[，：]|分[^，。；、\d]{{1,10}}(?:情况|完成)[^，。；、\d]{{0,4}}[：，]"
)
_BELOW = re.compile(r"(?:如下|分别是|分别为|具体为|具体是|包括|其中|明细)\s*[：:]\s*$")
_ITEM = re.compile(r"[\s（(]*(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]")
_GOES_ON = re.compile(r"[；;、，,]\s*$")
_BESIDES = re.compile(r"\s*(?:此外|另外)[，、]")
_NESTED = re.compile(r"其中|含|包括|[^，。；、\d]{2,8}(?<![高初集])中$")
_MADE_UP = re.compile(r"由[^，。；：\d]{2,16}[（(]$")
_MAKES_UP = re.compile(r"[）)][^，。；]{0,6}(?:组成|构成)")
"""由工资福利支出（4279万元）、商品和服务支出（3609万元）两部分组成."""
_SOME = re.compile(r"主要|重点|部分")
"""从主要支出科目看: the largest alone."""
_SUMMED = re.compile(r"合计|总计|共计|小计")


@dataclass(frozen=True, slots=True)
class ToldList:
    """A total and the amounts that may be its parts.

    `complete` says that the words leave no part out, `leaves_out` that they say some are not named (等).
    """

    total: Mention
    parts: tuple[Mention, ...]
    complete: bool
    leaves_out: bool = False
    place: int = -1
    """Where its first part stands, the same for all columns of one list."""


@lru_cache(maxsize=1)
def lists_told_each(passage: Passage) -> tuple[ToldList, ...]:
    """Return the totals and parts of the lists whose parts tell more than their amounts; several relations ask."""
    return tuple(_lists(passage))


def _lists(passage: Passage) -> Iterator[ToldList]:
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        if not is_part(first) or not place:
            continue
        opened = _opened(passage, place)
        if not opened:
            continue
        items = _items(passage, place, below=opened == "below")
        if len(items) < FEWEST:
            continue
        if opened == "made up" and _MAKES_UP.match(passage.text, items[-1][-1].quantity.span.end) is None:
            continue
        yield from _planned(passage, place, items, opened)
        for number, column in enumerate(_columns(items)):
            behind = passage.text[mentions[place - 1].quantity.span.end : column[-1].quantity.span.end]
            if goes_both_ways(column):
                continue
            for total in _totals(passage, place, column, opened):
                # What else 其中 tells of each part (公办1186所，教师7987人) is held against its total elsewhere.
                open_end = leaves_open(behind) or (number > 0 and opened == "within")
                yield ToldList(total, tuple(column), opened != "within", open_end, place)


def _planned(passage: Passage, place: int, items: Sequence[Sequence[Mention]], opened: str) -> Iterator[ToldList]:
    """Yield what was planned of each: 占预算10065万元的43.2%。其中…占预算8465万元的41.5%；…1600万元的52.3%."""
    column = [next((one for one in item[1:] if one.base and one.amount), None) for item in items]
    plans = [one for one in column if one is not None and same_unit(one, items[0][0])]
    if len(plans) < len(items):
        return
    for total in _totals(passage, place, [one[0] for one in items], opened):
        behind = bisect_left(passage.mentions, total.index + 1, key=lambda each: each.index)
        plan = passage.mentions[behind]
        if plan.base and plan.sentence == total.sentence and same_unit(plan, total):
            yield ToldList(plan, tuple(plans), complete=False)


def is_part(one: Mention) -> bool:
    """Return whether a figure may be one amount of a list: a level that stands for itself."""
    plain = one.quantity.upper is None and one.quantity.value > 0 and one.family is not None
    exact = one.quantity.approximation in (None, Approximation.ABOUT) and one.slack is not None
    level = one.level and one.role is Role.LEVEL and one.amount and not one.base
    return plain and exact and level and not one.each and one.quantity.kind is not Kind.SCORE


def _opened(passage: Passage, place: int) -> str:
    """Return how a list is opened before a figure: within, viewed or below; empty where it is not."""
    first, before = passage.mentions[place], passage.mentions[place - 1]
    start = max(before.quantity.span.end, first.quantity.span.start - OPENED)
    words = passage.text[start : first.quantity.span.start]
    paragraph = passage.segmentation.paragraphs.span(first.paragraph)
    viewed = _VIEWED.search(words)
    if viewed is not None:
        return "within" if _SOME.search(viewed[0]) else "viewed"
    if first.paragraph and before.paragraph < first.paragraph and start <= paragraph.start:
        above = passage.text[max(paragraph.start - OPENED, 0) : paragraph.start]
        if _BELOW.search(above):
            return "below"
    if first.depth > before.depth and _MADE_UP.search(words):
        return "made up"
    return "within" if WITHIN.search(words) else ""


def _items(passage: Passage, place: int, *, below: bool) -> list[list[Mention]]:
    """Return what is told of each part of a list that begins at a place, the amount of the part first."""
    mentions, first = passage.mentions, passage.mentions[place]
    numbered = _numbered(passage, first)
    items = [[first]]
    nested, within, whole = -1, Decimal(0), Decimal(-1)
    for one in mentions[place + 1 : place + 1 + 4 * PARTS_LIMIT]:
        last = items[-1][-1]
        if one.paragraph != last.paragraph:
            if not _line_goes_on(passage, last, one, numbered=numbered, below=below):
                break
            nested = -1
        elif one.sentence != last.sentence and not _carries_on(passage, first, one):
            break
        if one.clause_number - items[-1][0].clause_number > CLAUSES:
            break
        if len(items) > PARTS_LIMIT or one.depth < first.depth:
            break
        if one.depth > first.depth:
            continue
        own_line = one.paragraph != items[-1][0].paragraph
        if below and numbered and not (own_line and _numbered(passage, one)):
            items[-1].append(one)
            continue
        begins = is_part(one) and same_unit(one, first) and one.quantity.unit == first.quantity.unit
        if begins and (_NESTED.search(one.lead) or nested == one.part or within + one.quantity.value == whole):
            # 高中阶段6155亿元，其中中职2223亿元: told of the part, and no part beside it.
            within = one.quantity.value if nested != one.part else within + one.quantity.value
            nested, whole = one.part, items[-1][0].quantity.value
            begins = False
        if begins and (_SUMMED.search(one.lead) or (one.part == items[-1][0].part and not _beside(last, one))):
            break
        if begins:
            items.append([one])
            whole = Decimal(-1)
        else:
            items[-1].append(one)
    return items


def _beside(last: Mention, one: Mention) -> bool:
    """Return whether a figure of the part of a sentence of the one before is the next of a list."""
    return one.clause_number - last.clause_number <= 1


def _carries_on(passage: Passage, first: Mention, one: Mention) -> bool:
    """Return whether the next sentence goes on with the list: 此外，…; 。第三产业增加值 behind 第一产业增加值."""
    start = passage.segmentation.sentences.span(one.sentence).start
    alike = len(first.lead) > ALIKE and one.lead[-ALIKE:] == first.lead[-ALIKE:] and one.lead[:1] == first.lead[:1]
    return alike or _BESIDES.match(passage.text, start) is not None


def _numbered(passage: Passage, one: Mention) -> bool:
    start = passage.segmentation.paragraphs.span(one.paragraph).start
    return _ITEM.match(passage.text, start) is not None


def _line_goes_on(passage: Passage, last: Mention, one: Mention, *, numbered: bool, below: bool) -> bool:
    """Return whether a list goes on in the next line: numbered as the first one is, or with no full stop before."""
    if one.paragraph - last.paragraph > (LINES if below else 1):
        return False
    if (below and numbered) or _BESIDES.match(passage.text, passage.segmentation.paragraphs.span(one.paragraph).start):
        return True
    if _numbered(passage, one) != numbered:
        return False
    if below:
        return True
    span = passage.segmentation.paragraphs.span(last.paragraph)
    ended = passage.text[max(span.start, span.end - 4) : span.end]
    return _GOES_ON.search(ended) is not None


def _columns(items: Sequence[Sequence[Mention]]) -> Iterator[list[Mention]]:
    """Yield the amounts of the parts, and those of another unit where each part tells just one."""
    yield [one[0] for one in items]
    units = {one.quantity.unit for one in items[0][1:] if is_part(one)} - {items[0][0].quantity.unit}
    for unit in units:
        column = [[one for one in item[1:] if is_part(one) and one.quantity.unit == unit] for item in items]
        if all(column):
            yield [one[0] for one in column]


def _totals(passage: Passage, place: int, column: Sequence[Mention], opened: str) -> Iterator[Mention]:
    """Yield the amounts before a list that may be its total, the nearest first."""
    first = column[0]
    seen = 0
    tried = 1 if opened == "within" else VIEWS_TRIED
    for other in passage.mentions[max(place - TOTALS, 0) : place][::-1]:
        if first.paragraph - other.paragraph > PARAGRAPHS:
            return
        usable = is_part(other) and other.quantity.unit == first.quantity.unit and other.depth <= first.depth
        if not usable or other.base or of_other_side(other, column):
            continue
        if opened != "within" and not _heads(passage, other):
            continue
        if opened == "within" and first.sentence - other.sentence > 1 + (first.paragraph != other.paragraph):
            return
        seen += 1
        yield other
        if seen == tried:
            return


def _heads(passage: Passage, one: Mention) -> bool:
    """Return whether no amount of its unit stands before a figure in its sentence."""
    first, _ = passage.sentences[one.sentence]
    before = bisect_left(passage.mentions, one.index, key=lambda each: each.index)
    return not any(is_part(each) and each.quantity.unit == one.quantity.unit for each in passage.mentions[first:before])


def choices(told: ToldList) -> Iterator[tuple[Mention, ...]]:
    """Yield the parts of a list that may make its total: all of them, and those up to where a part ends."""
    parts = told.parts
    yield parts
    for end in range(len(parts) - 1, FEWEST - 1, -1):
        if parts[end].part != parts[end - 1].part:
            yield parts[:end]


def makes(told: ToldList) -> tuple[Mention, ...]:
    """Return the parts of a list that make its total; empty where none do."""
    return next((parts for parts in choices(told) if adds_up(told.total, parts)), ())


def makes_another(passage: Passage, told: ToldList) -> bool:
    """Return whether the parts of a list make another amount before: 预算18.62亿元，执行19.51亿元。分项目看：…."""
    first = told.parts[0]
    end = bisect_left(passage.mentions, first.index, key=lambda one: one.index)
    near = passage.mentions[max(end - 2 * TOTALS, 0) : end]
    alike = [one for one in near if one.amount and one.quantity.unit == first.quantity.unit and not one.each]
    return any(adds_up(one, parts) for one in alike for parts in choices(told))
