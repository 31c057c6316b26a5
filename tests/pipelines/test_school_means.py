"""Means over several counties are pooled by pupils, and a missing one leaves the whole missing."""

from decimal import Decimal

import polars as pl

from dudao.assessment.facts import Fact
from dudao.pipelines.balance import balance_table
from dudao.pipelines.balance_standards import load_standard
from dudao.pipelines.duties.school_means import Together, counted_schools, pooled_means
from dudao.tables.generate import NationSize, generate_schools
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.table import Table


def facts_of(rows: pl.DataFrame) -> dict[tuple[str, str], Fact]:
    standard = load_standard("quality-2017")
    found = balance_table(Table(SCHOOLS, rows, ()), standard)
    together = Together("990100", "2024", found.counties, standard, {"schools": 3, "pupils": 900})
    return {(fact.name, fact.part): fact for fact in (*pooled_means(together), *counted_schools(together))}


def primary_schools(areas: list[float | None]) -> pl.DataFrame:
    """One primary school a county: 100, 200, 300 … pupils with so many square metres for rooms."""
    count = len(areas)
    return pl.DataFrame(
        {
            "region": [f"99010{n}" for n in range(1, count + 1)],
            "region_name": [f"第{n}县" for n in range(1, count + 1)],
            "school_id": [f"21{n:08d}" for n in range(1, count + 1)],
            "school_name": [f"第{n}小学" for n in range(1, count + 1)],
            "school_type": ["211"] * count,
            "year": [2024] * count,
            "pupils": [100.0 * n for n in range(1, count + 1)],
            "teaching_area": areas,
            "sheet": [""] * count,
            "sheet_row": list(range(2, count + 2)),
        },
        schema_overrides={"teaching_area": pl.Float64},
    )


def test_a_pooled_mean_is_the_total_over_all_pupils() -> None:
    facts = facts_of(primary_schools([1000.0, 1000.0, 1000.0]))
    assert facts["mean_teaching_area_per_student", ""].value == Decimal("5.000000")  # 3,000 m² for 600 pupils
    assert facts["mean_teaching_area_per_student", "primary"].value == Decimal("5.000000")
    assert "总量之和" in facts["mean_teaching_area_per_student", ""].source.method


def test_what_one_county_lacks_the_whole_lacks() -> None:
    facts = facts_of(primary_schools([1000.0, None, 1000.0]))
    assert facts["mean_teaching_area_per_student", ""].value is None


def test_schools_are_counted_as_reported() -> None:
    facts = facts_of(primary_schools([1000.0]))
    assert facts["compulsory_school_size", ""].value == Decimal(300)
    assert facts["compulsory_schools", ""].value == Decimal(3)


def test_the_pooled_mean_equals_that_of_all_schools_taken_as_one_county() -> None:
    nation = pl.concat(list(generate_schools(NationSize(60, 6, 1, 11))))
    nation = nation.filter(pl.all_horizontal(pl.col("teaching_area", "sports_area").is_not_null()))
    nation = nation.with_columns(pl.lit("").alias("sheet"), pl.int_range(pl.len()).alias("sheet_row"))
    pooled = facts_of(nation)
    together = nation.with_columns(pl.lit("990100").alias("region"), pl.lit("990100").alias("region_code"))
    as_one = facts_of(together)
    for part in ("primary", "junior", ""):
        assert (
            pooled["mean_teaching_area_per_student", part].value == as_one["mean_teaching_area_per_student", part].value
        )
