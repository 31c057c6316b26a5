"""Very large tables are told in short, with what was left out said."""

import polars as pl

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
