"""Published worked examples of the difference coefficient, the composite and the split of combined schools."""

import math
from dataclasses import replace

import polars as pl
import pytest

from dudao.balance.compute import compute_balance
from dudao.balance.facts import counties_above_limit
from dudao.balance.standard import BalanceStandard, Method
from dudao.pipelines.balance_standards import load_standard

PUPILS = [45, 37, 89, 76, 55]
BOOKS = [279, 137, 935, 160, 402]


@pytest.fixture(scope="module")
def basic() -> BalanceStandard:
    return load_standard("basic-2012")


def only(standard: BalanceStandard, *ids: str) -> BalanceStandard:
    return replace(standard, indicators=tuple(standard.indicator(id) for id in ids))


def five_schools() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": ["a"] * 5,
            "school_id": [f"21210000{i:02d}" for i in range(5)],
            "school_name": [f"第{i}小学" for i in range(5)],
            "school_type": ["211"] * 5,
            "pupils": PUPILS,
            "books": BOOKS,
        }
    )


def test_five_schools_weighted(basic: BalanceStandard) -> None:
    result = compute_balance(five_schools(), only(basic, "books_per_student"))
    books = result.counties[0].levels["primary"].indicator("books_per_student")
    assert books.mean == pytest.approx(6.3344, abs=5e-5)
    assert books.deviation is not None
    assert books.deviation**2 == pytest.approx(10.6528, abs=5e-5)
    assert books.coefficient == pytest.approx(0.5153, abs=5e-5)
    assert result.method is Method.WEIGHTED


def test_five_schools_unweighted_is_another_number(basic: BalanceStandard) -> None:
    result = compute_balance(five_schools(), only(basic, "books_per_student"), method=Method.UNWEIGHTED)
    coefficient = result.counties[0].levels["primary"].indicator("books_per_student").coefficient
    assert coefficient == pytest.approx(0.489, abs=5e-4)
    assert coefficient is not None
    # the sample form (n - 1) is neither
    assert coefficient * math.sqrt(5 / 4) == pytest.approx(0.546, abs=1e-3)


@pytest.mark.parametrize(
    ("level", "coefficients", "composite"),
    [
        ("primary", [0.437, 0.419, 0.255, 0.188, 0.171, 0.263, 0.263, 0.420], 0.302),
        ("junior", [0.381, 0.298, 0.264, 0.212, 0.207, 0.502, 0.445, 0.539], 0.356),
    ],
)
def test_composite_is_the_plain_mean_of_eight(
    basic: BalanceStandard, level: str, coefficients: list[float], composite: float
) -> None:
    # two schools of equal size at 1 - c and 1 + c have the coefficient c
    columns = ["teaching_area", "sports_area", "equipment_value", "computers", "books"]
    columns += ["full_time_teachers", "above_degree_teachers", "mid_title_teachers"]
    schools = pl.DataFrame(
        {
            "region": ["a", "a"],
            "school_id": ["1", "2"],
            "school_type": ["211" if level == "primary" else "311"] * 2,
            "pupils": [1000, 1000],
            **{name: [1000 * (1 - c), 1000 * (1 + c)] for name, c in zip(columns, coefficients, strict=True)},
        }
    )
    result = compute_balance(schools, basic).counties[0].levels[level]
    assert [each.coefficient for each in result.indicators] == pytest.approx(coefficients)
    assert result.composite is not None
    assert round(result.composite, 3) == composite
    assert result.verdict == "met"


def test_split_of_a_nine_year_school(basic: BalanceStandard) -> None:
    schools = pl.DataFrame(
        {
            "region": ["a"],
            "school_id": ["1"],
            "school_type": ["312"],
            "pupils": [376],
            "pupils_primary": [166],
            "pupils_junior": [210],
            "books": [23226],
        }
    )
    county = compute_balance(schools, only(basic, "books_per_student")).counties[0]
    shares = {school.level: school.indicators[0].numerator for school in county.schools}
    assert shares["primary"] == pytest.approx(9711.6, abs=0.1)
    assert shares["junior"] == pytest.approx(13514.4, abs=0.1)


@pytest.mark.parametrize(
    ("school_type", "pupils", "weights"),
    [
        ("345", {"primary": 100, "junior": 100, "senior": 100}, {"primary": 1 / 3.42, "junior": 1.1 / 3.42}),
        ("341", {"junior": 300, "senior": 200}, {"junior": 300 / (300 + 1.2 * 200)}),
        ("312", {"primary": 100, "junior": 0}, {"primary": 1.0}),
    ],
)
def test_split_weights(
    basic: BalanceStandard, school_type: str, pupils: dict[str, int], weights: dict[str, float]
) -> None:
    row = {"region": "a", "school_id": "1", "school_type": school_type, "books": 1.0}
    schools = pl.DataFrame([row | {f"pupils_{level}": count for level, count in pupils.items()}])
    county = compute_balance(schools, only(basic, "books_per_student")).counties[0]
    assert {school.level: school.indicators[0].numerator for school in county.schools} == pytest.approx(weights)


def test_counties_of_a_city_above_the_limit_are_counted() -> None:
    books = only(load_standard("basic-2012"), "books_per_student")
    uneven = five_schools().with_columns(pl.lit("甲县").alias("region"))
    uneven = uneven.with_columns(pl.when(pl.col("books") == 935).then(9350.0).otherwise("books").alias("books"))
    even = five_schools().with_columns(pl.lit("乙县").alias("region"), (pl.col("pupils") * 20.0).alias("books"))
    both = pl.concat([uneven, even], how="diagonal_relaxed")
    [fact] = counties_above_limit(compute_balance(both, books), "211100")
    assert (fact.name, fact.place, fact.value) == ("counties_above_coefficient_limit", "211100", 1)
    assert fact.source.note == "甲县"
    broken = both.with_columns(pl.when(pl.col("region") == "乙县").then(None).otherwise("books").alias("books"))
    [fact] = counties_above_limit(compute_balance(broken, books), "211100")
    assert fact.value is None


def test_a_table_of_one_level_says_that_its_verdict_is_about_that_level() -> None:
    county = compute_balance(five_schools(), load_standard("quality-2017")).counties[0]
    assert "表中没有初中（段），结论只涉及小学" in county.reasons
