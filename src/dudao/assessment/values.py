"""A value as an office writes it: a number with its unit, yes or no, or a named grade."""

import re
from dataclasses import dataclass
from decimal import Decimal

from dudao.quantities.model import Kind
from dudao.quantities.reading import read_quantities

_SIGN = re.compile(r"\s*([+＋\-−－])?\s*")
_BEFORE = re.compile(r"(?:大约|约为|约|近|将近)?\s*")
_AFTER = re.compile(r"\s*(?:左右|上下|多|余|以上|以下)?\s*")
_LEAD = "为"
LONGEST = 40
_YES_NO = {"是": True, "否": False}
_NAMES = frozenset({Kind.YEAR, Kind.DATE, Kind.DOCUMENT_NUMBER})


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """What a written value says: None with a problem when it says nothing usable.

    `loose` tells that words loosen the figure (约, 左右): it is then taken literally.
    """

    value: Decimal | bool | str | None
    unit: str = ""
    loose: bool = False
    problem: str = ""


def read_value(text: str) -> WrittenValue:
    """Return the value of a text: 120.4亿元 is 12040000000 元, 39.78% is 39.78 %, 是 is True.

    A text without any digit or numeral is a named grade. A text with several figures, or with a figure and other
    words, says nothing usable: a wrong number is worse than none.
    """
    stripped = text.strip()
    if stripped in _YES_NO:
        return WrittenValue(_YES_NO[stripped])
    if not stripped:
        return WrittenValue(None, problem="没有填写")
    if len(stripped) > LONGEST and re.search(r"\d", stripped):
        return WrittenValue(None, problem=f"“{stripped[:12]}…”有 {len(stripped)} 个字，不像一个数")
    sign = _SIGN.match(stripped)
    start = _BEFORE.match(stripped, sign.end() if sign else 0)
    rest = stripped[start.end() if start else 0 :]
    # A word in front keeps a figure that opens the text (4.5人) from being taken for the number of a heading.
    rest = f"{_LEAD}{rest}"
    figures = read_quantities(rest)
    if not figures and not re.search(r"\d", stripped):
        return WrittenValue(stripped)
    if len(figures) != 1 or figures[0].span.start != len(_LEAD) or not _AFTER.fullmatch(rest, figures[0].span.end):
        return WrittenValue(None, problem=f"“{text}”读不成一个数")
    figure = figures[0]
    if figure.upper is not None:
        return WrittenValue(None, problem=f"“{text}”是一个范围，不是一个数")
    if figure.kind is Kind.RATIO:
        return WrittenValue(None, problem=f"“{text}”是两个数之比，不是一个数")
    if figure.kind in _NAMES and figure.unit:
        return WrittenValue(None, problem=f"“{text}”是年份或日期，不是数值")
    negative = sign is not None and sign[1] is not None and sign[1] not in "+＋"
    around = (start[0] if start else "") + rest[figure.span.end :]
    loose = bool(around.strip()) or figure.approximation is not None
    return WrittenValue(-figure.value if negative else figure.value, figure.unit, loose)


def same_measure(declared: str, written: str) -> bool:
    """Return whether a value written with one unit may stand for a fact declared with another.

    A bare number is taken in the declared unit; 元/生 stands for 元; counting words stand for one another.
    """
    if not written or declared == written:
        return True
    left, right = declared.split("/")[0], written.split("/")[0]
    if left == right:
        return True
    return left in _COUNTING and right in _COUNTING


_COUNTING = frozenset(
    ("人", "名", "位", "人次", "所", "个", "校", "家", "园", "件", "起", "次", "例", "宗", "处", "项", "班", "台", "户")
)
