"""Writes the part of docs/reference/command-line.md that lists every command with its arguments and options."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from dudao.cli.app import app

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/command-line.md"
MARK = "<!-- 以下各节由 tools/command_reference.py 按程序写成 -->\n"


def commands(group: Any, context: typer.Context, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every command with its full name, groups opened."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if hasattr(command, "list_commands"):
            yield from commands(command, context, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def all_commands() -> list[tuple[str, Any]]:
    """Return every command of the program with its full name."""
    group = get_command(app)
    return list(commands(group, typer.Context(group), "dudao"))


def section(name: str, command: Any) -> str:
    """Return the section on one command."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    usage = " ".join([name, *(["[选项]"] if options else []), *(_metavar(one) for one in arguments)])
    lines = [f"## {name}", "", (command.help or "").strip(), "", f"    {usage}", ""]
    if arguments or options:
        lines += ["| 参数和选项 | 作用 | 默认 |", "| --- | --- | --- |"]
        lines += [f"| `{_metavar(one)}` | {one.help or ''} | |" for one in arguments]
        lines += [
            f"| `{'`、`'.join([*one.opts, *one.secondary_opts])}` | {one.help or ''} | {_default(one)} |"
            for one in options
        ]
        lines.append("")
    if command.epilog:
        lines += [command.epilog, ""]
    return "\n".join(lines)


def _metavar(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper()) + (
        "" if argument.nargs == 1 or "…" in str(argument.metavar) else "…"
    )


def _default(option: Any) -> str:
    value = option.default
    if value in (None, "", False, [], ()) or callable(value):
        return ""
    return f"`{value}`"


def main() -> None:
    """Rewrite the generated part of the page; what stands above the mark is kept."""
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    above = written.split(MARK)[0].rstrip() + "\n\n"
    parts = [section(name, command) for name, command in all_commands()]
    PAGE.write_text(above + MARK + "\n" + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
