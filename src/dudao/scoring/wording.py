"""How results speak: figures with units as offices write them, places, periods and parts."""

from decimal import Decimal
from fractions import Fraction

from dudao.scoring.rounding import as_decimal, plain

_SHOWN_DECIMALS = 4
_MONEY_DECIMALS = 3
_YI, _WAN = Decimal(10**8), Decimal(10**4)

PART_NAMES = {
    "kindergarten": "幼儿园",
    "preschool": "学前教育",
    "primary": "小学",
    "junior": "初中",
    "nine_year": "九年一贯制学校",
    "compulsory": "义务教育",
    "senior": "普通高中",
    "vocational": "中职",
    "higher_vocational": "高职",
    "special": "特殊教育",
}


def points_text(points: Decimal) -> str:
    """Return points without needless zeros: 4.80 is 4.8."""
    return format(plain(points), "f")


def figure(value: Fraction | Decimal | bool | str | None, unit: str = "") -> str:
    """Return a value with its unit: 12040000000 元 is 120.4亿元, True is 是."""
    if value is None:
        return "未填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    number = as_decimal(Fraction(value), 10)
    if unit == "元":
        for factor, name in ((_YI, "亿元"), (_WAN, "万元")):
            if abs(number) >= factor and _decimals(number / factor) <= _MONEY_DECIMALS:
                return f"{format(plain(number / factor), 'f')}{name}"
    return f"{_short(number, _SHOWN_DECIMALS)}{unit}"


def part_name(part: str) -> str:
    """Return the Chinese name of a school level, the part itself when it has none."""
    return PART_NAMES.get(part, part)


def _decimals(number: Decimal) -> int:
    exponent = plain(number).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _short(number: Decimal, decimals: int) -> str:
    return format(as_decimal(Fraction(number), decimals), "f")
