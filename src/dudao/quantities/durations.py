"""Durations with a half or some more inside: 一个半小时, 两年半, 3个多月, 2年多."""

import re
from dataclasses import dataclass
from decimal import Decimal

_LOOSE = re.compile(
    r" ?(?:个(?P<within>半|多|来)(?P<unit>小时|月|学期|学年|星期)|(?P<year>年)(?P<behind>半|多|余)(?![学数少于]))"
)
_UNITS = {"月": "个月", "学期": "个学期", "学年": "学年", "星期": "个星期", "小时": "小时"}


@dataclass(frozen=True, slots=True)
class LooseDuration:
    """What is written behind a number: where it ends, the unit, half of it more (`extra`), or some more (`few`)."""

    end: int
    unit: str
    extra: Decimal
    few: bool


def loose_duration_at(text: str, position: int) -> LooseDuration | None:
    """Return the half or loose unit that begins at the position of a folded text, None when there is none."""
    match = _LOOSE.match(text, position)
    if match is None:
        return None
    half = "半" in (match["within"], match["behind"])
    unit = "年" if match["year"] else _UNITS[match["unit"]]
    return LooseDuration(match.end(), unit, Decimal("0.5") if half else Decimal(0), not half)
