from pathlib import Path

import polars as pl
import pytest

from dudao.balance.compute import compute_balance
from dudao.errors import WrongUseError
from dudao.issues import Level
from dudao.pipelines.balance_standards import load_standard
from dudao.tables.generate import NationSize, _region_code, generate_schools, write_schools
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.read import read_table


@pytest.fixture(scope="module")
def nation() -> pl.DataFrame:
    return pl.concat(generate_schools(NationSize(schools=3000, counties=40, years=3, seed=7)))


def test_every_year_has_all_schools_in_all_counties(nation: pl.DataFrame) -> None:
    years = nation.group_by("year").agg(pl.len(), pl.col("region").n_unique().alias("counties")).sort("year")
    assert years.rows() == [(2022, 3000, 40), (2023, 3000, 40), (2024, 3000, 40)]
    assert nation.select("year", "school_id").is_unique().all()


def test_columns_are_canonical(nation: pl.DataFrame) -> None:
    assert set(nation.columns) - {"region"} <= set(SCHOOLS.names())


def test_sections_add_up_and_teachers_with_attributes_do_not_exceed_teachers(nation: pl.DataFrame) -> None:
    sections = nation["pupils_primary"] + nation["pupils_junior"] + nation["pupils_senior"]
    assert (sections == nation["pupils"]).all()
    for column in ("above_degree_teachers", "backbone_teachers", "pe_art_teachers", "mid_title_teachers"):
        assert (nation[column] <= nation["full_time_teachers"]).all()


def test_it_looks_like_a_nation(nation: pl.DataFrame) -> None:
    last = nation.filter(pl.col("year") == 2024)
    assert {"211", "218", "311", "312", "341", "345"} == set(last["school_type"])
    urban = last.filter(pl.col("urban_rural").str.starts_with("11"))["pupils"].median()
    rural = last.filter(pl.col("urban_rural") == "220")["pupils"].median()
    assert isinstance(urban, float)
    assert isinstance(rural, float)
    assert urban > 3 * rural
    missing = last["sports_area"].null_count()
    assert 0 < missing < 30
    combined = last.filter(pl.col("school_type") == "312")
    assert combined["backbone_teachers_primary"].null_count() < combined.height / 10


def test_some_counties_meet_the_standard_and_some_do_not(nation: pl.DataFrame) -> None:
    result = compute_balance(nation.filter(pl.col("year") == 2024), load_standard("quality-2017"), detail=False)
    met = [
        indicator.met
        for county in result.counties
        for level in county.levels.values()
        for indicator in level.indicators
    ]
    assert True in met
    assert False in met


def test_same_seed_same_bytes_and_another_seed_another_nation(tmp_path: Path) -> None:
    size = NationSize(schools=500, counties=9, years=2, seed=3)
    assert write_schools(size, tmp_path / "a.parquet") == 1000
    write_schools(size, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    other = pl.concat(generate_schools(NationSize(schools=500, counties=9, years=2, seed=4)))
    assert not pl.read_parquet(tmp_path / "a.parquet").equals(other)


def test_more_counties_than_schools_is_refused() -> None:
    with pytest.raises(WrongUseError, match="县区数"):
        NationSize(schools=3, counties=4)


def test_reading_it_finds_no_error(tmp_path: Path) -> None:
    write_schools(NationSize(schools=2000, counties=70, years=2, seed=9), tmp_path / "a.parquet")
    issues = read_table(tmp_path / "a.parquet").issues
    assert [issue for issue in issues if issue.level is Level.ERROR] == []
    assert not [issue for issue in issues if "region_code" in issue.code or "school_id" in issue.code]


def test_codes_stay_unique_in_a_larger_nation() -> None:
    codes = [_region_code(county, 2846) for county in range(2846)]
    assert len(set(codes)) == 2846
    assert {code[2:4] for code in codes} <= {str(city) for city in range(60, 90)}
