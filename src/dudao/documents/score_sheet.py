"""What a score sheet (自评表) says, as read from a table or from points printed behind titles."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.provenance import Span


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One printed item with its points; None where the sheet prints no number.

    `id` is the printed number (`一`, `1`, `3.2`) made into a path (`1`, `1.3`, `1.3.2`), `level` its depth from 1.
    `note` is the self-evaluation text that belongs to it (自评说明).
    """

    id: str
    level: int
    name: str
    full_points: Decimal | None
    self_points: Decimal | None
    note: str
    span: Span
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All rows in reading order and the totals.

    A total that is not printed is the sum of the top rows when each of them prints its points (then the
    `…_printed` flag is False), else None.
    """

    rows: tuple[ScoreRow, ...]
    full_points: Decimal | None
    self_points: Decimal | None
    total_span: Span | None = None
    full_points_printed: bool = True
    self_points_printed: bool = True

    def children(self, parent: str | None) -> tuple[ScoreRow, ...]:
        """Return the rows right below the row with this id; those at the top for None."""
        return tuple(row for row in self.rows if row.parent == parent)

    def leaves(self) -> tuple[ScoreRow, ...]:
        """Return the rows that have no rows below them."""
        parents = {row.parent for row in self.rows}
        return tuple(row for row in self.rows if row.id not in parents)
