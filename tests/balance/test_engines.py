"""Polars, DuckDB and Spark compute the same from the same parquet file, to 1e-12."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from dudao.balance.compute import compute_balance
from dudao.balance.result import BalanceResult
from dudao.balance.standard import SchoolRule
from dudao.pipelines.balance import as_incomplete, balance_file
from dudao.pipelines.balance_engine_doubts import contradicted, twice_told
from dudao.pipelines.balance_engines import balance_on_duckdb, balance_on_spark
from dudao.pipelines.balance_readings import doubtful_readings
from dudao.pipelines.balance_standards import load_standard
from tests.balance.random_schools import random_schools

STANDARDS = ("quality-2017", "basic-2012")


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schools")
    schools = random_schools(seed=7, schools=400, counties=9, missing=0.01)
    schools.head(200).write_parquet(folder / "a.parquet")
    schools.tail(200).write_parquet(folder / "b.parquet")
    return folder


def figures(result: BalanceResult) -> dict[tuple[object, ...], float | None]:
    found: dict[tuple[object, ...], float | None] = {}
    for county in result.counties:
        for name, level in county.levels.items():
            key = (county.region, county.year, name)
            found[*key, "pupils"] = level.pupils
            found[*key, "composite"] = level.composite
            for each in level.indicators:
                found[*key, each.id, "mean"] = each.mean
                found[*key, each.id, "coefficient"] = each.coefficient
    return found


def words(result: BalanceResult) -> list[tuple[object, ...]]:
    return [
        (
            county.region,
            county.verdict,
            county.reasons,
            sorted((school.school_id, school.level, school.missed_ids) for school in county.schools_failing),
            sorted((each.school_id, each.level, each.indicator, each.reason) for each in county.incomplete),
            sorted((each.school_id, each.reason) for each in county.excluded),
        )
        for county in result.counties
    ]


def assert_same(one: BalanceResult, other: BalanceResult) -> None:
    assert words(one) == words(other)
    left, right = figures(one), figures(other)
    assert left.keys() == right.keys()
    for key, value in left.items():
        other_value = right[key]
        if value is None or other_value is None:
            assert value is other_value, key
        else:
            assert other_value == pytest.approx(value, rel=1e-12, abs=1e-12), key


@pytest.mark.parametrize("standard", STANDARDS)
def test_duckdb_agrees_with_polars(parquet: Path, standard: str) -> None:
    asked = load_standard(standard)
    assert_same(balance_file(parquet, asked), balance_on_duckdb(parquet, asked))


@pytest.fixture(scope="module")
def few_schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("few-schools")
    random_schools(seed=11, schools=60, counties=3, missing=0.02).write_parquet(folder / "a.parquet")
    return folder


@pytest.mark.timeout(1500)  # starting Java and Spark's planning are slow where the machine is busy
@pytest.mark.filterwarnings("ignore")
def test_spark_agrees_with_polars(few_schools: Path, spark: Any) -> None:
    standard = load_standard("quality-2017")
    # one indicator of each sort, as every expression costs Spark seconds of planning
    ids = ("above_required_degree_teachers_per_100", "teaching_area_per_student")
    asked = replace(standard, indicators=tuple(standard.indicator(id) for id in ids), school_rule=SchoolRule(2, 0.85))
    schools = pl.read_parquet(few_schools / "*.parquet").with_columns(region="region_code")
    doubts = as_incomplete(doubtful_readings(schools, asked, None)[0])
    assert_same(
        compute_balance(schools, asked, named=False, doubts=doubts),
        balance_on_spark(few_schools, asked, session=spark, named=False),
    )


def test_engines_take_the_headings_of_offices(tmp_path: Path) -> None:
    schools = {"县区": ["甲"] * 2, "学校名称": ["a", "b"], "办学类型": ["211"] * 2, "在校生数": [100, 50]}
    schools["图书（万册）"] = [0.1, 0.1]
    path = tmp_path / "a.parquet"
    pl.DataFrame(schools).write_parquet(path)
    level = balance_on_duckdb(path, load_standard("basic-2012")).counties[0].levels["primary"]
    assert level.indicator("books_per_student").mean == pytest.approx(2000 / 150)


def test_what_an_engine_checks_and_what_it_does_not_is_said(tmp_path: Path) -> None:
    schools = random_schools(seed=5, schools=30, counties=1)
    sound = schools.with_columns(pl.lit(None, dtype=pl.Float64).alias("pupils"))
    broken = sound.with_columns(
        pl.when(pl.col("school_id") == "2121000003").then(-5.0).otherwise("teaching_area").alias("teaching_area"),
        pl.when(pl.col("school_id") == "2121000004")
        .then(9e9)
        .otherwise("indoor_sports_area")
        .alias("indoor_sports_area"),
    )
    path = tmp_path / "a.parquet"
    broken.write_parquet(path)
    issues = {issue.code: issue for issue in balance_on_duckdb(path, load_standard("quality-2017")).issues}
    assert "（如第3学校）" in issues["tables.negative"].message
    assert "第4学校" in issues["tables.part_above_whole"].message
    assert "不逐行指明" in issues["balance.checked_in_part"].message


def _doubtful(folder: Path) -> Path:
    """Write counties of one combined school each: sound, told twice, and with a total that decides the verdict."""
    school = {
        "year": 2024,
        "school_type": "312",
        "pupils": 800.0,
        "teaching_area": 5000.0,
        "sports_area": 12000.0,
        "equipment_value": 4e6,
        "multimedia_rooms": 40.0,
    }
    for level in ("primary", "junior"):
        school |= {f"pupils_{level}": 400.0, f"above_degree_teachers_{level}": 40.0}
        school |= {f"backbone_teachers_{level}": 8.0, f"pe_art_teachers_{level}": 8.0}
    rows = [
        {**school, "region_code": "210101", "school_id": "2136000001", "school_name": "甲"},
        {**school, "region_code": "210102", "school_id": "2136000002", "school_name": "乙"},
        {**school, "region_code": "210102", "school_id": "2136000002", "school_name": "乙校区"},
        {**school, "region_code": "210103", "school_id": "2136000003", "school_name": "丙", "pupils": 1200.0},
        {**school, "region_code": "210104", "school_id": "2136000004", "school_name": "丁", "pupils": 801.0},
    ]
    # teachers of a senior section belong to the total, though no standard judges it
    extra = {"school_type": "345", "pupils_senior": 0.0, "backbone_teachers_senior": 9.0, "backbone_teachers": 25.0}
    rows[0] |= extra
    path = folder / "a.parquet"
    pl.DataFrame(rows).write_parquet(path)
    return path


def _verdicts(result: BalanceResult) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {county.region: (str(county.verdict), county.reasons) for county in result.counties}


def test_duckdb_leaves_the_same_counties_open_as_polars(tmp_path: Path) -> None:
    path, standard = _doubtful(tmp_path), load_standard("quality-2017")
    found = balance_on_duckdb(path, standard)
    assert _verdicts(found) == _verdicts(balance_file(path, standard))
    verdicts = {region: verdict for region, (verdict, _) in _verdicts(found).items()}
    assert verdicts == {"210101": "met", "210102": "incomplete", "210103": "incomplete", "210104": "incomplete"}
    codes = {issue.code for issue in found.issues}
    assert not [issue for issue in found.issues if "教师" in issue.message and issue.code.endswith("add_up")]
    assert {"tables.duplicate_school_id", "tables.sections_do_not_add_up", "balance.readings_agree"} <= codes


@pytest.mark.parametrize("seed", range(4))
def test_doubts_are_told_in_one_order_however_an_engine_hands_over_the_rows(tmp_path: Path, seed: int) -> None:
    rows, standard = pl.read_parquet(_doubtful(tmp_path)), load_standard("quality-2017")
    told = []
    for each in (rows, rows.sample(fraction=1, shuffle=True, seed=seed)):
        placed = nw.from_native(each.lazy()).with_columns(nw.col("region_code").alias("region"))
        told.append((twice_told(placed, "a"), contradicted(placed, standard, None, "a")))
    assert told[0] == told[1]


@pytest.mark.timeout(1500)
@pytest.mark.filterwarnings("ignore")
def test_spark_finds_the_same_doubts_as_duckdb(tmp_path: Path, spark: Any) -> None:
    path, standard = _doubtful(tmp_path), load_standard("quality-2017")
    frames = (nw.from_native(spark.read.parquet(str(path))), nw.from_native(pl.read_parquet(path)).lazy())
    found = []
    for frame in frames:
        placed = frame.with_columns(nw.col("region_code").alias("region"))
        twice, _ = twice_told(placed, "a")
        unsure, _ = contradicted(placed, standard, None, "a")
        found.append([(each.region, each.school_id, each.school_name) for each in (*twice, *unsure)])
    assert found[0] == found[1]
    assert [region for region, _, _ in found[0]] == ["210102", "210102", "210103", "210104"]
