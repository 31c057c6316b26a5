"""A part that 其中 singles out, and a count given before that is the rest: 公办园10所 … 普惠园29所，其中民办19所."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

REACH = 10
"""How many figures back the rest may stand."""


TELLING_DIGITS = 2
"""Of how many digits a total is that two figures nearby do not make by chance."""
_OF_LOW_FEES = re.compile(
    r"(?:普惠(?:性)?(?:幼儿)?园?|普惠性民办园?)(?:（[^（）]*）)?(?:在园|幼儿|人数|总数|合计|共|有|达|到|增至|已|为)*$"
)
_PRIVATE_OF_LOW_FEES = re.compile(r"民办[^，。；、]*普惠|普惠[^，。；、]*民办")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums that an earlier count completes exactly; what does not fit is a claim only of 普惠 ones."""
    mentions = passage.mentions
    for place in range(1, len(mentions)):
        yield from _of_low_fees_behind(passage, place)
        part, total = mentions[place], mentions[place - 1]
        if "其中" not in part.lead or total.sentence != part.sentence or not same_unit(part, total):
            continue
        if not (is_level(part) and is_level(total) and is_amount(part)) or part.quantity.value >= total.quantity.value:
            continue
        for other in range(place - 2, max(place - 2 - REACH, -1), -1):
            rest = mentions[other]
            if rest.paragraph != part.paragraph:
                break
            if _all_of_low_fees(rest, total, part) and not adds_up(total, [rest, part]):
                if one_slip_away(total.quantity, [rest.quantity, part.quantity], rounded=True):
                    yield from sum_of(passage, total, [rest, part], STRUCTURAL)
                break
            alike = rest.noun[-1:] == part.noun[-1:] != ""
            if alike and is_level(rest) and same_unit(rest, total) and adds_up(total, [rest, part]):
                yield from sum_of(passage, total, [rest, part], WEAK)
                break


def _of_low_fees_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 公办园71所，民办园41所；民办园中36所认定为普惠园，全县普惠园107所: all of held-down fees, told last."""
    total = passage.mentions[place]
    if not (is_level(total) and is_amount(total)) or _OF_LOW_FEES.search(total.lead + total.tail) is None:
        return
    if _run_alone(total.lead) or len(str(total.quantity.value)) < TELLING_DIGITS:
        return
    near = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place]
        if one.paragraph == total.paragraph and is_level(one) and one.quantity.unit == total.quantity.unit
    ]
    for later in range(len(near) - 1, 0, -1):
        for public in near[:later]:
            if "公办" not in public.clause or "普惠" in public.clause:
                continue
            private = near[later]
            if adds_up(total, [public, private]):
                yield from sum_of(passage, total, [public, private], WEAK)
                return
            named = _PRIVATE_OF_LOW_FEES.search(private.clause + private.tail) is not None
            if named and one_slip_away(total.quantity, [public.quantity, private.quantity], rounded=True):
                yield from sum_of(passage, total, [public, private], STRUCTURAL)
                return


def _run_alone(words: str) -> bool:
    """Return whether words name only what the state, or only what others run: 普惠性民办园, but 公办和普惠性民办园."""
    return ("公办" in words) != ("民办" in words)


def _all_of_low_fees(public: Mention, total: Mention, private: Mention) -> bool:
    """Return whether kindergartens of held-down fees are told by those of the state and the private ones among them.

    Whoever is 普惠 is one or the other.
    """
    named = "普惠" in total.lead + total.tail and "民办" in private.lead and "公办" in public.noun
    return named and is_level(public) and public.quantity.unit == total.quantity.unit and "普惠" not in public.noun
