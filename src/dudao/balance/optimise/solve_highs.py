"""HiGHS: the same programme with each cone replaced by tangents that are added until none is violated."""

import time
from collections.abc import Sequence
from itertools import pairwise

import highspy

from dudao.balance.optimise.highs_model import Beat, HighsModel
from dudao.balance.optimise.program import Answer, Cone, Program, Solution
from dudao.balance.optimise.solve_mean import solve_mean

_TANGENT_SLACK = 2e-8  # finer than what the solver itself keeps to would never end
_SLOPES = (-1.5, -1.0, -0.5, -0.2, 0.0, 0.2, 0.5, 1.0, 1.5)

_REPAIRS = 12
_INNER = 0.3
"""This share of the time is kept for a plan from within the cones, where tangents from without find none."""

_STEPS = 24


def solve_with_highs(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
    beat: Beat | None = None,
) -> Solution:
    """Return the smallest value of the objective, with the proven lower bound.

    A cone Σ w·d² ≤ L²·X² is split by school: Σ w·z ≤ L²·X with z ≥ d²/X, and each z is held up by
    tangents z ≥ 2t·d − t²·X, which are valid for every t. Cones are left out until one is violated; then
    tangents are added at the ratio t = d/X just found, until nothing is violated any more.

    Args:
        program: the question.
        objective: (variable, factor) terms to be made small; empty asks only whether a solution exists.
        seconds: time allowed.
        gap: relative gap at which the search may stop.
        absolute_gap: absolute gap at which the search may stop.
        beat: called while the search goes on; what it raises ends it.

    A programme that bounds a mean of coefficients is solved in `solve_mean.py`.
    """
    ends = time.monotonic() + seconds
    if program.composites:
        return solve_mean(program, objective, seconds=seconds, gap=gap, absolute_gap=absolute_gap, beat=beat)
    search = _TangentSearch(program, objective, ends - _INNER * seconds, gap, absolute_gap, beat)
    found = search.run()
    if found.values or found.answer is Answer.INFEASIBLE:
        return found
    inner = _within_cones(program, objective, ends, max(gap, 1e-3), beat)
    if inner is None:
        return found
    values, value = inner
    return Solution(Answer.FEASIBLE, values, value, min(value, found.bound))


def _within_cones(
    program: Program, objective: Sequence[tuple[int, float]], ends: float, gap: float, beat: Beat | None
) -> tuple[tuple[float, ...], float] | None:
    """Return values that keep every cone, found where each parabola is replaced by chords above it; None if none.

    A chord between two slopes lies above the parabola, so that whatever keeps the chords keeps the cone: one search
    gives a plan, a little dearer than the best.
    """
    model = HighsModel(program, objective, ends=ends, gap=gap, beat=beat)
    for cone in program.cones:
        if cone.limit is None:
            continue
        own = []
        # values far above the mean need room: chords reach from nothing at all to six times the mean
        slopes = [-1.0 + 2.0 * step / _STEPS for step in range(_STEPS)] + [1.0, 1.2, 1.5, 2.0, 3.0, 5.0]
        for deviation in cone.deviations:
            square = model.add_variable()
            own.append(square)
            for low, high in pairwise(slopes):
                terms = [(square, 1.0), (deviation, -(low + high)), (cone.mean, low * high)]
                model.add_row(terms, 0.0, highspy.kHighsInf)
            model.add_row([(deviation, 1.0), (cone.mean, -slopes[-1])], -highspy.kHighsInf, 0.0)
        terms = [(square, weight) for square, weight in zip(own, cone.weights, strict=True)]
        model.add_row([*terms, (cone.mean, -(cone.limit**2))], -highspy.kHighsInf, 0.0)
    model.set_whole(whole=True)
    answer = model.solve()
    if not model.has_values(answer):
        return None
    return tuple(model.values()[: len(program.variables)]), model.objective()


class _TangentSearch:
    """One model that grows by tangents."""

    def __init__(
        self,
        program: Program,
        objective: Sequence[tuple[int, float]],
        ends: float,
        gap: float,
        absolute_gap: float,
        beat: Beat | None,
    ) -> None:
        self.program = program
        self.squares: dict[int, list[int]] = {}
        self.gap, self.absolute_gap = gap, absolute_gap
        self.best: tuple[tuple[float, ...], float] | None = None
        self.model = HighsModel(program, objective, ends=ends, gap=gap, absolute_gap=absolute_gap, beat=beat)

    def run(self) -> Solution:
        model = self.model
        bound = float("-inf")
        while True:
            model.set_whole(whole=False)
            while model.solve() is Answer.OPTIMAL and self._cut() and model.left() > 0:
                pass
            model.set_whole(whole=True)
            answer = model.solve()
            if answer is Answer.INFEASIBLE:
                return Solution(answer, (), float("inf"), float("inf"))
            bound = max(bound, model.bound())
            if model.has_values(answer):
                values = tuple(model.values()[: len(self.program.variables)])
                if not self._cut():
                    return Solution(answer, values, model.objective(), bound)
                self._repair(values)
                if self.best is not None and self.best[1] <= bound + max(self.absolute_gap, self.gap * abs(bound)):
                    return Solution(Answer.OPTIMAL, *self.best, bound)
            if answer is not Answer.OPTIMAL or model.left() <= 0:
                if self.best is not None:
                    return Solution(Answer.FEASIBLE, *self.best, bound)
                return Solution(Answer.UNDECIDED, (), float("inf"), bound)

    def _repair(self, values: Sequence[float]) -> None:
        """Keep persons and choices as they were found, and buy what the cones still ask for.

        The search from without ends a hair outside of a cone; this is a plan, nearly always as cheap.
        """
        highs, variables = self.model.highs, self.program.variables
        held = [number for number, variable in enumerate(variables) if variable.whole and not variable.goods]
        for number in held:
            whole = float(round(values[number]))
            highs.changeColBounds(number, whole, whole)
        for _ in range(_REPAIRS):
            answer = self.model.solve(self.model.left() / 2)
            if answer is not Answer.OPTIMAL:
                break
            found = tuple(self.model.values()[: len(variables)])
            worst = max((_excess(cone, found) for cone in self.program.cones), default=0.0)
            if worst <= self.program.cone_tolerance:
                if self.best is None or self.model.objective() < self.best[1]:
                    self.best = found, self.model.objective()
                break
            if not self._cut() or self.model.left() <= 0:
                break
        for number in held:
            highs.changeColBounds(number, variables[number].low, variables[number].high)

    def _cut(self) -> bool:
        """Add tangents where a cone is violated; return whether any was added."""
        values = self.model.values()
        added = False
        for number, cone in enumerate(self.program.cones):
            if cone.limit is None or _excess(cone, values) <= self.program.cone_tolerance:
                continue
            if number not in self.squares:
                self._open(number, cone)
            mean = values[cone.mean]
            for square, deviation in zip(self.squares[number], cone.deviations, strict=True):
                ratio = values[deviation] / mean
                known = values[square] if square < len(values) else 0.0
                if known < ratio * ratio * mean - _TANGENT_SLACK:
                    self._add_tangent(square, deviation, cone.mean, ratio)
                    added = True
        return added

    def _open(self, number: int, cone: Cone) -> None:
        own = []
        for deviation in cone.deviations:
            own.append(self.model.add_variable())
            for slope in _SLOPES:
                self._add_tangent(own[-1], deviation, cone.mean, slope * (cone.limit or 1.0))
        terms = [(square, weight) for square, weight in zip(own, cone.weights, strict=True)]
        self.model.add_row([*terms, (cone.mean, -((cone.limit or 0.0) ** 2))], -highspy.kHighsInf, 0.0)
        self.squares[number] = own

    def _add_tangent(self, square: int, deviation: int, mean: int, ratio: float) -> None:
        terms = [(square, 1.0), (deviation, -2.0 * ratio), (mean, ratio * ratio)]
        self.model.add_row(terms, 0.0, highspy.kHighsInf)


def _excess(cone: Cone, values: Sequence[float]) -> float:
    """Return by how much a coefficient is above its limit, as a share of the limit."""
    if cone.limit is None or values[cone.mean] <= 0:
        return 0.0
    spread = sum(weight * values[number] ** 2 for weight, number in zip(cone.weights, cone.deviations, strict=True))
    coefficient: float = spread**0.5 / values[cone.mean]
    return coefficient / cone.limit - 1 if cone.limit > 0 else coefficient
