"""What every command prints with: the `--format` option, JSON, tables and progress.

Results go to standard output; progress and errors go to standard error, so that a pipe carries results alone.
Rich is imported only when something for people is printed: JSON and `--help` do not pay for it.
"""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dudao.cli.json_pieces import json_pieces
from dudao.issues import Issue, Level
from dudao.quantities.decimals import decimal_text as decimal_text

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


class OutputFormat(StrEnum):
    """`text` is for people, `json` for programs."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[OutputFormat, typer.Option("--format", help="输出格式：text 供人阅读，json 供程序读取。")]

LEVEL_NAMES = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.NOTE: "说明"}
LEVEL_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


def write_json(payload: object) -> None:
    """Write the payload to standard output as stable JSON: keys in order, Chinese unescaped, decimals as text."""
    sys.stdout.writelines(json_pieces(payload))


def print_json(payload: object) -> None:
    """Print the payload as JSON on standard output, with the end of its line."""
    write_json(payload)
    sys.stdout.write("\n")


def print_text(text: str) -> None:
    """Print one plain line on standard output, without markup."""
    sys.stdout.write(text + "\n")


def write_pieces(pieces: Iterable[str], file: "Path | None", *, printed: bool) -> None:
    """Write a text that comes in pieces, and a line's end, to a file where one is named and to standard output."""
    with ExitStack() as stack:
        outs: list[TextIO] = [sys.stdout] if printed else []
        if file is not None:
            outs.append(stack.enter_context(file.open("w", encoding="utf-8")))
        for piece in chain(pieces, ["\n"]):
            for out in outs:
                out.write(piece)


def results_console() -> "Console":
    """Return the console for tables and text meant for people; colour only on a terminal.

    What stands in brackets is printed as it is: pip install 'dudao[spark]' is no markup.
    """
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, soft_wrap=False, markup=False)


def messages_console() -> "Console":
    """Return the console for progress and remarks; it writes to standard error."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False, markup=False)


def issue_payload(issue: Issue) -> dict[str, object]:
    """Return one issue as the JSON of every command that reports issues."""
    place = issue.location
    return {
        "level": str(issue.level),
        "code": issue.code,
        "message": issue.message,
        "remedy": issue.remedy,
        "location": {
            "file": place.file,
            "line": place.line,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "start": place.span.start if place.span else None,
            "end": place.span.end if place.span else None,
        },
        "related": [str(location) for location in issue.related],
    }


def print_issues(issues: Iterable[Issue], *, title: str = "") -> None:
    """Print the issues as a table: level, place, what is wrong and what to do."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", show_lines=True)
    table.add_column("级别", no_wrap=True)
    table.add_column("位置", overflow="fold", max_width=32)
    table.add_column("问题与建议", overflow="fold")
    for issue in issues:
        message = Text(issue.message)
        if issue.remedy:
            message.append(f"\n建议：{issue.remedy}", style="dim")
        message.append(f"\n{issue.code}", style="dim italic")
        table.add_row(
            Text(LEVEL_NAMES[issue.level], style=LEVEL_STYLES[issue.level]), Text(str(issue.location)), message
        )
    results_console().print(table)


SHOW_AFTER_SECONDS = 1.0


@dataclass(slots=True)
class _Bar:
    """A progress bar that appears only when the work turns out to be long."""

    description: str
    total: int | None
    done: int = 0
    stop: Callable[[], None] | None = None
    redraw: Callable[[], None] | None = None

    def show(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        progress = Progress(*columns, console=messages_console(), transient=True)
        task = progress.add_task(self.description, total=self.total, completed=self.done)
        self.redraw = lambda: progress.update(task, completed=self.done)
        self.stop = progress.stop
        progress.start()

    def advance(self, steps: int = 1) -> None:
        self.done += steps
        if self.redraw is not None:
            self.redraw()


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Give a function that counts finished steps; a bar is shown after a second, and only on a terminal.

    with progress("核验", len(files)) as advance:
        for file in files:
            ...
            advance(1)
    """
    bar = _Bar(description, total)
    if not sys.stderr.isatty():
        yield bar.advance
        return
    lock = threading.Lock()
    finished = False

    def show_unless_finished() -> None:
        with lock:
            if not finished:
                bar.show()

    timer = threading.Timer(SHOW_AFTER_SECONDS, show_unless_finished)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        with lock:
            finished = True
            if bar.stop is not None:
                bar.stop()
