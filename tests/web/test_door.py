"""The door of the web process: whoever does not finish speaking, says too much or forges a header gets no thread."""

import asyncio
import errno
import json
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from dudao.web.door import Door, Limits


class Speaker:
    """A client as granian shows it: pieces of a body with pauses before them, and what it was answered."""

    def __init__(self, pieces: Iterable[tuple[float, bytes]] = (), *, slow: float = 0) -> None:
        self.pieces = pieces
        self.slow = slow
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause, piece in self.pieces:
            await asyncio.sleep(pause)
            yield piece

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, dict(headers), body

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Speaker":
        self.status, self.headers = status, dict(headers)
        return self

    async def send_bytes(self, piece: bytes) -> None:
        await asyncio.sleep(self.slow)
        self.body += piece


def scope(method: str = "POST", path: str = "/x", **headers: str) -> Any:
    return SimpleNamespace(
        proto="http",
        http_version="1.1",
        server="127.0.0.1:8000",
        client="[::1]:5",
        method=method,
        path=path,
        query_string="q=云",
        authority=None,
        headers={name.replace("__", "-"): value for name, value in headers.items()},
    )


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    told = {name: value for name, value in environ.items() if isinstance(value, str)}
    return [json.dumps({**told, "body": environ["wsgi.input"].read().decode()}).encode()]


def asked(asks: list[tuple[Any, Speaker]], application: Any = echo, **limits: Any) -> list[Speaker]:
    """Ask all at once; return who asked in the order of the answers."""
    answered: list[Speaker] = []

    async def one(door: Door, asking: Any, speaker: Speaker) -> None:
        await door.__rsgi__(asking, speaker)
        answered.append(speaker)

    async def all_of_them() -> None:
        door = Door(application, Limits(**{"threads": 2, **limits}))
        await asyncio.gather(*(one(door, each, speaker) for each, speaker in asks))
        assert door._held == door._receiving == door._waiting == door._queued == 0

    asyncio.run(all_of_them())
    return answered


def test_a_body_arrives_whole_with_its_length() -> None:
    speaker = Speaker([(0, b"ab"), (0.01, b"cd")])
    asked([(scope(transfer__encoding="chunked"), speaker)])
    told = json.loads(speaker.body)
    assert told["body"] == "abcd"
    assert told["CONTENT_LENGTH"] == "4"
    assert told["REMOTE_ADDR"] == "::1"
    assert told["QUERY_STRING"].encode("latin-1").decode() == "q=云"


def test_whoever_stops_half_way_is_sent_away_and_held_nobody_up() -> None:
    stopped = [(scope(content__length="100"), Speaker([(0, b"a"), (5, b"b")])) for _ in range(50)]
    quick = Speaker()
    first, *_ = asked([*stopped, (scope("GET"), quick)], grace=1)
    assert {speaker.status for _, speaker in stopped} == {408}
    assert quick.status == 200
    assert first is quick


def test_whoever_dribbles_is_sent_away_too() -> None:
    pieces = iter([(0.1, b"a")] * 50)
    speaker = Speaker(pieces)
    asked([(scope(content__length="50"), speaker)], grace=0.5, slowest=1000)
    assert speaker.status == 408
    assert len(list(pieces)) > 0  # nobody listened to the end


def test_a_body_that_breaks_off_is_not_handed_on() -> None:
    speaker = Speaker([(0, b"abc")])
    asked([(scope(content__length="100"), speaker)])
    assert speaker.status == 400


@pytest.mark.parametrize("headers", [{"content__length": "-1"}, {"content__length": "1e3"}])
def test_a_length_that_is_none_is_refused(headers: dict[str, str]) -> None:
    speaker = Speaker()
    asked([(scope(**headers), speaker)])
    assert speaker.status == 400


def test_what_is_too_large_is_not_received() -> None:
    speaker = Speaker([(0, b"a" * 1000)] * 100)
    asked([(scope(transfer__encoding="chunked"), speaker)], largest=5000)
    assert speaker.status == 413


def test_what_says_that_it_is_too_large_is_left_to_the_words_of_the_program() -> None:
    speaker = Speaker([(0, b"a" * 1000)] * 200)
    asked([(scope(content__length="200000"), speaker)], largest=5000)
    told = json.loads(speaker.body)
    assert told["CONTENT_LENGTH"] == "200000"
    assert len(told["body"]) < 200000


def test_bodies_together_take_no_more_room_than_they_may() -> None:
    asks = [(scope(content__length="1000"), Speaker([(0, b"a" * 500), (0.2, b"a" * 500)])) for _ in range(10)]
    asked(asks, held=3000)
    assert {503, 200} == {speaker.status for _, speaker in asks}
    assert all("retry-after" in speaker.headers for _, speaker in asks if speaker.status == 503)


def test_a_full_disk_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "write", full)
    speaker = Speaker([(0, b"abc")])
    asked([(scope(path="/api/v1/x", content__length="3"), speaker)])
    assert speaker.status == 503
    assert "磁盘空间不足" in json.loads(speaker.body)["detail"]


def wait_for_refusals(asks: list[tuple[Any, Speaker]], number: int) -> None:
    """Keep a thread until so many were sent away, however long a busy machine takes to hear them all."""
    while sum(speaker.status == 503 for _, speaker in asks) < number:
        time.sleep(0.01)


def test_sign_ins_queue_in_a_lane_of_their_own() -> None:
    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/login/":
            wait_for_refusals(asks, 34)
        return echo(environ, start)

    asks = [(scope(path="/login/"), Speaker()) for _ in range(40)]
    page = Speaker()
    asked([*asks, (scope("GET"), page)], slow, threads=3, hashing=2, queued=4)
    statuses = [speaker.status for _, speaker in asks]
    assert statuses.count(200) == 6
    assert statuses.count(503) == 34
    assert page.status == 200


def test_sign_ins_leave_a_thread_to_the_pages_however_few_there_are() -> None:
    served = threading.Event()

    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/login/":
            assert served.wait(60), "the page waited for the sign-ins"
        else:
            served.set()
        return echo(environ, start)

    asks = [(scope(path="/login/"), Speaker()) for _ in range(2)]
    page = (scope("GET"), Speaker())
    asked([*asks, page], slow, threads=2, hashing=2)
    assert [speaker.status for _, speaker in (*asks, page)] == [200, 200, 200]


def test_more_than_may_wait_are_told_to_come_back() -> None:
    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        wait_for_refusals(asks, 15)
        return echo(environ, start)

    asks = [(scope("GET"), Speaker()) for _ in range(20)]
    asked(asks, slow, threads=2, waiting=3)
    assert sorted(speaker.status for _, speaker in asks) == [200] * 5 + [503] * 15


def test_a_slow_reader_holds_no_thread() -> None:
    def long(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [])
        return [b"x" * (2 << 20 if environ["PATH_INFO"] == "/long" else 1)]

    readers = [(scope("GET", "/long"), Speaker(slow=0.02)) for _ in range(10)]
    quick = Speaker()
    first, *_ = asked([*readers, (scope("GET", "/short"), quick)], long, threads=1)
    assert {len(speaker.body) for _, speaker in readers} == {2 << 20}
    assert quick.body == b"x"
    assert first is quick


def test_headers_that_only_look_like_those_of_a_proxy_are_dropped() -> None:
    speaker = Speaker()
    asked([(scope("GET", x_forwarded_for="6.6.6.6", x__real="1"), speaker)])
    told = json.loads(speaker.body)
    assert "HTTP_X_FORWARDED_FOR" not in told
    assert told["HTTP_X_REAL"] == "1"
    assert "PATH" not in told  # nothing of the process's own environment


def test_nothing_tells_what_serves() -> None:
    speaker, refused = Speaker(), Speaker([(0, b"a")])
    asked([(scope("GET"), speaker), (scope(content__length="9"), refused)])
    assert speaker.headers["server"] == refused.headers["server"] == "dudao"
    assert "no-store" in refused.headers["cache-control"]


def test_who_is_turned_away_is_told_in_the_own_language_and_programs_as_everywhere_in_the_api() -> None:
    short = {"content__length": "9"}
    program = Speaker([(0, b"a")])
    english = Speaker([(0, b"a")])
    page = Speaker([(0, b"a")])
    asked(
        [
            (scope(path="/api/v1/check", **short), program),
            (scope(path="/api/v1/check", **short, accept__language="en-GB,zh;q=0.5"), english),
            (scope(**short, cookie="a=b; django_language=en"), page),
        ]
    )
    told = json.loads(program.body)
    assert program.headers["content-type"] == "application/problem+json"
    assert told["type"] == "/api/docs/#problem-bad-request"
    assert (told["title"], told["status"]) == ("请求有误", 400)
    assert "重新提交" in told["detail"]
    assert told["request_id"] == program.headers["x-request-id"]
    assert "did not arrive whole" in json.loads(english.body)["detail"]
    assert '<html lang="en">' in page.body.decode()
    assert "did not arrive whole" in page.body.decode()


def test_a_cookie_that_cannot_be_read_is_no_failure() -> None:
    speaker = Speaker([(0, b"a")])
    asked([(scope(content__length="9", cookie='"\x01;=;;django_language=xx'), speaker)])
    assert speaker.status == 400
    assert "请稍后再试" in speaker.body.decode()
