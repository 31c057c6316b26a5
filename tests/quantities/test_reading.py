"""Figures read from prose: value, unit, kind, span."""

from decimal import Decimal

import pytest

from dudao.quantities.model import Approximation, Interval, Kind
from dudao.quantities.reading import read_quantities


def test_money_with_a_scale_stands_for_half_its_last_digit_each_way() -> None:
    (quantity,) = read_quantities("教育经费44.42亿元")
    assert quantity.text == "44.42亿元"
    assert quantity.value == Decimal(4442000000)
    assert quantity.interval == Interval(Decimal(4441500000), Decimal(4442500000))
    assert (quantity.unit, quantity.kind, quantity.scale) == ("元", Kind.MONEY, Decimal(10**8))


def test_a_whole_count_is_exact() -> None:
    (quantity,) = read_quantities("学校558所")
    assert quantity.interval == Interval(Decimal(558), Decimal(558))


def test_words_before_and_behind_stay_outside_the_span() -> None:
    about, at_least = read_quantities("近2.3万名毕业生，参与率达94.1%以上")
    assert (about.text, about.approximation) == ("2.3万名", Approximation.NEARLY)
    assert (at_least.text, at_least.approximation) == ("94.1%", Approximation.AT_LEAST)
    assert at_least.interval == Interval(Decimal("94.1"), None)


@pytest.mark.parametrize(
    "text", ["“一带一路”建设", "三会一课", "“四个意识”", "统一部署", "十分重视", "第三批", "一校一案"]
)
def test_numerals_inside_words_are_no_quantities(text: str) -> None:
    assert read_quantities(text) == []
