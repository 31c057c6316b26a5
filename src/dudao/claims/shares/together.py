"""Shares that several parts have together: 三地合计占53.1%; 本科及以上学历占79.4%."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dudao.claims.divisions import divides
from dudao.claims.fractions import (
    share_of_sum,
)
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import Proposal
from dudao.claims.shares.parts import subject_of
from dudao.claims.wholes import (
    INNER_REACH,
    adds_up,
    whole_noun,
)

COUNTS = "两三四五六七八"
PARTS_TOGETHER = 6
"""How many parts 合计占 may speak of when it does not say."""
TOGETHER_REACH = 60
"""How many figures back the whole of parts told together may stand."""
SUBJECT = 2
"""How many characters has at least what a share is said of and several parts bear."""
_NAME_MARK = re.compile(r"[、和与及]")
_UPWARD = re.compile(r"(?P<degree>本科|专科|大专|硕士|中级|副高)级?及?以上")
_AND_BELOW = ("及以下", "及以下学历", "及以下的", "以下学历", "以下")
_DEGREES = ("博士", "硕士", "研究生", "本科", "专科", "大专", "正高", "副高", "高级", "中级")


def share_together(passage: Passage, place: int, count: str | None) -> Iterator[Proposal]:
    """Yield 分别为612人、498人、377人，三地合计占全市的53.1%; only when it fits."""
    mentions, share = passage.mentions, passage.mentions[place]
    parts: list[Mention] = []
    wanted = COUNTS.index(count) + 2 if count else PARTS_TOGETHER
    for other in range(place - 1, max(place - 1 - 2 * wanted, -1), -1):
        one = mentions[other]
        if one.sentence == share.sentence and one.role is Role.SHARE:
            # 52.1万人，占8.9%；61.5万人，占10.5%，两类合占19.5%
            continue
        if len(parts) == wanted or one.sentence != share.sentence or not (one.amount and one.level) or one.each:
            break
        if parts and not same_unit(one, parts[0]):
            break
        parts.insert(0, one)
    if len(parts) < 2 or (count and len(parts) != wanted) or not share.quantity.decimals:
        return
    reached = sum((one.quantity.value for one in parts), Decimal(0))
    first = mentions.index(parts[0], max(place - 1 - 2 * wanted, 0))
    for other in range(first - 1, max(first - 1 - TOGETHER_REACH, -1), -1):
        whole = mentions[other]
        usable = whole.amount and whole.level and not whole.each and same_unit(whole, parts[0])
        if usable and whole.quantity.value > reached:
            found = share_of_sum(passage, parts, whole, share)
            if found is not None:
                yield found
                return


def share_of_named(passage: Passage, place: int, said: re.Match[str]) -> Iterator[Proposal]:
    """Yield 规划投入失24.6分，教师队伍失18.3分…，规划投入和教师队伍两项占失分总数的63.8%: the parts by their names."""
    mentions, share = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - INNER_REACH, 0) : place]
        if one.paragraph == share.paragraph and one.level and one.amount and not one.each
    ]
    names = [name.strip() for name in _NAME_MARK.split(said["names"]) if name.strip()]
    parts = [next((one for one in near if name in one.lead), None) for name in names]
    known = [one for one in parts if one is not None]
    if len(known) != COUNTS.index(said["items"]) + 2 or len(known) < len(parts):
        return
    reached = sum((one.quantity.value for one in known), Decimal(0))
    for whole in near:
        if whole not in known and same_unit(whole, known[0]) and whole.quantity.value > reached:
            found = share_of_sum(passage, known, whole, share)
            if found is not None:
                yield found
                return


def of_siblings(passage: Passage, place: int) -> tuple[list[Mention], Mention] | None:
    """Return the parts that bear what a share is said of, and the head of their list, told right before them.

    高中38所，其中省级示范高中14所，市级示范高中11所，示范高中占高中总数的65.8%
    """
    mentions, share = passage.mentions, passage.mentions[place]
    subject = subject_of(share)
    parts: list[Mention] = []
    for one in mentions[max(place - PARTS_TOGETHER, 0) : place][::-1]:
        usable = one.level and one.amount and not one.each and one.depth == share.depth and one.part == share.part
        if not usable or not one.noun.endswith(subject) or one.noun == subject:
            break
        if parts and not same_unit(one, parts[0]):
            break
        parts.insert(0, one)
    if len(subject) < SUBJECT or len(parts) < 2 or len({one.noun for one in parts}) < len(parts):
        return None
    first = place - len(parts)
    whole = mentions[first - 1] if first else None
    if whole is None or whole.sentence != share.sentence or not (whole.level and whole.amount):
        return None
    return (parts, whole) if same_unit(whole, parts[0]) and not whole.each else None


def degrees_upward(passage: Passage, place: int) -> tuple[list[Mention], Mention] | None:
    """Return the higher degrees and all of 研究生213人，本科2436人，专科974人，…本科及以上学历占79.4%."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _UPWARD.search(share.lead)
    if said is None:
        return None
    near = [
        one
        for one in mentions[max(place - INNER_REACH, 0) : place]
        if one.sentence == share.sentence and one.level and one.amount and not one.each
    ]
    last = next((number for number, one in enumerate(near) if one.noun.startswith(said["degree"])), None)
    if last is None:
        return None
    parts = [one for one in near[: last + 1] if any(name in one.noun for name in _DEGREES)]
    wholes = [one for one in near if one not in parts and same_unit(one, parts[-1])]
    reached = sum((one.quantity.value for one in parts), Decimal(0))
    whole = max(wholes, key=lambda one: one.quantity.value, default=None)
    return (parts, whole) if whole is not None and len(parts) >= 2 and whole.quantity.value > reached else None


def degrees_of_all(passage: Passage, place: int) -> tuple[list[Mention], list[Mention]] | None:
    """Return the higher degrees and the others of 研究生213人，本科3986人，专科及以下670人，本科及以上学历占86.2%."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _UPWARD.search(share.lead)
    near: list[Mention] = []
    for one in mentions[max(place - PARTS_TOGETHER, 0) : place][::-1]:
        usable = one.level and one.amount and not one.each and one.depth == share.depth and one.part == share.part
        if not usable or not any(name in one.noun for name in _DEGREES) or (near and not same_unit(one, near[0])):
            break
        near.insert(0, one)
    if said is None or len(near) <= len("两级") or not near[-1].noun.endswith(_AND_BELOW):
        return None
    last = next((number for number, one in enumerate(near) if one.noun.startswith(said["degree"])), None)
    if last is None or last + 1 == len(near) or len({one.noun for one in near}) < len(near):
        return None
    return near[: last + 1], near[last + 1 :]


def of_two_halves(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return the part and what it leaves of a whole that is not told: 公办园4836人，民办园6092人，公办园占比44.3%."""
    mentions, share = passage.mentions, passage.mentions[place]
    pair = mentions[max(place - 2, 0) : place]
    subject = share.lead.partition("占")[0]
    if len(pair) < 2 or len(subject) < 2 or whole_noun(share)[1] or not same_unit(*pair):
        return None
    beside = pair[1].clause_number - pair[0].clause_number <= 1 and share.clause_number - pair[1].clause_number == 1
    usable = all(one.level and one.amount and not one.each and one.sentence == share.sentence for one in pair)
    before = mentions[place - 3] if place > 2 else None
    told = before is not None and before.sentence == share.sentence and same_unit(before, pair[0])
    if before is not None and told and before.level and adds_up(before, pair):
        # 1280万元，其中城区学校896万元、乡镇学校384万元，城区占70%: the whole is told.
        return None
    named = [one for one in pair if subject in one.noun]
    if not (beside and usable) or len(named) != 1 or not divides(pair[0], pair):
        return None
    return named[0], pair[1] if named[0] is pair[0] else pair[0]
