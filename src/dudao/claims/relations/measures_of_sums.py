"""Further measures of a whole and of each of its parts, where one measure adds up: 小学3989所，校舍2297.8万平方米.

A communiqué tells one measure after another of compulsory education, then the same ones of primary and of junior
secondary schools. Where the schools of the stages make those of the whole, so do their pupils and their rooms: each
part has said what it is a part of. Only a gap that one slip of a digit explains is called wrong, and none so small that
a few pupils of special education, told nowhere, might be it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import step
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, digits_written
from dudao.claims.slips import one_slip_away
from dudao.claims.stage_names import stage_of
from dudao.claims.sums.proposing import shortfall, sum_of
from dudao.claims.wholes import adds_up

NAME = "measures_of_sums"
REACH = 14
"""How many figures from the one that adds up the same part may be told of."""
PARTS_LIMIT = 8
TELLING = 3
"""The total that adds up has so many digits at least: fewer are made by chance."""
GAP = 10
"""Where all is counted out, a gap of fewer may be a part that is not told."""
GAP_OF_TOTAL = 100
"""Nor is one called wrong that is less than a hundredth of its total."""
_MEASURES = ("招生", "毕业生", "专任教师", "教职工", "教师", "在校生", "幼儿")
_NAMES_OF_PARTS = re.compile(
    r"各级各类|义务教育|中小学校?|普通|幼儿园|幼园|学前教育|小学|初中|高中阶段|高中|中等?职业?(?:学校|教育)|特殊教育|"
    r"公办|民办|城区|县城|乡镇|乡村|农村|城镇|城市|学校|教育|阶段"
)


def find(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the sums of the measures told beside the total and beside each part of a sum that holds."""
    tried: set[tuple[int, ...]] = set()
    for one in found:
        names = one.claim.operands
        summed = one.holds and one.claim.type is ClaimType.SUM and one.claim.relation != NAME
        if not summed or "total" not in names or len(names) > PARTS_LIMIT + 1:
            continue
        places = [_place(passage, index) for index in names.values()]
        anchors = [place for place in places if place is not None]
        key = tuple(sorted(anchors))
        if len(anchors) < len(names) or key in tried:
            continue
        tried.add(key)
        total = _place(passage, names["total"])
        if total is None or digits_written(passage.mentions[total].quantity) < TELLING:
            continue
        parts = [place for place in anchors if place != total]
        for behind in (True, False):
            yield from _beside(passage, total, parts, behind=behind)


def _place(passage: Passage, index: int) -> int | None:
    place = bisect_left(passage.mentions, index, key=lambda one: one.index)
    if place == len(passage.mentions) or passage.mentions[place].index != index:
        return None
    one = passage.mentions[place]
    return place if one.level and one.amount and not one.each and not one.depth else None


def _beside(passage: Passage, total: int, parts: Sequence[int], *, behind: bool) -> Iterator[Proposal]:
    """Yield the sums of what is told of each behind the figures that add up, or before them."""
    anchors = sorted((total, *parts))
    of_parts = [_told(passage, anchors, place, behind=behind) for place in parts]
    for name, members in _told(passage, anchors, total, behind=behind).items():
        others = [told.get(name, []) for told in of_parts]
        if len(members) != 1 or any(len(one) != 1 for one in others):
            continue
        whole, addends = members[0], [one[0] for one in others]
        if not all(same_unit(one, whole) for one in addends):
            continue
        if adds_up(whole, addends):
            yield from sum_of(passage, whole, addends, WEAK, relation=NAME)
        elif _slipped(whole, addends):
            yield from sum_of(passage, whole, addends, STRUCTURAL, relation=NAME)


def _slipped(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether one slip of a digit keeps the parts from making the whole, and nothing left out can be the gap."""
    gap = abs(shortfall(whole, parts))
    unit = max(step(one.quantity) for one in (whole, *parts))
    telling = (gap >= GAP or unit != 1) and gap * GAP_OF_TOTAL >= whole.quantity.value
    return telling and one_slip_away(whole.quantity, [one.quantity for one in parts], rounded=True)


def _told(passage: Passage, anchors: Sequence[int], place: int, *, behind: bool) -> dict[str, list[Mention]]:
    """Return the amounts told of the same as a figure, by the name of what they measure, up to the next figure."""
    mentions, anchor = passage.mentions, passage.mentions[place]
    nearest = anchors.index(place)
    if behind:
        end = anchors[nearest + 1] if nearest + 1 < len(anchors) else place + 1 + REACH
        near = mentions[place + 1 : min(end, place + 1 + REACH)]
    else:
        start = anchors[nearest - 1] + 1 if nearest else place - REACH
        near = mentions[max(start, place - REACH, 0) : place]
    found: dict[str, list[Mention]] = {}
    stage = stage_of(anchor)
    for one in near:
        exact = one.level and one.amount and not one.each and not one.depth and one.slack is not None
        if one.paragraph != anchor.paragraph or not exact or one.quantity.value <= Decimal(0):
            continue
        if stage is not None and stage_of(one) not in (stage, None):
            continue
        if (name := _measured(one)) is not None:
            found.setdefault(name, []).append(one)
    return found


def _measured(one: Mention) -> str | None:
    """Return the name of what a figure measures, without the names of stages and owners; None where it has none."""
    if one.family == "所":
        return "所" if one.quantity.unit == "所" else None
    noun = core_noun(one.noun)
    if one.family == "人":
        named = next((name for name in _MEASURES if name in noun), None)
        return named if named is not None and _NAMES_OF_PARTS.sub("", noun).endswith(named) else None
    name = _NAMES_OF_PARTS.sub("", noun)
    return f"{one.family}{name}" if len(name) >= 2 else None
