"""The pictures of a county as SVG: drawn by hand, so that a page needs no drawing library and bytes never vary.

Levels differ by shape (小学 ●, 初中 ◆) as well as colour; what fails is hatched or ringed as well as red, so that
both survive a print in grey.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape

from dudao.balance.standard import LEVEL_NAMES
from dudao.reporting.balance_charts import CoefficientChart, CoefficientPanel, Standing, StripChart, StripPoint

COLOURS: Mapping[str, str] = {"primary": "#1B5BA8", "junior": "#B1610A"}
_INK, _INK_2, _GRID, _BAD = "#17212E", "#5B6878", "#E3E8EE", "#B3261E"
_FONT = (
    "'Microsoft YaHei UI','Microsoft YaHei','PingFang SC','HarmonyOS Sans SC','Source Han Sans SC',"
    "'Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif"
)
XOf = Callable[[float], float]

_MOST_SHARE = 3.0
_MOST_NAMES = 14


def _text(
    x: float, y: float, words: str, *, size: int = 12, fill: str = _INK_2, anchor: str = "start", bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}"{weight}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 1.0, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {place} stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def _frame(width: float, height: float, title: str, parts: Iterator[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-label="{escape(title)}" font-family="{_FONT}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def coefficient_svg(chart: CoefficientChart, *, width: float = 900.0) -> str:
    """Return the bars of the coefficients against their limits, one panel a level, one bar a year."""
    years = max((len(row.bars) for panel in chart.panels for row in panel.rows), default=1)
    row_height = max(26.0, 7.0 * years + 12.0)
    rows = max((len(panel.rows) for panel in chart.panels), default=0)
    height = 54 + rows * row_height + 22

    def parts() -> Iterator[str]:
        yield '<defs><pattern id="over" width="5" height="5" patternUnits="userSpaceOnUse" '
        yield 'patternTransform="rotate(45)"><rect width="5" height="5" fill="#FCEBE9"/>'
        yield f'<rect width="2.4" height="5" fill="{_BAD}"/></pattern></defs>'
        panel_width = width / max(1, len(chart.panels))
        for number, panel in enumerate(chart.panels):
            yield from _panel(panel, chart.highest, number * panel_width, panel_width, row_height)

    return _frame(width, height, chart.title, parts())


def _panel(panel: CoefficientPanel, highest: float, left: float, width: float, row_height: float) -> Iterator[str]:
    colour = COLOURS.get(panel.level, "#0F766E")
    start, scale = left + 96, (width - 96 - 66) / highest
    yield f'<rect x="{left + 8:.1f}" y="9" width="10" height="10" fill="{colour}"/>'
    yield _text(left + 24, 19, LEVEL_NAMES[panel.level], size=13, fill=_INK, bold=True)
    first = next((row for row in panel.rows if row.bars), None)
    if first is not None and len(first.bars) > 1 and first.bars[0].year and first.bars[-1].year:
        yield _text(left + 62, 19, f"自上而下 {first.bars[0].year}—{first.bars[-1].year} 年")
    limits = [row.limit for row in panel.rows if row.limit is not None]
    if limits:
        yield _text(start + limits[-1] * scale, 40, f"限值 {limits[-1]:.2f}", fill=_BAD, anchor="middle")
    top = 48.0
    for place, row in enumerate(panel.rows):
        y = top + place * row_height
        yield _line(left + 8, y, left + width - 8, y, _GRID)
        yield _text(left + 8, y + row_height / 2 + 4, row.name, fill=_INK)
        thick = min(14.0, (row_height - 10) / max(1, len(row.bars)))
        begin = y + (row_height - thick * len(row.bars)) / 2
        for order, bar in enumerate(row.bars):
            latest = order == len(row.bars) - 1
            bar_top = begin + order * thick
            if bar.coefficient is None:
                if latest:
                    yield _text(start, bar_top + thick - 1, "无法计算", size=11)
                continue
            over = row.limit is not None and bar.coefficient > row.limit
            fill = "url(#over)" if over else colour
            opacity = "" if latest else ' fill-opacity="0.45"'
            edge = f' stroke="{_BAD}" stroke-width="0.8"' if over else ""
            yield (
                f'<rect x="{start:.1f}" y="{bar_top + 0.8:.1f}" width="{bar.coefficient * scale:.1f}" '
                f'height="{thick - 1.6:.1f}" fill="{fill}"{opacity}{edge}/>'
            )
            if latest:
                words = f"{bar.coefficient:.3f}" + (" 超" if over else "")
                middle = y + row_height / 2 + 4
                yield _text(left + width - 12, middle, words, fill=_BAD if over else _INK, anchor="end", bold=over)
        if row.limit is not None:
            x = start + row.limit * scale
            yield _line(x, y + 2, x, y + row_height - 2, _BAD, width=1.5)
    yield _line(
        left + 8, top + len(panel.rows) * row_height, left + width - 8, top + len(panel.rows) * row_height, _GRID
    )


def strip_svg(chart: StripChart, *, width: float = 900.0) -> str:
    """Return every school as a mark at value ÷ threshold; size tells pupils, red and ringed what is below the floor."""
    lane = 44.0
    top, left, right = 46.0, 104.0, width - 24.0
    height = top + lane * len(chart.indicators) + 34
    most = min(_MOST_SHARE, max([1.6, *(point.share for point in chart.points)]))
    least = min(0.6, *(point.share for point in chart.points)) if chart.points else 0.6
    least = max(0.0, least - 0.05)
    scale = (right - left) / (most - least)

    def x_of(share: float) -> float:
        return left + (min(share, most) - least) * scale

    def parts() -> Iterator[str]:
        yield from _strip_legend(chart, left, width)
        bottom = top + lane * len(chart.indicators)
        for place, name in enumerate(chart.indicators):
            y = top + place * lane
            yield _line(8, y, right, y, _GRID)
            yield _text(8, y + lane / 2 + 4, name, fill=_INK)
        yield _line(8, bottom, right, bottom, _GRID)
        for tick in (0.2, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 2.5, 3.0):
            if least <= tick <= most:
                words = f"≥{tick:.0%}" if tick == _MOST_SHARE else f"{tick:.0%}"
                yield _text(x_of(tick), bottom + 16, words, anchor="middle")
        yield _line(x_of(1.0), top - 6, x_of(1.0), bottom, _BAD, width=1.5)
        yield _text(x_of(1.0) + 4, top - 10, "达标值", fill=_BAD)
        if chart.floor is not None:
            yield _line(x_of(chart.floor), top - 6, x_of(chart.floor), bottom, _INK_2, dash="4 3")
            yield _text(x_of(chart.floor) - 4, top - 10, f"{chart.floor:.0%}", anchor="end")
        for place in range(len(chart.indicators)):
            yield from _lane(chart, place, top + place * lane, lane, x_of)

    return _frame(width, height, chart.title, parts())


def _strip_legend(chart: StripChart, left: float, width: float) -> Iterator[str]:
    levels = list(dict.fromkeys(point.level for point in chart.points))
    x = width - 24.0
    yield _text(x, 16, "大小=学生数　空心红圈=低于最低值", anchor="end")
    x -= 228
    for level in reversed(levels):
        yield _text(x, 16, LEVEL_NAMES[level], anchor="end", fill=_INK)
        yield _mark(x - 34, 12, 5, level, COLOURS.get(level, "#0F766E"), failing=False)
        x -= 60


def _mark(x: float, y: float, radius: float, level: str, colour: str, *, failing: bool) -> str:
    fill = "#FFFFFF" if failing else colour
    edge = f'stroke="{_BAD}" stroke-width="2"' if failing else 'stroke="#FFFFFF" stroke-width="0.8"'
    style = f'fill="{fill}" fill-opacity="{0.9 if failing else 0.72}" {edge}'
    if level == "junior":
        r = radius * 1.2
        return f'<path d="M{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}L{x - r:.1f} {y:.1f}Z" {style}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {style}/>'


def _lane(chart: StripChart, place: int, top: float, lane: float, x_of: XOf) -> Iterator[str]:
    points = [point for point in chart.points if point.indicator == place]
    order = ["primary", "junior"]
    named: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda each: (each.standing is Standing.BELOW_FLOOR, -each.pupils, each.school)):
        row = order.index(point.level) if point.level in order else 1
        y = top + lane * (0.28 if row == 0 else 0.74)
        x = x_of(point.share)
        radius = 2.6 + 3.4 * min(1.0, point.pupils / 2400) ** 0.5
        failing = point.standing is Standing.BELOW_FLOOR
        colour = COLOURS.get(point.level, "#0F766E")
        yield f"<g>{_mark(x, y, radius, point.level, colour, failing=failing)}<title>{escape(_told(point))}</title></g>"
        if failing and len(named) < _MOST_NAMES:
            words = _short_school(point.school)
            reach = 11.0 * len(words) / 2
            if all(abs(x - other) > 2 * reach or abs(y - level) > 11 for other, level in named):
                named.append((x, y))
                below = y + radius + 11 if row else y - radius - 3
                yield _text(x, min(below, top + lane - 1), words, size=11, fill=_BAD, anchor="middle")


def _told(point: StripPoint) -> str:
    value = f"{point.value:,.2f}"
    share = f"为达标值的 {point.share:.1%}"
    return f"{point.school}（{LEVEL_NAMES[point.level]}）：{value}，{share}，学生 {point.pupils:,.0f} 人"


def _short_school(name: str) -> str:
    digits = "".join(sign for sign in name[-12:] if sign.isdigit())
    if digits:
        return digits[-3:]
    return name if len(name) <= 4 else name[:4]
