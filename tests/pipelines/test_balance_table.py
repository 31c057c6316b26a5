"""Very large tables are told in short, with what was left out said."""

import polars as pl
import pytest

from dudao.balance import school_frames
from dudao.balance.compute import compute_balance
from dudao.balance.school_frames import MOST_TOLD
from dudao.pipelines.balance_standards import load_standard


def test_more_incomplete_schools_than_are_told_are_counted() -> None:
    many = MOST_TOLD + 500
    schools = pl.DataFrame(
        {
            "region": ["甲县"] * many,
            "school_name": [f"第{place}小学" for place in range(many)],
            "school_type": ["211"] * many,
            "pupils": [300.0] * many,
        }
    )
    result = compute_balance(schools, load_standard("quality-2017"), detail=False)
    [county] = result.counties
    assert {each.school_name for each in county.incomplete} == {f"第{place}小学" for place in range(MOST_TOLD)}
    assert f"小学：“生均教学及辅助用房面积”有{many}所学校缺数，差异系数无法计算" in county.reasons
    assert [issue.code for issue in result.issues] == ["balance.incomplete_shortened"]
    assert f"有{many}所学校" in result.issues[0].message


def test_a_nation_of_incomplete_schools_is_told_in_short_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(school_frames, "MOST_IN_ALL", 1000)
    counties, many = 30, 50
    schools = pl.DataFrame(
        {
            "region": [f"第{place}县" for place in range(counties) for _ in range(many)],
            "school_name": [f"第{place}小学" for place in range(counties * many)],
            "school_type": ["211"] * counties * many,
            "pupils": [300.0] * counties * many,
        }
    )
    result = compute_balance(schools, load_standard("quality-2017"), detail=False)
    told = {county.region: {each.school_name for each in county.incomplete} for county in result.counties}
    assert [len(names) for names in told.values()] == [1000 // counties] * counties
    [issue] = result.issues
    assert issue.message.startswith("30个县区共有1500所学校（学段）缺数，各县各学段只列出前33所")
