"""A part that 其中 singles out, and a count given before that is the rest: 公办园10所 … 普惠园29所，其中民办19所."""

from collections.abc import Iterator

from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Passage
from dudao.claims.proposals import WEAK, Proposal
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

REACH = 10
"""How many figures back the rest may stand."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums that an earlier count completes exactly; what does not fit is no claim."""
    mentions = passage.mentions
    for place in range(1, len(mentions)):
        part, total = mentions[place], mentions[place - 1]
        if "其中" not in part.lead or total.sentence != part.sentence or not same_unit(part, total):
            continue
        if not (is_level(part) and is_level(total) and is_amount(part)) or part.quantity.value >= total.quantity.value:
            continue
        for other in range(place - 2, max(place - 2 - REACH, -1), -1):
            rest = mentions[other]
            if rest.paragraph != part.paragraph:
                break
            alike = rest.noun[-1:] == part.noun[-1:] != ""
            if alike and is_level(rest) and same_unit(rest, total) and adds_up(total, [rest, part]):
                yield from sum_of(passage, total, [rest, part], WEAK)
                break
