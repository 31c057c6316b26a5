"""A crowd at the door: 100 uploads that never end, 1,000 people who sign in at once. The pages go on."""

import asyncio
import socket
import urllib.parse
from collections import Counter
from pathlib import Path

import pytest

from tests.web.databases import FILE, copied_file
from tests.web.faults.small_round import DEMO, PASSWORD, UPLOAD, standing, upload
from tests.web.live import Served, Visitor, program, served


def half_open(server: Served, visitor: Visitor, path: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    head = "".join(f"{name}: {value}\r\n" for name, value in visitor.headers().items())
    connection.sendall(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: 50000000\r\n\r\n--x\r\n".encode()
        + b"a" * 2000
    )
    return connection


def is_under_way(connection: socket.socket) -> bool:
    """Say whether the server still waits for the rest: it has neither answered nor hung up."""
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    return False


def test_a_hundred_half_open_uploads_hold_nobody_up(home: Path, tmp_path: Path) -> None:
    with served(home, tmp_path / "log", **DEMO) as server:
        clerk = Visitor(server.port).sign_in("officer", PASSWORD)
        other = Visitor(server.port).sign_in("clerk", PASSWORD)
        held = [half_open(server, clerk, UPLOAD) for _ in range(100)]
        assert other.get("/").status == 200
        assert all(is_under_way(each) for each in held)  # nobody was sent away to make room for the page
        assert Visitor(server.port).sign_in("officer", PASSWORD).get("/").status == 200
        assert upload(other_officer(server), "通知.txt", "关于经费的通知".encode()).status == 200
        for connection in held:
            connection.close()
    after = standing(home)
    assert after.is_whole()
    assert after.files == ["通知.txt"]


def other_officer(server: Served) -> Visitor:
    return Visitor(server.port).sign_in("officer", PASSWORD)


def test_a_thousand_sign_ins_at_once_leave_the_pages_to_the_others(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path / "home"
    copied_file(tmp_path_factory, home / FILE)
    more = {"DUDAO_PROXIES": "127.0.0.1", "DUDAO_SECOND_FACTOR": "0"}
    with served(home, tmp_path / "log", **more) as server:
        password = "a-good-long-password-1"
        make = f"from dudao.web.people.models import User; User.objects.create_user('one', '', '{password}', name='一')"
        program(home, make)
        someone = Visitor(server.port, "10.9.9.9").sign_in("one", password)
        stranger = Visitor(server.port, "10.8.8.8")
        stranger.get("/login/")
        seen, overtaken = asyncio.run(_crowd(server, stranger, someone))
        assert set(seen) <= {422, 503}, seen
        assert seen[422] >= 20
        assert seen[503] >= 500
        assert max(overtaken) * 2 < seen[422]  # in one queue with the sign-ins it would be nearly all of them
        assert Visitor(server.port, "10.7.7.7").sign_in("one", password).get("/account/").status == 200
    assert "Traceback" not in (tmp_path / "log").read_text()


async def _crowd(server: Served, stranger: Visitor, someone: Visitor) -> tuple[Counter[int], list[int]]:
    """Return how the tries were answered, and for each page how many of them were looked at while it was waited for."""
    overtaken: list[int] = []
    tries = [asyncio.create_task(_try(server, stranger, number)) for number in range(1000)]
    while not all(each.done() for each in tries):
        before = _looked_at(tries)
        answer = await asyncio.to_thread(someone.get, "/account/")
        assert answer.status == 200
        overtaken.append(_looked_at(tries) - before)
        await asyncio.sleep(0.2)
    return Counter([each.result() for each in tries]), overtaken


def _looked_at(tries: "list[asyncio.Task[int]]") -> int:
    return sum(each.done() and each.result() == 422 for each in tries)


async def _try(server: Served, stranger: Visitor, number: int) -> int:
    body = urllib.parse.urlencode({"username": f"nobody{number}", "password": "wrong"}).encode()
    address = f"10.1.{number // 250}.{number % 250 + 1}"
    head = "".join(f"{name}: {value}\r\n" for name, value in {**stranger.headers(), "X-Forwarded-For": address}.items())
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(
        f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Type: application/x-www-form-urlencoded\r\n"
        f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    await writer.drain()
    line = await asyncio.wait_for(reader.readline(), 120)
    await reader.read()
    writer.close()
    return int(line.split()[1])
