"""A group of commands with one that is meant when none is named: `dudao balance TABLE`, `dudao balance template`."""

from typing import Any

from typer.core import TyperGroup


class DefaultCommandGroup(TyperGroup):
    """Takes the command of the group's `default_command` setting when the first word names none.

    A file that is called like a command is written with its folder (`./template`).
    """

    default_command = "table"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command in front of arguments that begin with no command and ask for no help."""
        if args and args[0] not in self.list_commands(ctx) and args[0] not in ("--help", "-h"):
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)
