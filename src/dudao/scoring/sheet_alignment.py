"""Which item of a scheme each row of a score sheet is, by name first and by number where names hesitate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.scheme.model import Indicator, Point, Scheme
from dudao.scoring.names import likeness

SAME_NAME = 0.5
ENOUGH_IN_COMMON = 0.7
_NUMBER_COUNTS = 0.15


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row of the sheet and the item of the scheme that it is."""

    row: ScoreRow
    item: Indicator | Point


@dataclass(frozen=True, slots=True)
class SheetAlignment:
    """A sheet laid beside a scheme; `share` is 1 when both have the same items, 0 when they have none in common."""

    scheme: Scheme
    pairs: tuple[AlignedRow, ...]
    share: float

    def item_of(self, row: ScoreRow) -> Indicator | Point | None:
        """Return the item of the scheme that a row is; None for a row of the sheet's own."""
        return next((pair.item for pair in self.pairs if pair.row.id == row.id), None)

    def rows_of_items(self) -> dict[str, ScoreRow]:
        """Return the row of each item of the scheme that the sheet has."""
        return {pair.item.id: pair.row for pair in self.pairs}


def align(sheet: ScoreSheet, scheme: Scheme) -> SheetAlignment:
    """Return the sheet laid beside the scheme; each item is given to the one row most like it."""
    items = list(items_of(scheme.indicators))
    candidates = []
    for row in sheet.rows:
        for item in items:
            like = likeness(row.name, item.name)
            if like >= SAME_NAME:
                candidates.append((like + _NUMBER_COUNTS * _same_number(row.id, item.id), row, item))
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1].span, candidate[2].id))
    rows: set[str] = set()
    taken: set[str] = set()
    pairs = []
    for _, row, item in candidates:
        if row.id not in rows and item.id not in taken:
            rows.add(row.id)
            taken.add(item.id)
            pairs.append(AlignedRow(row, item))
    pairs.sort(key=lambda pair: pair.row.span)
    return SheetAlignment(scheme, tuple(pairs), _share(len(pairs), len(sheet.rows), len(items)))


def best_alignment(sheet: ScoreSheet, schemes: Iterable[Scheme]) -> SheetAlignment | None:
    """Return the alignment with the scheme that the sheet answers; None when no scheme has enough in common."""
    rows = len(sheet.rows)
    sizes = [(scheme, sum(1 for _ in items_of(scheme.indicators))) for scheme in schemes]
    # A scheme of another size cannot have enough in common, however alike the names are.
    likely = [scheme for scheme, items in sizes if _share(min(rows, items), rows, items) >= ENOUGH_IN_COMMON]
    alignments = [align(sheet, scheme) for scheme in likely]
    fitting = [alignment for alignment in alignments if alignment.share >= ENOUGH_IN_COMMON]
    return max(fitting, key=lambda alignment: alignment.share, default=None)


def items_of(items: Iterable[Indicator | Point]) -> Iterator[Indicator | Point]:
    """Yield the items of all levels, each before those below it."""
    for item in items:
        yield item
        if isinstance(item, Indicator):
            yield from items_of(item.children)


def _same_number(one: str, other: str) -> float:
    """Return 1 for the same path, a half for the same last number."""
    if one == other:
        return 1.0
    return 0.5 if one.rsplit(".", 1)[-1] == other.rsplit(".", 1)[-1] else 0.0


def _share(pairs: int, rows: int, items: int) -> float:
    return 2 * pairs / (rows + items) if rows + items else 0.0
