"""Shapes of how evenly resources are spread: counties by year, and the schools below the standard."""

from typing import Annotated

from ninja import Field, Schema

from dudao.web.api.shapes.common import NamedRegion


class BalanceIndicatorShape(Schema):
    """One indicator of one level; null where it cannot be computed or is not judged.

    `coefficient` is the difference coefficient, not rounded.
    """

    id: str
    name: str
    unit: str
    mean: float | None
    coefficient: float | None
    limit: float | None
    met: bool | None
    threshold: float | None
    schools_met: int
    schools_below: int
    schools_missing: int


class BalanceLevelShape(Schema):
    """One level (`primary` or `junior`) of a county; `composite` is the plain mean of the coefficients."""

    level: str
    verdict: str
    reasons: list[str]
    pupils: float
    schools: int
    schools_met: int
    schools_not_met: int
    schools_incomplete: int
    composite: float | None
    composite_limit: float | None
    indicators: list[BalanceIndicatorShape]


class CountyBalanceShape(Schema):
    """A county in a year: `met`, `not_met` or `incomplete`, and why; `snapshot` names the data it rests on."""

    region: NamedRegion
    year: int
    standard: str
    method: str
    snapshot: int
    verdict: str
    reasons: list[str]
    levels: list[BalanceLevelShape]


class MissedShape(Schema):
    """What a school misses in an indicator; `lacking` in the unit of the quantity itself (teachers, m², 元)."""

    id: str
    name: str
    value: float | None
    threshold: float | None
    lacking: float | None


class SchoolBalanceShape(Schema):
    """One section (学段) of a school, judged as a school of its own; `unknown` names what cannot be computed."""

    id: str
    name: str
    level: str
    pupils: float
    verdict: str
    indicators_met: int
    missed: list[MissedShape]
    unknown: list[str]


Code = Annotated[str, Field(pattern="^[0-9]{6}$", description="行政区划代码")]
