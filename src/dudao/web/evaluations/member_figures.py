"""The figures of the regions below that a rule of an item combines, as the page of the item shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dudao.scheme.model import FactDeclaration
from dudao.scoring.result import PointScore
from dudao.scoring.wording import figure
from dudao.web.people.models import Region

Column = tuple[str, str, str]
"""Name, period, part."""


@dataclass(frozen=True, slots=True)
class MemberTable:
    """A table of figures: one row a region, one column a figure of a year; a cell is None where nobody stated it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]

    @property
    def open(self) -> int:
        """How many figures nobody has stated."""
        return sum(cell is None for _, cells in self.rows for cell in cells)


def member_table(
    scores: Iterable[PointScore], declared: Mapping[str, FactDeclaration], home: str
) -> MemberTable | None:
    """Return the figures of regions below `home` that the rules of some points looked at or lack; None without any.

    One query for the names of the regions, none where no rule combines regions.
    """
    cells: dict[tuple[str, Column], str | None] = {}
    for score in scores:
        if score.point.rule is None or score.point.rule.kind != "aggregate":
            continue
        for gap in score.award.missing:
            if gap.name and gap.place and gap.place != home:
                cells[gap.place, (gap.name, gap.period, gap.part)] = None
        for used in score.award.used:
            fact = used.fact
            if fact.place != home:
                cells[fact.place, (fact.name, fact.period, fact.part)] = figure(fact.value, fact.unit)
    if not cells:
        return None
    names = dict(Region.objects.filter(code__in={place for place, _ in cells}).values_list("code", "name"))
    columns = sorted({column for _, column in cells})
    return MemberTable(
        tuple(_title(declared, column) for column in columns),
        tuple(
            (names.get(place, place), tuple(cells.get((place, column)) for column in columns))
            for place in sorted({place for place, _ in cells})
        ),
    )


def _title(declared: Mapping[str, FactDeclaration], column: Column) -> str:
    name, period, part = column
    asked = declared.get(name)
    titles = [asked.title if asked else name, dict(asked.parts).get(part, part) if asked else part]
    return " · ".join(title for title in titles if title) + f" {period}"
