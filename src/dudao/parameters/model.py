"""A parameter: one statutory quantity with its values over time and territory, each with its document."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dudao.issues import NOWHERE, Issue, Location
from dudao.provenance import ClauseSource

NATION = "000000"


class Direction(StrEnum):
    """How a value is used: as a floor, a ceiling, an exact amount, or the point where something starts."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACT = "exact"
    STARTS_AT = "starts_at"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter: from when to when (both days included) and where it holds, and who says so.

    `until` is None while no end is known; `last_known` is then the last day for which somebody saw it in force.
    A `number` is exact in the parameter's unit; `text` serves what is no number, such as a time of day.
    """

    region: str
    region_name: str
    since: date
    until: date | None
    last_known: date | None
    number: Decimal | None
    text: str
    source: ClauseSource
    location: Location

    def holds_on(self, day: date) -> bool:
        """Return whether the value is in force on a day, as far as is known."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A quantity by name, with its Chinese title, unit, use, and all its values."""

    name: str
    title: str
    unit: str
    direction: Direction
    values: tuple[DatedValue, ...]
    note: str = ""
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """The value that holds at a place and day; `issues` warn when it may be stale, unconfirmed or another region's."""

    parameter: Parameter
    value: DatedValue
    issues: tuple[Issue, ...]

    @property
    def number(self) -> Decimal:
        """Return the number.

        Raises:
            ValueError: the parameter is no number.
        """
        if self.value.number is None:
            raise ValueError(f"{self.parameter.name} is a text, not a number")
        return self.value.number
