"""A nation written from its columns says the same as its counties written one by one."""

import json
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from dudao.balance.compute import compute_balance
from dudao.pipelines.balance_nation_payload import nation_pieces
from dudao.pipelines.balance_payload import balance_payload
from dudao.pipelines.balance_standards import load_standard
from tests.balance.random_schools import random_schools

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "reference" / "schema" / "balance.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("standard", ["quality-2017", "basic-2012"])
@pytest.mark.parametrize("years", [1, 2])
def test_columns_and_objects_write_the_same(standard: str, years: int) -> None:
    schools = random_schools(seed=7, schools=900, counties=70, missing=0.03)
    before = schools.head(500).with_columns(pl.lit(2022, dtype=pl.Int64).alias("year"))
    frame = pl.concat([schools, before][:years]).with_columns(region="region_code")
    result = compute_balance(frame, load_standard(standard), detail=False)
    found = json.loads("".join(nation_pieces(result, [{"code": "x"}])))
    assert found == balance_payload(result) | {"issues": [{"code": "x"}]}
    assert any(county["incomplete"] for county in found["counties"])
    jsonschema.validate(found | {"issues": []}, SCHEMA)


def test_one_county_of_many_is_made_alone() -> None:
    frame = random_schools(seed=3, schools=400, counties=20, missing=0.02).with_columns(region="region_code")
    counties = compute_balance(frame, load_standard("quality-2017"), detail=False).counties
    alone = [counties[place] for place in range(len(counties))]
    assert alone == list(counties)
    assert list(counties[3:5]) == alone[3:5]


def test_a_county_without_a_judged_school_is_told_with_and_without_names() -> None:
    frame = random_schools(seed=3, schools=40, counties=1).with_columns(region="region_code")
    lone = frame.head(1).with_columns(
        pl.lit("514").alias("school_type"), pl.lit("999999").alias("region"), pl.lit(None).alias("pupils_primary")
    )
    both = pl.concat([frame, lone], how="vertical_relaxed")
    for named in (True, False):
        last = compute_balance(both, load_standard("quality-2017"), detail=False, named=named).counties[-1]
        assert (last.region, last.verdict, last.reasons) == ("999999", "incomplete", ("没有列入评估范围的学校",))


def test_counts_alone_are_written_for_several_years() -> None:
    schools = random_schools(seed=7, schools=500, counties=70, missing=0.03)
    before = schools.with_columns(pl.lit(2022, dtype=pl.Int64).alias("year"))
    frame = pl.concat([schools, before]).with_columns(region="region_code")
    result = compute_balance(frame, load_standard("quality-2017"), detail=False, named=False)
    found = json.loads("".join(nation_pieces(result, [])))
    assert found == balance_payload(result) | {"issues": []}
    assert all(len(county["trend"]) == 2 and not county["schools_failing"] for county in found["counties"])
