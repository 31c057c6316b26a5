"""HiGHS: the same programme with each cone replaced by tangents that are added until none is violated."""

import time
from collections.abc import Sequence

import highspy
import numpy as np

from dudao.balance.optimise.program import Answer, Cone, Program, Solution
from dudao.errors import WrongUseError

_ENOUGH = 1e-4
"""A violation so small is left to whoever checks the plan when no time remains."""

_TANGENT_SLACK = 2e-8  # finer than what the solver itself keeps to would never end
_SLOPES = (-1.5, -1.0, -0.5, -0.2, 0.0, 0.2, 0.5, 1.0, 1.5)


def solve_with_highs(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
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

    Raises:
        WrongUseError: the programme bounds a mean of coefficients, which this way of cutting cannot hold.
    """
    if program.composites:
        raise WrongUseError("HiGHS 求解器不支持综合差异系数的约束。", advice="请改用 --solver scip。")
    return _TangentSearch(program, objective, time.monotonic() + seconds, gap, absolute_gap).run()


class _TangentSearch:
    """One model that grows by tangents."""

    def __init__(
        self,
        program: Program,
        objective: Sequence[tuple[int, float]],
        ends: float,
        gap: float,
        absolute_gap: float,
    ) -> None:
        self.program = program
        self.ends = ends
        self.squares: dict[int, list[int]] = {}
        self.model = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types
        for name, value in (
            ("output_flag", False),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
            ("mip_rel_gap", gap),
            ("mip_abs_gap", absolute_gap),
        ):
            self.model.setOptionValue(name, value)
        for variable in program.variables:
            self.model.addVar(variable.low, variable.high)
        for row in program.rows:
            self._add_row(list(row.terms), row.low, row.high)
        for number, factor in objective:
            self.model.changeColCost(number, factor)

    def run(self) -> Solution:
        bound = float("-inf")
        while True:
            self._set_integrality(whole=False)
            while self._solve() is Answer.OPTIMAL and self._cut() and time.monotonic() < self.ends:
                pass
            self._set_integrality(whole=True)
            answer = self._solve()
            if answer is Answer.INFEASIBLE:
                return Solution(answer, (), float("inf"), float("inf"))
            info = self.model.getInfo()
            bound = max(bound, float(info.mip_dual_bound))
            values = self.model.getSolution().col_value[: len(self.program.variables)]
            if not self._has_values(answer):
                return Solution(Answer.UNDECIDED, (), float("inf"), bound)
            if not self._cut():
                return Solution(answer, tuple(values), float(info.objective_function_value), bound)
            if answer is not Answer.OPTIMAL or time.monotonic() > self.ends:
                if self._worst(values) <= _ENOUGH:
                    return Solution(Answer.FEASIBLE, tuple(values), float(info.objective_function_value), bound)
                return Solution(Answer.UNDECIDED, (), float("inf"), bound)

    def _worst(self, values: Sequence[float]) -> float:
        return max((_excess(cone, values) for cone in self.program.cones), default=0.0)

    def _has_values(self, answer: Answer) -> bool:
        return answer is Answer.OPTIMAL or (
            answer is Answer.FEASIBLE
            and self.model.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        )

    def _solve(self) -> Answer:
        self.model.setOptionValue(
            "time_limit", float(self.model.getRunTime()) + max(0.05, self.ends - time.monotonic())
        )
        self.model.run()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return Answer.OPTIMAL
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return Answer.INFEASIBLE
        return Answer.FEASIBLE

    def _set_integrality(self, *, whole: bool) -> None:
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for number, variable in enumerate(self.program.variables):
            if variable.whole:
                self.model.changeColIntegrality(number, kind)

    def _cut(self) -> bool:
        """Add tangents where a cone is violated; return whether any was added."""
        values = self.model.getSolution().col_value
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
            self.model.addVar(0.0, highspy.kHighsInf)
            own.append(self.model.getNumCol() - 1)
            for slope in _SLOPES:
                self._add_tangent(own[-1], deviation, cone.mean, slope * (cone.limit or 1.0))
        terms = [(square, weight) for square, weight in zip(own, cone.weights, strict=True)]
        self._add_row([*terms, (cone.mean, -((cone.limit or 0.0) ** 2))], -highspy.kHighsInf, 0.0)
        self.squares[number] = own

    def _add_tangent(self, square: int, deviation: int, mean: int, ratio: float) -> None:
        self._add_row([(square, 1.0), (deviation, -2.0 * ratio), (mean, ratio * ratio)], 0.0, highspy.kHighsInf)

    def _add_row(self, terms: list[tuple[int, float]], low: float, high: float) -> None:
        numbers = np.array([number for number, _ in terms], dtype=np.int32)
        factors = np.array([factor for _, factor in terms], dtype=np.float64)
        self.model.addRow(max(low, -highspy.kHighsInf), min(high, highspy.kHighsInf), len(terms), numbers, factors)


def _excess(cone: Cone, values: Sequence[float]) -> float:
    """Return by how much a coefficient is above its limit, as a share of the limit."""
    if cone.limit is None or values[cone.mean] <= 0:
        return 0.0
    spread = sum(weight * values[number] ** 2 for weight, number in zip(cone.weights, cone.deviations, strict=True))
    coefficient: float = spread**0.5 / values[cone.mean]
    return coefficient / cone.limit - 1 if cone.limit > 0 else coefficient
