"""What falls over while people save: the server, the database. Nothing taken is lost, nothing stands half."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.faults.small_round import BUILD, DEMO, PASSWORD, Writer, standing, upload
from tests.web.live import Visitor, free_port, program, run, served


def test_a_server_killed_while_people_save_loses_nothing_it_took(home: Path, tmp_path: Path) -> None:
    taken: list[str] = []
    for turn in range(3):
        with served(home, tmp_path / "log", **DEMO) as server:
            writer = Writer(Visitor(server.port).sign_in("clerk", PASSWORD), taken=taken)
            uploads = threading.Thread(target=_upload_on, args=(server.port, turn))
            uploads.start()
            assert writer.save()
            killer = threading.Timer(1 + turn * 0.13, os.killpg, (server.process.pid, signal.SIGKILL))
            killer.start()
            try:
                while writer.save():
                    pass
            except OSError:
                pass
            killer.join()
            uploads.join(timeout=60)
            assert not writer.refused
        after = standing(home)
        assert after.is_whole()
        assert after.note in {taken[-1], writer.sent}  # the last may have been kept without the answer arriving
        assert after.notes[: len(taken)] == taken
        taken[:] = after.notes
    assert len(taken) >= 3


def _upload_on(port: int, turn: int) -> None:
    try:
        officer = Visitor(port).sign_in("officer", PASSWORD)
        for number in range(1000):
            upload(officer, f"{turn}-{number}.txt", f"{turn} {number} ".encode() * 50_000)
    except (OSError, AssertionError):  # the server is gone
        return


@dataclass(slots=True)
class Cluster:
    """A PostgreSQL server of its own, which may be stopped and started."""

    folder: Path
    port: int
    programs: Path

    @property
    def address(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/dudao"

    def ask(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.getuid() == 0:  # the server refuses to run as root
            command = ["su", "postgres", "-s", "/bin/sh", "-c", " ".join(f"'{word}'" for word in command)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=90, check=False)
        if done.returncode:
            raise OSError(f"{program} failed")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        self.ask(
            "pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", str(self.folder / "log"), "-w", "start"
        )

    def stop(self, mode: str) -> None:
        self.ask("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        pytest.skip("no programs of a PostgreSQL server here")
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    made = Cluster(folder, free_port(), found[-1].parent)
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        made.ask("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        made.start()
        made.ask("createdb", "-h", "127.0.0.1", "-p", str(made.port), "-U", "postgres", "dudao")
    except (OSError, LookupError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"no PostgreSQL server can be started here: {error}")
    yield made
    try:
        made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_database_restarted_under_load_is_found_again_by_itself(mode: str, cluster: Cluster, tmp_path: Path) -> None:
    home, where = tmp_path / "home", {"DATABASE_URL": cluster.address}
    assert run(home, "manage", "migrate", "-v", "0", **DEMO, **where).returncode == 0
    program(home, BUILD, **DEMO, **where)
    with served(home, tmp_path / "log", **DEMO, **where) as server:
        writer = Writer(Visitor(server.port).sign_in("clerk", PASSWORD))
        assert writer.save()
        assert writer.save()
        done = threading.Event()
        keeper = threading.Thread(target=_restart, args=(cluster, mode, done))
        keeper.start()
        began = time.monotonic()
        while not done.is_set() and time.monotonic() - began < 60:
            writer.save()
        keeper.join(timeout=60)
        assert Visitor(server.port).get("/healthz").status == 200
        before = len(writer.taken)
        ends = time.monotonic() + 30
        while len(writer.taken) < before + 3 and time.monotonic() < ends:
            if not writer.save() and writer.refused[-1].status == 409:
                # the one before was kept although its answer said otherwise: go on from it, as a person would
                writer.taken.append(standing(home, **where).note)
        assert len(writer.taken) >= before + 3
        assert {answer.status for answer in writer.refused} <= {503, 409, 500}
        assert any(answer.status == 503 for answer in writer.refused)
        assert all("Retry-After".lower() in answer.headers for answer in writer.refused if answer.status == 503)
        assert all("Traceback" not in answer.text for answer in writer.refused)
    after = standing(home, **where)
    assert after.is_whole()
    assert after.notes == writer.taken


def _restart(cluster: Cluster, mode: str, done: threading.Event) -> None:
    time.sleep(0.5)
    cluster.stop(mode)
    time.sleep(2)
    cluster.start()
    done.set()
