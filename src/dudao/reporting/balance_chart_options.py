"""The pictures of a county as options of ECharts: plain mappings that a page hands over as JSON."""

from typing import Any

from dudao.balance.standard import LEVEL_NAMES
from dudao.reporting.balance_chart_svg import COLOURS
from dudao.reporting.balance_charts import CoefficientChart, Standing, StripChart

_SYMBOLS = {"primary": "circle", "junior": "diamond"}
_FARTHEST = 3.0
"""Shares of the threshold are shown up to here."""

_BAD, _INK_2 = "#B3261E", "#5B6878"


def coefficient_options(chart: CoefficientChart, level: str) -> dict[str, Any]:
    """Return horizontal bars of one level: a series a year, the limit as a line, missing values as gaps.

    Raises:
        KeyError: the chart has no such level.
    """
    panels = {panel.level: panel for panel in chart.panels}
    rows = panels[level].rows
    years = [bar.year for bar in rows[0].bars] if rows else []
    series: list[dict[str, Any]] = []
    for place, year in enumerate(years):
        latest = place == len(years) - 1
        values = []
        for row in rows:
            value = row.bars[place].coefficient
            over = value is not None and row.limit is not None and value > row.limit
            style = {"color": _BAD, "decal": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4]}}
            values.append({"value": value, "itemStyle": style} if over else {"value": value})
        one: dict[str, Any] = {
            "type": "bar",
            "name": str(year or LEVEL_NAMES[level]),
            "data": values,
            "itemStyle": {"color": COLOURS.get(level, "#0F766E"), "opacity": 1 if latest else 0.45},
        }
        limits = [row.limit for row in rows if row.limit is not None]
        if latest and limits:
            one["markLine"] = {
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": _BAD, "type": "solid", "width": 1.5},
                "label": {"formatter": f"限值 {limits[-1]:.2f}", "color": _BAD, "position": "start"},
                "data": [{"xAxis": limits[-1]}],
            }
        series.append(one)
    return {
        "aria": {"enabled": True, "decal": {"show": False}},
        "animation": False,
        "grid": {"left": 92, "right": 24, "top": 32, "bottom": 24},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value", "min": 0, "max": round(chart.highest, 3), "axisLabel": {"showMaxLabel": False}},
        "yAxis": {"type": "category", "inverse": True, "data": [row.name for row in rows]},
        "series": series,
    }


def strip_options(chart: StripChart) -> dict[str, Any]:
    """Return a scatter of all schools: x is the share of the threshold, y the indicator, size the pupils.

    Each datum is `[share, lane, pupils, school, value, true share]`; lanes of the two levels lie above and below the
    row, and shares beyond three times the threshold stand at the right edge, as in the printed picture.
    """
    series: list[dict[str, Any]] = []
    for level in dict.fromkeys(point.level for point in chart.points):
        shift = -0.2 if level == "primary" else 0.2
        data = []
        for point in chart.points:
            if point.level != level:
                continue
            datum: dict[str, Any] = {
                "value": [
                    round(min(point.share, _FARTHEST), 4),
                    point.indicator + shift,
                    point.pupils,
                    point.school,
                    point.value,
                    round(point.share, 4),
                ],
                "symbolSize": round(5 + 9 * min(1.0, point.pupils / 2400) ** 0.5, 1),
            }
            if point.standing is Standing.BELOW_FLOOR:
                datum["itemStyle"] = {"color": "#FFFFFF", "borderColor": _BAD, "borderWidth": 2}
            data.append(datum)
        series.append(
            {
                "type": "scatter",
                "name": LEVEL_NAMES[level],
                "symbol": _SYMBOLS.get(level, "triangle"),
                "itemStyle": {"color": COLOURS.get(level, "#0F766E"), "opacity": 0.75},
                "data": data,
            }
        )
    lines = [_line(1.0, _BAD, "solid", "达标值", "left")]
    if chart.floor is not None:
        lines.append(_line(chart.floor, _INK_2, "dashed", f"{chart.floor:.0%}", "right"))
    if series:
        series[0]["markLine"] = {"symbol": "none", "silent": True, "label": {"formatter": "{b}"}, "data": lines}
    return {
        "aria": {"enabled": True},
        "animation": False,
        "grid": {"left": 100, "right": 24, "top": 32, "bottom": 32},
        "legend": {"right": 0, "top": 0},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "min": 0, "max": _FARTHEST, "interval": 0.5, "axisLine": {"onZero": False}},
        "yAxis": [
            {
                "type": "value",
                "inverse": True,
                "min": -0.5,
                "max": len(chart.indicators) - 0.5,
                "interval": 1,
                "show": False,
            },
            {
                "type": "category",
                "inverse": True,
                "position": "left",
                "data": list(chart.indicators),
                "axisLine": {"show": False},
                "axisTick": {"show": False},
            },
        ],
        "dudao": {"rows": list(chart.indicators)},
        "series": series,
    }


def _line(place: float, colour: str, kind: str, name: str, side: str) -> dict[str, Any]:
    """Return a vertical line with its name above it, to one side, so that names of near lines stay apart."""
    label = {"position": "start", "align": side, "color": colour}
    return {"xAxis": place, "lineStyle": {"color": colour, "type": kind}, "name": name, "label": label}
