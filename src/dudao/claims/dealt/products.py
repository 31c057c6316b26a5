"""Lists that another two make by adding, dividing or multiplying, item by item."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import multiply
from dudao.claims.dealt.rows import mostly_hold, near_to
from dudao.claims.dealt.shares import BESIDE_REACH, NAMES_REACH, outer_before, share_at
from dudao.claims.likeness import is_amount, likeness, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.series import Series, names_before
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Interval

NAMED_ALIKE = 0.6
_DEALING = re.compile(r"(?:分别|依次|各)(?:为|是|有)?$")
_RATE = re.compile(r"(?:率|进度)(?:分别|依次|各)(?:为|是|达到?)?$")


def parallel_sum(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 学校1138所，在校生48.62万人。其中幼儿园512所、小学626所，在校生依次为8.43万人、40.19万人.

    A row dealt to names that divide one total divides the other one told with it.
    """
    mentions, head = passage.mentions, row.members[0]
    parts = mentions[max(row.first - len(row), 0) : row.first]
    listed = all(one.level and one.sentence == head.sentence and same_unit(one, parts[0]) for one in parts)
    if len(parts) < len(row) or not listed or same_unit(parts[0], head):
        return
    before = mentions[max(row.first - len(row) - BESIDE_REACH, 0) : row.first - len(row)]
    near = [one for one in before if head.sentence - one.sentence <= 2 and one.level and one.amount and not one.each]
    divided = [one for one in near if same_unit(one, parts[0]) and adds_up(one, parts)]
    wholes = [
        one
        for one in near
        if divided
        and one.sentence == divided[-1].sentence
        and same_unit(one, head)
        and likeness(_DEALING.sub("", head.lead), one.noun) > NAMED_ALIKE
    ]
    if wholes:
        yield from sum_of(passage, wholes[-1], row.members, STRUCTURAL)


def dealt_rates(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 毕业生6240人，升学3931人，就业2184人，升学率、就业率分别是63.0%、35.0%: the parts bear their names."""
    head = row.members[0]
    span = passage.segmentation.sentences.span(head.sentence)
    words = passage.text[max(span.start, head.quantity.span.start - NAMES_REACH) : head.quantity.span.start]
    names = [re.split(r"[。；：，\s]", name)[-1] for name in names_before(words)][-len(row) :]
    if len(names) != len(row) or not all(len(name) > 2 and name.endswith("率") for name in names):
        return
    beside = outer_before(passage, row)
    parts = [_last_of(beside, name.removesuffix("率")[-2:]) for name in names]
    found = [one for one in parts if one is not None]
    if len(found) < len(row) or len({one.index for one in found}) < len(row):
        return
    first = min(one.index for one in found)
    wholes = [one for one in beside if one.index < first and same_unit(one, found[0])]
    if wholes and all(wholes[-1].quantity.value >= one.quantity.value for one in found):
        for part, share in zip(found, row.members, strict=True):
            yield from share_at(passage, share, part, [wholes[-1]], STRUCTURAL)


def rates_of_rows(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield 计划分别为1500人、2550人，实际招生1462人、2537人，完成率分别为97.5%、99.5%: rows of parts and of wholes."""
    head = row.members[0]
    amounts = [one for one in before if is_amount(one.members[0]) and near_to(row, one, 0)]
    if len(amounts) < 2 or not _RATE.search(head.lead) or not same_unit(amounts[-1].members[0], amounts[-2].members[0]):
        return
    proposals = [
        one
        for part, whole, share in zip(amounts[-1].members, amounts[-2].members, row.members, strict=True)
        for one in share_at(passage, share, part, [whole], STRUCTURAL)
    ]
    if mostly_hold(proposals):
        yield from proposals


def products(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 每生720元、940元，按小学28460人、初中13150人计算，分别需2049.12万元、1236.10万元: price times heads."""
    head = row.members[0]
    before = [
        one
        for one in passage.mentions[max(row.first - BESIDE_REACH, 0) : row.first]
        if one.sentence == head.sentence and one.depth == head.depth and one.amount and one.level
    ]
    heads = [one for one in before if one.family == "人" and not one.each][-len(row) :]
    prices = [one for one in before if one.quantity.unit.partition("/")[0] == head.quantity.unit][-len(row) :]
    if len(heads) < len(row) or len(prices) < len(row) or not prices[0].each or prices[-1].index > heads[0].index:
        return
    proposals = []
    for price, count, money in zip(prices, heads, row.members, strict=True):
        spoken = f"{text_of(price)}×{text_of(count)}"
        wording = Wording("dealt_lists", ClaimType.PER_CAPITA, "total = price × n", spoken)
        found = propose(passage, wording, ("total", money), {"price": price, "n": count}, _price_times, STRUCTURAL)
        if found is not None:
            proposals.append(found)
    if mostly_hold(proposals):
        yield from proposals


def _price_times(values: Sequence[Interval]) -> Interval:
    return multiply(values[0], values[1])


def _last_of(beside: Sequence[Mention], stem: str) -> Mention | None:
    return next((one for one in reversed(beside) if stem in one.lead), None)
