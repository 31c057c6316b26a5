"""Pages under load for a whole province on PostgreSQL: loopback only, bounded, ends by itself.

    DATABASE_URL=postgres://…/an-empty-database python bench/province/run.py [--rate 50] [--seconds 60]

Builds the province (about a minute), serves it with two web processes, and prints the time of each kind of request
for two hundred signed-in people, the memory of each process, and how long the whole province takes to be scored.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from province.load import Outcome

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DUDAO_SECRET_KEY", "only-for-the-benchmark-and-never-for-anything-else")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")


def serve(count: int) -> tuple[list["subprocess.Popen[bytes]"], list[int]]:
    """Start web processes on free ports and wait until each answers."""
    servers, ports = [], []
    for _ in range(count):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
        command = [sys.executable, "-m", "dudao.web", "serve", "--port", str(ports[-1])]
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


def memory(pids: Sequence[int]) -> dict[int, float]:
    """Return the resident memory of processes in MB."""
    sizes = {}
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                sizes[pid] = int(line.split()[1]) / 1024
    return sizes


def recompute() -> tuple[int, float]:
    """Score every region of the newest year anew; return how many and the seconds."""
    from dudao.scoring.engine import score
    from dudao.web.evaluations.convert import core_assessment, rules_of, scheme_of
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
        score(rules_of(row.round.scheme), core_assessment(row, facts[row.region_id], scores[row.pk]))
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
    parser.add_argument("--small", action="store_true", help="one city and one county, on any database: only a trial")
    chosen = parser.parse_args()
    if not chosen.small and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("没有 DATABASE_URL=postgres://…（一个空库），不测。")
        return 0
    home = tempfile.mkdtemp(prefix="dudao-province-")
    os.environ["DUDAO_HOME"] = home
    import django

    django.setup()
    from django.core.management import call_command

    from province import load
    from province.build import Size, build

    call_command("migrate", verbosity=0, interactive=False)
    began = time.perf_counter()
    people = build(
        say=lambda text: print(f"[{time.perf_counter() - began:5.1f} 秒] {text}", flush=True),
        size=Size(1, 1, (2025, 2026), 20) if chosen.small else Size(pieces=chosen.pieces),
    )
    regions, seconds = recompute()
    print(f"全省重算：{regions} 个地区，{seconds:.1f} 秒")
    servers, ports = serve(chosen.processes)
    try:
        workers = load.prepare(people, ports)
        load.run(workers, rate=min(chosen.rate, 10), seconds=10, seed=7)  # the first visits read schemes and templates
        pids = [pid for server in servers for pid in family(server.pid)]
        before = memory(pids)
        outcomes = load.run(workers, rate=chosen.rate, seconds=min(chosen.seconds, 3600))
        after = memory(pids)
        print(f"每秒 {chosen.rate:g} 次请求，{chosen.seconds:g} 秒，{len(people)} 人，{chosen.processes} 个网页进程")
        table(outcomes)
        halves = [
            sorted(each.seconds for each in part)
            for part in (outcomes[: len(outcomes) // 2], outcomes[len(outcomes) // 2 :])
        ]
        print("前半与后半的 p95（ms）：" + "，".join(f"{half[int(len(half) * 0.95)] * 1000:.0f}" for half in halves))
        print("内存（MB）：" + "，".join(f"{before[pid]:.0f}→{after[pid]:.0f}" for pid in pids))
        return 1 if any(each.trouble for each in outcomes) else 0
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
