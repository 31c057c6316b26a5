"""Counts that words imply: 36所学校中，半数以上（19所）…; 全区124所小学全部开展 against 小学124所."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Kind

NEAR = 10
"""How many characters before or behind 半数以上 its count may stand."""
REACH = 8
"""How many figures before the count its whole may stand."""
COUNTS_KEPT = 12
"""How many earlier counts of one name are remembered."""

_MORE = re.compile(
    r"(?P<half>半数以上|超过半数|过半数|过半|一半以上|逾半)|(?P<third>三分之二以上)|(?P<many>[六七八九])成以上|(?P<quarter>四分之三以上)"
)
_ALL = re.compile(r"^(?P<name>[^，。；、\d]{2,10}?)(?:已经|已|现已|目前)?(?:全部|均|都|一律|悉数)(?!衡|等|值|匀|有)")
_PLACE = re.compile(r"全[国省市州盟县区旗]")
_EVERY = re.compile(r"全[国省市州盟县区旗]|^(?:全部|所有|上述|以上|这)$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the counts that 半数以上 and 全部 tie to their wholes."""
    starts = [one.quantity.span.start for one in passage.mentions]
    for match in _MORE.finditer(passage.text):
        yield from _fraction(passage, match, starts)
    yield from _all_of_them(passage)


def _fraction(passage: Passage, match: re.Match[str], starts: list[int]) -> Iterator[Proposal]:
    """Yield that a part is more than half, two thirds, or so many tenths of its whole."""
    mentions = passage.mentions
    place = bisect_left(starts, match.end())
    part_place = -1
    if place < len(mentions) and _beside(passage, match.end(), mentions[place].quantity.span.start):
        part_place = place
    elif place and match.start() - mentions[place - 1].quantity.span.end <= 2:
        part_place = place - 1
    if part_place < 0:
        return
    part = mentions[part_place]
    whole = _whole(mentions, part_place)
    if whole is None or not part.amount or part.each:
        return
    share = _bound(match)
    verdict = Verdict.CONSISTENT if part.quantity.value >= share * whole.quantity.value else Verdict.INCONSISTENT
    spoken = f"{text_of(part)}÷{text_of(whole)}，文中说“{match[0]}”"
    wording = Wording("implied_counts", ClaimType.OTHER, f"part / whole >= {share:.4f}", spoken, "改变比较的结论")
    named = whole.tail.endswith("中") or whole.total or part.sentence == whole.sentence
    if verdict is Verdict.CONSISTENT or named:
        yield order_claim(passage, wording, {"part": part, "whole": whole}, verdict, STRUCTURAL if named else WEAK)


def _beside(passage: Passage, end: int, start: int) -> bool:
    """Return whether the count follows at once: 半数以上（19所）, 超过半数的62所."""
    between = passage.text[end:start]
    return len(between) <= NEAR and re.fullmatch(r"\s*(?:[（(]|的|为|，?即|，?共|有|，?达)?\s*", between) is not None


def _bound(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal("0.5")
    if match["third"]:
        return Decimal(2) / Decimal(3)
    if match["quarter"]:
        return Decimal("0.75")
    return Decimal("六七八九".index(match["many"]) + 6) / 10


def _whole(mentions: tuple[Mention, ...], part_place: int) -> Mention | None:
    """Return the larger level of the sentence the part is one of: what 中 or 共 heads, else the nearest."""
    part = mentions[part_place]
    larger = [
        one
        for one in mentions[max(part_place - REACH, 0) : part_place]
        if one.sentence == part.sentence
        and one.level
        and one.amount
        and not one.each
        and same_unit(one, part)
        and one.quantity.unit == part.quantity.unit
        and one.quantity.value > part.quantity.value
    ]
    headed = [one for one in larger if one.tail.endswith("中") or one.total]
    chosen = headed or larger
    return chosen[-1] if chosen else None


def _all_of_them(passage: Passage) -> Iterator[Proposal]:
    """Yield that as many as are said to be all were counted before: 小学124所 … 124所小学全部开展."""
    counts: dict[tuple[str, str], list[Mention]] = {}
    for one in passage.mentions:
        if one.quantity.kind is not Kind.COUNT or not one.level or one.role is not Role.LEVEL or one.each:
            continue
        if one.quantity.upper is not None or one.quantity.approximation is not None or one.quantity.value < 2:
            continue
        behind = passage.text[one.quantity.span.end : one.quantity.span.end + 16]
        match = _ALL.match(behind)
        name = core_noun(match["name"]) if match else core_noun(one.noun)
        if len(name) < 2:
            continue
        earlier = counts.setdefault((name, one.quantity.unit), [])
        if match and earlier:
            yield from _same(passage, one, earlier)
        if not match and one.depth == 0:
            earlier.append(one)
            del earlier[:-COUNTS_KEPT]


def _same_extent(words: str, others: str) -> bool | None:
    """Return whether two phrases speak of all of one place: 全县 and 全县, not 全区; None when unnamed."""
    one, other = _EVERY.search(words), _EVERY.search(others)
    if one is None or other is None:
        return None
    return one[0] == other[0] or not (_PLACE.match(one[0]) and _PLACE.match(other[0]))


def _same(passage: Passage, one: Mention, earlier: list[Mention]) -> Iterator[Proposal]:
    fitting = next((other for other in reversed(earlier) if other.quantity.value == one.quantity.value), None)
    other = fitting or earlier[-1]
    verdict = Verdict.CONSISTENT if fitting is not None else Verdict.INCONSISTENT
    if fitting is None:
        alone = len({one.quantity.value for one in earlier}) == 1
        same = _same_extent(one.lead, other.clause)
        near = same or (same is None and other.paragraph == one.paragraph)
        plain = not one.lead or _EVERY.search(one.lead) is not None
        close = other.quantity.value < 2 * one.quantity.value < 4 * other.quantity.value
        if not (alone and near and plain and close):
            return
    spoken = f"前文{text_of(other)}，后文说{text_of(one)}为全部"
    wording = Wording("implied_counts", ClaimType.OTHER, "a == b", spoken, "全部与总数不一致，口径或数字有误")
    yield order_claim(passage, wording, {"a": one, "b": other}, verdict, STRUCTURAL if fitting is None else WEAK)
