"""Workers as processes of their own: killed, stopped, two at once, on both databases; nothing is lost or done twice."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
LOWEST = 19
PATIENCE = 3


@dataclass
class Place:
    """A database with jobs, and the workers started on it."""

    home: Path
    address: str
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DUDAO_HOME": str(self.home),
            "DUDAO_SECRET_KEY": "only-for-tests-and-never-for-anything-else",
            "DUDAO_JOB_PATIENCE": str(PATIENCE),
            "DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "tests.web.jobbing.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }

    def ask(self, name: str, times: int = 1, arguments: str = "{}") -> None:
        program = [sys.executable, "-m", "tests.web.jobbing.ask", name, str(times), arguments]
        subprocess.run(program, env=self.environment, cwd=ROOT, check=True, timeout=120)

    @property
    def gate(self) -> Path:
        return self.home / "gate"

    def hold(self, times: int) -> None:
        """Ask for jobs that are under way until the gate is opened: nobody is done before the others have come."""
        self.ask("held", times, json.dumps({"gate": str(self.gate), "name": "NUMBER"}))

    def at_work(self) -> set[str]:
        """The workers that hold a job."""
        rows = self.rows("SELECT worker FROM background_job WHERE state = 'running' AND kind = 'tests.held'")
        return {row[0] for row in rows}

    def work(self, *arguments: str, **more: Any) -> "subprocess.Popen[bytes]":
        program = [sys.executable, "-m", "dudao.web", "worker", *arguments]
        worker = subprocess.Popen(program, env=self.environment, cwd=ROOT, **more)
        self.workers.append(worker)
        return worker

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        if self.address.startswith("sqlite"):
            held = sqlite3.connect(self.address.removeprefix("sqlite://"), timeout=20)
            try:
                return held.execute(question).fetchall()
            finally:
                held.close()
        with psycopg.connect(self.address) as connection:
            return connection.execute(question).fetchall()

    def states(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT state FROM background_job WHERE kind LIKE 'tests.%' ORDER BY id")]

    def written(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT session_key FROM django_session ORDER BY session_key")]


def wait_until(fact: Callable[[], bool], what: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.database)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path, request.getfixturevalue(request.param))
    yield made
    for worker in made.workers:
        if worker.poll() is None:
            worker.kill()
        worker.wait()


@pytest.mark.parametrize("inside", ["false", "true"], ids=["before the results", "while the results are written"])
def test_a_job_whose_worker_is_killed_is_done_once_by_the_next(place: Place, inside: str) -> None:
    place.ask("die_once", 1, f'{{"mark": "{place.home / "mark"}", "inside": {inside}}}')
    first = place.work()
    assert first.wait(timeout=120) == -signal.SIGKILL
    assert place.states() == ["running"]
    assert place.written() == []
    place.work()
    wait_until(lambda: place.states() == ["done"], "the second worker did not take the job up")
    assert place.written() == ["survived"]
    assert place.rows("SELECT attempts FROM background_job WHERE kind = 'tests.die_once'") == [(2,)]


def test_two_workers_share_the_work_and_nothing_is_done_twice(place: Place) -> None:
    place.hold(40)
    place.work()
    place.work()
    wait_until(lambda: len(place.at_work()) == 2, "only one of them works")
    place.gate.touch()
    wait_until(lambda: set(place.states()) == {"done"}, "not everything was done")
    assert place.written() == [f"{number:03d}" for number in range(40)]
    assert place.rows("SELECT max(attempts) FROM background_job WHERE kind = 'tests.held'") == [(1,)]


def test_pages_go_before_the_work_of_a_worker_they_bring_along(place: Place) -> None:
    place.hold(1)
    worker = place.work("--with-parent", stdin=subprocess.PIPE)
    wait_until(lambda: len(place.at_work()) == 1, "it does not work")
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) > min(own, LOWEST - 1)  # tests may themselves give way to others
    place.gate.touch()
    wait_until(lambda: place.states() == ["done"], "it was not done")
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=60) == 0


def test_workers_killed_again_and_again_lose_nothing_and_repeat_nothing(place: Place) -> None:
    place.hold(12)
    known: set[str] = set()
    elder = None
    for _ in range(4):
        worker = place.work()
        wait_until(lambda: not place.at_work() <= known, "the next one does not work")  # noqa: B023 - waits here
        known |= place.at_work()
        if elder:
            elder.kill()
            elder.wait()
        elder = worker
    place.gate.touch()
    wait_until(lambda: set(place.states()) == {"done"}, "not everything was done")
    assert place.written() == [f"{number:03d}" for number in range(12)]
    assert place.rows("SELECT max(attempts) FROM background_job WHERE kind = 'tests.held'") != [(1,)]
    assert elder is not None
    assert elder.poll() is None


def test_a_worker_told_to_stop_hands_its_job_back_and_leaves(place: Place) -> None:
    place.ask("count", 1, '{"steps": 600, "pause": 0.05}')
    worker = place.work()
    wait_until(lambda: place.states() == ["running"], "nobody works")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert place.states() == ["waiting"]
    assert place.rows("SELECT attempts FROM background_job WHERE kind = 'tests.count'") == [(0,)]


def test_a_job_in_a_long_step_is_handed_back_when_the_grace_is_over(place: Place) -> None:
    place.ask("count", 1, '{"steps": 2, "pause": 60}')
    worker = place.work("--grace", "1")
    wait_until(lambda: place.states() == ["running"], "nobody works")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert place.states() == ["waiting"]


def test_a_running_job_is_cancelled_from_outside(place: Place) -> None:
    place.ask("count", 1, '{"steps": 2000, "pause": 0.05}')
    place.work()
    shown = "SELECT done FROM background_job WHERE state = 'running' AND done > 0"
    wait_until(lambda: place.rows(shown) != [], "no progress is shown")
    place.ask("cancel")
    wait_until(lambda: place.states() == ["cancelled"], "the job went on")
    assert place.written() == []


def test_an_embedded_worker_ends_with_the_program_that_started_it(tmp_path: Path, sqlite: str) -> None:
    place = Place(tmp_path, sqlite)
    place.ask("write", 1, '{"name": "x"}')
    worker = place.work("--with-parent", stdin=subprocess.PIPE)
    wait_until(lambda: place.states() == ["done"], "the embedded worker did nothing")
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=30) == 0


def test_a_worker_says_when_the_database_is_not_ready(tmp_path: Path) -> None:
    place = Place(tmp_path, f"sqlite://{tmp_path / 'empty.sqlite3'}")
    worker = place.work(stderr=subprocess.PIPE)
    _, said = worker.communicate(timeout=60)
    assert worker.returncode != 0
    assert "dudao manage migrate" in said.decode()
    assert "Traceback" not in said.decode()
