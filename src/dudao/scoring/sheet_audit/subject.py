"""What the checks of a score sheet look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.issues import Issue, Level, Location
from dudao.provenance import Span
from dudao.quantities.decimals import decimal_text
from dudao.scoring.sheet_alignment import SheetAlignment

_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class AdmittedProblem:
    """A problem that the report names in its own chapter on problems (存在问题)."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class AuditedSheet:
    """A score sheet, the scheme it answers when one fits, and the problems that its report admits."""

    sheet: ScoreSheet
    alignment: SheetAlignment | None = None
    problems: tuple[AdmittedProblem, ...] = ()

    def scored_leaves(self) -> Iterator[tuple[ScoreRow, Decimal, Decimal]]:
        """Yield the leaves that print full and self points, with both."""
        for row in self.sheet.leaves():
            if row.full_points is not None and row.self_points is not None and row.full_points > 0:
                yield row, row.full_points, row.self_points


def finding(level: Level, code: str, row: ScoreRow, message: str, remedy: str, *related: Span) -> Issue:
    """Return the finding on one row of the sheet."""
    return Issue(
        level, f"score_sheet.{code}", message, Location(span=row.span), remedy, tuple(Location(span=s) for s in related)
    )


def title(row: ScoreRow) -> str:
    """Return the name of a row as a message shows it."""
    return f"“{row.name}”" if len(row.name) <= _LONGEST_NAME else f"“{row.name[: _LONGEST_NAME - 1]}…”"


def points(value: Decimal) -> str:
    """Return points as a message shows them."""
    return f"{decimal_text(value)}分"
