"""The command `dudao`: finds the commands and turns errors into sentences and exit codes."""

import errno
import importlib
import itertools
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dudao.cli.help_page import ChineseContext, in_chinese_help
from dudao.cli.outcome import ExitCode
from dudao.cli.output import print_json
from dudao.cli.registry import COMMANDS
from dudao.errors import DudaoError, UnreadableInputError

if TYPE_CHECKING:
    from typer.core import TyperCommand


# Options that Typer adds to a command of its own; completion belongs to the whole program.
COMPLETION = ("install_completion", "show_completion")


class LazyCommands(TyperGroup):
    """A group that imports a command only when it is called; `--help` reads the registry alone."""

    context_class = ChineseContext

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the registry."""
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> "TyperCommand | TyperGroup | None":
        """Return the command, imported now; None when there is no such name."""
        for entry in COMMANDS:
            if entry.name == cmd_name:
                module = importlib.import_module(f"dudao.cli.commands.{entry.module}")
                command = typer.main.get_command(module.app)
                command.name = entry.name
                in_chinese_help(command)
                command.params = [option for option in command.params if option.name not in COMPLETION]
                return command  # type: ignore[return-value]  # Typer builds its own kinds of commands
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Resolve the command; a wrong name is told with the nearest names."""
        names: dict[str, Any] = dict.fromkeys(self.list_commands(ctx))
        self.commands = names  # the names alone: the parser looks here for what was probably meant
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the names and summaries of the registry."""
        with formatter.section("命令"):
            formatter.write_dl([(entry.name, entry.summary) for entry in COMMANDS])


app = typer.Typer(
    name="dudao",
    cls=LazyCommands,
    help="督导：政府履行教育职责评价的核验、评分与均衡测算。",
    epilog="退出码：0 无须报告，1 有错误级发现，2 用法不对，3 文件或方案用不了。",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def dudao(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
) -> None:
    """督导：政府履行教育职责评价的核验、评分与均衡测算。"""
    if version:
        from importlib.metadata import version as installed_version

        typer.echo(f"dudao {installed_version('dudao')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code; errors become a sentence and a remedy."""
    try:
        returned = app(list(arguments), prog_name="dudao", standalone_mode=False)
        sys.stdout.flush()
        if returned == INTERRUPTED:  # the parser turns Ctrl-C into this code itself
            _tell("已中断。", "", INTERRUPTED, arguments)
        return returned if isinstance(returned, int) else ExitCode.CLEAN
    except DudaoError as error:
        unreadable = isinstance(error, UnreadableInputError)
        code: int = ExitCode.UNREADABLE if unreadable else ExitCode.WRONG_USE
        _tell(error.message, error.advice, code, arguments)
    except typer.TyperException as error:
        code = ExitCode.WRONG_USE
        _tell_wrong_use(error, arguments)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
        _tell("已中断。", "", code, arguments)
    return code


INTERRUPTED = 130
BROKEN_PIPE = 141


def main() -> None:
    """Run the command line of the process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = run(sys.argv[1:])
    except BrokenPipeError:
        # The reader has gone (`dudao read … | head`): what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_PIPE
    except OSError as error:
        # What is still buffered would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"错误：{_about(error)}", file=sys.stderr)  # noqa: T201 - the shell's outer edge
        print("建议：请检查磁盘空间、文件夹权限和网络盘的连接，再试一次。", file=sys.stderr)  # noqa: T201 - the same
        code = ExitCode.WRONG_USE
    raise SystemExit(code)


def _about(error: OSError) -> str:
    """Return what the system refused, in a sentence."""
    name = f"“{error.filename}”" if error.filename else "结果"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"{name}写不下，磁盘已满。"
    return f"{name}读写失败（{error.strerror or error}）。"


def _tell_wrong_use(error: typer.TyperException, arguments: Sequence[str]) -> None:
    from dudao.cli.usage_messages import in_chinese

    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.message, file=sys.stderr)  # noqa: T201 - the shell's outer edge
        return
    message, advice = in_chinese(error.format_message())
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "dudao"
    help_line = f"用 {path} --help 查看用法。"
    _tell(message, f"{advice}{help_line}", ExitCode.WRONG_USE, arguments)


def _tell(message: str, advice: str, code: int, arguments: Sequence[str]) -> None:
    if _asks_for_json(arguments):
        print_json({"error": {"message": message, "advice": advice, "code": int(code)}})
    print(f"错误：{message}", file=sys.stderr)  # noqa: T201 - the shell's outer edge
    if advice:
        print(f"建议：{advice}", file=sys.stderr)  # noqa: T201 - the shell's outer edge


def _asks_for_json(arguments: Sequence[str]) -> bool:
    pairs = itertools.pairwise(arguments)
    return "--format=json" in arguments or ("--format", "json") in pairs
