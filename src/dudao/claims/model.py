"""A claim: quantities of a text that it asserts to hold together, and the verdict on them."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Interval, Quantity
from dudao.records import pickled_by_fields


class ClaimType(StrEnum):
    """The kinds of claims of the JSON contract."""

    LEVEL_DELTA_GROWTH = "level_delta_growth"
    TWO_LEVEL_CHANGE = "two_level_change"
    SHARE = "share"
    SUM = "sum"
    PER_CAPITA = "per_capita"
    EXCEEDS_STANDARD = "exceeds_standard"
    SCORE_SUM = "score_sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    FEASIBILITY = "feasibility"
    THRESHOLD = "threshold"
    OTHER = "other"


class Verdict(StrEnum):
    """What recomputing says; `CONSISTENT_IF_ROUNDED` holds only once every operand's rounding counts."""

    CONSISTENT = "consistent"
    CONSISTENT_IF_ROUNDED = "consistent_if_rounded"
    INCONSISTENT = "inconsistent"
    NOT_CHECKABLE = "not_checkable"


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Computed:
    """What the formula gives: value from the figures as written, and the interval from their rounding."""

    value: Decimal
    interval: Interval
    unit: str


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Claim:
    """One asserted relation. `operands` maps names of the formula to indexes into the quantities of the text.

    `formula` is the relation over the operand names, `message` the same in Chinese with the numbers put in;
    `rounding` says which rounding was needed, `reason` why a claim is not checkable.
    """

    type: ClaimType
    relation: str
    span: Span
    operands: dict[str, int]
    formula: str
    verdict: Verdict
    computed: Computed | None
    message: str
    rounding: str = ""
    reason: str = ""


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Finding:
    """What a person should look at: a code, a level, a place that can be highlighted, further places.

    `outside` are the figures of other files that it rests on, as written there.
    """

    code: str
    level: Level
    span: Span
    message: str
    related: tuple[Span, ...] = ()
    remedy: str = ""
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """All that was read and judged in one text; spans count characters of the document's own text."""

    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...] = field(default=())
