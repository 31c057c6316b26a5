"""The claims that a change makes over two levels: their difference, their growth, or points between percentages."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import growth, scale, subtract
from dudao.claims.likeness import is_amount, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import WEAK, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval, Kind

POINTS_WARNING = "两个百分数之差应写“个百分点”，文中写“%”"
MUCH = 4
"""An amount whose unit was lost is no four times as much as that of the year before, nor a fourth of it."""
_RESTATED = re.compile(r"同口径|可比口径|可比价|不变价")


def claims_of_change(
    passage: Passage, newer: Mention, older: Mention, change: Mention, strength: int
) -> Iterator[Proposal]:
    """Yield what a change of any unit says of two levels; a difference of percentages in % only warns."""
    percents = newer.quantity.kind is Kind.PERCENT
    kind = change.quantity.kind
    proposal = None
    if _RESTATED.search(change.clause) is not None:
        # 上年10321.31元，本年10359.52元，同口径增长20.97%: what is compared with was counted anew and is told nowhere.
        strength = WEAK
    if kind is Kind.PERCENTAGE_POINT:
        if percents:
            proposal = difference_of_levels(passage, newer, older, change, strength)
    elif kind is Kind.PERCENT and percents:
        proposal = difference_of_levels(passage, newer, older, change, strength, warning=POINTS_WARNING)
        if proposal is None or not proposal.holds:
            relative = growth_of_levels(passage, newer, older, change, strength)
            proposal = relative if relative is not None and relative.holds else proposal
    elif kind is Kind.PERCENT or (kind is Kind.RATIO and change.quantity.unit == "倍"):
        proposal = growth_of_levels(passage, newer, older, change, strength)
    elif is_amount(change) and same_unit(change, newer):
        proposal = difference_of_levels(passage, newer, older, change, strength)
    if proposal is not None:
        yield proposal


def growth_of_levels(
    passage: Passage, newer: Mention, older: Mention, change: Mention, strength: int
) -> Proposal | None:
    """Return that a level grew or fell by a percentage, or by so many times, of the older one."""
    times = change.quantity.kind is Kind.RATIO
    rises = change.direction >= 0
    top, bottom = text_of(newer), text_of(older)

    def formula(values: Sequence[Interval]) -> Interval:
        result = growth(values[0], values[1])
        if not rises:
            result = subtract(Interval(Decimal(0), Decimal(0)), result)
        return scale(result, Decimal("0.01")) if times else result

    percent = "" if times else "×100%"
    spoken = f"（{top}÷{bottom}－1）{percent}" if rises else f"（1－{top}÷{bottom}）{percent}"
    wording = Wording("from_to_change", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
    return propose(passage, wording, ("growth", change), {"new": newer, "old": older}, formula, strength)


def difference_of_levels(
    passage: Passage, newer: Mention, older: Mention, change: Mention, strength: int, warning: str = ""
) -> Proposal | None:
    """Return that the newer level less the older one is the change, or the other way round where it fell."""
    rises = change.direction >= 0
    high, low = (newer, older) if rises else (older, newer)
    wording = Wording(
        "from_to_change",
        ClaimType.DIFFERENCE,
        "diff = new - old" if rises else "diff = old - new",
        f"{text_of(high)}－{text_of(low)}",
        warning=warning,
    )

    def formula(values: Sequence[Interval]) -> Interval:
        return subtract(values[0], values[1]) if rises else subtract(values[1], values[0])

    return propose(passage, wording, ("diff", change), {"new": newer, "old": older}, formula, strength, derived=False)


def unit_left_out(level: Mention, previous: Mention) -> bool:
    """Return whether one of two amounts of money lost its unit: 19245.95元，比上年的21444.76下降10.25%."""
    kinds = {level.quantity.kind, previous.quantity.kind}
    bare = "" in (level.quantity.unit, previous.quantity.unit) and Kind.MONEY in kinds
    if not bare or not (level.amount and previous.amount) or previous.quantity.value <= 0:
        return False
    return 1 < level.quantity.value / previous.quantity.value * MUCH < MUCH * MUCH


def says_again(before: Mention, one: Mention) -> bool:
    """Return whether a figure only says what the exact one before it passed: 50178.12亿元，首超5万亿元，比上年…."""
    rough = (
        one.quantity.approximation is not None and before.quantity.approximation is None and before.index < one.index
    )
    return rough and before.level and same_unit(before, one) and one.clause_number - before.clause_number == 1
