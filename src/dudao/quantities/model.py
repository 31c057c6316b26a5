"""What a written figure is: its place, its exact value in base units, and the interval it stands for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dudao.provenance import Span
from dudao.records import pickled_by_fields


class Kind(StrEnum):
    """What sort of thing a figure measures, as in the JSON contract of the command line."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    RATIO = "ratio"
    AREA = "area"
    DURATION = "duration"
    SCORE = "score"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    OTHER = "other"


class Approximation(StrEnum):
    """How the words around a figure loosen it: 约, 近, 余/超过, 以上/不低于, 不足, 以下/不超过."""

    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Interval:
    """The exact values a written figure may stand for; a bound of None is open to that side.

    Both ends belong to the interval: half-up, half-even and truncation are all honest rounding.
    """

    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval runs upward, not {self.low}..{self.high}")

    def contains(self, value: Decimal) -> bool:
        """Return whether the value lies within, ends included."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def meets(self, other: "Interval") -> bool:
        """Return whether the two intervals share a value."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written at a place of a text.

    Attributes:
        span: the characters of `text`, approximators not included.
        text: the figure as written, unit included.
        value: its exact value in the base unit (元, 人, 平方米, 分; percent as percent numbers: 9.48% is 9.48).
        interval: what it may stand for: half a unit of the last written digit each way for rounded figures,
            the value itself for plain whole counts and scores, one-sided for 余, 以上, 不足.
        unit: the base unit as text (`元`, `人`, `所`, `%`, `百分点`), empty for a bare number.
        kind: what sort of thing is measured.
        approximation: None when no word loosens it.
        upper: the high end when a range is written (600-800元); `value` is then the low end.
        decimals: digits written behind the decimal point.
        scale: the factor written (亿 → 10^8), 1 without.
        han: whether the numeral is written in Chinese characters.
    """

    span: Span
    text: str
    value: Decimal
    interval: Interval
    unit: str
    kind: Kind
    approximation: Approximation | None = None
    upper: Decimal | None = None
    decimals: int = 0
    scale: Decimal = Decimal(1)
    han: bool = False

    def at(self, span: Span) -> "Quantity":
        """Return the same figure at another place, as a map between two texts gives it."""
        return Quantity(
            span,
            self.text,
            self.value,
            self.interval,
            self.unit,
            self.kind,
            self.approximation,
            self.upper,
            self.decimals,
            self.scale,
            self.han,
        )
