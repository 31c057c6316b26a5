"""`dudao serve` as the service manager meets it: it answers, and stops without dropping what it has begun."""

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import live
from tests.web.databases import FILE, copied_file
from tests.web.live import Served

COMMAND_LINE = ("-c", "from dudao.cli.app import main; main()")  # what the command `dudao` runs


@pytest.fixture
def served(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server started by the command people type; a signal meets that process alone, as in a container."""
    copied_file(tmp_path_factory, tmp_path / "home" / FILE)
    with live.served_by(COMMAND_LINE, tmp_path / "home", tmp_path / "log") as server:
        yield server


def test_a_stop_lets_a_request_under_way_end(served: Served) -> None:
    body = b"username=nobody&password=" + b"x" * 200
    head = (
        f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.sendall(head + body[:50])
        time.sleep(1)
        served.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        connection.sendall(body[50:])
        connection.settimeout(30)
        answer = b""
        while received := connection.recv(65536):
            answer += received
    assert answer.startswith(b"HTTP/1.1 "), answer[:200]
    assert int(answer.split()[1]) < 500
    assert served.process.wait(timeout=40) == 0
    assert "people:sign_in" in served.log.read_text()
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", served.port), timeout=2):
        pass


def test_a_stop_waits_no_longer_than_it_may_for_a_connection_that_says_nothing(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.sendall(b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n")
        time.sleep(1)
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(timeout=60)
