"""What the pictures of a county show, before any drawing: coefficients by year, schools against thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dudao.balance.model import CountyResult, SchoolIndicator
from dudao.balance.standard import BalanceStandard, Direction

SHORT_NAMES = (
    ("高于规定学历", "学历教师"),
    ("骨干教师", "骨干教师"),
    ("体育、艺术", "体艺教师"),
    ("教学及辅助用房", "教学用房"),
    ("体育运动场馆", "运动场馆"),
    ("仪器设备", "仪器设备"),
    ("多媒体教室", "多媒体教室"),
    ("计算机", "计算机"),
    ("图书", "图书"),
    ("师生比", "师生比"),
    ("专业技术职务", "中级职称教师"),
)
"""Words of long indicator names and what they are called beside a picture."""


def short_name(name: str) -> str:
    """Return a name short enough to stand beside a row of a picture."""
    for words, short in SHORT_NAMES:
        if words in name:
            return short
    return name if len(name) <= 8 else f"{name[:7]}…"


class Standing(StrEnum):
    """How a school stands in one indicator."""

    MET = "met"
    MISSED = "missed"
    BELOW_FLOOR = "below_floor"


@dataclass(frozen=True, slots=True)
class StripPoint:
    """One section of a school in one indicator: `share` is value ÷ threshold, 1 on the line."""

    indicator: int
    level: str
    school: str
    share: float
    value: float
    pupils: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class StripChart:
    """All schools of a county in the indicators that have a threshold."""

    title: str
    indicators: tuple[str, ...]
    floor: float | None
    points: tuple[StripPoint, ...]


@dataclass(frozen=True, slots=True)
class CoefficientBar:
    """One coefficient of one year; None where it cannot be computed."""

    year: int | None
    coefficient: float | None


@dataclass(frozen=True, slots=True)
class CoefficientRow:
    """One indicator of a level through the years, oldest first."""

    name: str
    limit: float | None
    bars: tuple[CoefficientBar, ...]


@dataclass(frozen=True, slots=True)
class CoefficientPanel:
    """The indicators of one level, and the composite where that is what is limited."""

    level: str
    rows: tuple[CoefficientRow, ...]


@dataclass(frozen=True, slots=True)
class CoefficientChart:
    """The coefficients of a county against their limits."""

    title: str
    panels: tuple[CoefficientPanel, ...]

    @property
    def highest(self) -> float:
        """Return the right end of the axis: all bars and limits lie within."""
        values = [0.1]
        for panel in self.panels:
            for row in panel.rows:
                values += [row.limit or 0.0, *(bar.coefficient or 0.0 for bar in row.bars)]
        return max(values) * 1.12


def strip_chart(county: CountyResult, standard: BalanceStandard) -> StripChart:
    """Return every judged section of a county against the thresholds; sections without a value are left out."""
    judged = [place for place, each in enumerate(standard.indicators) if each.thresholds]
    points = []
    for school in county.schools:
        for row, place in enumerate(judged):
            own = school.indicators[place]
            share = _share(own, standard.indicators[place].direction)
            if share is not None and own.value is not None:
                standing = Standing.MET if own.met else Standing.MISSED if own.above_floor else Standing.BELOW_FLOOR
                points.append(
                    StripPoint(row, school.level, school.school_name, share, own.value, school.pupils, standing)
                )
    floor = standard.school_rule.floor if standard.school_rule else None
    names = tuple(f"{place + 1} {short_name(standard.indicators[place].name)}" for place in judged)
    return StripChart(f"{_place(county)}各校指标值与达标值之比", names, floor, tuple(points))


def _share(own: SchoolIndicator, direction: Direction) -> float | None:
    if own.value is None or not own.threshold:
        return None
    if direction is Direction.AT_LEAST:
        return own.value / own.threshold
    return own.threshold / own.value if own.value > 0 else None


def coefficient_chart(years: Sequence[CountyResult], standard: BalanceStandard) -> CoefficientChart:
    """Return the coefficients of a county in one year or several, oldest first."""
    latest = years[-1]
    panels = []
    for level, result in latest.levels.items():
        rows = []
        for place, indicator in enumerate(standard.indicators):
            bars = tuple(
                CoefficientBar(each.year, each.levels[level].indicators[place].coefficient)
                for each in years
                if level in each.levels
            )
            limit = result.indicators[place].limit
            rows.append(CoefficientRow(f"{place + 1} {short_name(indicator.name)}", limit, bars))
        if result.composite_limit is not None:
            bars = tuple(
                CoefficientBar(each.year, each.levels[level].composite) for each in years if level in each.levels
            )
            rows.append(CoefficientRow("综合", result.composite_limit, bars))
        panels.append(CoefficientPanel(level, tuple(rows)))
    return CoefficientChart(f"{_place(latest)}差异系数与限值", tuple(panels))


def _place(county: CountyResult) -> str:
    year = f"{county.year}年" if county.year else ""
    return f"{county.name or county.region}{year}"
