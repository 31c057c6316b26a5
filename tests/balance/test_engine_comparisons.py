"""What an engine finds by comparing schools is what polars finds, place by place counted."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from dudao.issues import Issue
from dudao.pipelines import balance_engines
from dudao.pipelines.balance_engine_comparisons import comparison_issues
from dudao.pipelines.balance_engines import balance_on_duckdb
from dudao.pipelines.balance_standards import load_standard
from dudao.tables.generate import NationSize, generate_schools
from dudao.tables.read import read_table

CODES = (
    "tables.duplicate_school_name",
    "tables.same_figures",
    "tables.jump",
    "tables.copied_year",
    "tables.unlike_peers",
)


def two_years() -> pl.DataFrame:
    """Return two years of three counties with slips of the decimal, a jump, a copied year, a namesake and a twin."""
    both = pl.concat(generate_schools(NationSize(schools=150, counties=3, years=2, seed=4)))
    before, now = both.filter(pl.col("year") == 2023), both.filter(pl.col("year") == 2024)
    rows = now.filter(pl.col("school_type") == "211").to_dicts()
    last = {row["school_id"]: row for row in before.to_dicts()}
    rows[3]["sports_area"] = (rows[3]["sports_area"] or 900.0) * 40
    rows[4]["equipment_value"] = (rows[4]["equipment_value"] or 9e5) / 10_000
    rows[5] |= {name: value for name, value in last[rows[5]["school_id"]].items() if name != "year"}
    rows[7] |= {name: rows[6][name] for name in ("school_name", "school_type", "region_code", "region_name")}
    rows[9] = rows[8] | {"school_id": "2121999999", "school_name": "另一所学校"}
    rows[11] |= {name: rows[10][name] for name in ("school_name", "school_id", "region_code", "region_name")}
    rows[12]["school_id"] = None
    changed = pl.DataFrame(rows, schema=now.schema)
    return pl.concat([before, changed, now.filter(pl.col("school_type") != "211")])


def by_polars(path: Path) -> Counter[str]:
    return Counter(
        {code: sum(group.count for group in read_table(path).groups if group.code == code) for code in CODES}
    )


def counted(issues: list[Issue] | tuple[Issue, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for issue in issues:
        if issue.code in CODES:
            number = re.search(r"共(\d+)处", issue.message)
            assert number
            found[issue.code] += int(number[1])
    return found


def test_duckdb_counts_what_polars_names(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    two_years().write_parquet(path)
    expected = by_polars(path)
    assert all(expected[code] for code in CODES), expected
    issues = balance_on_duckdb(path, load_standard("quality-2017")).issues
    assert counted(issues) == expected
    [same] = [issue for issue in issues if issue.code == "tables.same_figures"]
    assert "另一所学校" in same.message


@pytest.mark.timeout(1500)
@pytest.mark.filterwarnings("ignore")
def test_spark_counts_what_polars_names(tmp_path: Path, spark: Any) -> None:
    path = tmp_path / "a.parquet"
    two_years().write_parquet(path)
    frame = nw.from_native(spark.read.parquet(str(path))).with_columns(region=nw.col("region_code"))
    assert counted(comparison_issues(frame, "a", examples=False)) == by_polars(path)


def test_a_table_without_years_and_names_is_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    two_years().filter(pl.col("year") == 2024).drop("year", "school_name", "school_id").write_parquet(path)
    found = counted(balance_on_duckdb(path, load_standard("quality-2017")).issues)
    assert found == +by_polars(path)
    assert found["tables.unlike_peers"]


def test_beyond_so_many_rows_it_is_said_what_was_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    two_years().write_parquet(path)
    monkeypatch.setattr(balance_engines, "LARGEST", 100)
    issues = balance_on_duckdb(path, load_standard("quality-2017")).issues
    assert not counted(issues)
    [told] = [issue for issue in issues if issue.code == "balance.checked_in_part"]
    assert "跨年" in told.message
    assert "按省" in told.remedy
