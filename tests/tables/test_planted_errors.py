"""Layouts of offices are read without an alarm, and errors planted into them are named by row, heading and remedy.

All errors in all layouts are measured by `bench/tables_planted.py`; here each error meets two layouts.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dudao.balance.result import BalanceResult
from dudao.issues import Level
from dudao.tables.read import read_table
from tests.tables.office_layout_list import LAYOUTS, Layout, hidden_columns_and_rows, plain
from tests.tables.office_layouts import county
from tests.tables.planted import false_alarms, found, read_sound, trial
from tests.tables.planted_errors import ERRORS

SPLIT = ("sheet_of_each_level", "sheet_of_each_county")
"""Layouts that hold the county in another division."""


Sound = Callable[[Layout], BalanceResult]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """The result of a table without errors, each layout read once."""
    return cache(lambda layout: read_sound(layout, tmp_path_factory.mktemp("sound"))[1])


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_sound_table_raises_no_alarm(layout: Layout, sound: Sound) -> None:
    assert false_alarms(sound(layout)) == []


@pytest.mark.parametrize(
    "layout", [each for each in LAYOUTS if each.__name__ not in SPLIT], ids=lambda each: each.__name__
)
def test_every_layout_says_the_same(layout: Layout, sound: Sound) -> None:
    expected, result = sound(plain), sound(layout)
    for level, here in expected.counties[0].levels.items():
        there = result.counties[0].levels[level]
        assert (there.schools, there.pupils, there.schools_met) == (here.schools, here.pupils, here.schools_met)
        for one, other in zip(here.indicators, there.indicators, strict=True):
            assert (other.mean, other.coefficient) == pytest.approx((one.mean, one.coefficient), rel=1e-9)


@pytest.mark.parametrize("place", range(len(ERRORS)), ids=[error.name for error in ERRORS])
def test_a_planted_error_is_named(place: int, tmp_path: Path) -> None:
    error = ERRORS[place]
    able = [layout for layout in LAYOUTS if layout.__name__ not in error.not_in]
    for step in (0, len(able) // 2):
        layout = able[(place * 5 + step) % len(able)]
        assert found(error, trial(error, layout, tmp_path)), layout.__name__


def test_hidden_rows_and_columns_are_said_to_count(tmp_path: Path) -> None:
    table = read_table(hidden_columns_and_rows(county(), tmp_path).path)
    [told] = [issue for issue in table.issues if issue.code == "tables.hidden_read"]
    assert told.level is Level.NOTE
    assert "第6行" in told.message
    assert "专任教师数小学" in told.message
