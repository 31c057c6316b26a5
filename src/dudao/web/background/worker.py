"""The worker: a thread per lane takes jobs from the queue, the main thread keeps them alive and takes up lost ones."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from dudao.web.background.active import ACTIVE
from dudao.web.background.periodic import hand_out
from dudao.web.background.registry import LONG, QUICK
from dudao.web.background.run import beat
from dudao.web.background.vanished import Watch
from dudao.web.background.work import hand_back

log = logging.getLogger("dudao.background")

LOOK_EVERY = 0.5  # seconds between two looks into an empty queue
_BEAT_EVERY = 1.0
_STEPS_EVERY = 15.0


class Lane(threading.Thread):
    """Takes what is ready in some queues, one after the other, until told to stop."""

    def __init__(self, queues: list[str], stop: threading.Event) -> None:
        super().__init__(daemon=True, name=f"lane-{queues[0]}")
        self._queues, self._leaving = queues, stop
        self.queue = _queue(queues)

    def run(self) -> None:
        """Look, work, wait; a database that is away for a while is waited for."""
        ready = DBTaskResult.objects.ready().filter(
            backend_name=DEFAULT_TASK_BACKEND_ALIAS, queue_name__in=self._queues
        )
        while not self._leaving.is_set():
            try:
                close_old_connections()
                if ready.all().exists():
                    self.queue.run()
            except Exception:
                log.exception("%s could not go on; trying again", self.name)
                connection.close()
                self._leaving.wait(5 * LOOK_EVERY)
            self._leaving.wait(LOOK_EVERY)
        connection.close()


class Worker:
    """A worker process.

    Args:
        patience: seconds without a beat after which another worker's job counts as lost.
        grace: seconds that running jobs get to end by themselves when the worker is told to stop.
    """

    def __init__(self, *, patience: float, grace: float = 20) -> None:
        self._stop = threading.Event()
        self._watch = Watch(patience)
        self._look_every = max(patience / 4, 0.2)
        self._grace = grace
        self._due: dict[str, float] = {}
        self._lanes = [Lane([QUICK], self._stop), Lane([LONG, DEFAULT_TASK_QUEUE_NAME], self._stop)]

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Take no more; what runs is handed back at its next step."""
        self._stop.set()
        for lane in self._lanes:
            lane.queue.running = False

    def stop_with_signals(self) -> None:
        """Stop when the system or a person at the keyboard says so."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)

    def stop_with_input(self) -> None:
        """Stop when the standard input ends: whoever started this process is gone, however it went."""

        def wait() -> None:
            while sys.stdin.buffer.read(1024):
                pass
            self.stop()

        threading.Thread(target=wait, daemon=True, name="input").start()

    def run(self) -> None:
        """Work until told to stop."""
        ACTIVE.watched = True
        for lane in self._lanes:
            lane.start()
        while not self._stop.is_set():
            self._keep()
            self._stop.wait(_BEAT_EVERY)
        self._leave()

    def _keep(self) -> None:
        close_old_connections()
        self._every("beat", 0, _beat_all)
        self._every("look", self._look_every, self._watch.look)
        self._every("steps", _STEPS_EVERY, lambda: hand_out(timezone.now()))

    def _every(self, name: str, seconds: float, what: Callable[[], object]) -> None:
        """Do something when its time has come; trouble with one thing does not keep the others from being done."""
        now = time.monotonic()
        if now < self._due.get(name, 0):
            return
        self._due[name] = now + seconds
        try:
            what()
        except Exception:
            log.exception("worker: %s failed; trying again", name)
            connection.close()

    def _leave(self) -> None:
        end = time.monotonic() + self._grace
        while any(lane.is_alive() for lane in self._lanes) and time.monotonic() < end:
            for run in ACTIVE.all():
                run.handing_back = True
            self._every("beat", 0, _beat_all)
            time.sleep(0.1)
        for run in ACTIVE.all():  # in a step too long to wait for; what it still does can no longer count
            self._every(f"hand back {run.job_id}", 0, lambda run=run: hand_back(run))  # type: ignore[misc]
        connection.close()


def _beat_all() -> None:
    for run in ACTIVE.all():
        beat(run)


def run_all() -> int:
    """Work off everything that is ready, here and now, without a worker; return how many jobs there were.

    For tests and for building the demonstration: progress is written by the jobs themselves.
    """
    queue, worked = _queue(["*"]), 0
    while True:
        with transaction.atomic():
            entry = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS).get_locked()
            if entry is None:
                return worked
            entry.claim(queue.worker_id)
        queue.run_task(entry)
        worked += 1


def _queue(names: list[str]) -> QueueWorker:
    """Return the queue's own worker, that works off what is ready in the queues of some names and then returns."""
    return QueueWorker(
        queue_names=names,
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
