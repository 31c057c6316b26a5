"""The pictures of a county as PNG, for Word files and slides: the same marks as the SVG, drawn by matplotlib."""

from pathlib import Path
from typing import Any

from dudao.balance.standard import LEVEL_NAMES
from dudao.errors import WrongUseError
from dudao.reporting.balance_chart_svg import COLOURS
from dudao.reporting.balance_charts import CoefficientChart, Standing, StripChart

FONTS = (
    "Microsoft YaHei", "PingFang SC", "HarmonyOS Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
)  # fmt: skip
"""Chinese fonts in the order they are looked for."""

_BAD, _INK, _GRID = "#B3261E", "#17212E", "#E3E8EE"
_MARKERS = {"primary": "o", "junior": "D"}


def chinese_font() -> str:
    """Return the first Chinese font of this machine that is known to draw well.

    Raises:
        WrongUseError: there is none; the advice names packages to install.
    """
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in installed:
            return name
    raise WrongUseError(
        "本机没有可用的中文字体，图片中的汉字会变成方框。",
        advice="请安装中文字体（如 fonts-noto-cjk）后重试，或改用 .svg 格式，由看图的机器选字体。",
    )


def _figure(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    plt.rcParams.update(
        {
            "font.family": [chinese_font(), "DejaVu Sans"],
            "font.size": 9,
            "axes.unicode_minus": False,
            "axes.edgecolor": _GRID,
            "svg.hashsalt": "dudao",
            "hatch.linewidth": 1.2,
            "axes.labelcolor": _INK,
        }
    )
    return plt, plt.figure(figsize=(width, height), dpi=160)


def write_coefficient_png(chart: CoefficientChart, path: Path) -> None:
    """Write the bars of the coefficients against their limits, one panel a level."""
    rows = max((len(panel.rows) for panel in chart.panels), default=1)
    plt, figure = _figure(9.6, 0.9 + 0.42 * rows)
    for number, panel in enumerate(chart.panels):
        axes = figure.add_subplot(1, len(chart.panels), number + 1)
        colour = COLOURS.get(panel.level, "#0F766E")
        for place, row in enumerate(panel.rows):
            thick = 0.64 / max(1, len(row.bars))
            for order, bar in enumerate(row.bars):
                if bar.coefficient is None:
                    continue
                latest = order == len(row.bars) - 1
                over = row.limit is not None and bar.coefficient > row.limit
                axes.barh(
                    place - 0.32 + thick * (order + 0.5),
                    bar.coefficient,
                    height=thick * 0.86,
                    color="#FCEBE9" if over else colour,
                    alpha=1.0 if latest else 0.45,
                    edgecolor=_BAD if over else "none",
                    hatch="////" if over else None,
                )
                if latest:
                    words = f"{bar.coefficient:.3f}" + (" 超" if over else "")
                    style = {"color": _BAD if over else _INK, "fontweight": "bold" if over else "normal"}
                    axes.text(chart.highest * 1.2, place, words, ha="right", va="center", **style)
            if row.bars and row.bars[-1].coefficient is None:
                axes.text(0.0, place, "无法计算", va="center", color=_INK)
            if row.limit is not None:
                axes.plot([row.limit, row.limit], [place - 0.42, place + 0.42], color=_BAD, linewidth=1.5)
        axes.set_yticks(range(len(panel.rows)), [row.name for row in panel.rows])
        axes.set_ylim(len(panel.rows) - 0.45, -0.55)
        axes.set_xlim(0, chart.highest * 1.2)
        limits = [row.limit for row in panel.rows if row.limit is not None]
        title = LEVEL_NAMES[panel.level] + (f"（红线为限值 {limits[-1]:.2f}）" if limits else "")
        axes.set_title(title, loc="left", fontsize=10, color=_INK)
        _bare(axes)
    _save(plt, figure, chart.title, path)


def write_strip_png(chart: StripChart, path: Path) -> None:
    """Write every school as a mark at value ÷ threshold."""
    plt, figure = _figure(9.6, 1.1 + 0.52 * len(chart.indicators))
    axes = figure.add_subplot(1, 1, 1)
    most = min(3.0, max([1.6, *(point.share for point in chart.points)]))
    for level in dict.fromkeys(point.level for point in chart.points):
        for failing in (False, True):
            points = [p for p in chart.points if p.level == level and (p.standing is Standing.BELOW_FLOOR) == failing]
            colour = COLOURS.get(level, "#0F766E")
            axes.scatter(
                [min(point.share, most) for point in points],
                [point.indicator + (-0.2 if level == "primary" else 0.2) for point in points],
                s=[12 + 60 * min(1.0, point.pupils / 2400) for point in points],
                marker=_MARKERS.get(level, "^"),
                facecolors="white" if failing else colour,
                edgecolors=_BAD if failing else "white",
                linewidths=1.5 if failing else 0.5,
                alpha=0.9 if failing else 0.75,
                label=f"{LEVEL_NAMES[level]}，低于最低值" if failing else LEVEL_NAMES[level],
                zorder=3,
            )
    axes.axvline(1.0, color=_BAD, linewidth=1.5)
    if chart.floor is not None:
        axes.axvline(chart.floor, color="#5B6878", linewidth=1.0, linestyle="--")
    axes.set_yticks(range(len(chart.indicators)), chart.indicators)
    axes.set_ylim(len(chart.indicators) - 0.5, -0.5)
    axes.set_xlim(None, most * 1.02)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    floor = f"，虚线为 {chart.floor:.0%}" if chart.floor is not None else ""
    axes.set_title(f"指标值÷达标值（红线为达标值{floor}；超过 300% 的画在边上）", loc="left", fontsize=10, color=_INK)
    if chart.points:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, -0.2), ncols=4, frameon=False, fontsize=8)
    for place in range(len(chart.indicators)):
        axes.axhline(place + 0.5, color=_GRID, linewidth=0.8, zorder=0)
    _bare(axes, ticks=True)
    _save(plt, figure, chart.title, path)


def _bare(axes: Any, *, ticks: bool = False) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, colors=_INK)
    if not ticks:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)


def _save(plt: Any, figure: Any, title: str, path: Path) -> None:
    figure.suptitle(title, x=0.02, ha="left", fontsize=12, color=_INK, fontweight="bold")
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)
