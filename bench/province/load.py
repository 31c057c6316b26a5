"""Two hundred signed-in people at work: pages read, figures and notes saved, files uploaded, things looked for.

Requests leave at an even rate whatever the answers take, and a request's time runs from the moment it was due: a
server that falls behind cannot hide it. Each goes to the web process with the fewest requests under way, as
`deploy/nginx.conf` has it.
"""

import http.client
import queue
import random
import re
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from province.build import Person

LIMIT = 30  # seconds for one request
HANDS = 48  # requests under way at once, at most
YEAR = 2026
_COLLECTS = frozenset({"department_officer", "supervision_clerk"})  # who works in the library of evidence

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"|"X-CSRFToken": ?"([^"]+)"')
_NOTE = re.compile(r'<form[^>]*action="[^"]*/note/".*?</form>', re.DOTALL)
_VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')


@dataclass(slots=True)
class Worker:
    """A person at work: what their next save must name, and a lock, since one person does one thing at a time."""

    person: Person
    token: str = ""
    version: int = -1
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A request: its kind, when it was due (seconds from the start), how long it took, and what went wrong."""

    kind: str
    due: float
    seconds: float
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: a kind for the table, method, address, and a body with its type."""

    kind: str
    method: str
    path: str
    body: bytes = b""
    media: str = "application/x-www-form-urlencoded"


class Door:
    """Knows how many requests are under way to each web process."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._under_way = dict.fromkeys(ports, 0)
        self._lock = threading.Lock()

    @contextmanager
    def least_busy(self) -> Iterator[int]:
        """Give the port of the process with the fewest requests under way, and count one more while it lasts."""
        with self._lock:
            port = min(self._under_way, key=self._under_way.__getitem__)
            # Behind the others when it is next as busy as they are: equals take turns.
            self._under_way[port] = self._under_way.pop(port) + 1
        try:
            yield port
        finally:
            with self._lock:
                self._under_way[port] -= 1


class Hand:
    """A thread's own connections to the servers, kept open."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._open: dict[int, http.client.HTTPConnection] = {}

    def send(self, worker: Worker, request: Request) -> tuple[int, str]:
        """Return status and text of the answer; a connection that was closed meanwhile is opened again once."""
        with self._door.least_busy() as port:
            return self._send(port, worker, request)

    def _send(self, port: int, worker: Worker, request: Request) -> tuple[int, str]:
        headers = {"Cookie": f"sessionid={worker.person.session}", "Host": "127.0.0.1"}
        if request.method == "POST":
            headers |= {"Content-Type": request.media, "X-CSRFToken": worker.token, "HX-Request": "true"}
        for again in (True, False):
            connection = self._open.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT))
            try:
                connection.request(request.method, request.path, request.body or None, headers)
                answer = connection.getresponse()
                return answer.status, answer.read().decode("utf-8", "replace")
            except (http.client.HTTPException, OSError):
                connection.close()
                self._open.pop(port)
                if not again:
                    raise
        raise AssertionError

    def close(self) -> None:
        """Close the connections."""
        for connection in self._open.values():
            connection.close()


def base_of(person: Person) -> str:
    """Return the address of the task a person works on; a reviewer's or administrator's is that of a city."""
    region = person.region if person.region.endswith("00") and person.region != "970000" else "970100"
    return f"/{YEAR}/{region}/duty"


def reading(person: Person, chosen: random.Random) -> Request:
    """Return a page that the person would open."""
    base = base_of(person)
    pages = [("工作台", "/"), ("评价任务", "/tasks/")]
    if person.role in _COLLECTS:
        pages.append(("材料库", f"{base}/evidence/"))
    if person.role == "department_officer":
        pages += [("自评填报", f"{base}/self/{person.item}/")] * 4
    elif person.role == "supervision_clerk":
        pages += [("自评填报", f"{base}/self/1.{chosen.randint(1, 34)}/")] * 2 + [("进度", f"{base}/progress/")] * 2
    elif person.role == "leader":
        pages += [("自评填报", f"{base}/self/1.{chosen.randint(1, 34)}/"), ("进度", f"{base}/progress/")]
    else:
        pages += [("方案", f"/schemes/jizhun-city-{YEAR}/1/")]
    kind, path = chosen.choice(pages)
    return Request(kind, "GET", path)


def looking_for(person: Person, chosen: random.Random) -> Request:
    """Return a search in the library of a region: words of titles, document numbers, a word that is nowhere."""
    asked = chosen.choice(("决算", f"〔2024〕{chosen.randint(1, 400)}号", "均衡 安全", "没有这个词"))
    return Request("查找", "GET", f"{base_of(person)}/evidence/?{urllib.parse.urlencode({'q': asked})}")


def saving(worker: Worker) -> Request:
    """Return a save of the note of an officer's item."""
    note = f"本年度按要求完成各项工作，第{worker.version}次修改，经费足额拨付，问题已列入整改清单。"
    body = urllib.parse.urlencode({"note": note, "version": worker.version}).encode()
    return Request("保存", "POST", f"{base_of(worker.person)}/self/{worker.person.item}/note/", body)


def uploading(worker: Worker, chosen: random.Random) -> Request:
    """Return an upload of a text of 20 kB."""
    edge = "dudao-benchmark-edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (
            ("item", worker.person.item),
            ("secrecy", "internal"),
            ("department", worker.person.department),
        )
    ]
    text = f"上传{chosen.random()}\n" + "本年度经费决算情况说明。\n" * 700
    parts.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="决算.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\n{text}\r\n--{edge}--\r\n"
    )
    path = f"{base_of(worker.person)}/evidence/upload/"
    return Request("上传", "POST", path, "".join(parts).encode(), f"multipart/form-data; boundary={edge}")


class Sends(Protocol):
    """Sends requests: over connections, or to a program in this process."""

    def send(self, worker: Worker, request: Request) -> tuple[int, str]:
        """Return status and text of the answer."""

    def close(self) -> None:
        """Close what is open."""


def prepare(people: Sequence[Person], hand: Sends) -> list[Worker]:
    """Open one page as each person, to learn the token of their session and the version of their note."""
    workers = []
    for person in people:
        worker = Worker(person)
        path = f"{base_of(person)}/self/{person.item}/" if person.role == "department_officer" else "/"
        status, text = hand.send(worker, Request("", "GET", path))
        found = _TOKEN.search(text)
        if status != 200 or found is None:
            raise SystemExit(f"{person.username} 打开 {path}：{status}")
        worker.token = found[1] or found[2]
        if person.role == "department_officer":
            form = _NOTE.search(text)
            version = _VERSION.search(form[0]) if form else None
            if version is None:
                raise SystemExit(f"{path} 没有自评说明的表单")
            worker.version = int(version[1])
        workers.append(worker)
    hand.close()
    return workers


def mixed(workers: Sequence[Worker], seed: int) -> Iterator[tuple[Worker, str]]:
    """Yield who does what: 78 of 100 read, 14 save, 5 look for something, 3 upload."""
    chosen = random.Random(seed)
    officers = [worker for worker in workers if worker.person.role == "department_officer"]
    collecting = [worker for worker in workers if worker.person.role in _COLLECTS]
    who = {"read": workers, "save": officers, "upload": officers, "search": collecting}
    while True:
        what = chosen.choices(("read", "save", "search", "upload"), (78, 14, 5, 3))[0]
        yield chosen.choice(who[what]), what


def request_of(worker: Worker, what: str, chosen: random.Random) -> Request:
    """Return what a person sends to read, save, search or upload."""
    if what == "read":
        return reading(worker.person, chosen)
    if what == "search":
        return looking_for(worker.person, chosen)
    return saving(worker) if what == "save" else uploading(worker, chosen)


def went_well(worker: Worker, what: str) -> None:
    """Note that a request was answered: the next save names the new version."""
    if what == "save":
        worker.version += 1


def run(workers: Sequence[Worker], door: Door, *, rate: float, seconds: float, seed: int = 1) -> list[Outcome]:
    """Send requests at a rate for a time, and return what became of each."""
    waiting: queue.Queue[tuple[float, Worker, str] | None] = queue.Queue()
    outcomes: list[Outcome] = []
    began = time.perf_counter() + 0.2
    hands = [
        threading.Thread(target=_work, args=(Hand(door), waiting, outcomes, began, seed * 1000 + number))
        for number in range(HANDS)
    ]
    for hand in hands:
        hand.start()
    source = mixed(workers, seed)
    for number in range(int(rate * seconds)):
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        worker, what = next(source)
        waiting.put((due, worker, what))
    for _ in hands:
        waiting.put(None)
    for hand in hands:
        hand.join()
    return sorted(outcomes, key=lambda each: each.due)


def _work(
    hand: Hand,
    waiting: "queue.Queue[tuple[float, Worker, str] | None]",
    outcomes: list[Outcome],
    began: float,
    seed: int,
) -> None:
    chosen = random.Random(seed)
    while (task := waiting.get()) is not None:
        due, worker, what = task
        outcomes.append(_one(hand, chosen, worker, what, due, began))
    hand.close()


def _one(hand: Hand, chosen: random.Random, worker: Worker, what: str, due: float, began: float) -> Outcome:
    held = what == "save" and worker.lock.acquire()
    try:
        request = request_of(worker, what, chosen)
        try:
            status, _ = hand.send(worker, request)
        except (http.client.HTTPException, OSError) as error:
            return Outcome(request.kind, due - began, time.perf_counter() - due, type(error).__name__)
        if status == 200:
            went_well(worker, what)
        return Outcome(request.kind, due - began, time.perf_counter() - due, "" if status == 200 else str(status))
    finally:
        if held:
            worker.lock.release()
