"""A calculation that is written out: 3860人×400元×10个月＝1544万元; 营养餐（每天5元×200天×2600人）共260万元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from dudao.claims.arithmetic import multiply, scale
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, joined, propose
from dudao.quantities.model import Interval, Kind, Quantity

FACTORS = 6
"""A written product has no more factors than this."""

_TIMES = re.compile(r"\s*(?:[（(][^（）()\d]{1,12}[）)])?\s*[×✕╳＊*]\s*(?:[^\d，。；、=＝×（）()]{0,8})")
_EQUALS = re.compile(
    r"\s*[）)]?\s*(?:[=＝]|，?(?:等于|合计|共计|总计|计|共|即)(?:为|资金|补助|金额)?)\s*(?:[^\d，。；、=＝×（）()]{0,6})"
)
_SIGNS = ("×", "✕", "╳", "＊", "*")
_OPENS = re.compile(r"\s*[（(]\s*(?:[^\d，。；、（）()=＝×]{0,6})")
_CLOSES = re.compile(r"\s*[）)]")
_HEADS = frozenset("人名位")
_HUNDREDTH = Decimal("0.01")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that figures with signs of multiplication between them make the figure behind them."""
    if not passage.mentions or not any(sign in passage.text for sign in _SIGNS):
        return
    figures, first = passage.quantities, 0
    known = {one.index: one for one in passage.mentions}
    while first < len(figures):
        last = first
        while last + 1 < len(figures) and _between(passage, last, _TIMES):
            last += 1
        told = _explained(passage, first, last) if 0 < last - first < FACTORS else None
        if told is not None:
            factors = [known[number] for number in range(first, last + 1) if number in known]
            proposal = _product(passage, known[told], factors) if len(factors) == last - first + 1 else None
            if proposal is not None:
                yield proposal
        elif 0 < last - first < FACTORS and last + 1 < len(figures) and _between(passage, last, _EQUALS):
            numbers = range(first, last + 2)
            # A duration is no mention of its own, but a factor all the same.
            *factors, total = [
                known.get(number) or replace(passage.mentions[0], index=number, quantity=figures[number])
                for number in numbers
            ]
            said = passage.text[factors[-1].quantity.span.end : total.quantity.span.start]
            # Without a sign of equality the words must speak of the same: 1920×1080，共计35台 is a size.
            same = any(one.quantity.unit == total.quantity.unit for one in factors)
            proposal = _product(passage, total, factors) if same or "=" in said or "＝" in said else None
            if proposal is not None:
                yield proposal
        first = last + 1


def _between(passage: Passage, number: int, sign: re.Pattern[str]) -> bool:
    """Return whether nothing but a sign, and the name of the next figure, stands behind a figure."""
    left, right = passage.quantities[number], passage.quantities[number + 1]
    return sign.fullmatch(passage.text, left.span.end, right.span.start) is not None


def _explained(passage: Passage, first: int, last: int) -> int | None:
    """Return the number of the amount that a product in a parenthesis explains: 393.58万元（4187人×940元）.

    The product of heads and money is an amount of money; （5元×200天） only says how much a head gets.
    """
    figures = passage.quantities
    if not first or not _between(passage, first - 1, _OPENS):
        return None
    factors = figures[first : last + 1]
    if _CLOSES.match(passage.text, factors[-1].span.end) is None:
        return None
    paid = sum(one.kind is Kind.MONEY for one in factors) == 1 and any(one.unit in _HEADS for one in factors)
    return first - 1 if paid and figures[first - 1].kind is Kind.MONEY else None


def _product(passage: Passage, total: Mention, factors: Sequence[Mention]) -> Proposal | None:
    if any(one.quantity.upper is not None for one in (total, *factors)):
        return None
    names = {f"f{number}": replace(one, quantity=_as_said(one.quantity)) for number, one in enumerate(factors, 1)}
    hundredths = sum(one.quantity.kind is Kind.PERCENT for one in factors)

    def formula(values: Sequence[Interval]) -> Interval:
        return scale(reduce(multiply, values), _HUNDREDTH**hundredths)

    spoken = joined([one.quantity for one in factors], "×")
    wording = Wording("written_products", ClaimType.PER_CAPITA, f"total = {' * '.join(names)}", spoken)
    return propose(passage, wording, ("total", total), names, formula, EXPLICIT)


def _as_said(figure: Quantity) -> Quantity:
    """Return a whole factor as what it says: 400元 is no rounded figure."""
    if figure.decimals or figure.scale != 1 or figure.approximation is not None:
        return figure
    return replace(figure, interval=Interval(figure.value, figure.value))
