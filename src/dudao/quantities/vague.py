"""Figures that name a size and no digits: 数十名, 几百人, 十几所, 不足百人, 近千册, 过半."""

import re
from decimal import Decimal

from dudao.provenance import Span
from dudao.quantities.approximators import approximation_after, approximation_before, interval_of
from dudao.quantities.model import Approximation, Interval, Kind, Quantity
from dudao.quantities.numerals import read_han
from dudao.quantities.scales import SCALES
from dudao.quantities.units import unit_at

_ROUND = r"(?:[十百千]?万亿|[十百千]亿|[十百千]万|[十百千万亿])"
SEVERAL = rf"[数几]{_ROUND}"
"""A word that begins a figure although it is no numeral."""
_SEVERAL = re.compile(rf"(?P<word>[数几])(?P<scale>{_ROUND})(?![分零一二两三四五六七八九十百千万亿])[多余来]?")
_TEEN = re.compile(r"(?P<tens>[二三四五六七八九]?十)几")
_NO_SEVERAL_AFTER = frozenset("人总次个户册班校园生台件名位所指分基系参岁年度多少倍额率计算函代级读无第好为")
_ALONE = re.compile(rf"{_ROUND}(?![分零一二两三四五六七八九十百千万亿余多克米瓦])")
_AT_LEAST = re.compile(r"(?<![以之线网晚早马路身百千])上$|(?<![通不经超越路])[过超]$")
_SIZES = frozenset({Kind.COUNT, Kind.MONEY, Kind.AREA})
_HALF = re.compile(r"(?<![双通超经度越])过半(?![年个天小月日周点径边途])")


def is_counting(folded: str, position: int) -> bool:
    """Return whether the 数 at a position ends a word for a number (人数, 总数) and does not mean several."""
    return position > 0 and folded[position - 1] in _NO_SEVERAL_AFTER


def several_at(text: str, folded: str, start: int, measuring: frozenset[str]) -> Quantity | None:
    """Return 数百人 as 200 to 1000 and 十几所 as 11 to 19; None where the words say something else."""
    if match := _SEVERAL.match(folded, start):
        if match["word"] == "数" and is_counting(folded, start):
            return None
        scale = SCALES[match["scale"]]
        return _between(text, folded, start, match.end(), 2 * scale, 10 * scale, measuring)
    if match := _TEEN.match(folded, start):
        tens = read_han(match["tens"])
        if tens is not None:
            return _between(text, folded, start, match.end(), tens + 1, tens + 9, measuring)
    return None


def _between(
    text: str, folded: str, start: int, end: int, low: Decimal, high: Decimal, measuring: frozenset[str]
) -> Quantity | None:
    unit = unit_at(folded, end)
    if unit is None or unit.written not in measuring or unit.kind is Kind.DURATION:
        return None
    end += len(unit.written)
    low, high = low * unit.factor, high * unit.factor
    return Quantity(
        Span(start, end), text[start:end], low, Interval(low, high), unit.base, unit.kind, upper=high, han=True
    )


def size_alone_at(text: str, folded: str, start: int, measuring: frozenset[str]) -> Quantity | None:
    """Return 不足百人, 近千册, 上万人, 百人以下: a size without digits counts only beside a word that loosens it."""
    match = _ALONE.match(folded, start)
    if match is None:
        return None
    unit = unit_at(folded, match.end())
    if unit is None or unit.written not in measuring or unit.kind not in _SIZES:
        return None
    end = match.end() + len(unit.written)
    approximation = approximation_before(folded, start, unit.kind) or approximation_after(folded, end)
    if _AT_LEAST.search(folded[max(0, start - 2) : start]):
        approximation = Approximation.AT_LEAST
    if approximation is None:
        return None
    scale = SCALES[match[0]]
    value = scale * unit.factor
    interval = interval_of(value, kind=unit.kind, step=value, rounded=True, approximation=approximation)
    return Quantity(
        Span(start, end), text[start:end], value, interval, unit.base, unit.kind, approximation, scale=scale, han=True
    )


def more_than_half_at(text: str, folded: str, start: int) -> Quantity | None:
    """Return 过半, whose 半 stands at `start`, as more than 50 %."""
    match = _HALF.match(folded, start - 1) if start else None
    if match is None:
        return None
    value = Decimal(50)
    return Quantity(
        Span(start - 1, start + 1),
        text[start - 1 : start + 1],
        value,
        Interval(value, None),
        "%",
        Kind.PERCENT,
        Approximation.OVER,
        han=True,
    )
