"""Findings about data: collected, each with level, code, place and remedy, never raised."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from dudao.provenance import Span


class Level(StrEnum):
    """How much a finding weighs: `ERROR` makes a command end with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file, as exact as is known: a line of a text file, a cell of a sheet, a span of a text.

    `line`, `row` and `column` count from 1, as editors and sheets show them; `span` counts characters from 0.
    """

    file: str = ""
    line: int | None = None
    sheet: str = ""
    row: int | None = None
    column: str = ""
    span: Span | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.line is not None:
            parts.append(f"第{self.line}行")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column:
            parts.append(f"“{self.column}”列")
        if not parts and self.span is not None:
            parts.append(f"第{self.span.start + 1}—{self.span.end}字")
        return "，".join(parts)


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: `code` is stable and dotted (`scheme.points_do_not_add_up`), `message` is for people.

    `remedy` says what to do next, empty when the message already does; `related` names further places.
    """

    level: Level
    code: str
    message: str
    location: Location = NOWHERE
    remedy: str = ""
    related: tuple[Location, ...] = field(default=())


def has_errors(issues: Iterable[Issue]) -> bool:
    """Return whether any issue is of level error."""
    return any(issue.level is Level.ERROR for issue in issues)
