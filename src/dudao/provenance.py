"""Where things come from: a span of a text, a clause of a document."""

from dataclasses import dataclass
from enum import StrEnum

from dudao.records import pickled_by_fields


@pickled_by_fields
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of characters of one text: `start` inclusive, `end` exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: "Span") -> bool:
        """Return whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class SourceStatus(StrEnum):
    """How sure a number of a pack or parameter is."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class ClauseSource:
    """The document and clause that stand behind a point, threshold or parameter.

    `document` is the title without 《》, `number` the 发文字号 as printed (`辽政教督室函〔2021〕19号`),
    `clause` the place in it, `quote` its words; each is empty when not known. A number that nobody has seen
    in the original is `UNCONFIRMED` and shown so.
    """

    document: str = ""
    number: str = ""
    clause: str = ""
    quote: str = ""
    note: str = ""
    status: SourceStatus = SourceStatus.CONFIRMED
