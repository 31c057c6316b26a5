"""Lists of what goes beyond another list: 标准分别为650元、850元，…分别高出120元、90元."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from dudao.claims.dealt.shares import outer_before, share_at
from dudao.claims.formulas import as_said, minus
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.series import Series, all_series, row_at
from dudao.quantities.model import Kind

SIZES = 8
"""How many times one amount is at most another that it is compared with, when but one is told per head."""
PERCENTAGES = 12
"""How many figures back the percentages of a row of points may stand."""
EXCEEDS = re.compile(
    r"(?:(?P<up>高出|高于|超出|超过|多于|高|多|超)|(?P<down>低于|少于|低|少))(?P<what>[^，。；、]{0,12}?)(?:了|约)*$"
)
_NORM = re.compile(
    r"标准|定额|目标|要求|基准|平均(?!工资|收入|年|月|[^，。；、]{0,8}(?:率|得分|班额))|水平|上限|下限|限值|限额|控制线"
)
_OF_WHAT = re.compile(r"的[^，。；、\d]{0,10}")


def bases(passage: Passage, row: Series) -> Series | None:
    """Return the row of amounts that a row of percentages is taken of: 600元、800元的70%和77.5%."""
    before = passage.mentions[max(row.first - len(row), 0) : row.first]
    alike = len(before) == len(row) and all(is_amount(one) and same_unit(one, before[0]) for one in before)
    return Series(row.first - len(row), before, dealt=False) if alike and before[-1].base else None


def of_bases(passage: Passage, row: Series, bases: Series) -> Iterator[Proposal]:
    """Yield 小学420元、初中620元，仅为全省平均水平600元、800元的70%和77.5%."""
    parts = outer_before(passage, bases)[-len(row) :]
    if len(parts) == len(row) and all(is_level(one) and same_unit(one, bases.members[0]) for one in parts):
        for part, whole, share in zip(parts, bases.members, row.members, strict=True):
            yield from share_at(passage, share, part, [whole], STRUCTURAL)


def excesses(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 标准分别为700元、900元，实际按1000元、1300元拨付，分别高出标准300元、400元."""
    head = row.members[0]
    match = EXCEEDS.search(head.lead)
    points = head.quantity.kind is Kind.PERCENTAGE_POINT
    levels = percentages_before(passage, row) if points else outer_before(passage, row)
    before = [one for one in levels if is_level(one) and (points or _comparable(one, head))]
    if match is None or len(before) < 2 * len(row):
        return
    first, second = before[-2 * len(row) : -len(row)], before[-len(row) :]
    if _in_pairs(passage, [*first, *second]):
        first, second = before[-2 * len(row) :: 2], before[1 - 2 * len(row) :: 2]
    elif points and not (_is_row(passage, first) and _is_row(passage, second)):
        return
    above = match["up"] is not None
    behind = _OF_WHAT.match(passage.text, row.members[-1].quantity.span.end)
    if (behind is not None and _NORM.search(behind[0])) or not _of_one_size(first[0], second[0]):
        # 分别高于4.2人、5.3人的国家标准: what is compared with, not by how much.
        return
    norm = bool(_NORM.search(match["what"]) or _NORM.search(first[0].clause) or _NORM.search(second[0].clause))
    if norm:
        turned = bool(_NORM.search(second[0].clause)) and not _NORM.search(first[0].clause)
    else:
        falls = sum(b.quantity.value < a.quantity.value for a, b in zip(first, second, strict=True))
        turned = above == (2 * falls > len(row))
    if turned:
        first, second = second, first
    strength = STRUCTURAL if len(before) == 2 * len(row) else WEAK
    for standard, actual, by in zip(first, second, row.members, strict=True):
        high, low = (actual, standard) if above else (standard, actual)
        kind = ClaimType.EXCEEDS_STANDARD if norm else ClaimType.DIFFERENCE
        wording = Wording("dealt_lists", kind, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
        proposal = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, strength, derived=False)
        if proposal is not None:
            yield proposal


def beyond_standards(passage: Passage, row: Series, standards: Series) -> Iterator[Proposal]:
    """Yield 小学28.4册，初中41.7册，分别超过25册、35册的标准3.4册、6.7册."""
    match = EXCEEDS.search(standards.members[0].lead)
    points = row.members[0].quantity.kind is Kind.PERCENTAGE_POINT
    told = _rates_before(passage, standards) if points else outer_before(passage, standards)
    actual = told[-len(row) :]
    alike = len(standards) == len(row) == len(actual) and standards.first + len(row) == row.first
    if match is None or not alike:
        return
    if not points and not all(is_level(one) and _comparable(one, row.members[0]) for one in actual):
        return
    strength = WEAK if points and len(told) > len(row) else STRUCTURAL
    for norm, one, by in zip(standards.members, actual, row.members, strict=True):
        standard = as_said(norm)
        high, low = (one, standard) if match["up"] is not None else (standard, one)
        spoken = f"{text_of(high)}－{text_of(low)}"
        wording = Wording("dealt_lists", ClaimType.EXCEEDS_STANDARD, "diff = a - b", spoken)
        found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, strength, derived=False)
        if found is not None:
            yield found


def _rates_before(passage: Passage, row: Series) -> list[Mention]:
    """Return the percentages that stand for themselves before a row: 公办率52.4%；普惠率88.4%，分别高于50%、85%."""
    changes = (Role.CHANGE, Role.PREVIOUS, Role.FROM, Role.EXCESS)
    return [one for one in percentages_before(passage, row) if one.role not in changes]


def percentages_before(passage: Passage, row: Series) -> list[Mention]:
    """Return the percentages of the sentence before a row of points: 分别为94.3%和91.8%，…分别低11.7和15.9个百分点."""
    head = row.members[0]
    before = passage.mentions[max(row.first - PERCENTAGES, 0) : row.first]
    if before and before[-1].depth > head.depth:
        # 分别高出国家标准（80%、50%）11.9个和6.4个百分点: the standards stand between.
        return []
    alike = (one for one in before if one.sentence == head.sentence and one.depth == head.depth)
    return [one for one in alike if one.quantity.kind is Kind.PERCENT and one.quantity.upper is None]


def _is_row(passage: Passage, members: list[Mention]) -> bool:
    """Return whether figures are all of one row: 分别为82.6%和75.9%."""
    return any(list(row.members) == members for row in all_series(passage))


def _in_pairs(passage: Passage, members: list[Mention]) -> bool:
    """Return whether figures stand two by two: 2021年9.74万元和9.61万元，2022年…，2023年…，三年分别高出."""
    heads = [bisect_left(passage.mentions, one.index, key=lambda each: each.index) for one in members[::2]]
    return len(heads) > len("两年") and all(len(row_at(passage, one)) == len("一对") for one in heads)


def _comparable(one: Mention, by: Mention) -> bool:
    """Return whether two amounts are of one unit, per head or not: 700元/生 and 300元."""
    return one.quantity.unit.partition("/")[0] == by.quantity.unit.partition("/")[0]


def _of_one_size(one: Mention, other: Mention) -> bool:
    """Return whether two amounts can be compared: both per head or not, or not far from one another."""
    return one.each == other.each or one.quantity.value / SIZES < other.quantity.value < one.quantity.value * SIZES
