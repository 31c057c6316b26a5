"""A limit on the mean of coefficients: limits for each shared out as a relaxation would have them, then made real.

With a limit L of its own for each coefficient S ÷ X (S: the spread, X: the mean), S ≤ L · X is a cone, and every plan
within such limits keeps their mean. The relaxation in `bound_mean.py` says how the limits had best be shared out, and
`fill_mean.py` makes a plan of purchases within them. What these leave open (persons, thresholds, purchases that serve
two sections) is improved step by step with HiGHS: L · X straightened around the last plan (L₀ · X + X₀ · (L − L₀)) says
how limits had better be shared within a small distance; steps that do not pay are made shorter.
"""

import math
import time
from collections.abc import Mapping, Sequence

import highspy

from dudao.balance.optimise.bound_mean import MeanBound
from dudao.balance.optimise.fill_mean import GoodsPlans
from dudao.balance.optimise.highs_model import Beat, HighsModel
from dudao.balance.optimise.program import Answer, Composite, Program, Solution
from dudao.balance.optimise.spreads import cut_all, mean_of, spread_of, spreads_of

_STEPS = 40
_FIRST_STEP, _LAST_STEP = 0.12, 0.001
"""How far the limit of one coefficient may go in a step, at first and when it is over."""

_SETTLED, _ROUGHLY = 1e-7, 1e-5
"""How much of a spread tangents may hide: at the end, and on the way, where the true spread is asked for anyway."""

_WHOLE_SHARE = 0.25
"""This share of the time for the plan is kept for the search in whole numbers."""

_BOUND_SHARE = 0.35
"""This share of the time goes to the bound."""

_CUT_ROOM = 0.5
"""Cuts count whole persons."""
_INFINITY = float(highspy.kHighsInf)


def solve_mean(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
    beat: Beat | None = None,
) -> Solution:
    """Return a plan that keeps every limit, and a lower bound that holds for every plan.

    Args:
        program: the question; its composites bound means of coefficients.
        objective: (variable, factor) terms to be made small.
        seconds: time allowed.
        gap: relative gap at which a search in whole numbers may stop.
        absolute_gap: what is no dearer than this need not be improved.
        beat: called while the search goes on; what it raises ends it.
    """
    ends = time.monotonic() + seconds
    bound = MeanBound(program, objective, ends, beat)
    answer, reached = bound.first()
    if answer is Answer.INFEASIBLE:
        return Solution(Answer.INFEASIBLE, (), float("inf"), float("inf"))
    enough = max(absolute_gap, 1e-12) if all(factor >= 0 for _, factor in objective) else -math.inf
    values = _filled(program, objective, ends, beat)
    value = _value(objective, values) if values else math.inf
    if value <= enough or reached >= value * (1 - gap):
        return Solution(Answer.OPTIMAL, values, value, min(reached, value))
    for_plan = ends - _BOUND_SHARE * seconds if objective else ends
    search = _MeanSearch(program, objective, for_plan, gap, beat)
    search.enough = absolute_gap
    search.first_limits = bound.limits
    search.tried = values
    found = search.run()
    if found is Answer.INFEASIBLE and not values:
        return Solution(Answer.INFEASIBLE, (), float("inf"), float("inf"))
    if search.best and _value(objective, search.best) < value:
        values, value = search.best, _value(objective, search.best)
    if not values:
        return Solution(Answer.UNDECIDED, (), float("inf"), float("-inf"))
    if value > enough and reached < value * (1 - gap):
        reached = bound.narrowed(value, reached, 1 - gap / 2)
    answer = Answer.OPTIMAL if value <= enough or reached >= value * (1 - gap) else Answer.FEASIBLE
    return Solution(answer, values, value, min(reached, value))


def _value(objective: Sequence[tuple[int, float]], values: Sequence[float]) -> float:
    return math.fsum(factor * values[number] for number, factor in objective)


def _filled(
    program: Program, objective: Sequence[tuple[int, float]], ends: float, beat: Beat | None
) -> tuple[float, ...]:
    """Return a plan of purchases with persons where they are; empty when there is none."""
    start = program.start or [max(variable.low, 0.0) for variable in program.variables]
    in_cones = {number for cone in program.cones for _, terms in cone.values for number, _ in terms}
    persons = {number: float(round(start[number])) for number in in_cones if not program.variables[number].goods}
    bound = MeanBound(program, objective, ends, beat, held=persons)
    if bound.first()[0] is not Answer.OPTIMAL:
        return ()
    found = GoodsPlans(program, start).whole(bound.limits, dict(objective))
    return () if found is None or not _rows_hold(program, [*found]) else tuple(float(value) for value in found)


def _rows_hold(program: Program, values: Sequence[float]) -> bool:
    """Return whether values keep the cuts: persons held where they are may stand against one that was added since."""
    for row in (program.rows[number] for number in program.cuts):
        total = math.fsum(factor * values[number] for number, factor in row.terms)
        if total > _CUT_ROOM:
            return False
    return True


class _MeanSearch:
    """Plans within limits for each coefficient, the limits shared out better and better."""

    def __init__(
        self,
        program: Program,
        objective: Sequence[tuple[int, float]],
        ends: float,
        gap: float,
        beat: Beat | None,
    ) -> None:
        self.program = program
        self.model = HighsModel(program, objective, ends=ends, gap=max(gap, 1e-4), beat=beat)
        self.spreads = spreads_of(self.model, program)
        self.limits: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self.sums: list[int] = []
        self.spare: list[float] = []
        self.best: tuple[float, ...] = ()
        self.tried: tuple[float, ...] = ()
        self.first_limits: Mapping[int, float] = {}
        self.enough = 0.0
        self.kept = _WHOLE_SHARE * self.model.left()
        self.objective = dict(objective)

    def run(self) -> Answer | None:
        """Look for a plan; `OPTIMAL` says there is one in `best`, None that none was found."""
        model = self.model
        model.set_whole(whole=False)
        if self.tried or self.program.start:
            values = list(self.tried or self.program.start)
            self._hold_persons(values)
            self._add_limits()
            value = math.fsum(factor * values[number] for number, factor in self.objective.items())
            means = {n: max(values[self.program.cones[n].mean], 1e-9) for n in self._judged()}
        else:
            found = self._first()
            if not isinstance(found, tuple):
                return found
            value, values, means = found
        if self._keeps(values):
            self._keep(values)
        step = _FIRST_STEP
        for _ in range(_STEPS):
            if step < _LAST_STEP or model.left() <= self.kept or (value <= max(self.enough, 0.0) and self.best):
                break
            tried = self._better(self._ratios(values), means, step)
            if tried is None or tried[0] >= value * (1 - 1e-7):
                step /= 3
                continue
            step = step * 1.3 if tried[0] < value * (1 - 1e-3) else step / 2
            value, values = tried
            means = {number: values[self.program.cones[number].mean] for number in self.limits}
            self._keep(values)
        return self._in_whole(self._ratios(values), means)

    def _hold_persons(self, values: Sequence[float]) -> None:
        """Leave persons where an earlier search put them; their number is settled and halves of them help nobody."""
        for number, variable in enumerate(self.program.variables):
            if variable.whole and not variable.goods:
                whole = float(round(values[number]))
                self.model.highs.changeColBounds(number, whole, whole)

    def _first(self) -> Answer | tuple[float, list[float], dict[int, float]] | None:
        """Return cost, values and means of a first plan; `INFEASIBLE` where the other requirements cannot be kept."""
        if self._settle() is Answer.INFEASIBLE:
            return Answer.INFEASIBLE
        values = self.model.values()
        means = {n: max(values[self.program.cones[n].mean], 1e-9) for n in self._judged()}
        now = self._ratios(values)
        self._add_limits()
        shared = {number: limit * (1 - 3 * _ROUGHLY) for number, limit in self.first_limits.items()}
        for start in (shared, _cut_down(self.program, now), _scaled_down(self.program, now)):
            if not start:
                continue
            found = self._fixed(start, means)
            if found is not None:
                return found[0], self.model.values(), found[1]
        return None

    def _ratios(self, values: Sequence[float]) -> dict[int, float]:
        """Return the coefficients as they are."""
        cones = self.program.cones
        return {n: spread_of(cones[n], values) / max(values[cones[n].mean], 1e-9) for n in self._judged()}

    def _judged(self) -> list[int]:
        return [number for composite in self.program.composites for number in composite.cones]

    def _add_limits(self) -> None:
        for composite in self.program.composites:
            for number in composite.cones:
                cone = self.program.cones[number]
                self.limits[number] = self.model.add_variable(0.0)
                terms = [(self.spreads[number].spread, 1.0), (cone.mean, -1.0), (self.limits[number], -1.0)]
                self.rows[number] = self.model.add_row(terms, -_INFINITY, 0.0)
            most = composite.limit * len(composite.cones)
            terms = [(self.limits[number], 1.0) for number in composite.cones]
            self.sums.append(self.model.add_row(terms, -_INFINITY, most))
            self.spare.append(0.0)

    def _straighten(self, limits: Mapping[int, float], means: Mapping[int, float], step: float) -> None:
        """Put S ≤ L₀ · X + X₀ · (L − L₀) around these limits, L at most a step away."""
        highs = self.model.highs
        for number, limit in limits.items():
            row, variable, mean = self.rows[number], self.limits[number], means[number]
            highs.changeCoeff(row, self.program.cones[number].mean, -limit)
            highs.changeCoeff(row, variable, -mean)
            highs.changeRowBounds(row, -_INFINITY, -limit * mean)
            highs.changeColBounds(variable, max(0.0, limit - step), limit + step + 1e-9)

    def _fixed(self, limits: Mapping[int, float], means: Mapping[int, float]) -> tuple[float, dict[int, float]] | None:
        """Return cost and means of the best plan within fixed limits; None when there is none."""
        self._straighten(limits, means, 0.0)
        if self._settle() is not Answer.OPTIMAL:
            return None
        values = self.model.values()
        found = {number: max(values[self.program.cones[number].mean], 1e-9) for number in limits}
        return self.model.objective(), found

    def _better(
        self, limits: Mapping[int, float], means: Mapping[int, float], step: float
    ) -> tuple[float, list[float]] | None:
        """Return cost and values of a plan with coefficients at most a step away that keep the mean; None without one.

        What straightening hides makes the mean too high at first; asked for that much less, it comes out right.
        """
        self._straighten(limits, means, step)
        try:
            for _ in range(5):
                if self._settle() is not Answer.OPTIMAL:
                    return None
                values = self.model.values()
                found = self.model.objective()
                if not self._ask_less(self._ratios(values)):
                    return found, values
            return None
        finally:
            for place, (row, composite) in enumerate(zip(self.sums, self.program.composites, strict=True)):
                self.spare[place] = 0.0
                self.model.highs.changeRowBounds(row, -_INFINITY, composite.limit * len(composite.cones))

    def _ask_less(self, ratios: Mapping[int, float]) -> bool:
        """Lower the sums by what these coefficients are above them; return whether any is."""
        over = [_over(each, ratios) for each in self.program.composites]
        for place, (row, composite) in enumerate(zip(self.sums, self.program.composites, strict=True)):
            if over[place] > 1e-9:
                self.spare[place] += over[place] * 1.02 + 1e-9
                most = composite.limit * len(composite.cones) - self.spare[place]
                self.model.highs.changeRowBounds(row, -_INFINITY, most)
        return max(over) > 1e-9

    def _in_whole(self, limits: Mapping[int, float], means: Mapping[int, float]) -> Answer | None:
        """Look for whole numbers within the limits found; where that takes too long, goods stay in parts."""
        if not any(variable.whole for variable in self.program.variables):
            return Answer.OPTIMAL
        parts = self.best
        if not parts:
            return None
        self._straighten(limits, means, _FIRST_STEP)
        self.model.set_whole(whole=True)
        for _ in range(6):
            # half of what is left, so that a search cut short leaves time to come right
            if self.model.left() <= 0:
                break
            answer = self.model.solve(self.model.left() / 2)
            if not self.model.has_values(answer):
                break
            values = self.model.values()
            if self._keeps(values):
                self._keep(values)
                return Answer.OPTIMAL
            self._cut(values)
            self._ask_less(self._ratios(values))
        # the caller rounds goods up; persons cannot be
        whole = (
            abs(parts[number] - round(parts[number])) < 1e-5
            for number, variable in enumerate(self.program.variables)
            if variable.whole and not variable.goods
        )
        return Answer.OPTIMAL if all(whole) else None

    def _settle(self, tolerance: float = _ROUGHLY) -> Answer:
        """Solve, add tangents, and again until none is missing by more than the tolerance."""
        while True:
            answer = self.model.solve()
            if answer is not Answer.OPTIMAL or not self._cut(self.model.values(), tolerance) or self.model.left() <= 0:
                return answer

    def _cut(self, values: Sequence[float], tolerance: float = _SETTLED) -> bool:
        return cut_all(self.spreads.values(), values, tolerance)

    def _keeps(self, values: Sequence[float]) -> bool:
        for cone in self.program.cones:
            if cone.limit is not None and spread_of(cone, values) > cone.limit * values[cone.mean] * (1 + 1e-6):
                return False
        return all(
            mean_of(self.program, each.cones, values) <= each.limit * (1 + 1e-6) for each in self.program.composites
        )

    def _keep(self, values: Sequence[float]) -> None:
        self.best = tuple(values[: len(self.program.variables)])


def _over(composite: Composite, ratios: Mapping[int, float]) -> float:
    """Return by how much the sum of the coefficients lies above what is allowed."""
    return math.fsum(ratios[number] for number in composite.cones) - composite.limit * len(composite.cones)


def _cut_down(program: Program, now: Mapping[int, float]) -> dict[int, float]:
    """Return limits that bring the highest coefficients down to one height and leave the others as they are."""
    limits = {}
    for composite in program.composites:
        # a little lower than need be, for what tangents hide on the way
        height = capped_at([now[number] for number in composite.cones], composite.limit) * (1 - 3 * _ROUGHLY)
        limits.update({number: min(now[number], height) for number in composite.cones})
    return limits


def _scaled_down(program: Program, now: Mapping[int, float]) -> dict[int, float]:
    """Return limits that bring all coefficients down by the same share."""
    limits = {}
    for composite in program.composites:
        mean = math.fsum(now[number] for number in composite.cones) / len(composite.cones)
        share = min(1.0, composite.limit / mean) if mean > 0 else 1.0
        limits.update({number: now[number] * share for number in composite.cones})
    return limits


def capped_at(values: Sequence[float], mean: float) -> float:
    """Return the height to which the highest values are cut so that the mean of all is within `mean`."""
    ordered = sorted(values)
    below = 0.0
    for place, value in enumerate(ordered):
        rest = len(ordered) - place
        height = (mean * len(ordered) - below) / rest
        if height <= value:
            return max(0.0, height)
        below += value
    return ordered[-1]
