"""How figures are shown."""

from decimal import Decimal

import pytest

from dudao.quantities.model import Interval
from dudao.reporting.figures import shown_interval, shown_value


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("4442000000", "元", "44.42亿元"),
        ("179124700", "元", "1.7912亿元"),
        ("93854500", "元", "9385.45万元"),
        ("9.46277", "%", "9.4628%"),
        ("-2.30", "%", "−2.3%"),
        ("-0.00001", "", "0"),
        ("100", "人", "100人"),
    ],
)
def test_values_are_short_and_carry_their_unit(value: str, unit: str, shown: str) -> None:
    assert shown_value(Decimal(value), unit) == shown


def test_intervals_name_both_ends_or_the_open_side() -> None:
    assert shown_interval(Interval(Decimal("38.71"), Decimal("38.79")), "%") == "38.71% ～ 38.79%"
    assert shown_interval(Interval(Decimal(3), None), "所") == "不小于3所"
    assert shown_interval(Interval(None, Decimal(3)), "所") == "不大于3所"
    assert shown_interval(Interval(Decimal(3), Decimal(3)), "所") == "3所"
