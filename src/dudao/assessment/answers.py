"""What an office answers to one point: self points, note, and whatever its rule asks a person to state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dudao.issues import NOWHERE, Location


class ItemState(StrEnum):
    """How far one item of a checklist is done: 完成, 部分完成, 未完成."""

    DONE = "done"
    PARTIAL = "partial"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Discretion:
    """Points that an assessor chose within a range (酌情), with the reason; never without a name and a reason."""

    points: Decimal
    reason: str
    assessor: str


@dataclass(frozen=True, slots=True)
class NamedCase:
    """One case (情形) of the rule that applies, how often, and the chosen points where the rule gives a range."""

    id: str
    count: int = 1
    discretion: Discretion | None = None


@dataclass(frozen=True, slots=True)
class EvidenceReference:
    """Evidence (佐证材料) handed in: its name, the file, the period it covers, and which request it answers."""

    name: str
    file: str = ""
    period: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one point; every field is empty until someone states it, and empty is not zero.

    `cases` is None while nobody has stated whether a case applies; an empty tuple says that none does.
    `not_applicable` is the reason why the point has no object in the area, empty when it applies.
    `parts` are the answers to the parts of a rule that is a sum.
    """

    point: str
    self_points: Decimal | None = None
    note: str = ""
    not_applicable: str = ""
    provisional: bool = False
    grade: str = ""
    items: Mapping[str, ItemState] = field(default_factory=dict)
    cases: tuple[NamedCase, ...] | None = None
    discretion: Discretion | None = None
    evidence: tuple[EvidenceReference, ...] = ()
    parts: Mapping[str, "Answer"] = field(default_factory=dict)
    location: Location = NOWHERE
