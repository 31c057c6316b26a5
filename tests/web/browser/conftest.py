"""The platform as its users meet it: the demonstration built and served by its own commands, and Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.made_once import made_once
from tests.web.browser.visitor import AXE, REPOSITORY, Platform, Visitor

STYLE = REPOSITORY / "src" / "dudao" / "web" / "static" / "vendor" / "tabler.min.css"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PROGRAM = (sys.executable, "-m", "dudao.web")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(f"the platform ended with {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(address + "/login/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail("the platform did not answer within two minutes")


def _settings(home: Path) -> dict[str, str]:
    own = {"DUDAO_HOME": str(home), "DUDAO_DEMO": "1", "DATABASE_URL": ""}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "dudao.web.settings"}


def _demonstrate(home: Path) -> None:
    command = [*PROGRAM, "demonstrate"]
    subprocess.run(command, env=_settings(home), check=True, stdout=subprocess.DEVNULL, timeout=280)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    from dudao.web.demonstration.password import PASSWORD

    home = tmp_path_factory.mktemp("platform") / "home"
    shutil.copytree(made_once(tmp_path_factory, "demonstration", _demonstrate), home)
    port = _free_port()
    server = subprocess.Popen([*PROGRAM, "serve", "--port", str(port)], env=_settings(home), stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}", server)
        yield Platform(f"http://127.0.0.1:{port}", PASSWORD)
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    for needed in (AXE, STYLE):
        if not needed.exists():
            pytest.skip(f"{needed.relative_to(REPOSITORY)} is missing: run make demo, or npm ci and the asset build")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, headless=True, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, platform: Platform) -> Iterator[Any]:
    """Open a window for each person that a test is about; close all of them and judge what was noticed."""
    opened: list[Visitor] = []

    def as_(username: str, **size: int) -> Visitor:
        opened.append(Visitor(browser, platform, **size))
        return opened[-1].sign_in(username)

    yield as_
    for one in opened:
        one.leave()
