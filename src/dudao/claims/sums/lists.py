"""What lists of parts have in common: which figures are parts of parts, name the next one, or follow one another."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage

PARTS_LIMIT = 16
"""How many parts one total may have."""
AMONG_PARTS = 3
"""So many parts behind 74所学校中 that make it exactly need no further word."""
OUTCOMES_AHEAD = 5
"""How many clauses behind a total it may be told what became of it."""
BASE_REACH = 12
"""How many figures back the amount may stand that others are added to."""
_OPENS = re.compile(
    r"其中|包括|包含|具体为|具体是|分别为|分别是|各年|分为|分布[在于]|含(?!量)|从[^，。；]{1,6}看[，：]|分[^，。；、\d]{1,6}看|"
    r"按[^，。；]{1,8}(?:分|看|划分|统计)[，：]"
)
_MADE_OF = re.compile(r"[，,]由[^，。；、\d]{0,14}$")
_MADE = re.compile(r"[^，。；]{0,120}?(?:构成|组成)[，。；]")
"""总投入26.37亿元，由预算20.84亿元、基金1.76亿元和其他收入3.77亿元构成: what closes the list opens it."""
_LISTED = re.compile(r"[^，。；]*\d[^，。；]*，(?:[^。；]*，)?(?P<last>[^，。；\d]*)$")
"""Figures and a clause of its own before the next one."""
_KIND = re.compile(r"小学|中学|初中|高中|幼儿园|中职|职校|城区|城镇|县城|乡村|农村|公办|民办")
MEASURE = 2
"""How many characters has at least what is counted: 空编."""
LEFT_OVER = re.compile(r"其余|余下|剩余")
"""The part behind which nothing is left to tell."""
_CLOSED = re.compile(r"[^（()）\d]*[）)]")
_FIGURE = re.compile(r"\d")
COLON = re.compile(r"\s*(?:[（(][^（）()\d]{1,20}[）)]\s*)?(?:[：:]|[—－-]{2})")
"""187所（不含教学点）：幼儿园98所: what follows the colon, or a dash, is what the figure is made of."""
SHARE_COLON = re.compile(r"[，,]占[^，。；：:\d]{0,12}[\d.]{1,6}[%％]\s*[：:]")
"""146名，占4.67%：借调62名: the same behind the share of the figure."""
VIEWED = r"(?:从|按|分)[^，。；、\d]{1,8}(?:看|分|划分|统计)"
"""分类别看, 按学段分: words that look at a whole by its parts."""
LOOKED_AT = re.compile(rf"\s*{VIEWED}[，：,:]")
_IN_PLACES = re.compile(r"[县区市州旗盟乡镇]")
_PLACES = re.compile(r"(?:[县区市州旗盟乡镇村校园]{1,2}|学校|幼儿园|单位|部门)(?:共有?|合计|总共|有|为)?")
VIEWED_WHO = re.compile(rf"(?:^|[，。；：、])(?P<who>[^，。；：、\d]{{0,10}}?){VIEWED}[，：,:]")
"""；专任教师按学段分，: what is looked at by its parts may be named."""
_AMONG = re.compile(r"[；，。](?P<whole>[^，。；：、\d]{2,12})(?:当中|之中|中|里)[，：,]")
_WITHIN = re.compile(r"其中|含|包括|具体[为是]")


def one_after_another(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a list follows its total at once, clause after clause."""
    return all(right.clause_number - left.clause_number <= 1 for left, right in pairwise((total, *parts)))


def in_one_list(passage: Passage, figures: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the first figures that follow one another with but a mark and a name between."""
    before: Mention | None = None
    for one in figures:
        mark = before is None or passage.text[before.quantity.span.end : before.quantity.span.end + 1] in (
            "、",
            "，",
            ",",
        )
        if not mark or not (one.level and one.amount and same_unit(one, figures[0])) or one.each:
            return
        if before is not None and (one.clause_number - before.clause_number > 1 or one.sentence != before.sentence):
            return
        yield one
        before = one


def told_with(one: Mention, head: Mention) -> bool:
    """Return whether a level of the same unit stands in the sentence of another."""
    return one.sentence == head.sentence and one.level and same_unit(one, head) and not one.each


def names_next(mentions: Sequence[Mention], place: int) -> bool:
    """Return whether a figure only says of how many places the next one is told: 其余6个县（市、区）共21个."""
    one, following = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    if following is None or following.clause_number != one.clause_number or following.depth != one.depth:
        return False
    if one.tail != following.lead:
        return False
    if one.quantity.unit == "个" and _IN_PLACES.match(one.tail) is not None:
        return same_unit(one, following)  # 4个区小学学位缺口6840个
    return _PLACES.fullmatch(following.lead) is not None and same_unit(one, following)


def goes_on_behind(mentions: Sequence[Mention], rest: Mention) -> bool:
    """Return whether there is more beside what seems the rest: 剩余4个正在推进，2个申请核销."""
    place = bisect_left(mentions, rest.index, key=lambda one: one.index) + 1
    further = mentions[place] if place < len(mentions) else None
    if (
        LEFT_OVER.search(rest.lead) is None
        or further is None
        or further.sentence != rest.sentence
        or further.depth != rest.depth
    ):
        return False
    beside = further.part == rest.part and further.clause_number - rest.clause_number == 1
    return beside and further.level and same_unit(further, rest) and "其中" not in further.lead


def opens_list(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether 其中 or the like stands between a total and what may be its first part."""
    end = first.quantity.span.start
    if opens_by_colon(passage, total, end):
        return True
    start = max(total.quantity.span.end, end - LEAD_LIMIT)
    if any(
        _opens_at(passage.text, match, end) and not _opens_for_another(passage, match, total, end)
        for match in _OPENS.finditer(passage.text, start, end)
    ):
        return True
    if _MADE_OF.search(passage.text, start, end) and _MADE.match(passage.text, end):
        return True
    among = _AMONG.search(passage.text, start, end)
    return among is not None and core_noun(among["whole"]) == core_noun(total.noun) != ""


def opens_by_colon(passage: Passage, total: Mention, end: int) -> bool:
    """Return whether a colon behind a figure, or behind its share, opens what it is made of."""
    start = total.quantity.span.end
    return any(one.match(passage.text, start, end) is not None for one in (COLON, SHARE_COLON))


def _opens_at(text: str, opening: re.Match[str], end: int) -> bool:
    """Return whether a word opens a list at `end`; in 参测率分别为99.4%和98.8%；校长20名 it deals the rates alone.

    One in parentheses that end before says what a name includes: 普通高中39所、中职（含技工）学校19所.
    """
    closed = _CLOSED.match(text, opening.end(), end)
    if closed is not None:
        return False
    return not opening[0].startswith("分别") or _FIGURE.search(text, opening.end(), end) is None


def _opens_for_another(passage: Passage, opening: re.Match[str], total: Mention, end: int) -> bool:
    """Return whether a word opens the list of another figure, which ended before another clause names `end`.

    督学36名，抽取学校64所，其中小学22所、初中15所，访谈校长64名、教师386名: those asked are none of the 36.
    """
    between = _LISTED.match(passage.text, opening.end(), end)
    if between is None:
        return False
    name = core_noun(total.noun)[-2:]
    return not (name and name in between["last"])


def top_parts(run: list[Mention]) -> list[Mention]:
    """Return the run without parts of parts: a figure that 其中 or 含 opens behind the first one."""
    kept: list[Mention] = []
    nested = -1
    for one in run:
        within = kept and len(kept[-1].noun) >= 2 and _is_of(kept[-1].noun, one.lead)
        if kept and (within or _WITHIN.search(one.lead)) and one.part == kept[-1].part:
            nested = one.part
            continue
        if nested == one.part and kept and one.quantity.value < kept[-1].quantity.value:
            continue
        nested = -1
        kept.append(one)
    return kept


def _is_of(noun: str, lead: str) -> bool:
    """Return whether words say that a figure is of the one before: 民办39所，民办园中普惠性31所."""
    return lead.startswith(noun) and "中" in lead[len(noun) : len(noun) + 3]


def told_like(total: Mention, parts: Sequence[Mention], one: Mention) -> bool:
    """Return whether a figure behind ； is told of its kind as the total is of another: it stands beside the total.

    中学空编32名，其中石桥中学11名；小学空编23名: the parts do not name again what is counted, the two kinds do.
    """
    own, other = _KIND.search(total.lead), _KIND.search(one.lead)
    if own is None or other is None or own[0] == other[0]:
        return False
    said = total.lead[own.end() :]
    again = any(part.lead.endswith(said) for part in parts)
    return len(said) >= MEASURE and one.lead[other.end() :] == said and not again
