"""What apps above this one show beside an item: each registers a part when it starts, pages ask for all of a slot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dudao.web.evaluations.models import Answer
from dudao.web.people.access import Subject

SLOTS = ("checks", "evidence", "figures")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a part is about: the answer with its assessment, its text with the figures put in, who looks."""

    answer: Answer
    text: str
    subject: Subject
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part as drawn: its template and what it shows; `open` counts what waits to be dealt with."""

    template: str
    content: Any
    open: int = 0


Builder = Callable[[Beside], Part | None]
_builders: dict[str, list[Builder]] = {slot: [] for slot in SLOTS}


def register(slot: str, build: Builder) -> None:
    """Have a part drawn in a slot (`checks`, `evidence`, `figures`: below the data) beside every item; once only.

    Raises:
        KeyError: there is no such slot.
    """
    if build not in _builders[slot]:
        _builders[slot].append(build)


def parts(slot: str, what: Beside) -> list[Part]:
    """Return the parts of a slot, in the order they were registered."""
    return [part for build in _builders[slot] if (part := build(what)) is not None]
