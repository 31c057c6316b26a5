"""A fact: what results travel as between judging packages (name, place, period, quantity, source)."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.provenance import ClauseSource, Span


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a value was taken from: a file and place, or a computation named in `method`."""

    file: str = ""
    span: Span | None = None
    method: str = ""
    clause: ClauseSource | None = None
    note: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}，第{self.line}行" if self.file and self.line else self.file
        return "；".join(part for part in (self.note, self.method, place) if part)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one thing at one place and time.

    `value` is in the base unit of the declaration; a bool for yes/no, a text for a named grade; None says the
    value is known to be missing, which is not zero. `period` is a year (`2022`), a school year (`2022-2023`) or
    a date (`2022-06-30`); `part` is the value of the dimension (`primary`), empty without. `written` keeps the
    figure as the office wrote it (`120.4亿元`).
    """

    name: str
    place: str
    period: str
    value: Decimal | bool | str | None
    unit: str = ""
    part: str = ""
    source: FactSource = FactSource()
    written: str = ""
