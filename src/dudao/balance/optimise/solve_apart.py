"""SCIP in a process of its own: what it breaks there costs an answer, never the program that asked."""

import atexit
import contextlib
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from dudao.balance.optimise.highs_model import Beat
from dudao.balance.optimise.program import Answer, Program, Solution

_GRACE = 10.0
_PAUSE = 0.5
_SERVE = "from dudao.balance.optimise.solve_apart import serve; serve()"


class _Worker:
    """A process that answers one question after another, and is killed when it does not answer in time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, question: bytes, *, seconds: float, beat: Beat | None) -> bytes:
        """Return the answer; empty when the process breaks or takes too long, and is gone then."""
        found: list[bytes] = []
        thread = threading.Thread(target=self._exchange, args=(question, found), daemon=True)
        thread.start()
        ends = time.monotonic() + seconds
        try:
            while thread.is_alive() and time.monotonic() < ends:
                thread.join(_PAUSE if beat is not None else max(0.0, ends - time.monotonic()))
                if beat is not None and thread.is_alive():
                    beat()
        finally:
            if thread.is_alive():
                self.end()
        if not found:
            self.end()
        return found[0] if found else b""

    def _exchange(self, question: bytes, found: list[bytes]) -> None:
        into, out = self.process.stdin, self.process.stdout
        assert into is not None
        assert out is not None
        try:
            into.write(len(question).to_bytes(8, "big") + question)
            into.flush()
            size = int.from_bytes(out.read(8), "big")
            answer = out.read(size)
        except (OSError, ValueError):
            return
        if size and len(answer) == size:
            found.append(answer)

    def end(self) -> None:
        """Kill the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    @property
    def alive(self) -> bool:
        """Return whether the process still runs."""
        return self.process.poll() is None


_lock = threading.Lock()
_workers: list[_Worker] = []


def solve_with_scip_apart(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
    beat: Beat | None = None,
) -> Solution:
    """Return what SCIP answers; undecided when its process crashes or does not end in time.

    The process is started once and asked again; one question at a time.

    Args:
        program: the question.
        objective: (variable, factor) terms to be made small.
        seconds: time allowed.
        gap: relative gap at which the search may stop.
        absolute_gap: absolute gap at which the search may stop.
        beat: called while the search goes on; what it raises ends it.
    """
    question = pickle.dumps((program, list(objective), seconds, gap, absolute_gap))
    with _lock:
        worker = next((each for each in _workers if each.alive), None) or _Worker()
        _workers[:] = [worker]
        answer = worker.ask(question, seconds=seconds + _GRACE, beat=beat)
    if not answer:
        return UNDECIDED
    found: Solution = pickle.loads(answer)
    return found


@atexit.register
def end_workers() -> None:
    """Kill the process, if one runs; the next question starts another."""
    while _workers:
        _workers.pop().end()


UNDECIDED = Solution(Answer.UNDECIDED, (), float("inf"), float("-inf"))


def serve() -> None:
    """Read questions from standard input, write a solution to standard output for each, until the input ends."""
    from dudao.balance.optimise.solve_scip import solve_with_scip

    into, out = sys.stdin.buffer, sys.stdout.buffer
    while head := into.read(8):
        question = into.read(int.from_bytes(head, "big"))
        program, objective, seconds, gap, absolute_gap = pickle.loads(question)
        found = solve_with_scip(program, objective, seconds=seconds, gap=gap, absolute_gap=absolute_gap)
        answer = pickle.dumps(found)
        out.write(len(answer).to_bytes(8, "big") + answer)
        out.flush()
