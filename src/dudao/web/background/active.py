"""The runs under way in this process, for the housekeeping that keeps them alive."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dudao.web.background.run import Run


class Active:
    """A set of runs that threads may change while another looks."""

    def __init__(self) -> None:
        self._runs: set[Run] = set()
        self._lock = threading.Lock()
        self.watched = False

    def add(self, run: "Run") -> None:
        """Take note of a run; with housekeeping beside it, its progress is written there."""
        with self._lock:
            run.watched = self.watched
            self._runs.add(run)

    def remove(self, run: "Run") -> None:
        """Forget a run."""
        with self._lock:
            self._runs.discard(run)

    def all(self) -> "tuple[Run, ...]":
        """Return the runs of this moment."""
        with self._lock:
            return tuple(self._runs)


ACTIVE = Active()
