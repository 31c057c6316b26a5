"""`dudao serve` as the service manager meets it: it answers, and stops without dropping what it has begun."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Served:
    """A server of its own: its process, its port and what it writes."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DUDAO_HOME": str(tmp_path / "home"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "dudao.web.settings",
        "DUDAO_LOG_FORMAT": "json",
        "PYTHONPATH": str(ROOT / "src"),
    }
    log = tmp_path / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "dudao.web", "serve", "--port", str(port), "--no-worker"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=stream)
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                    break
            except OSError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.5)
        yield Served(process, port, log)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


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
