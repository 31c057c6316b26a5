"""Whether a mean of coefficients can be kept at all, where searches for the cheapest plan found none in time.

Each coefficient by itself is a cone: how small it can be made is found by halving, every step answered with a plan or
a proof. As soon as the least that is proven for all of them is more than the mean allows, there is no plan; as soon as
what was reached keeps the mean, the limits are fixed there and the cheapest plan within them is searched for.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import replace

from dudao.balance.optimise.highs_model import Beat
from dudao.balance.optimise.program import Answer, Program, Solution
from dudao.balance.optimise.solve_highs import solve_with_highs
from dudao.balance.optimise.spreads import spread_of

_NEAR = 1e-5
"""Coefficients this near to each other are not told apart; wider than what limits may be narrowed by beforehand."""

_WORTH = 0.005
"""Limits that differ by less than this are not tried again."""

_STEP_SHARE = 0.15
"""One step takes this share of the time at most."""

_OPEN = Solution(Answer.UNDECIDED, (), float("inf"), float("-inf"))
_NONE = Solution(Answer.INFEASIBLE, (), float("inf"), float("inf"))


def solve_evenest(
    program: Program, objective: Sequence[tuple[int, float]], *, seconds: float, beat: Beat | None = None
) -> Solution:
    """Return a plan that keeps every mean of coefficients, or that there is none; undecided where time runs out.

    Args:
        program: the question; its composites bound means of coefficients.
        objective: (variable, factor) terms to be made small within the limits that are found.
        seconds: time allowed.
        beat: called while the search goes on; what it raises ends it.
    """
    ends = time.monotonic() + seconds
    search = _Halving(program, ends, beat)
    tried: dict[int, float] = {}
    while time.monotonic() < ends:
        if search.impossible():
            return _NONE
        limits = search.shared_out()
        if limits is not None and any(abs(limits[each] - tried.get(each, math.inf)) > _WORTH for each in limits):
            # what is bought for two sections may serve one by harming the other: then all alike is tried as well
            for asked in (limits, search.alike()):
                found = search.within(asked, objective, ends - time.monotonic())
                if found.values:
                    return Solution(Answer.FEASIBLE, found.values, found.objective, 0.0)
            tried = limits
        if not search.halve():
            break
    return _OPEN


class _Halving:
    """For each cone the coefficient that is proven impossible, and the least that was reached."""

    def __init__(self, program: Program, ends: float, beat: Beat | None) -> None:
        self.program, self.ends, self.beat = program, ends, beat
        self.judged = [number for composite in program.composites for number in composite.cones]
        self.low = dict.fromkeys(self.judged, 0.0)
        self.high = dict.fromkeys(self.judged, math.inf)
        self.stuck: set[int] = set()
        self.step = _STEP_SHARE * max(1.0, ends - time.monotonic())

    def impossible(self) -> bool:
        """Return whether what is proven for the coefficients is more than a mean allows."""
        return any(
            math.fsum(self.low[number] for number in each.cones) > each.limit * len(each.cones) * (1 + _NEAR)
            for each in self.program.composites
        )

    def shared_out(self) -> dict[int, float] | None:
        """Return limits that can be reached one by one and keep the means; None while that is not known."""
        limits = {}
        for each in self.program.composites:
            rest = each.limit * len(each.cones) - math.fsum(self.high[number] for number in each.cones)
            if not rest >= 0:
                return None
            limits.update({number: self.high[number] + rest / len(each.cones) for number in each.cones})
        return limits

    def alike(self) -> dict[int, float]:
        """Return the limit of each mean as the limit of every coefficient."""
        return {number: each.limit for each in self.program.composites for number in each.cones}

    def within(self, limits: dict[int, float], objective: Sequence[tuple[int, float]], seconds: float) -> Solution:
        """Return the best plan with each coefficient within a limit of its own."""
        cones = [
            replace(cone, limit=min(limits[number], cone.limit or math.inf)) if number in limits else cone
            for number, cone in enumerate(self.program.cones)
        ]
        asked = replace(self.program, cones=cones, composites=[], start=())
        return solve_with_highs(asked, objective, seconds=max(0.5, seconds), gap=1e-3, beat=self.beat)

    def halve(self) -> bool:
        """Ask whether the coefficient that is least known can be half as small as it is known to be."""
        open_ = [n for n in self.judged if n not in self.stuck and self.high[n] - self.low[n] > _NEAR]
        if not open_:
            return False
        number = max(open_, key=lambda each: self.high[each] - self.low[each])
        most = max(each.limit * len(each.cones) for each in self.program.composites if number in each.cones)
        # what is not even reached with all the others at 0 is impossible, by more than tolerances
        known = self.high[number] < math.inf
        limit = (self.low[number] + self.high[number]) / 2 if known else most * (1 + 2 * _NEAR)
        found = self.within({number: limit}, [], min(self.step, self.ends - time.monotonic()))
        if found.answer is Answer.INFEASIBLE:
            self.low[number] = limit
        elif found.values:
            cone = self.program.cones[number]
            self.high[number] = min(limit, spread_of(cone, found.values) / max(found.values[cone.mean], 1e-12))
        else:
            self.stuck.add(number)
        return True
