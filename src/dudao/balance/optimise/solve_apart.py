"""SCIP in a process of its own: what it breaks there costs an answer, never the program that asked."""

import pickle
import subprocess
import sys
from collections.abc import Sequence

from dudao.balance.optimise.program import Answer, Program, Solution

SMALL = 400
"""Programmes of up to so many variables are solved here: there the start of a process would take longer."""

_GRACE = 10.0
_SERVE = "from dudao.balance.optimise.solve_apart import serve; serve()"


def solve_with_scip_apart(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
) -> Solution:
    """Return what SCIP answers; undecided when its process crashes or does not end in time.

    Args:
        program: the question.
        objective: (variable, factor) terms to be made small.
        seconds: time allowed.
        gap: relative gap at which the search may stop.
        absolute_gap: absolute gap at which the search may stop.
    """
    if len(program.variables) <= SMALL:
        from dudao.balance.optimise.solve_scip import solve_with_scip

        return solve_with_scip(program, objective, seconds=seconds, gap=gap, absolute_gap=absolute_gap)
    question = pickle.dumps((program, list(objective), seconds, gap, absolute_gap))
    try:
        done = subprocess.run(
            [sys.executable, "-c", _SERVE], input=question, capture_output=True, timeout=seconds + _GRACE, check=False
        )
    except subprocess.TimeoutExpired:
        return UNDECIDED
    if done.returncode or not done.stdout:
        return UNDECIDED
    found: Solution = pickle.loads(done.stdout)
    return found


UNDECIDED = Solution(Answer.UNDECIDED, (), float("inf"), float("-inf"))


def serve() -> None:
    """Read a question from standard input, write the solution to standard output."""
    from dudao.balance.optimise.solve_scip import solve_with_scip

    program, objective, seconds, gap, absolute_gap = pickle.loads(sys.stdin.buffer.read())
    found = solve_with_scip(program, objective, seconds=seconds, gap=gap, absolute_gap=absolute_gap)
    sys.stdout.buffer.write(pickle.dumps(found))
