"""What fails only because the text tells of something else: a rate of its own, parts of which a rate is told."""

from bisect import bisect_right
from collections.abc import Sequence

from dudao.claims.arithmetic import add, judge
from dudao.claims.formulas import share_in_percent
from dudao.claims.mentions import Passage
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import Proposal
from dudao.quantities.model import Interval, Kind

_RATE_WITHIN = 16
"""How many characters behind its parts a rate may stand that they make of their whole."""


def shared_pair(one: Proposal) -> tuple[int, int] | None:
    """Return part and whole of a share: two amounts make one, so that a rate beside it is of something else.

    幼儿9519人，覆盖率91.2%，毛入园率95.2%: what the two of the first rate make says nothing of the second.
    """
    operands = one.claim.operands
    told = one.claim.type is ClaimType.SHARE and {"part", "whole"} <= operands.keys()
    return (operands["part"], operands["whole"]) if told else None


def makes_rate_behind(passage: Passage, one: Proposal) -> bool:
    """Return whether parts that fall short of their whole make just the rate told right behind them.

    适龄残疾儿童1124人，其中特校就读486人、随班就读497人、送教上门115人，入学率97.7%: the rest is in no school.
    """
    operands = one.claim.operands
    if one.claim.type is not ClaimType.SUM or one.claim.verdict is not Verdict.INCONSISTENT:
        return False
    total = passage.quantities[one.stated]
    parts = [passage.quantities[index] for index in operands.values() if index != one.stated]
    last = max(parts, key=lambda part: part.span.start)
    place = bisect_right(passage.mentions, last.span.start, key=lambda mention: mention.quantity.span.start)
    rate = passage.mentions[place] if place < len(passage.mentions) else None
    if rate is None or rate.quantity.kind is not Kind.PERCENT or not rate.quantity.decimals:
        return False
    beside = rate.quantity.span.start - last.span.end <= _RATE_WITHIN
    return beside and judge(rate.quantity, _together_of_first, [total, *parts], derived=True).holds


def _together_of_first(values: Sequence[Interval]) -> Interval:
    return share_in_percent([add(values[1:]), values[0]])
