"""A HiGHS model of a programme's variables and rows, that can be added to, solved in slices of time, and stopped."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import highspy
import numpy as np

from dudao.balance.optimise.program import Answer, Program

Beat = Callable[[], None]
"""Called about twice a second while a solver works; what it raises ends the work."""

_PAUSE = 0.5


class HighsModel:
    """One growing model; variables of the programme come first, in its order."""

    def __init__(
        self,
        program: Program,
        objective: Sequence[tuple[int, float]],
        *,
        ends: float,
        gap: float = 0.0,
        absolute_gap: float = 0.0,
        beat: Beat | None = None,
    ) -> None:
        self.program = program
        self.ends = ends
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types
        for name, value in (
            ("output_flag", False),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
            ("mip_rel_gap", gap),
            ("mip_abs_gap", absolute_gap),
        ):
            self.highs.setOptionValue(name, value)
        for variable in program.variables:
            self.highs.addVar(variable.low, variable.high)
        for row in program.rows:
            self.add_row(list(row.terms), row.low, row.high)
        self.set_objective(objective)
        self._beat, self._last, self._stopped = beat, time.monotonic(), False
        if beat is not None:
            self.highs.cbMipInterrupt.subscribe(self._at_work)
            self.highs.cbSimplexInterrupt.subscribe(self._at_work)

    def _at_work(self, event: Any) -> None:
        if self._stopped:
            event.interrupt()

    def _run(self) -> None:
        """Search, and tell that the search goes on; where telling raises, the search is left to end by itself.

        HiGHS asks only now and then whether it is to go on, seconds apart in a large county; nobody waits for that.
        """
        if self._beat is None:
            self.highs.run()
            return
        self._tell()
        worker = threading.Thread(target=self.highs.run, daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(_PAUSE)
            try:
                self._tell()
            except BaseException:
                self._stopped = True
                raise

    def _tell(self) -> None:
        now = time.monotonic()
        if self._beat is not None and now - self._last >= _PAUSE:
            self._last = now
            self._beat()

    def left(self) -> float:
        """Return the seconds that remain."""
        return self.ends - time.monotonic()

    def add_variable(self, low: float = 0.0, high: float = highspy.kHighsInf) -> int:
        """Add a variable that may be in parts, and return its number."""
        self.highs.addVar(low, high)
        return int(self.highs.getNumCol()) - 1

    def add_row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> int:
        """Add a row and return its number."""
        numbers = np.array([number for number, _ in terms], dtype=np.int32)
        factors = np.array([factor for _, factor in terms], dtype=np.float64)
        self.highs.addRow(max(low, -highspy.kHighsInf), min(high, highspy.kHighsInf), len(terms), numbers, factors)
        return int(self.highs.getNumRow()) - 1

    def set_objective(self, terms: Sequence[tuple[int, float]]) -> None:
        """Make these terms the sum that is to be small, and nothing else."""
        count = int(self.highs.getNumCol())
        costs = np.zeros(count)
        for number, factor in terms:
            costs[number] += factor
        self.highs.changeColsCost(count, np.arange(count, dtype=np.int32), costs)

    def set_whole(self, *, whole: bool) -> None:
        """Ask for whole numbers where the programme does, or for none."""
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for number, variable in enumerate(self.program.variables):
            if variable.whole:
                self.highs.changeColIntegrality(number, kind)

    def solve(self, seconds: float | None = None) -> Answer:
        """Solve within the seconds given, or all that remain; `FEASIBLE` only says that the search did not end.

        Raises:
            BaseException: what the beat raised.
        """
        most = self.left() if seconds is None else min(seconds, self.left())
        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime()) + max(0.05, most))
        self._run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return Answer.OPTIMAL
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return Answer.INFEASIBLE
        return Answer.FEASIBLE

    def has_values(self, answer: Answer) -> bool:
        """Return whether the last search left values behind that keep all rows."""
        return answer is Answer.OPTIMAL or (
            answer is Answer.FEASIBLE
            and self.highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        )

    def values(self) -> list[float]:
        """Return the values of all variables."""
        return list(self.highs.getSolution().col_value)

    def objective(self) -> float:
        """Return the value of the objective."""
        return float(self.highs.getInfo().objective_function_value)

    def bound(self) -> float:
        """Return what no plan can lie below, as far as the last search in whole numbers shows."""
        return float(self.highs.getInfo().mip_dual_bound)
