"""The plainest and commonest figures (85人, 3.2亿元, 9.48%): digits, perhaps a scale, a unit, nothing tricky around.

Everything read here would be read the same way by `arabic`, only more slowly; in doubt the answer is None.
"""

import re
from decimal import Decimal
from functools import lru_cache

from dudao.provenance import Span
from dudao.quantities.approximators import (
    AFTER_HEADS,
    BEFORE_TAILS,
    approximation_after,
    approximation_before,
    interval_of,
)
from dudao.quantities.model import Approximation, Interval, Kind, Quantity
from dudao.quantities.scales import SCALE_PATTERN, SCALES, plainly
from dudao.quantities.units import Unit, unit_at

_FIGURE = re.compile(rf"([0-9]{{1,15}}(?:\.[0-9]{{1,12}})?)({SCALE_PATTERN})?")
# 月, 日, 时, 学 may begin a date; 个半, 年多 lengthen a duration.
_TRICKY_UNITS = frozenset("月日时学")
_LENGTHENED = {"个": "半多来", "年": "半多余"}
# Behind a unit these lead on: a divisor, a range, a unit in brackets, a gap.
_LEADING_ON = frozenset(" /-–—~～至到±")
_BRACKETED_UNIT = 4
_KEPT = 4096
_ONE = Decimal(1)


def plain_figure_at(text: str, folded: str, start: int, before: str) -> Quantity | None:
    """Return the measurement whose first digit stands at `start`; None unless it is of the plainest form.

    `before` is the character before it, empty at the beginning of the text.
    """
    match = _FIGURE.match(folded, start)
    if match is None:
        return None
    behind = match.end()
    mark = folded[behind : behind + 1]
    if mark in _TRICKY_UNITS:
        return None
    unit = unit_at(folded, behind)
    if unit is None:
        return None
    end = behind + len(unit.written)
    following = folded[end : end + 1]
    if following in _LEADING_ON or (mark in _LENGTHENED and following and following in _LENGTHENED[mark]):
        return None
    if following == "(" and folded.find(")", end, end + _BRACKETED_UNIT) > 0:
        return None
    number, scale = match.groups()
    kind = unit.kind
    if mark == "年" and (len(number) == 4 or "." in number):
        return None  # a year, or a list number and a year: 1.2022年
    if kind is Kind.COUNT and scale is None and "." in number:
        return None  # 1.4所 at the beginning of a line
    approximation: Approximation | None = None
    if before in BEFORE_TAILS:
        approximation = approximation_before(folded, start, kind)
    if approximation is None and following in AFTER_HEADS:
        approximation = approximation_after(folded, end)
    value, interval, decimals, factor = _meaning(number, scale, unit, approximation)
    return Quantity(
        Span(start, end),
        text[start:end],
        value,
        interval,
        unit.base,
        kind,
        approximation,
        None,
        decimals,
        factor,
    )


@lru_cache(maxsize=_KEPT)
def _meaning(
    number: str, scale: str | None, unit: Unit, approximation: Approximation | None
) -> tuple[Decimal, Interval, int, Decimal]:
    """Return value, interval, decimals and scale of a figure; the same figures come again and again."""
    decimals = len(number.partition(".")[2])
    factor = SCALES[scale] if scale else _ONE
    value = plainly(Decimal(number) * factor * unit.factor, factor)
    interval = interval_of(
        value,
        kind=unit.kind,
        step=factor.scaleb(-decimals) * unit.factor,
        rounded=decimals > 0 or factor != _ONE,
        approximation=approximation,
    )
    return value, interval, decimals, factor
