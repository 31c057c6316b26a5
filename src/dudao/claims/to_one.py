"""Ratios told as so many to one, taken as that number: 15.98:1 is 15.98, as 1:15.98 is."""

import re
from dataclasses import replace
from decimal import Decimal

from dudao.quantities.model import Interval, Quantity

_TO_ONE = re.compile(r"(?P<left>\d+(?:\.(?P<point>\d+))?)[:：∶]1")


def as_number(figure: Quantity) -> Quantity:
    """Return a ratio 15.98:1 as the number 15.98, whose digits may be mistyped; any other figure as it is."""
    said = _TO_ONE.fullmatch("".join(figure.text.split()))
    if said is None:
        return figure
    value, decimals = Decimal(said["left"]), len(said["point"] or "")
    half = Decimal(5).scaleb(-decimals - 1)
    interval = Interval(value - half, value + half)
    return replace(figure, text=said["left"], value=value, interval=interval, decimals=decimals)
