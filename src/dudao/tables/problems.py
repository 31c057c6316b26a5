"""Problems in cells: collected with place and value, bounded in number, told singly or in groups."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from dudao.issues import Issue, Level, Location

SINGLY = 20
"""Up to so many problems of one kind in one column are told one by one; beyond that they are told together."""

KEPT = 2_000
"""So many places of one kind and column are kept for marking; all are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell, or a whole row where `heading` is empty; `value` is what stands there."""

    sheet: str
    row: int
    heading: str
    value: str = ""


@dataclass(slots=True)
class Group:
    """Problems of one kind in one column.

    `sentence` says what is wrong, with `{value}` for what stands in the cell.
    """

    level: Level
    code: str
    heading: str
    sentence: str
    remedy: str
    count: int = 0
    places: list[Place] = field(default_factory=list)

    def add(self, places: Iterable[Place], count: int) -> None:
        """Count further places and keep as many as there is room for."""
        self.count += count
        for place in places:
            if len(self.places) >= KEPT:
                break
            self.places.append(place)


class Problems:
    """Collects problems of one file in groups of kind and column."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.groups: dict[tuple[str, str, str, str], Group] = {}
        self.plain: list[Issue] = []

    def add(
        self,
        level: Level,
        code: str,
        sentence: str,
        *,
        places: Iterable[Place],
        count: int,
        heading: str = "",
        remedy: str = "",
    ) -> None:
        """Add problems of one kind; `places` may be fewer than `count`."""
        if not count:
            return
        key = (code, heading, sentence, remedy)
        group = self.groups.setdefault(key, Group(level, code, heading, sentence, remedy))
        group.add(places, count)

    def told(self, headings: Collection[str]) -> set[tuple[str, int]]:
        """Return sheet and row of the cells under some headings of which something is told, as far as they are kept."""
        return {
            (place.sheet, place.row)
            for group in self.groups.values()
            for place in group.places
            if place.heading in headings
        }

    def tell(self, issue: Issue) -> None:
        """Add an issue that stands for itself."""
        self.plain.append(issue)

    def issues(self) -> tuple[Issue, ...]:
        """Return everything as issues: errors first, few of a kind singly, many of a kind together."""
        found = [*self.plain, *(issue for group in self.groups.values() for issue in self._told(group))]
        weight = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
        return tuple(sorted(found, key=lambda issue: weight[issue.level]))

    def _told(self, group: Group) -> Iterator[Issue]:
        if group.count <= SINGLY:
            for place in group.places:
                location = Location(file=self.file, sheet=place.sheet, row=place.row, column=place.heading)
                yield Issue(group.level, group.code, _filled(group, place), location, group.remedy)
            return
        first = group.places[0]
        column = f"“{group.heading}”列" if group.heading else ""
        shown = "；".join(f"{_sheet(place)}第{place.row}行“{place.value}”" for place in group.places[:3])
        message = f"{column}有{group.count}处同样的问题：{group.sentence.replace('{value}', first.value)}（如{shown}）"
        location = Location(file=self.file, sheet=first.sheet, row=first.row, column=group.heading)
        related = tuple(
            Location(file=self.file, sheet=place.sheet, row=place.row, column=place.heading)
            for place in group.places[1:SINGLY]
        )
        yield Issue(group.level, group.code, message, location, group.remedy, related)


def _filled(group: Group, place: Place) -> str:
    return group.sentence.replace("{value}", place.value)


def _sheet(place: Place) -> str:
    return f"工作表“{place.sheet}”" if place.sheet else ""
