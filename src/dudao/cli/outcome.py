"""How a command ends: the exit codes of the contract, and what is printed on an error."""

from enum import IntEnum


class ExitCode(IntEnum):
    """0 nothing to report, 1 findings of level error, 2 wrong use, 3 input cannot be read."""

    CLEAN = 0
    FINDINGS = 1
    WRONG_USE = 2
    UNREADABLE = 3
