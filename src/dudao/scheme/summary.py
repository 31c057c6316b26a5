"""What a list of schemes shows of each: names, size, and how much of it is computable and confirmed."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.provenance import SourceStatus
from dudao.scheme.model import GovernmentLevel, Point, Scheme

LEVEL_NAMES = {
    GovernmentLevel.PROVINCE: "省级政府",
    GovernmentLevel.CITY: "市级政府",
    GovernmentLevel.COUNTY: "县级政府",
}


@dataclass(frozen=True, slots=True)
class SchemeSummary:
    """One line of the list; `points` counts leaves, `with_rule` those that can be computed from facts."""

    id: str
    name: str
    region: str
    region_name: str
    level: GovernmentLevel
    year: int
    full_points: Decimal | None
    indicators: int
    points: int
    with_rule: int
    unconfirmed: int
    scored: bool

    @property
    def without_rule(self) -> int:
        """Return how many points take what the office gives itself."""
        return self.points - self.with_rule

    @property
    def level_name(self) -> str:
        """Return whose duty is judged, in Chinese."""
        return LEVEL_NAMES[self.level]


def summarise(scheme: Scheme) -> SchemeSummary:
    """Return the summary; `indicators` counts the groups of the first level."""
    points = list(scheme.points())
    return SchemeSummary(
        id=scheme.id,
        name=scheme.name,
        region=scheme.region,
        region_name=scheme.region_name,
        level=scheme.level,
        year=scheme.year,
        full_points=scheme.full_points,
        indicators=len(scheme.indicators),
        points=len(points),
        with_rule=sum(point.rule is not None for point in points),
        unconfirmed=sum(is_unconfirmed(point) for point in points),
        scored=scheme.scored,
    )


def is_unconfirmed(point: Point) -> bool:
    """Return whether the point or its rule rests on something nobody has seen in the original."""
    if point.source.status is SourceStatus.UNCONFIRMED:
        return True
    rule_source = point.rule.source if point.rule else None
    return rule_source is not None and rule_source.status is SourceStatus.UNCONFIRMED
