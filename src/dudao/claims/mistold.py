"""Wholes told a second time with a digit mistyped: 寄宿制学校31所。…36所寄宿制学校中，9所未配备生活教师，占29.0%.

The words mean the second telling, and what they say of it fails; the first telling still makes it fit, and would pass
for what was meant. A figure that chance put there is hardly ever one digit away from the one the words name.
"""

from collections import defaultdict
from collections.abc import Iterable

from dudao.claims.mentions import Passage
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.claims.slips import one_digit_apart

_WHOLES = {ClaimType.SHARE: "whole", ClaimType.SUM: "total"}

_Rest = tuple[ClaimType, frozenset[int]]


def without_first_tellings(passage: Passage, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals without those that hold for the first telling of a whole and not for the one the words mean."""
    found = [*proposals]
    meant: defaultdict[_Rest, list[int]] = defaultdict(list)
    for one in found:
        whole = _whole(one)
        if whole is not None and one.claim.verdict is Verdict.INCONSISTENT and one.strength >= EXPLICIT:
            meant[_rest(one, whole)].append(whole)
    return [one for one in found if not (one.holds and _told_first(passage, one, meant))]


def _told_first(passage: Passage, one: Proposal, meant: dict[_Rest, list[int]]) -> bool:
    whole = _whole(one)
    again = meant.get(_rest(one, whole), ()) if whole is not None and meant else ()
    figures = passage.quantities
    return any(
        whole is not None and whole < other and one_digit_apart(figures[whole], figures[other]) for other in again
    )


def _whole(one: Proposal) -> int | None:
    name = _WHOLES.get(one.claim.type)
    return one.claim.operands.get(name) if name is not None else None


def _rest(one: Proposal, whole: int) -> _Rest:
    """Return what is said of a whole: the other figures of a claim, with its type."""
    return one.claim.type, frozenset(one.claim.operands.values()) - {whole}
