"""What each kind of request costs, in processor time and queries: in one process, so that a busy machine can tell too.

    DATABASE_URL=postgres://…/the-province DUDAO_HOME=its-folder python bench/province/cost.py [--count 600]
    … cost.py --profile 保存     # where the time of one kind goes
    … cost.py --passes 5         # reading and searching only, each request several times, of which the cheapest counts

Needs a province that `run.py` built with the same DUDAO_HOME. Requests come from the same mix as the load. Processor
time is that of the thread alone and, for the database, of the backend that serves it: neither counts what else the
machine is doing, though a shared cache makes both some tenths larger; the cheapest of several passes is hardly touched
by that, but for what writes there is no second time. What receives the bytes (granian, the event
loop) is not in it.
"""

import argparse
import cProfile
import io
import json
import os
import pstats
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DUDAO_SECRET_KEY", "only-for-the-benchmark-and-never-for-anything-else")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")
os.environ.setdefault("DUDAO_LOG_LEVEL", "WARNING")


@dataclass(slots=True)
class Spent:
    """What the requests of a kind cost so far: seconds of Python and of the database, queries, bytes."""

    python: list[float] = field(default_factory=list)
    database: float = 0.0
    queries: int = 0
    written: int = 0


class Counted:
    """Counts queries."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        """Run a query."""
        self.count += 1
        return execute(*args)


def backend_seconds(pid: int) -> float:
    """Return the processor time of a process in seconds, to the microsecond; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def fixed_work() -> float:
    """Return the processor time of the same small piece of work: a machine that is shared is slower, also in that."""
    began = time.thread_time()
    words: dict[str, int] = {}
    for number in range(2000):
        word = str(number % 97)
        words[word] = words.get(word, 0) + len(word)
    return time.thread_time() - began


class Inside:
    """Sends the requests of the load to the program in this process, as the door would."""

    def __init__(self) -> None:
        from django.db import connection

        from dudao.web.wsgi import application

        connection.ensure_connection()
        self._application = application
        self._pid = connection.connection.info.backend_pid if connection.vendor == "postgresql" else 0
        self.spent: dict[str, Spent] = {}
        self.profile: cProfile.Profile | None = None

    def send(self, worker: Any, request: Any) -> tuple[int, str]:
        """Answer a request and count what it cost under its kind."""
        from django.db import connection

        from dudao.web.door import run

        path, _, query = request.path.partition("?")
        asked = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": f"sessionid={worker.person.session}",
            "CONTENT_LENGTH": str(len(request.body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(request.body),
            "wsgi.errors": sys.stderr,
        }
        if request.method == "POST":
            asked |= {"CONTENT_TYPE": request.media, "HTTP_X_CSRFTOKEN": worker.token, "HTTP_HX_REQUEST": "true"}
        counted = Counted()
        database, python = backend_seconds(self._pid), time.thread_time()
        with connection.execute_wrapper(counted):
            if self.profile is not None and request.kind:
                answer = self.profile.runcall(run, self._application, asked)
            else:
                answer = run(self._application, asked)
        text = answer.body.read()
        spent = self.spent.setdefault(request.kind, Spent())
        spent.python.append(time.thread_time() - python)
        spent.database += backend_seconds(self._pid) - database
        spent.queries += counted.count
        spent.written += len(text)
        answer.body.close()
        return answer.status, text.decode("utf-8", "replace")

    def close(self) -> None:
        """Nothing is open."""


def told(spent: dict[str, Spent]) -> None:
    """Print a line for each kind and one for the mix."""
    print(f"{'请求':<8}{'次数':>6}{'Python ms':>11}{'中位':>8}{'库 ms':>8}{'查询':>7}{'kB':>7}")
    total = Spent()
    for kind, each in sorted(spent.items(), key=lambda pair: -sum(pair[1].python)):
        total.python += each.python
        total.database += each.database
        total.queries += each.queries
        total.written += each.written
        _line(kind, each)
    _line("全部", total)


def _line(kind: str, each: Spent) -> None:
    count = len(each.python)
    mean, middle = sum(each.python) / count * 1000, sorted(each.python)[count // 2] * 1000
    print(
        f"{kind:<8}{count:>6}{mean:>11.1f}{middle:>8.1f}{each.database / count * 1000:>8.1f}"
        f"{each.queries / count:>7.1f}{each.written / count / 1000:>7.0f}"
    )


def cheapest(inside: Inside, asked: Sequence[tuple[Any, Any]], passes: int) -> dict[str, Spent]:
    """Send requests that change nothing, all of them several times, and return by kind what each cost at the least."""
    least: list[Spent] = []
    for number in range(passes):
        for place, (worker, request) in enumerate(asked):
            inside.spent.clear()
            status, _ = inside.send(worker, request)
            if status != 200:
                raise SystemExit(f"{request.kind} {request.path}：{status}")
            once = inside.spent[request.kind]
            if number == 0:
                least.append(once)
            else:
                least[place].python = [min(least[place].python[0], once.python[0])]
                least[place].database = min(least[place].database, once.database)
                least[place].queries = once.queries
    found: dict[str, Spent] = {}
    for (_, request), each in zip(asked, least, strict=True):
        kind = found.setdefault(request.kind, Spent())
        kind.python += each.python
        kind.database += each.database
        kind.queries += each.queries
        kind.written += each.written
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--passes", type=int, default=0, help="只看和查，每个请求做这么多遍，取最省的一遍")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", default="", help="这一种请求的时间花在哪里；all 为全部")
    parser.add_argument("--sort", default="tottime")
    parser.add_argument("--json", type=Path, help="也写入这个文件")
    chosen = parser.parse_args()
    import django

    django.setup()
    from province import load
    from province.build import people_again

    inside = Inside()
    pace: list[float] = []
    workers = load.prepare(people_again(), inside)
    source, choice = load.mixed(workers, chosen.seed), random.Random(chosen.seed)
    if chosen.passes:
        quiet = ((worker, what) for worker, what in source if what in {"read", "search"})
        asked = [(worker, load.request_of(worker, what, choice)) for worker, what in islice(quiet, chosen.count)]
        told(cheapest(inside, asked, chosen.passes))
        return 0
    for number in range(-chosen.count // 4, chosen.count):  # the first visits read schemes and templates
        if number == 0:
            inside.spent.clear()
        worker, what = next(source)
        request = load.request_of(worker, what, choice)
        if chosen.profile in {request.kind, "all"} and number >= 0:
            inside.profile = inside.profile or cProfile.Profile(time.thread_time)
            kept: cProfile.Profile | None = inside.profile
        else:
            kept, inside.profile = inside.profile, None
        pace.append(fixed_work())
        status, _ = inside.send(worker, request)
        inside.profile = kept
        if status != 200:
            raise SystemExit(f"{request.kind} {request.path}：{status}")
        load.went_well(worker, what)
    told(inside.spent)
    print(f"同时做的一段固定的计算：{sum(pace) / len(pace) * 1000:.3f} ms（机器的快慢，比较两次时相除）")
    if inside.profile is not None:
        pstats.Stats(inside.profile).sort_stats(chosen.sort).print_stats(60)
    if chosen.json:
        kinds = {
            kind: {"ms": sum(each.python) / len(each.python) * 1000, "queries": each.queries / len(each.python)}
            for kind, each in inside.spent.items()
        }
        chosen.json.write_text(json.dumps(kinds, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
