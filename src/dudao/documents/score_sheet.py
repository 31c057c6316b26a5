"""What a score sheet (自评表) says, as read from a table or from points printed behind titles."""

from dataclasses import dataclass, field
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

    A total that is not printed is the sum of the top rows, one without points counting as its parts, when all are
    known (then the `…_printed` flag is False), else None.
    """

    rows: tuple[ScoreRow, ...]
    full_points: Decimal | None
    self_points: Decimal | None
    total_span: Span | None = None
    full_points_printed: bool = True
    self_points_printed: bool = True
    _below: dict[str | None, tuple[ScoreRow, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rows by the one above them, so that asking for all of them takes one walk, not one each."""
        below: dict[str | None, list[ScoreRow]] = {}
        for row in self.rows:
            below.setdefault(row.parent, []).append(row)
        object.__setattr__(self, "_below", {parent: tuple(rows) for parent, rows in below.items()})

    def children(self, parent: str | None) -> tuple[ScoreRow, ...]:
        """Return the rows right below the row with this id; those at the top for None."""
        return self._below.get(parent, ())

    def leaves(self) -> tuple[ScoreRow, ...]:
        """Return the rows that have no rows below them."""
        return tuple(row for row in self.rows if row.id not in self._below)
