"""The worker that `dudao serve` brings along, so that one machine needs no second command."""

import subprocess
import sys
import threading
from types import TracebackType


class EmbeddedWorker:
    """A worker in a process of its own that lives as long as this one; started again should it break.

    It ends when its standard input does: also when this process is killed and can say nothing any more.
    """

    def __init__(self) -> None:
        self._leaving = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._minder = threading.Thread(target=self._mind, daemon=True, name="worker")

    def __enter__(self) -> "EmbeddedWorker":
        self._minder.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
        self._minder.join(timeout=30)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()

    def _mind(self) -> None:
        while not self._leaving.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dudao.web", "worker", "--with-parent"], stdin=subprocess.PIPE
            )
            self._process.wait()
            self._leaving.wait(5)
