"""A price or rate per head, the heads, and the amount they make: 每生每天5元，24150人，按200天计，2415万元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import multiply, scale
from dudao.claims.likeness import is_level
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval, Kind

REACH = 5
"""How many figures before and behind the price the heads and the amount may stand."""

_HEADS = frozenset(
    {"人", "名", "位", "所", "个", "班", "校", "园", "家", "户", "人次", "套", "台", "册", "件", "张", "辆"}
)
_PERSONS = frozenset({"人", "名", "位", "人次", ""})
_PER_PERSON = re.compile(r"每[人生名位]|[人生师]均|/[人生]")
_PRICE = re.compile(r"单价|每[套台册件张辆间]|每[人生名校园班所位户]|[人生师校园班]均|标准")
_AMOUNT = re.compile(r"共|合计|总计|总额|应拨|实拨|拨付|发放|支出|投入|需|兑现|补助|金额|资金|承担")
_MONTHLY = re.compile(r"每月|月均|/月")
_DAILY = re.compile(r"每天|每日|/天")
_DAYS = re.compile(r"(?P<days>\d{2,3})天")
_SUMS_UP = re.compile(
    r"^(?:合计|共计|总计|共|共需|共支出|共拨付|共发放|全年共)(?:资金|经费|支出|拨付|发放)?(?:为|达)?$"
)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that an amount is a price times a count; only when it fits, unless the three stand in order."""
    mentions = passage.mentions
    for place, written in enumerate(mentions):
        if written.quantity.kind is not Kind.MONEY or written.quantity.upper is not None or not is_level(written):
            continue
        if not (written.each or _PRICE.search(written.lead)):
            continue
        price = _as_said(written)
        near = mentions[max(place - REACH, 0) : place + REACH + 1]
        near = tuple(one for one in near if one.sentence == price.sentence and is_level(one) and one is not written)
        yield from _made(passage, price, near)


def _as_said(price: Mention) -> Mention:
    """Return a price per head as what it says: 2000元 is no rounded figure."""
    figure = price.quantity
    if figure.kind is not Kind.MONEY or figure.decimals or figure.scale != 1 or figure.approximation is not None:
        return price
    return replace(price, quantity=replace(figure, interval=Interval(figure.value, figure.value)))


def _made(passage: Passage, price: Mention, near: tuple[Mention, ...]) -> Iterator[Proposal]:
    times, spoken = _periods(passage, price)
    heads = [one for one in near if one.quantity.unit in _HEADS and one.quantity.kind is Kind.COUNT and not one.each]
    amounts = [
        one
        for one in near
        if one.quantity.kind is Kind.MONEY and not one.each and _AMOUNT.search(one.lead) and one.quantity.upper is None
    ]
    for amount in sorted(amounts, key=lambda one: abs(one.index - price.index)):
        for head in sorted(heads, key=lambda one: abs(one.index - price.index)):
            if not _paid_for(price, head):
                continue
            if head.quantity.value < 2 or amount.quantity.value <= price.quantity.value:
                continue
            ordered = head.clause_number + 1 == price.clause_number == amount.clause_number - 1 and times == 1
            strength = STRUCTURAL if ordered and price.each and _SUMS_UP.match(amount.lead) else WEAK
            proposal = _propose(passage, price, head, amount, times, spoken, strength)
            if proposal is not None:
                yield proposal
                return


def _paid_for(price: Mention, head: Mention) -> bool:
    """Return whether a price per head can be paid for what is counted: 每生600元 not for 128所."""
    per_person = bool(_PER_PERSON.search(price.lead + price.quantity.unit))
    return not per_person or head.quantity.unit in _PERSONS


def _periods(passage: Passage, price: Mention) -> tuple[Decimal, str]:
    """Return how often the price is paid: monthly twelve times, daily on so many days as the sentence says."""
    words = price.lead + price.quantity.unit + price.tail
    if _MONTHLY.search(words):
        return Decimal(12), "×12"
    if _DAILY.search(words):
        span = passage.segmentation.sentences.span(price.sentence)
        days = _DAYS.search(passage.text, max(span.start, price.quantity.span.start - 60), price.quantity.span.end + 40)
        if days is not None:
            return Decimal(int(days["days"])), f"×{days['days']}"
    return Decimal(1), ""


def _propose(
    passage: Passage, price: Mention, head: Mention, amount: Mention, times: Decimal, spoken: str, strength: int
) -> Proposal | None:
    def formula(values: Sequence[Interval]) -> Interval:
        return scale(multiply(values[0], values[1]), times)

    wording = Wording(
        "price_times_count",
        ClaimType.PER_CAPITA,
        f"total = per * n{f' * {times}' if spoken else ''}",
        f"{text_of(price)}×{text_of(head)}{spoken}",
    )
    return propose(passage, wording, ("total", amount), {"per": price, "n": head}, formula, strength)
