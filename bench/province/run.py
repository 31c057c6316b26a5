"""Pages under load for a whole province on PostgreSQL: loopback only, bounded, ends by itself.

    DATABASE_URL=postgres://…/an-empty-database python bench/province/run.py [--rate 50] [--seconds 60]
    DATABASE_URL=postgres://…/an-empty-database python bench/province/run.py --rate 20 --seconds 3600

    DATABASE_URL=… DUDAO_HOME=a-folder python bench/province/run.py [--again]

The last form keeps the files of the province in the folder, and with `--again` takes the one that is there already.
Builds the province and its search index (some minutes), serves it with two web processes, and prints the time of each
kind of request for two hundred signed-in people, the processor time a request costs pages, database and visitors, the
memory of each process, and how long the whole province takes to be scored; of a long run also each minute.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from province.load import Outcome

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DUDAO_SECRET_KEY", "only-for-the-benchmark-and-never-for-anything-else")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")


def serve(count: int, threads: int = 0) -> tuple[list["subprocess.Popen[bytes]"], list[int]]:
    """Start web processes on free ports and wait until each answers."""
    servers: list[subprocess.Popen[bytes]] = []
    ports: list[int] = []
    for _ in range(count):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
        command = [sys.executable, "-m", "dudao.web", "serve", "--port", str(ports[-1])]
        command += ["--threads", str(threads)] if threads else []
        command += ["--no-worker"] if servers else []  # one worker for all of them
        servers.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    for port in ports:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            raise SystemExit("平台没有启动。")
    return servers, ports


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def used(pids: Sequence[int]) -> float:
    """Return the processor time of processes, in seconds; hardly touched by what else the machine is doing."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def is_worker(pid: int) -> bool:
    """Return whether a process works off background jobs."""
    try:
        return b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def backends() -> list[int]:
    """Return the processes of a PostgreSQL on this machine that serve this database."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Minute:
    """What was seen in a minute: processor seconds of pages, jobs, database and visitors, and memory in MB."""

    web: float
    jobs: float
    database: float
    load: float
    memory: dict[int, float]


class Watch:
    """Looks at the processes every minute while a load runs."""

    def __init__(self, pids: Sequence[int], every: float = 60) -> None:
        self._pids, self._every = pids, every
        self._over = threading.Event()
        self._database: dict[int, float] = {}  # by backend, also of those that ended
        self._thread = threading.Thread(target=self._look_again_and_again, daemon=True)
        self.seen: list[Minute] = []

    def __enter__(self) -> "Watch":
        self.seen.append(self._look())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self.seen.append(self._look())

    def _look(self) -> Minute:
        self._database |= {pid: used([pid]) for pid in backends()}
        pages = [pid for pid in self._pids if not is_worker(pid)]
        jobs = [pid for pid in self._pids if is_worker(pid)]
        return Minute(used(pages), used(jobs), sum(self._database.values()), time.process_time(), memory(self._pids))

    def _look_again_and_again(self) -> None:
        while not self._over.wait(self._every):
            self.seen.append(self._look())

    def told(self, outcomes: Sequence["Outcome"]) -> None:
        """Print the processor time a request costs, and by minute how long requests took and the memory."""
        first, last, count = self.seen[0], self.seen[-1], max(1, len(outcomes))
        parts = {
            "网页": last.web - first.web,
            "后台": last.jobs - first.jobs,
            "数据库": last.database - first.database,
            "发请求": last.load - first.load,
        }
        told = "，".join(f"{name} {seconds / count * 1000:.1f}" for name, seconds in parts.items())
        print(f"每次请求的处理器时间（ms）：{told}")
        print(
            "内存（MB）：" + "，".join(f"{first.memory[pid]:.0f}→{last.memory.get(pid, 0):.0f}" for pid in self._pids)
        )
        if len(self.seen) < 4:
            return
        print(f"{'分钟':<6}{'次数':>8}{'中位 ms':>10}{'p95 ms':>10}{'失败':>6}  内存 MB")
        for number, seen in enumerate(self.seen[1:]):
            begin, end = number * self._every, (number + 1) * self._every
            times = sorted(each.seconds * 1000 for each in outcomes if begin <= each.due < end)
            if times:
                middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
                failed = sum(bool(each.trouble) for each in outcomes if begin <= each.due < end)
                sizes = "，".join(f"{size:.0f}" for size in seen.memory.values())
                print(f"{number + 1:<6}{len(times):>8}{middle:>10.0f}{high:>10.0f}{failed:>6}  {sizes}")


def memory(pids: Sequence[int]) -> dict[int, float]:
    """Return the resident memory of processes in MB."""
    sizes = {}
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue  # it ended meanwhile
        for line in lines:
            if line.startswith("VmRSS:"):
                sizes[pid] = int(line.split()[1]) / 1024
    return sizes


def recompute() -> tuple[int, float]:
    """Score every region of the newest year anew; return how many and the seconds."""
    from dudao.scoring.engine import score
    from dudao.web.evaluations.convert import StatedFact, StatedPoint, core_assessment, rules_of, scheme_of
    from dudao.web.evaluations.models import Assessment, FactValue, PointScore

    began = time.perf_counter()
    rows = list(Assessment.objects.filter(round__year=2026).select_related("round__scheme", "region"))
    facts: dict[int, list[FactValue]] = {}
    for fact in FactValue.objects.filter(region__in=[row.region_id for row in rows]).select_related("region"):
        facts.setdefault(fact.region_id, []).append(fact)
    scores: dict[int, list[PointScore]] = {}
    for each in PointScore.objects.filter(answer__assessment__in=rows).select_related("answer"):
        scores.setdefault(each.answer.assessment_id, []).append(each)
    for row in rows:
        scheme_of(row.round.scheme)
        stated, given = map(StatedFact.of, facts[row.region_id]), map(StatedPoint.of, scores[row.pk])
        score(rules_of(row.round.scheme), core_assessment(row, stated, given))
    return len(rows), time.perf_counter() - began


def table(outcomes: Sequence["Outcome"]) -> None:
    """Print a line for each kind of request."""
    kinds: dict[str, list[float]] = {}
    troubles: dict[str, list[str]] = {}
    for each in outcomes:
        kinds.setdefault(each.kind, []).append(each.seconds * 1000)
        kinds.setdefault("全部", []).append(each.seconds * 1000)
        if each.trouble:
            troubles.setdefault(each.kind, []).append(each.trouble)
    print(f"{'请求':<8}{'次数':>8}{'中位 ms':>10}{'p95 ms':>10}{'最长 ms':>10}  失败")
    for kind, times in sorted(kinds.items(), key=lambda pair: (pair[0] == "全部", pair[0])):
        times.sort()
        middle, high = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
        wrong = troubles.get(kind, [])
        said = f"{len(wrong)} {sorted(set(wrong))}" if wrong else "0"
        print(f"{kind:<8}{len(times):>8}{middle:>10.0f}{high:>10.0f}{times[-1]:>10.0f}  {said}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pieces", type=int, default=50_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=0, help="threads of a web process; as served when not given")
    parser.add_argument("--again", action="store_true", help="the province that DATABASE_URL and DUDAO_HOME name")
    parser.add_argument("--small", action="store_true", help="one city and one county, on any database: only a trial")
    chosen = parser.parse_args()
    if not chosen.small and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("没有 DATABASE_URL=postgres://…（一个空库），不测。")
        return 0
    given = os.environ.get("DUDAO_HOME", "")
    if chosen.again and not given:
        print("--again 还要写明 DUDAO_HOME。")
        return 2
    home = given or tempfile.mkdtemp(prefix="dudao-province-")
    os.environ["DUDAO_HOME"] = home
    import django

    django.setup()
    from django.core.management import call_command

    from dudao.web.search.refresh import refresh
    from province import load
    from province.build import Size, build, people_again

    call_command("migrate", verbosity=0, interactive=False)
    began = time.perf_counter()
    size = Size(1, 1, (2025, 2026), 20) if chosen.small else Size(pieces=chosen.pieces)
    people = (
        people_again()
        if chosen.again
        else build(say=lambda text: print(f"[{time.perf_counter() - began:5.1f} 秒] {text}", flush=True), size=size)
    )
    begun = time.perf_counter()
    print(
        f"检索索引：{refresh()} 项，{time.perf_counter() - begun:.0f} 秒", flush=True
    )  # else the worker makes it meanwhile
    regions, seconds = recompute()
    print(f"全省重算：{regions} 个地区，{seconds:.1f} 秒")
    servers, ports = serve(chosen.processes, chosen.threads)
    try:
        door = load.Door(ports)
        workers = load.prepare(people, load.Hand(door))
        load.run(
            workers, door, rate=min(chosen.rate, 10), seconds=10, seed=7
        )  # the first visits read schemes and templates
        pids = [pid for server in servers for pid in family(server.pid)]
        with Watch(pids) as watch:
            outcomes = load.run(workers, door, rate=chosen.rate, seconds=min(chosen.seconds, 3600))
        print(f"每秒 {chosen.rate:g} 次请求，{chosen.seconds:g} 秒，{len(people)} 人，{chosen.processes} 个网页进程")
        table(outcomes)
        halves = [
            sorted(each.seconds for each in part)
            for part in (outcomes[: len(outcomes) // 2], outcomes[len(outcomes) // 2 :])
        ]
        print("前半与后半的 p95（ms）：" + "，".join(f"{half[int(len(half) * 0.95)] * 1000:.0f}" for half in halves))
        watch.told(outcomes)
        return 1 if any(each.trouble for each in outcomes) else 0
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
        if not given:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
