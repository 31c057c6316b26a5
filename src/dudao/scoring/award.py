"""What a rule answers: points or their bounds, why, from which facts, what is missing, what would win points back."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dudao.assessment.facts import Fact


class Standing(StrEnum):
    """How far the points of an award may be relied on, and how the total takes them."""

    SETTLED = "settled"
    UNKNOWN = "unknown"
    PROVISIONAL = "provisional"
    SELF_REPORTED = "self_reported"
    NOT_APPLICABLE = "not_applicable"
    EXCLUDED = "excluded"
    UNSCORED = "unscored"
    MET = "met"
    NOT_MET = "not_met"


STANDING_NAMES = {
    Standing.SETTLED: "已测算",
    Standing.UNKNOWN: "未知",
    Standing.PROVISIONAL: "暂计",
    Standing.SELF_REPORTED: "按自评计",
    Standing.NOT_APPLICABLE: "不适用",
    Standing.EXCLUDED: "不适用，剔除",
    Standing.UNSCORED: "未赋分",
    Standing.MET: "达标",
    Standing.NOT_MET: "不达标",
}


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A fact that a rule looked at, with the Chinese name of what it is."""

    title: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a rule needs and nobody has stated: a fact, or an answer of a person.

    `name`, `place`, `period` and `part` are empty for an answer.
    """

    sentence: str
    name: str = ""
    place: str = ""
    period: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change that would win points back.

    Where one fact decides, `name`, `period`, `part` and `needed` say the smallest value that does; `needed` is None
    where no smallest value exists ("must rise") or a person decides.
    """

    sentence: str
    gain: Decimal
    name: str = ""
    place: str = ""
    period: str = ""
    part: str = ""
    needed: Decimal | bool | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """The answer of a rule: `points` is None where they cannot be known; they lie within [low, high] always.

    `steps` tell the whole computation; `reasons` are those of them that cost points, where a rule tells them apart.
    """

    low: Decimal
    high: Decimal
    points: Decimal | None
    standing: Standing = Standing.SETTLED
    steps: tuple[str, ...] = ()
    used: tuple[UsedFact, ...] = ()
    missing: tuple[Missing, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"bounds run upward, not {self.low}..{self.high}")
        if self.points is not None and not self.low <= self.points <= self.high:
            raise ValueError(f"{self.points} points lie outside {self.low}..{self.high}")


def between(
    low: Decimal,
    high: Decimal,
    *,
    steps: Iterable[str] = (),
    used: Iterable[UsedFact] = (),
    missing: Iterable[Missing] = (),
    improvements: Iterable[Improvement] = (),
    reasons: Iterable[str] = (),
) -> Award:
    """Return the award of points within bounds: settled when the bounds meet, unknown otherwise."""
    settled = low == high
    return Award(
        low=low,
        high=high,
        points=low if settled else None,
        standing=Standing.SETTLED if settled else Standing.UNKNOWN,
        steps=tuple(steps),
        used=tuple(used),
        missing=tuple(missing),
        improvements=tuple(improvements),
        reasons=tuple(reasons),
    )
