"""The scales a figure is written in: 万, 亿, 千万; and values without the zeros they bring."""

from decimal import Decimal

SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
    "十万亿": Decimal(10**13),
    "百万亿": Decimal(10**14),
    "千万亿": Decimal(10**15),
}

SCALE_PATTERN = r"(?:万亿|[十百千]万亿|[十百千]亿|[十百千]万|亿|万|百(?!分)|千(?![克米瓦伏卡分])|十)"
"""A scale behind Arabic digits; 百分 and 千克 are units."""

_ONE = Decimal(1)


def plainly(value: Decimal, scale: Decimal) -> Decimal:
    """Return 68.4万 as 684000 and not 684000.0; a figure without a scale keeps its decimals (14.70)."""
    if scale == _ONE:
        return value
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
