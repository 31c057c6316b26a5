"""Lists of what goes beyond another list: 标准分别为650元、850元，…分别高出120元、90元."""

import re
from collections.abc import Iterator

from dudao.claims.dealt.shares import outer_before, share_at
from dudao.claims.formulas import minus
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.series import Series

SIZES = 8
"""How many times one amount is at most another that it is compared with, when but one is told per head."""
EXCEEDS = re.compile(
    r"(?:(?P<up>高出|高于|超出|超过|多于|高|多|超)|(?P<down>低于|少于|低|少))(?P<what>[^，。；、]{0,12}?)(?:了|约)*$"
)
_NORM = re.compile(r"标准|定额|目标|要求|基准|平均(?!工资|收入|年|月)|水平")


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
    before = [one for one in outer_before(passage, row) if is_level(one) and _comparable(one, head)]
    if match is None or len(before) < 2 * len(row):
        return
    first, second = before[-2 * len(row) : -len(row)], before[-len(row) :]
    above = match["up"] is not None
    if _NORM.search(row.members[-1].tail) or not _of_one_size(first[0], second[0]):
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
    actual = outer_before(passage, standards)[-len(row) :]
    alike = len(standards) == len(row) == len(actual) and standards.first + len(row) == row.first
    if match is None or not alike or not all(is_level(one) and _comparable(one, row.members[0]) for one in actual):
        return
    for standard, one, by in zip(standards.members, actual, row.members, strict=True):
        high, low = (one, standard) if match["up"] is not None else (standard, one)
        spoken = f"{text_of(high)}－{text_of(low)}"
        wording = Wording("dealt_lists", ClaimType.EXCEEDS_STANDARD, "diff = a - b", spoken)
        found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, STRUCTURAL, derived=False)
        if found is not None:
            yield found


def _comparable(one: Mention, by: Mention) -> bool:
    """Return whether two amounts are of one unit, per head or not: 700元/生 and 300元."""
    return one.quantity.unit.partition("/")[0] == by.quantity.unit.partition("/")[0]


def _of_one_size(one: Mention, other: Mention) -> bool:
    """Return whether two amounts can be compared: both per head or not, or not far from one another."""
    return one.each == other.each or one.quantity.value / SIZES < other.quantity.value < one.quantity.value * SIZES
