"""A whole divided once more from another point of view: 教师2021人……；按性别分，男教师724人，女教师1297人."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dudao.claims.completeness import OPEN_LIST, crossing, done_of_planned, names_rest
from dudao.claims.divisions import classed, divides, named_by_place
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal
from dudao.claims.slips import digits_of, slipped_within
from dudao.claims.sums.overlap import shared_of_divided
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up, named_among
from dudao.quantities.model import Kind

PARTS = 12
"""How many parts are read behind 按性别分."""
WITHIN = 16
"""How many characters behind it the first part may stand."""
BACK = 24
"""How many figures back the whole may stand."""
FAR_BACK = 200
"""How many figures back it may stand where a sentence begins with what it is looked at by."""
FAR_PARTS = 3
"""How many parts a list so far from its whole has at least."""
NEARLY = 5
"""The parts miss their whole by at most a fifth of it: else another whole may be meant."""

_VIEWED = re.compile(r"(?:按|从|分)[^，。；：、\d\n]{1,8}(?P<how>划分|分|统计|来看|看)[，,：:]")
_DIVIDES = ("分", "划分")
"""按性别分 leaves nobody out; 分学段看 may tell of two stages only."""
_TO_COME = re.compile(r"(?:预计|未来|今后|到(?:19|20)\d\d年|[^，。；、\d]{0,4}[一二两三四五]年内)")
"""51岁及以上1529人，…，未来五年将有841人退休: no part of those there are."""
_TOLD_NEXT = re.compile(r"^其中|分别|依次")
"""规范办学类6个，已完成数依次为9个、7个、…: what is told of the parts next."""
_WHO = re.compile(r"(?:^|[，。；：、\n])(?P<who>[^，。；：、\d\n]{2,12})$")
NAME_LIMIT = 16
NAME = 3
"""How many characters has at least the name of what is looked at."""
_AGE = frozenset({"岁", "周岁"})


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that the parts told from one point of view make the whole told before."""
    mentions = passage.mentions
    starts = [one.quantity.span.start for one in mentions]
    who_of: dict[int, str] = {}
    for viewed in _VIEWED.finditer(passage.text):
        place = bisect_left(starts, viewed.end())
        if place == 0 or place == len(mentions) or starts[place] - viewed.end() > WITHIN:
            continue
        parts = _parts(passage, place)
        if len(parts) < 2:
            continue
        whole = _whole(passage, place, parts)
        who = _who(passage.text, viewed.start()) or who_of.get(parts[0].sentence, "")
        who_of[parts[0].sentence] = who
        if whole is None and who:
            whole = _called(passage, place, parts, who)
        between = passage.text[viewed.end() : parts[-1].quantity.span.end]
        if whole is None and passage.segmentation.sentences.starts[parts[0].sentence] == viewed.start():
            whole = _told_before(passage, place, parts)
        if whole is None:
            continue
        apart = len(parts) >= FAR_PARTS and (names_rest(parts) or classed(parts) or named_by_place(parts))
        sure = viewed["how"] in _DIVIDES or divides(whole, parts) or apart
        if OPEN_LIST.search(between) or (crossing(whole, parts) and not sure):
            continue
        for one in sum_of(passage, whole, parts, EXPLICIT if sure else WEAK):
            # The whole may have been divided otherwise before: what is explained are the parts.
            yield replace(one, stated=parts[0].index)


def _who(text: str, viewed: int) -> str:
    """Return the bare name of what is looked at, told right before: 专任教师 for 专任教师按学段划分."""
    found = _WHO.search(text, max(viewed - NAME_LIMIT, 0), viewed)
    return core_noun(found["who"]) if found is not None else ""


def _called(passage: Passage, place: int, parts: list[Mention], who: str) -> Mention | None:
    """Return the one amount told before, however far, whose name is that of what is divided; near in size."""
    together = sum((one.quantity.value for one in parts), Decimal(0))
    told = [
        one
        for one in passage.mentions[max(place - FAR_BACK, 0) : place][::-1]
        if one.level
        and one.amount
        and not one.each
        and one.quantity.upper is None
        and one.quantity.unit == parts[0].quantity.unit
        and core_noun(one.noun) == who
    ]
    whole = told[0] if len(who) >= NAME and len({one.quantity.value for one in told}) == 1 else None
    if whole is None or len(parts) < FAR_PARTS or abs(whole.quantity.value - together) * NEARLY > whole.quantity.value:
        return None
    return whole if adds_up(whole, parts) or one_slip_off(whole, parts) else None


def _parts(passage: Passage, place: int) -> list[Mention]:
    """Return the amounts that follow one another in one style: clause behind clause, or each between semicolons.

    Ages only name a part, and its share says no more than it.
    """
    found: list[Mention] = []
    shared = False
    for one in passage.mentions[place : place + 3 * PARTS]:
        if one.quantity.unit in _AGE:
            continue
        if found and _TO_COME.match(one.lead):
            break
        if found and one.role is Role.SHARE and one.quantity.kind is Kind.PERCENT and one.part == found[-1].part:
            shared = True
            continue
        if found and not _goes_on(passage, found, one, shared=shared):
            break
        shared = False
        if not (one.level and one.amount and not one.each) or (found and not same_unit(one, found[0])):
            return found if one.quantity.unit == "%" else []
        found.append(one)
    return found


def _goes_on(passage: Passage, found: list[Mention], one: Mention, *, shared: bool) -> bool:
    """Return whether a figure stands where the next part of a list would stand."""
    last = found[-1]
    if one.sentence != last.sentence or one.depth != last.depth or _TOLD_NEXT.search(one.lead):
        # 小学1478人、初中982人、高中602人，其中女教师分别为1064人、627人、341人: what 其中 tells divides no more.
        return False
    if one.part == last.part:
        return found[0].part == last.part and one.clause_number - last.clause_number <= 1 + shared
    between = passage.text[last.quantity.span.end : one.quantity.span.start]
    apart = len({part.part for part in found}) == len(found)
    return apart and one.part - last.part == 1 and _VIEWED.search(between) is None


def _told_before(passage: Passage, place: int, parts: list[Mention]) -> Mention | None:
    """Return the amount of an earlier sentence that is divided: the one that the parts make, or the only one so large.

    共发现问题196个。…（paragraphs later）分类别看：安全管理类71个，规范办学类53个…
    """
    together = sum((one.quantity.value for one in parts), Decimal(0))
    near = [
        one
        for one in passage.mentions[max(place - FAR_BACK, 0) : place][::-1]
        if one.level
        and one.amount
        and not one.each
        and one.depth <= 1
        and one.quantity.upper is None
        and one.quantity.unit == parts[0].quantity.unit
        and one.quantity.value > 0
        and abs(one.quantity.value - together) * NEARLY <= one.quantity.value
    ]
    fitting = next((one for one in near if adds_up(one, parts)), None)
    if fitting is not None:
        return fitting
    near = [one for one in near if not _is_part(passage, one) and not shared_of_divided(passage, one, parts)]
    slipped = [one for one in near if one_slip_off(one, parts)]
    if len({one.quantity.value for one in slipped}) == 1 and len(parts) >= FAR_PARTS:
        return slipped[0]
    alone = len({one.quantity.value for one in near}) == 1 and len(parts) >= FAR_PARTS
    if not alone or near[0].quantity.approximation is not None or _more_was_told(passage, near[0], parts):
        return None
    return near[0]


def _more_was_told(passage: Passage, whole: Mention, parts: list[Mention]) -> bool:
    """Return whether parts exceed a whole, and what was told beside it may be divided too: 上级3.86亿元；县1.13亿元."""
    over = sum((one.quantity.value for one in parts), Decimal(0)) - whole.quantity.value
    first, last = (bisect_left(passage.mentions, one.index, key=lambda told: told.index) for one in (whole, parts[0]))
    return over > 0 and any(
        one.level and one.part != whole.part and same_unit(one, whole) and not one.each and one.quantity.value >= over
        for one in passage.mentions[first + 1 : last]
    )


def _is_part(passage: Passage, one: Mention) -> bool:
    """Return whether a figure is what another division makes: 按学历分，研究生248人，本科2561人. No list makes it."""
    begins = passage.segmentation.sentences.starts[one.sentence]
    return _VIEWED.search(passage.text, begins, one.quantity.span.start) is not None


def one_slip_off(total: Mention, parts: list[Mention]) -> bool:
    """Return whether one mistyped digit, of the total or of a part, keeps parts from making it."""
    gap = total.quantity.value - sum((one.quantity.value for one in parts), Decimal(0))
    for one in (total, *parts):
        digits = digits_of(one.quantity)
        if digits is None or one.slack != 0:
            return False
        wanted = float(digits.number + (-gap if one is total else gap) / digits.unit)
        if slipped_within(digits.number, wanted - 0.1, wanted + 0.1) is not None:
            return True
    return False


def _whole(passage: Passage, place: int, parts: list[Mention]) -> Mention | None:
    """Return the amount that is divided: the one named by 中 at the head of the sentence, or the one before that fits.

    Another amount of the sentence may be meant, so it counts only where the parts make nearly all of it.
    """
    mentions = passage.mentions
    together = sum((one.quantity.value for one in parts), Decimal(0))
    first = passage.sentences[parts[0].sentence][0]
    named = named_among(passage, first)
    before = [named] if named is not None else []
    before += mentions[max(place - BACK, first) : place]
    usable = [
        one
        for one in before
        if one.level
        and one.amount
        and not one.each
        and same_unit(one, parts[0])
        and abs(one.quantity.value - together) * NEARLY <= one.quantity.value
    ]
    fitting = next((one for one in usable if adds_up(one, parts)), None)
    return fitting if fitting is not None else next((one for one in usable if not done_of_planned(one, parts)), None)
