"""What a school lacks is told in whole teachers and rooms, and having them brings it to the threshold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.balance.model import SchoolIndicator


def lacking(gap_quantity: float | None) -> int:
    return SchoolIndicator("x", 46.0, 2050.0, 2.24, 2.3, False, True, 0.06, gap_quantity).units_lacking


@pytest.mark.parametrize(("gap", "units"), [(1.15, 2), (0.15, 1), (2.0, 2), (2.0000000001, 2), (0.0, 0), (None, 0)])
def test_a_part_of_a_room_is_a_whole_room(gap: float | None, units: int) -> None:
    assert lacking(gap) == units


@given(st.integers(1, 3000), st.integers(0, 3000), st.sampled_from([1.0, 2.3, 2.4, 4.2]))
def test_what_is_told_reaches_the_threshold_and_one_less_does_not(pupils: int, owned: int, threshold: float) -> None:
    needed = threshold * pupils / 100 - owned
    if needed <= 1e-6:
        return
    units = lacking(needed)
    assert (owned + units) * 100 / pupils >= threshold - 1e-6
    assert (owned + units - 1) * 100 / pupils < threshold
