"""Intervals hold every exact value, and verdicts grant every honest rounding and no more."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.claims.arithmetic import add, divide, fall_of_decrease, growth, growth_of_increase, judge, percent, subtract
from dudao.claims.check import check_plain
from dudao.claims.model import Verdict
from dudao.quantities.model import Interval
from dudao.quantities.reading import read_quantities

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**6), places=4)
widths = st.decimals(min_value=Decimal(0), max_value=Decimal("0.005"), places=4)
MODES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)


def around(value: Decimal, width: Decimal) -> Interval:
    return Interval(value - width, value + width)


@given(amounts, widths, amounts, widths, st.fractions(0, 1), st.fractions(0, 1))
def test_results_hold_what_any_values_within_would_give(a: Any, wa: Any, b: Any, wb: Any, fa: Any, fb: Any) -> None:
    """The naive twin: plain arithmetic on two values somewhere in their intervals."""
    one, other = around(a, wa), around(b, wb)
    x = Fraction(a - wa) + fa * Fraction(2 * wa)
    y = Fraction(b - wb) + fb * Fraction(2 * wb)
    twins = [(add([one, other]), x + y), (subtract(one, other), x - y)]
    if y > 0:
        twins += [
            (divide(one, other), x / y),
            (percent(one, other), 100 * x / y),
            (growth(one, other), 100 * (x / y - 1)),
            (fall_of_decrease(one, other), 100 * y / (x + y)),
        ]
    if x > y > 0:
        twins.append((growth_of_increase(one, other), 100 * y / (x - y)))
    slack = Fraction(1, 10**12)
    for interval, exact in twins:
        tolerance = slack * max(1, abs(exact))
        assert interval.low is None or Fraction(interval.low) - tolerance <= exact
        assert interval.high is None or exact <= Fraction(interval.high) + tolerance


@given(
    st.lists(st.integers(1, 10**7), min_size=2, max_size=8),
    st.sampled_from(MODES),
    st.integers(0, 2),
)
def test_a_table_that_adds_up_is_never_called_wrong_whatever_the_rounding(
    thousandths: Any, mode: Any, places: Any
) -> None:
    unit = Decimal(1).scaleb(-places)
    exact = [Decimal(one) / 1000 for one in thousandths]
    rounded = [one.quantize(unit, mode) for one in exact]
    total = sum(exact, Decimal(0)).quantize(unit, mode)
    parts = "、".join(f"第{number}项{one}万元" for number, one in enumerate(rounded, 1))
    report = check_plain(f"本年支出包括{parts}，合计{total}万元。")
    assert not [one.message for one in report.claims if one.verdict is Verdict.INCONSISTENT]


@given(st.integers(100, 9999), st.integers(100, 9999), st.integers(1, 3000))
def test_a_change_beyond_the_interval_is_always_called(first: Any, second: Any, by: Any) -> None:
    text = f"校舍维修{first}万元，设备购置{second}万元，合计{first + second + by + 2}万元。"
    assert any(one.verdict is Verdict.INCONSISTENT for one in check_plain(text).claims)


@given(st.integers(2000, 90000), st.integers(10, 1000), st.booleans())
def test_order_of_clauses_does_not_change_the_verdict(level: Any, delta: Any, wrong: Any) -> None:
    rate = (Decimal(delta) / (level - delta) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    rate += Decimal("0.5") if wrong else 0
    orders = [
        f"在校生{level}人，比上年增加{delta}人，增长{rate}%。",
        f"在校生{level}人，比上年增长{rate}%，增加{delta}人。",
        f"在校生比上年增加{delta}人，增长{rate}%，达到{level}人。",
        f"在校生{level}人（比上年增加{delta}人，增长{rate}%）。",
    ]
    verdicts = {
        tuple(one.verdict for one in check_plain(text).claims if one.type == "level_delta_growth") for text in orders
    }
    assert len(verdicts) == 1
    assert (Verdict.INCONSISTENT in next(iter(verdicts))) is wrong


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3), st.sampled_from(MODES))
def test_a_share_rounded_honestly_is_never_called_wrong(part: Any, rest: Any, places: Any, mode: Any) -> None:
    share = (Decimal(part) * 100 / (part + rest)).quantize(Decimal(1).scaleb(-places), mode)
    stated, a, b = read_quantities(f"{share}% {part}人 {part + rest}人")
    if stated.value:
        assert judge(stated, lambda v: percent(v[0], v[1]), [a, b]).holds


@pytest.mark.parametrize(
    ("written", "verdict", "rounding"),
    [
        ("66.7%", Verdict.CONSISTENT, "四舍五入"),
        ("66.6%", Verdict.CONSISTENT_IF_ROUNDED, "截去尾数"),
        ("66.5%", Verdict.INCONSISTENT, ""),
    ],
)
def test_the_rounding_that_was_needed_is_said(written: Any, verdict: Any, rounding: Any) -> None:
    stated, two, three = read_quantities(f"{written} 2人 3人")
    judgement = judge(stated, lambda v: percent(v[0], v[1]), [two, three])
    assert (judgement.verdict, judgement.rounding) == (verdict, rounding)


def test_approximators_widen_and_never_narrow() -> None:
    report = check_plain("全县约有学生3万人，其中小学生约2万人，初中生近1.02万人。")
    assert not [one for one in report.claims if one.verdict is Verdict.INCONSISTENT]


def test_a_slip_of_units_is_named() -> None:
    report = check_plain("设备购置205万元，校舍维修2536万元，合计2741元。")
    assert any("万" in one.message and "单位可能有误" in one.message for one in report.findings)


def test_percent_for_percentage_points_is_a_remark_and_no_error() -> None:
    report = check_plain("优良率由28.67%上升到39.78%，上升11.11%。")
    assert [(one.code, one.level) for one in report.findings] == [("claims.wording", "warning")]


def test_a_unit_that_makes_the_divisor_negative_is_no_slip_of_a_unit() -> None:
    report = check_plain("教育支出62.418亿元，比上年增加3.84亿元，增长9.48%。")
    assert [one.code for one in report.findings] == ["claims.inconsistent"]
    assert "单位" not in report.findings[0].message
