"""The least mean with which a coefficient can be had: against random plans, and its tangents against other heights."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.balance.optimise.least_mean import LeastMean

amounts = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60), st.integers(0, 50)), min_size=2, max_size=7)


def schools(rows: list[tuple[int, int, int]]) -> LeastMean:
    weights = np.array([pupils for pupils, _, _ in rows], dtype=float)
    lows = np.array([low for _, low, _ in rows], dtype=float)
    return LeastMean(weights / weights.sum(), lows, lows + [more for _, _, more in rows])


def coefficient(weights: np.ndarray, values: np.ndarray) -> float:
    mean = float(weights @ values)
    return float(np.sqrt(weights @ (values - mean) ** 2)) / mean if mean > 0 else float("inf")


@given(amounts, st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_no_plan_within_lows_and_highs_has_a_smaller_mean_for_its_coefficient(
    rows: list[tuple[int, int, int]], seed: int
) -> None:
    least = schools(rows)
    random = np.random.default_rng(seed)
    for _ in range(20):
        values = least.lows + (least.highs - least.lows) * random.random(len(rows)) ** random.choice([0.2, 1.0, 5.0])
        found = coefficient(least.weights, values)
        if not np.isfinite(found):
            continue
        height = least.height(found)
        assert height is not None
        assert least.mean(height) <= float(least.weights @ values) * (1 + 1e-6) + 1e-6


@given(amounts)
@settings(deadline=None)
def test_a_tangent_lies_below_the_least_mean_everywhere(rows: list[tuple[int, int, int]]) -> None:
    least = schools(rows)
    heights = np.linspace(least.lowest(), least.best(), 12)
    for at in heights:
        tangent = least.tangent(float(at))
        if tangent is None:
            continue
        where, mean, slope = tangent
        for other in heights:
            found = least.coefficient(float(other))
            if np.isfinite(found):
                assert least.mean(float(other)) >= (mean + slope * (found - where)) * (1 - 1e-6) - 1e-9


def test_two_equal_schools_are_brought_together_by_raising_the_poorer() -> None:
    """10 and 30 with a coefficient of 0.5; for 0.2 the poorer comes to 20: mean 25, deviation 5."""
    least = schools([(1, 10, 100), (1, 30, 100)])
    assert least.coefficient(least.lowest()) == 0.5
    height = least.height(0.2)
    assert height is not None
    assert abs(height - 20) < 1e-9
    assert abs(least.mean(height) - 25) < 1e-9


def test_a_coefficient_below_what_highs_allow_cannot_be_had() -> None:
    assert schools([(1, 10, 2), (1, 30, 0)]).height(0.2) is None


def test_tangents_next_to_the_least_coefficient_are_as_true_as_others() -> None:
    """Where two schools are nearly equal the difference of two squares is rounding: such a tangent was flat."""
    least = LeastMean(np.array([0.5, 0.5]), np.array([8 / 9, 10 / 9]), np.array([4 / 3, 4 / 3]))
    lowest = least.lowest()
    for power in range(3, 14):
        tangent = least.tangent(least.best() - 10.0**-power)
        if tangent is not None:
            where, mean, slope = tangent
            assert least.mean(lowest) >= mean + slope * (least.coefficient(lowest) - where) - 1e-9
