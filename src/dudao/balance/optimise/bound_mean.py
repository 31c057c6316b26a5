"""What no plan lies below where the mean of coefficients is limited, and how the limit had best be shared out.

Everything in this relaxation holds for every plan. First, whatever brings a coefficient down to c leaves a mean of
at least g(c) (see `least_mean.py`); g is convex, so its tangents are added where they are missing until none is.
Where one purchase serves one section, a school's weight is its pupils and the price is the same everywhere, the money
is a matter of the mean alone: the bound is then exact but for whole pieces. Where that leaves a gap, the schools come
in one by one (see `scaled_cone.py`), within what a plan as cheap as the one found can reach at all.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import highspy
import numpy as np

from dudao.balance.optimise.highs_model import Beat, HighsModel
from dudao.balance.optimise.least_mean import LeastMean
from dudao.balance.optimise.program import Answer, Cone, Program
from dudao.balance.optimise.scaled_cone import ScaledCone

_LOOSE = 2e-5
"""The relaxation is wider by this share than what plans are asked for, so that no tolerance makes its bound untrue."""

_FINE = 1e-8
_ROUNDS = 60
_FIRST_TANGENTS = 8
_NARROWINGS = 3
_FEW = 2500
_INFINITY = float(highspy.kHighsInf)


class MeanBound:
    """The relaxation of one programme; `limits` holds the coefficients it would have, by cone."""

    def __init__(
        self,
        program: Program,
        objective: Sequence[tuple[int, float]],
        ends: float,
        beat: Beat | None,
        held: Mapping[int, float] = MappingProxyType({}),
    ) -> None:
        self.program, self.objective = program, list(objective)
        self.model = HighsModel(program, objective, ends=ends, beat=beat)
        self.model.set_whole(whole=False)
        ranges = variable_ranges(program, held)
        for number, (low, high) in enumerate(ranges):
            self.model.highs.changeColBounds(number, max(low, -_INFINITY), min(high, _INFINITY))
        self.least: dict[int, LeastMean] = {}
        self.ratios: dict[int, int] = {}
        self.limits: dict[int, float] = {}
        self.scaled: dict[int, ScaledCone] = {}
        for composite in program.composites:
            most = composite.limit * len(composite.cones) * (1 + _LOOSE)
            for number in composite.cones:
                self._add_ratio(number, most, ranges)
            self.model.add_row([(self.ratios[number], 1.0) for number in composite.cones], -_INFINITY, most)

    def _add_ratio(self, number: int, most: float, ranges: Sequence[tuple[float, float]]) -> None:
        least = least_mean_of(self.program.cones[number], ranges)
        self.least[number] = least
        best = least.best()
        low = least.coefficient(best) * (1 - _FINE) if math.isfinite(least.coefficient(best)) else 0.0
        self.ratios[number] = self.model.add_variable(min(low, most), most) if low <= most else self._impossible(low)
        start = least.lowest()
        for step in range(_FIRST_TANGENTS):
            self._touch(number, start + (best - start) * step / _FIRST_TANGENTS)

    def _impossible(self, low: float) -> int:
        # above all that is allowed: the sum of the coefficients then cannot be kept, and the search says so
        return self.model.add_variable(low, low)

    def _touch(self, number: int, height: float) -> None:
        tangent = self.least[number].tangent(height)
        if tangent is not None:
            coefficient, mean, slope = tangent
            terms = [(self.program.cones[number].mean, 1.0), (self.ratios[number], -slope)]
            self.model.add_row(terms, mean - slope * coefficient - _FINE * mean, _INFINITY)

    def first(self) -> tuple[Answer, float]:
        """Solve with the tangents of the least means alone; return how it ended and the bound."""
        answer = self._settle()
        if answer is Answer.OPTIMAL:
            values = self.model.values()
            self.limits = {number: values[ratio] for number, ratio in self.ratios.items()}
            self._share_the_rest()
            return answer, self.model.objective()
        return answer, 0.0

    def _share_the_rest(self) -> None:
        """Give what the relaxation leaves of the sum to all coefficients alike: no limit is narrower than need be."""
        for composite in self.program.composites:
            rest = composite.limit * len(composite.cones) - math.fsum(self.limits[number] for number in composite.cones)
            for number in composite.cones:
                self.limits[number] += max(0.0, rest) / len(composite.cones)

    def narrowed(self, value: float, reached: float, near: float) -> float:
        """Return a bound at least as good, from each school's share; `near` is the share of the value that is enough.

        Only what is as cheap as the plan found needs to be looked at, which narrows what the means can be.
        """
        model = self.model
        model.add_row([term for term in self.objective if term[1]], -_INFINITY, value * (1 + _LOOSE))
        ranges = {number: self._range(number) for number in self._moving()}
        linked = self._linked(list(ranges))
        for number, (least, _) in ranges.items():
            if least > 0:
                cone, ratio = self.program.cones[number], self.ratios[number]
                self.scaled[number] = ScaledCone(model, cone, self.least[number], ratio, linked[number])
        for _ in range(_NARROWINGS):
            for number, scaled in self.scaled.items():
                scaled.within(*ranges[number])
            model.set_objective(self.objective)
            answer = self._settle()
            if answer is Answer.INFEASIBLE:
                # nothing as cheap is left at all: the plan found is the best within the tolerances
                return value
            if answer is Answer.OPTIMAL:
                reached = max(reached, model.objective())
            if answer is not Answer.OPTIMAL or reached >= value * near or model.left() <= 0:
                break
            ranges = {number: self._range(number, ranges[number]) for number in self.scaled}
        return reached

    def _moving(self) -> list[int]:
        """Return the cones with schools that can change at all."""
        return [number for number, least in self.least.items() if (least.highs > least.lows).any()]

    def _linked(self, cones: Sequence[int]) -> dict[int, list[bool]]:
        """Return for each cone and school whether its purchases matter elsewhere; all do where that is not too many."""
        uses = Counter(n for cone in cones for _, terms in self.program.cones[cone].values for n, _ in terms)
        few = sum(len(self.program.cones[number].values) for number in cones) <= _FEW
        linked = {}
        for number in cones:
            shared = [
                any(uses[n] > 1 or not self.program.variables[n].goods for n, _ in terms)
                for _, terms in self.program.cones[number].values
            ]
            linked[number] = [few or each for each in shared]
        return linked

    def _range(self, number: int, known: tuple[float, float] | None = None) -> tuple[float, float]:
        """Return the least and the most the mean of a cone can be for plans as cheap as the one found."""
        mean, least = self.program.cones[number].mean, self.least[number]
        low, high = known or (float(least.weights @ least.lows), float(least.weights @ least.highs))
        for sign in (1.0, -1.0):
            if self.model.left() <= 0:
                break
            self.model.set_objective([(mean, sign)])
            if self._settle() is Answer.OPTIMAL:
                found = self.model.objective()
                slack = 1e-7 * max(1.0, abs(found))
                low, high = (max(low, found - slack), high) if sign > 0 else (low, min(high, -found + slack))
        return low, max(low, high)

    def _settle(self) -> Answer:
        answer = Answer.FEASIBLE
        for _ in range(_ROUNDS):
            answer = self.model.solve()
            if answer is not Answer.OPTIMAL or self.model.left() <= 0:
                return answer
            values = self.model.values()
            touched = [self._touch_at(number, values) for number in self.ratios]
            cut = [scaled.cut(values, 1e-5) for scaled in self.scaled.values()]
            if not any(cut) and not any(touched):
                return answer
        return answer

    def _touch_at(self, number: int, values: Sequence[float]) -> bool:
        """Add the tangent where a mean is too small for its coefficient; return whether it was."""
        least = self.least[number]
        height = least.height(values[self.ratios[number]])
        if height is None or values[self.program.cones[number].mean] >= least.mean(height) * (1 - 1e-6):
            return False
        self._touch(number, height)
        return True


def variable_ranges(program: Program, held: Mapping[int, float] = MappingProxyType({})) -> list[tuple[float, float]]:
    """Return the range of each variable, narrowed by what the rows leave it; `held` ones are where they are."""
    ranges = [(variable.low, variable.high) for variable in program.variables]
    for number, value in held.items():
        ranges[number] = (value, value)
    for _ in range(_NARROWINGS):
        before = list(ranges)
        for row in program.rows:
            if math.isfinite(row.high):
                _narrow(program, ranges, row.terms, row.high)
            if math.isfinite(row.low):
                _narrow(program, ranges, [(number, -factor) for number, factor in row.terms], -row.low)
        if ranges == before:
            break
    return ranges


def _narrow(
    program: Program, ranges: list[tuple[float, float]], terms: Sequence[tuple[int, float]], most: float
) -> None:
    """Narrow ranges by Σ factor · variable ≤ most."""
    least = math.fsum(factor * ranges[number][0 if factor > 0 else 1] for number, factor in terms if factor)
    if not math.isfinite(least):
        return
    rest = max(0.0, most - least) + _FINE * max(1.0, abs(most))
    for number, factor in terms:
        low, high = ranges[number]
        whole = program.variables[number].whole
        if factor > 0 and low + rest / factor < high:
            bound = low + rest / factor
            ranges[number] = (low, max(low, math.floor(bound + 1e-6) if whole else bound))
        elif factor < 0 and high + rest / factor > low:
            bound = high + rest / factor
            ranges[number] = (min(high, math.ceil(bound - 1e-6) if whole else bound), high)


def least_mean_of(cone: Cone, ranges: Sequence[tuple[float, float]]) -> LeastMean:
    """Return the schools of a cone with the least and the most each can have."""
    lows, highs = [], []
    for constant, terms in cone.values:
        ends = [sorted((factor * ranges[number][0], factor * ranges[number][1])) for number, factor in terms]
        lows.append(max(0.0, constant + math.fsum(low for low, _ in ends)))
        highs.append(max(0.0, constant + math.fsum(high for _, high in ends)))
    return LeastMean(np.array(cone.weights), np.array(lows), np.array(highs))
