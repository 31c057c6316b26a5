"""Hands a command on to the platform in a process of its own: the command line itself imports no Django."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from dudao.cli.environment import Check


def hand_on(
    command: str, arguments: list[str], *, environment: Mapping[str, str] | None = None, leave: bool = True
) -> None:
    """Run a command of the platform to its end and leave with its exit code.

    Args:
        command: its name, as `python -m dudao.web` knows it.
        arguments: what follows the name.
        environment: variables to set for it, over those of this process.
        leave: False to go on when it ended well; a failure always ends this process with its code.
    """
    sys.stdout.flush()
    settings = {**os.environ, **(environment or {})}
    program = [sys.executable, "-m", "dudao.web", command, *arguments]
    with subprocess.Popen(program, env=settings) as child, _signals_passed_to(child):
        code = child.wait()
    if leave or code != 0:
        raise typer.Exit(128 - code if code < 0 else code)


@contextmanager
def _signals_passed_to(child: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Pass on what asks this process to end, so that whoever stops it never leaves the platform behind.

    A container or a service manager may signal this process alone. Ctrl+C reaches the child by itself, through the
    terminal; here it is only waited out, as the child answers its requests before it ends.
    """

    def pass_on(number: int, _frame: object) -> None:
        child.send_signal(number)

    def wait_out(_number: int, _frame: object) -> None: ...

    wanted = {signal.SIGTERM: pass_on, signal.SIGINT: wait_out}
    if hasattr(signal, "SIGHUP"):
        wanted[signal.SIGHUP] = pass_on
    former = {number: signal.signal(number, handler) for number, handler in wanted.items()}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def demonstration_environment() -> dict[str, str]:
    """Return the settings of the demonstration: a folder and a database of its own, never those of real work."""
    home = Path(os.environ.get("DUDAO_HOME") or Path("var") / "demo").absolute()
    return {"DUDAO_HOME": str(home), "DUDAO_DEMO": "1", "DATABASE_URL": ""}


def serves_by_default() -> bool:
    """Return whether `dudao demo` serves when not told: as DUDAO_DEMO_SERVE (0 or 1) says, else on a terminal only."""
    chosen = os.environ.get("DUDAO_DEMO_SERVE", "")
    if chosen:
        return chosen != "0"
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def installed_here() -> bool:
    """Return whether this machine holds an installation of the platform: settings for one, or its data folder."""
    if any(os.environ.get(name) for name in ("DUDAO_HOME", "DATABASE_URL", "DATABASE_URL_FILE")):
        return True
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return (data / "dudao").is_dir()


def examination() -> "list[Check]":
    """Return what the platform says of its own installation; what keeps it from saying it is the first to mend."""
    from dudao.cli.environment import Check, State

    try:
        done = subprocess.run(
            [sys.executable, "-m", "dudao.web", "doctor"], capture_output=True, text=True, timeout=120, check=False
        )
        found = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        return [Check("平台", State.MISSING, "检查没有在两分钟内完成", "检查数据库和数据文件夹所在的磁盘。")]
    if found is None:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        told = next((line.removeprefix("错误：") for line in lines if line.startswith("错误：")), "")
        detail = told or (lines[-1] if lines else "没有说明原因")
        return [Check("平台设置", State.MISSING, detail, "改正这项设置；全部设置见 docs/reference/settings.md。")]
    return [Check(each["name"], State(each["state"]), each["detail"], each["remedy"]) for each in found]
