"""Help in Chinese: the headings and marks that the option parser writes in English."""

import re
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

_HEADINGS = {"Options": "选项", "Arguments": "参数", "Commands": "命令"}
_MARKS: tuple[tuple[str, str], ...] = (
    (r"Show this message and exit\.", "显示本说明。"),
    (r"\[required\]", "[必填]"),
    (r"\[default: (.*?)(; .*)?\]$", r"[默认：\1]"),
    (r" ?<(?:list\[Path\]|list\[str\]|path|text|str)>", ""),
    (r"<int(?:eger)?(?: range)?>", "整数"),
    (r"<float(?: range)?>", "数"),
)
_USAGE = (
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 …"),
    (r"\{([^{}|]*?)…?\}\.\.\.", r"\1…"),
    (r"\{([^{}|]+)\}", r"\1"),
)

_Context: Any = TyperCommand.context_class


class ChineseFormatter(_Context.formatter_class):  # type: ignore[misc]  # the parser's own class has no public name
    """Writes a help page as the parser does, in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of the usage."""
        super().write_usage(prog, _replaced(args, _USAGE), "用法：")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Write names and what they are."""
        super().write_dl([(_replaced(name, _MARKS), _replaced(what, _MARKS)) for name, what in rows], *args, **kwargs)


class ChineseContext(_Context):  # type: ignore[misc]  # the parser's own class has no public name
    """The context of a command whose help is in Chinese."""

    formatter_class = ChineseFormatter


def in_chinese_help(command: Any) -> None:
    """Let a command and all below it write their help in Chinese."""
    command.context_class = ChineseContext
    for below in getattr(command, "commands", {}).values():
        in_chinese_help(below)


def _replaced(text: str, replacements: Sequence[tuple[str, str]]) -> str:
    for pattern, words in replacements:
        text = re.sub(pattern, words, text)
    return text
