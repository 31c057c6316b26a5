"""One thing that was looked at."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """In order; worth a look; not in order."""

    PRESENT = "present"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, its state, what was seen, and how to mend it (empty only where it is in order)."""

    name: str
    state: State
    detail: str
    remedy: str = ""


def fine(name: str, detail: str) -> Check:
    """Return a check of what is in order."""
    return Check(name, State.PRESENT, detail)


def worth_a_look(name: str, detail: str, remedy: str) -> Check:
    """Return a check of what works, but perhaps not as it is meant to."""
    return Check(name, State.OPTIONAL, detail, remedy)


def wrong(name: str, detail: str, remedy: str) -> Check:
    """Return a check of what is not in order."""
    return Check(name, State.MISSING, detail, remedy)
