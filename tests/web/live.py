"""A platform of its own in processes of its own, for tests of what happens between them; ends with the test."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SRC = str(ROOT / "src")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    own = {"DUDAO_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dudao.web.settings"}
    return {**os.environ, "DUDAO_LOG_FORMAT": "json", "PYTHONPATH": SRC, **own, **more}


def run(home: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the platform to its end."""
    command = [sys.executable, "-m", "dudao.web", *arguments]
    return subprocess.run(command, env=environment(home, **more), capture_output=True, text=True, timeout=240)


def program(home: Path, text: str, **more: str) -> str:
    """Run a program with the settings of a home; return what it prints."""
    text = "import django; django.setup()\n" + text
    command = [sys.executable, "-c", text]
    done = subprocess.run(command, env=environment(home, **more), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def told_by(script: str, *arguments: str, address: str, patience: float = 280) -> Any:
    """Run a script of this folder against a database, with the settings of the tests; return its last line of JSON."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / script), *arguments],
        capture_output=True,
        text=True,
        timeout=patience,
        env={
            **os.environ,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.web.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), SRC]),
        },
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@dataclass(frozen=True, slots=True)
class Served:
    """A server of its own: its process, its port and what it writes."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path


def served(home: Path, log: Path, *arguments: str, **more: str) -> AbstractContextManager[Served]:
    """Serve a home on a free port until the block ends."""
    return served_by(("-m", "dudao.web"), home, log, *arguments, **more)


@contextmanager
def served_by(program: tuple[str, ...], home: Path, log: Path, *arguments: str, **more: str) -> Iterator[Served]:
    """Serve a home on a free port until the block ends; `program` is what Python runs."""
    port = free_port()
    with log.open("ab") as stream:
        command = [sys.executable, *program, "serve", "--port", str(port), "--no-worker", *arguments]
        process = subprocess.Popen(
            command, env=environment(home, **more), stdout=subprocess.DEVNULL, stderr=stream, start_new_session=True
        )
    try:
        for _ in range(240):
            try:
                if Visitor(port).get("/healthz").status == 200:
                    break
            except OSError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.25)
        yield Served(process, port, log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=45)
            except subprocess.TimeoutExpired:
                process.kill()
        process.wait()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser's cookies; `address` stands in X-Forwarded-For."""

    port: int
    address: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Connection": "close", **self.headers(), **headers}
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if found := re.search(r'"X-CSRFToken":"([^"]+)"', text.replace("&quot;", '"')):
            self.token = found[1]
        connection.close()
        return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)

    def headers(self) -> dict[str, str]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        if self.address:
            sent["X-Forwarded-For"] = self.address
        if self.token:
            sent["X-CSRFToken"] = self.token
        return sent

    def get(self, path: str) -> Answered:
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> Answered:
        body = urllib.parse.urlencode(fields).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, username: str, password: str) -> "Visitor":
        self.get("/login/")
        answer = self.post("/login/", username=username, password=password)
        assert answer.status == 302, answer.text[:500]
        self.get(answer.headers["location"])
        return self
