"""How figures are shown to people: units by size, few digits, intervals from … to …."""

from decimal import ROUND_HALF_UP, Decimal

from dudao.quantities.model import Interval, Quantity

_YI = Decimal(100_000_000)
_WAN = Decimal(10_000)


def shown_value(value: Decimal, unit: str) -> str:
    """Return a computed value with its unit: 4442000000 元 → 44.42亿元, 9.4628 % → 9.46%."""
    if unit == "元" and abs(value) >= _YI:
        return f"{plain(value / _YI)}亿元"
    if unit == "元" and abs(value) >= _WAN:
        return f"{plain(value / _WAN)}万元"
    return plain(value) + ("个百分点" if unit == "百分点" else unit)


def plain(value: Decimal, decimals: int = 4) -> str:
    """Return the number with at most so many decimals, without needless zeros, with − for minus."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    return text.replace("-", "−")


def shown_interval(interval: Interval, unit: str) -> str:
    """Return the range: 38.71% ～ 38.79%; 不小于 or 不大于 when a side is open; one value when it is exact."""
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        first, last = shown_value(low, unit), shown_value(high, unit)
        return first if first == last else f"{first} ～ {last}"
    if low is not None:
        return f"不小于{shown_value(low, unit)}"
    if high is not None:
        return f"不大于{shown_value(high, unit)}"
    return "不限"


def stands_for(quantity: Quantity) -> str:
    """Return what a written figure may stand for, empty when it stands for itself."""
    if quantity.interval.low == quantity.interval.high == quantity.value:
        return ""
    if quantity.unit == "元" and quantity.scale == 1:  # written out in full, so its last digits count
        low, high = quantity.interval.low, quantity.interval.high
        if low is not None and high is not None:
            return f"{plain(low)}元 ～ {plain(high)}元"
    return shown_interval(quantity.interval, quantity.unit)
