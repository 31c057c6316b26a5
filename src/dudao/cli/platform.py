"""Hands a command on to the platform in a process of its own: the command line itself imports no Django."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import typer


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
    try:
        done = subprocess.run([sys.executable, "-m", "dudao.web", command, *arguments], check=False, env=settings)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    if leave or done.returncode != 0:
        raise typer.Exit(done.returncode)


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
