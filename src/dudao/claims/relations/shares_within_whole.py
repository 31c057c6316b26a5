"""Shares of one whole do not exceed it: 主要用于购物（占48.5%），其次为住宿（24.5%）及餐饮（17.4%）."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import add
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, Wording, joined, order_claim, propose
from dudao.claims.series import all_series
from dudao.claims.shares.full_lists import full_lists
from dudao.claims.slips import one_slip_away
from dudao.quantities.model import Kind

_TOGETHER = re.compile(
    r"(?P<whose>小学|初中|高中|[一二三四五六七八九]年级|城[区市]|农村|男生|女生)?(?P<count>[两二三四])(?:项|者|类)(?:合计|之和|共计|共|相加)(?:占比?|比例|为|达)*$"
)
_UNCOUNTED = re.compile(
    r"^(?:(?:以上|上述)?(?:各|[两二三四五]个?)?(?:项|者|类|部分|档|等级)?|[^，。；\d]{0,4})"
    r"(?:合计|共计|总计|合起来|加起来|相加|之和)(?:占比?|比例|比重|达到?|约|为)*$"
)
"""合计为83.58%, without the count of what is added up."""
FEWEST = 2
SLIPPED = 130
"""Shares that make more per cent were never meant to be of one whole."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that the shares of a list stay within 100 per cent."""
    mentions = passage.mentions
    for first, last in passage.sentences:
        place = first
        while place < last:
            yield from _together(passage, first, place)
            length = _in_parentheses(mentions, place, last)
            if length >= 3 and mentions[place].role is Role.SHARE:
                yield from _claim(passage, mentions[place : place + length])
            place += max(length, 1)
    yield from full_lists(passage, "shares_within_whole")
    for row in all_series(passage):
        head = row.members[0]
        if (
            len(row) >= 3
            and head.role is Role.SHARE
            and row.dealt
            and "分别占" in head.clause
            and not _of_several(row.members)
        ):
            yield from _claim(passage, row.members)


def _together(passage: Passage, first: int, place: int) -> Iterator[Proposal]:
    """Yield 满意的占64.7%，基本满意的占31.2%，两项合计占95.9%: as many shares of the sentence as are spoken of."""
    total = passage.mentions[place]
    said = _TOGETHER.search(total.lead) if total.quantity.kind is Kind.PERCENT else None
    if said is None:
        yield from _uncounted(passage, first, place)
        return
    count = "两三四".index(said["count"].replace("二", "两")) + 2
    told = [one for one in passage.mentions[first:place] if one.quantity.kind is Kind.PERCENT]
    whose = said["whose"]
    if whose and told and whose not in told[0].topic + told[0].clause:
        return  # 有时被占用的占14.3%、经常的占3.7%，八年级两项之和为24.6%: of others than the two told
    if len(told) != count or any(one.role not in (Role.SHARE, Role.LEVEL) for one in told):
        return
    if (found := _sum(passage, total, told)) is not None:
        yield found


def _uncounted(passage: Passage, first: int, place: int) -> Iterator[Proposal]:
    """Yield 本科占25.75%，专科占57.83%，合计83.58%: the shares right before the sum that make it.

    Where none do, all that its sentence tells are meant, and the sum is wrong if one slip of a digit made it so; one
    that is less than a share before it is a rate over all: 小学辍学率0.1%，初中0.3%，合计0.2%.
    """
    total = passage.mentions[place]
    if total.quantity.kind is not Kind.PERCENT or not _UNCOUNTED.search(total.lead):
        return
    told: list[Mention] = []
    for one in passage.mentions[first:place][::-1]:
        if one.quantity.kind is not Kind.PERCENT or one.role not in (Role.SHARE, Role.LEVEL) or one.depth:
            break
        told.insert(0, one)
    made = [_sum(passage, total, told[start:]) for start in range(len(told) - FEWEST + 1)]
    fitting = [found for found in made if found is not None and found.holds]
    if fitting:
        yield fitting[0]
        return
    exceeds = bool(told) and total.quantity.value > max(one.quantity.value for one in told)
    if exceeds and made and made[0] is not None and one_slip_away(total.quantity, [one.quantity for one in told]):
        yield made[0]


def _sum(passage: Passage, total: Mention, told: Sequence[Mention]) -> Proposal | None:
    operands = {f"p{number}": one for number, one in enumerate(told, 1)}
    formula = "total = " + " + ".join(operands)
    wording = Wording("shares_within_whole", ClaimType.SUM, formula, joined([one.quantity for one in told]))
    return propose(passage, wording, ("total", total), operands, add, EXPLICIT, derived=False)


def _of_several(row: Sequence[Mention]) -> bool:
    """Return whether shares in a row are of a whole each: 小学、初中、高中本科及以上学历分别占86.2%、95.7%和99.4%."""
    return sum(one.quantity.value for one in row) > SLIPPED


def _in_parentheses(mentions: tuple[Mention, ...], place: int, last: int) -> int:
    """Return how many percentages in parentheses of their own follow one another."""
    end = place
    while end < last:
        one = mentions[end]
        if one.quantity.kind is not Kind.PERCENT or one.depth != 1 or one.role not in (Role.SHARE, Role.LEVEL):
            break
        if end > place and one.parenthesis == mentions[end - 1].parenthesis:
            break
        end += 1
    return end - place


def _claim(passage: Passage, shares: Sequence[Mention]) -> Iterator[Proposal]:
    low = add([one.quantity.interval for one in shares]).low
    value = sum(one.quantity.value for one in shares)
    if value <= 100:
        verdict = Verdict.CONSISTENT
    elif low is None or low <= 100:
        verdict = Verdict.CONSISTENT_IF_ROUNDED
    else:
        verdict = Verdict.INCONSISTENT
    operands = {chr(ord("a") + number): one for number, one in enumerate(shares[:20])}
    spoken = f"{joined([one.quantity for one in shares])}＝{value}%，同一总体的各部分占比之和不超过100%"
    wording = Wording("shares_within_whole", ClaimType.OTHER, " + ".join(operands) + " <= 100", spoken)
    yield order_claim(passage, wording, operands, verdict, STRUCTURAL)
