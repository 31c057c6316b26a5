"""Values as offices write them."""

from decimal import Decimal

import pytest

from dudao.assessment.values import read_value, same_measure


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("850", Decimal(850), ""),
        ("0", Decimal(0), ""),
        ("120.4亿元", Decimal(12_040_000_000), "元"),
        ("12,040.5 万元", Decimal(120_405_000), "元"),
        ("9,245,154.23元", Decimal("9245154.23"), "元"),
        ("39.78%", Decimal("39.78"), "%"),
        ("46.6％", Decimal("46.6"), "%"),
        ("15‰", Decimal("1.5"), "%"),
        ("-12.4%", Decimal("-12.4"), "%"),
        ("－3.5%", Decimal("-3.5"), "%"),
        ("４.5人", Decimal("4.5"), "人"),
        ("2.5间", Decimal("2.5"), "间"),
        ("三千五百人", Decimal(3500), "人"),
        ("850元/生", Decimal(850), "元/生"),
        ("2.5个百分点", Decimal("2.5"), "百分点"),
        ("是", True, ""),
        (" 否 ", False, ""),
        ("优", "优", ""),
        ("A级", "A级", ""),
    ],
)
def test_it_is_read(text: str, value: Decimal | bool | str, unit: str) -> None:
    found = read_value(text)
    assert (found.value, found.unit, found.problem) == (value, unit, "")
    assert isinstance(found.value, bool) is isinstance(value, bool)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "600-800元",
        "下降12.4%",
        "1：13.5",
        "1e5",
        "2022年",
        "3所小学5所初中",
        "120亿元（含上级补助）",
        "约三成多到四成",
    ],
)
def test_what_is_not_one_figure_is_no_value(text: str) -> None:
    found = read_value(text)
    assert found.value is None or isinstance(found.value, str)
    assert found.problem or not any(sign.isdigit() for sign in text)


@pytest.mark.parametrize("text", ["约120亿元", "5处以上", "十余件", "近3000人"])
def test_a_loose_figure_is_taken_literally_and_marked(text: str) -> None:
    assert read_value(text).loose


def test_units_that_measure_the_same() -> None:
    assert same_measure("元", "元/生")
    assert same_measure("起", "件")
    assert same_measure("%", "")
    assert not same_measure("元", "人")
    assert not same_measure("人", "%")
