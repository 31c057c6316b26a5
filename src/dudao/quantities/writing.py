"""From a value back to the text an official document would print."""

from decimal import ROUND_HALF_UP, Decimal

from dudao.quantities.model import Quantity

SCALE_NAMES = {
    Decimal(1): "",
    Decimal(10): "十",
    Decimal(100): "百",
    Decimal(1000): "千",
    Decimal(10**4): "万",
    Decimal(10**5): "十万",
    Decimal(10**6): "百万",
    Decimal(10**7): "千万",
    Decimal(10**8): "亿",
    Decimal(10**9): "十亿",
    Decimal(10**10): "百亿",
    Decimal(10**11): "千亿",
    Decimal(10**12): "万亿",
}


def write_value(value: Decimal, unit: str = "", *, scale: Decimal = Decimal(1), decimals: int | None = None) -> str:
    """Return a value as written in a document: `write_value(4442000000, "元", scale=10**8)` is 44.42亿元.

    Args:
        value: the value in its base unit.
        unit: the base unit; 百分点 is written 个百分点.
        scale: the factor to show, one of those Chinese has a name for.
        decimals: digits behind the point, rounded half up; None shows as many as the value has.

    Raises:
        ValueError: the scale has no name.
    """
    if scale not in SCALE_NAMES:
        raise ValueError(f"no name for the scale {scale}; use one of {', '.join(map(str, SCALE_NAMES))}")
    number = value / scale
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = format(number, "f")
    if decimals is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits}{SCALE_NAMES[scale]}{'个百分点' if unit == '百分点' else unit}"


def write_quantity(quantity: Quantity) -> str:
    """Return a quantity in plain form: digits, scale, base unit, a range with both ends (600—800元)."""
    scale = quantity.scale if quantity.scale in SCALE_NAMES else Decimal(1)
    decimals = None if quantity.scale != scale else quantity.decimals
    low = write_value(quantity.value, quantity.unit, scale=scale, decimals=decimals)
    if quantity.upper is None:
        return low
    lower = write_value(quantity.value, "", scale=scale)
    return f"{lower}—{write_value(quantity.upper, quantity.unit, scale=scale)}"
