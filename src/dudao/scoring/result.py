"""What scoring answers: every point, every indicator, the total, the grade, and what could be won back."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.scheme.model import Indicator, Point
from dudao.scoring.award import Award, Improvement, Missing, Standing


@dataclass(frozen=True, slots=True)
class PointScore:
    """One point: what the rule answers, and what the office gave itself.

    `full` is None in a scheme that prints no points; such a point is not scored.
    """

    point: Point
    award: Award
    full: Decimal | None
    self_points: Decimal | None
    note: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Return forecast less self points, None while either is unknown."""
        if self.award.points is None or self.self_points is None or self.award.standing is Standing.EXCLUDED:
            return None
        return self.award.points - self.self_points

    @property
    def contradicts(self) -> bool:
        """Return whether the self points lie outside of what the facts allow."""
        if self.self_points is None or self.award.standing in _NOT_JUDGED:
            return False
        return not self.award.low <= self.self_points <= self.award.high

    @property
    def lost(self) -> Decimal:
        """Return the points that are certainly lost: full less the most the point can be."""
        if self.full is None or self.award.standing in _NOTHING_LOST or self.point.bonus:
            return Decimal(0)
        return self.full - self.award.high


_WITHOUT_POINTS = frozenset({Standing.UNSCORED, Standing.MET, Standing.NOT_MET})
_NOT_JUDGED = _WITHOUT_POINTS | {Standing.EXCLUDED, Standing.SELF_REPORTED}
_NOTHING_LOST = _WITHOUT_POINTS | {Standing.EXCLUDED, Standing.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Total:
    """Points of a group: `points` is None while any is unknown, [low, high] is what they can be.

    `full` leaves out excluded points; `self_points` is None when no point below has any; `self_complete` says
    whether all of them have.
    """

    points: Decimal | None
    low: Decimal
    high: Decimal
    full: Decimal
    self_points: Decimal | None
    self_complete: bool


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator with the total of the points below it."""

    indicator: Indicator
    total: Total


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """A rule on the whole: whether it bites (None: unknown), what it does, and why."""

    name: str
    effect: str
    holds: bool | None
    steps: tuple[str, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class GradeResult:
    """The grade, None while several are possible; `possible` lists them from best to worst."""

    name: str | None
    possible: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeScore:
    """The scores of one region under one scheme, in the order of the scheme.

    `rescaled` says that excluded points were taken out and the total was scaled up to the full points.
    """

    scheme: str
    scheme_name: str
    region: str
    region_name: str
    year: int
    points: tuple[PointScore, ...]
    indicators: tuple[IndicatorScore, ...]
    total: Total
    bonus: Total
    rescaled: bool
    outcomes: tuple[OutcomeResult, ...]
    grade: GradeResult | None

    def losses(self) -> tuple[PointScore, ...]:
        """Return the points where something is certainly lost, the largest loss first, then scheme order."""
        return tuple(sorted((score for score in self.points if score.lost > 0), key=lambda score: -score.lost))

    def improvements(self) -> tuple[tuple[PointScore, Improvement], ...]:
        """Return what would win points back, the largest gain first, then scheme order."""
        pairs = [(score, change) for score in self.points for change in score.award.improvements]
        return tuple(sorted(pairs, key=lambda pair: -pair[1].gain))

    def missing(self) -> tuple[tuple[PointScore, Missing], ...]:
        """Return everything that is missing, in scheme order."""
        return tuple((score, gap) for score in self.points for gap in score.award.missing)
