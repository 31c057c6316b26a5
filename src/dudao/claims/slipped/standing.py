"""What a slip is measured by: what other relations say of the figures, and how unlikely chance must be."""

from collections.abc import Sequence

from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import Proposal

NAME = "near_slips"
UNLIKELY = 2.0
"""What is tried must be so many times too little for one slip to fit by chance."""
FAR = 4
"""So many times unlikelier than otherwise must chance be where whole and part stand sentences apart."""
_DIVIDING = (ClaimType.SUM, ClaimType.DIFFERENCE)
EXPLAINING = 3
"""A claim of fewer figures compares sizes and confirms no digit."""


class Standing:
    """What other relations say of the figures: explained as a result, held together with others, called wrong.

    `totals` gives by the number of a part the numbers of the totals whose lists hold with it.
    `totalled` are the totals of sums that hold.
    """

    def __init__(self, found: Sequence[Proposal]) -> None:
        self.stated = {one.stated for one in found if len(one.claim.operands) >= EXPLAINING}
        self.confirmed: set[int] = set()
        self.wrong: set[int] = set()
        self.totals: dict[int, set[int]] = {}
        self.totalled: set[int] = set()
        for one in found:
            operands = one.claim.operands
            # Of a difference the first is the whole of what was taken from it and of what is left.
            total = operands.get("total") if one.claim.type is ClaimType.SUM else operands.get("a")
            if one.holds and one.claim.type is ClaimType.SUM and total is not None:
                self.totalled.add(total)
            if one.holds and one.claim.type in _DIVIDING and total is not None:
                for part in operands.values():
                    self.totals.setdefault(part, set()).add(total)
            if one.claim.verdict is Verdict.INCONSISTENT:
                self.wrong.update(one.claim.operands.values())
            elif one.holds and len(one.claim.operands) >= EXPLAINING:
                self.confirmed.update(one.claim.operands.values())
