"""What holds for every figure: round trips, intervals, spans, and work that grows with the text and no faster."""

import re
import sys
from decimal import Decimal
from types import FrameType, ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.quantities import arabic, dates, han, plain, reading, vague
from dudao.quantities.model import Approximation
from dudao.quantities.numerals import read_han, write_han
from dudao.quantities.reading import read_quantities
from dudao.quantities.writing import write_quantity, write_value

UNITS = ["元", "人", "所", "%", "百分点", "平方米", "台", "岁"]
SCALES = [Decimal(1), Decimal(10**4), Decimal(10**8)]


@given(st.integers(0, 10**8 - 1))
def test_a_chinese_numeral_written_and_read_back_is_the_same_number(value: int) -> None:
    assert read_han(write_han(value)) == value


@given(st.integers(1, 10**9), st.integers(0, 4), st.sampled_from(UNITS), st.sampled_from(SCALES))
def test_a_figure_written_and_read_back_is_the_same(digits: int, decimals: int, unit: str, scale: Decimal) -> None:
    value = Decimal(digits).scaleb(-decimals) * scale
    written = write_value(value, unit, scale=scale, decimals=decimals)
    (quantity,) = read_quantities(f"共计{written}。")
    assert (quantity.value, quantity.unit, quantity.decimals) == (value, unit, decimals)
    assert write_quantity(quantity) == written


@given(
    st.decimals(Decimal("0.01"), Decimal(99999), places=2),
    st.sampled_from(["", "约", "近", "不足", "超过", "不低于", "不超过"]),
    st.sampled_from(UNITS),
    st.sampled_from(["", "以上", "左右", "以下"]),
)
def test_the_interval_holds_the_value(number: Decimal, before: str, unit: str, after: str) -> None:
    written = f"{number}{'个' if unit == '百分点' else ''}{unit}"
    for quantity in read_quantities(f"{before}{written}{after}"):
        assert quantity.interval.contains(quantity.value)
        assert quantity.upper is None or quantity.interval.contains(quantity.upper)


@given(st.integers(1, 10**6), st.integers(0, 3))
def test_a_figure_that_says_about_is_never_narrower(digits: int, decimals: int) -> None:
    number = Decimal(digits).scaleb(-decimals)
    (plain,) = read_quantities(f"为{number}万元")
    (about,) = read_quantities(f"约{number}万元")
    assert about.approximation is Approximation.ABOUT
    assert plain.interval.low is not None
    assert plain.interval.high is not None
    assert about.interval.contains(plain.interval.low)
    assert about.interval.contains(plain.interval.high)


@given(
    st.text(
        alphabet="0123456789一二三十百千万亿元人所%年月日第〔〕()（）-—至、，,. 约余以上两半点分之:/+\n", max_size=60
    )
)
def test_spans_lie_in_order_and_show_their_text(text: str) -> None:
    quantities = read_quantities(text)
    end = 0
    for quantity in quantities:
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.text == text[quantity.span.start : quantity.span.end]
        assert quantity.interval.contains(quantity.value)
        end = quantity.span.end


HOSTILE = ["1", "一", "1,", "1,111", "1.", "1-", "2020-", "2020年-", "〔2021〕", "百分之", "一点", "3万2千", "1 ", "十"]


def calls_while_reading(text: str) -> int:
    """Return how many functions, those of the pattern engine included, are called for a text."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read_quantities(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", HOSTILE)
def test_ten_times_the_text_is_at_most_ten_times_the_calls(unit: str) -> None:
    assert calls_while_reading(unit * 2000) <= 10.5 * calls_while_reading(unit * 200)


@pytest.mark.parametrize("module", [reading, arabic, plain, dates, han, vague])
def test_no_pattern_repeats_a_group_without_bound(module: ModuleType) -> None:
    """A bounded pattern does bounded work at each place, so a text of any length is read in linear time."""
    patterns = [value.pattern for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert patterns
    for pattern in patterns:
        without_classes = re.sub(r"\[(?:\\.|[^\]])*\]", "C", re.sub(r"\\.", "E", pattern))
        assert re.findall(r"[)][+*]|[+*].*[+*]", without_classes) == []
