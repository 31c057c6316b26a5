import json
import re
from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from dudao.balance.compute import compute_balance
from dudao.balance.result import BalanceResult
from dudao.pipelines.balance_standards import load_standard
from dudao.reporting.balance_chart_options import coefficient_options, strip_options
from dudao.reporting.balance_chart_png import write_coefficient_png, write_strip_png
from dudao.reporting.balance_chart_svg import coefficient_svg, strip_svg
from dudao.reporting.balance_charts import coefficient_chart, strip_chart
from dudao.reporting.balance_page import balance_page, coefficient_words
from dudao.tables.generate import NationSize, generate_schools


def table(*, name: str = "") -> pl.DataFrame:
    frame = pl.concat(generate_schools(NationSize(schools=20, counties=1, years=2, seed=6)))
    tail = pl.col("school_id").str.ends_with("7") & (pl.col("year") == 2024)
    wide = pl.when(tail).then(pl.col("sports_area") * 9).otherwise(pl.col("sports_area")).alias("sports_area")
    return frame.with_columns(wide, *([pl.lit(name).alias("school_name")] if name else []))


@pytest.fixture(scope="module")
def result() -> BalanceResult:
    return compute_balance(table(), load_standard("quality-2017"))


def test_strip_holds_every_section_in_every_indicator(result: BalanceResult) -> None:
    county = result.latest()[0]
    chart = strip_chart(county, result.standard)
    known = sum(1 for school in county.schools for each in school.indicators if each.value is not None)
    assert len(chart.points) == known
    for point in chart.points:
        assert (point.share >= 1 - 1e-9) == (point.standing.value == "met")


def test_svg_is_sound_deterministic_and_asks_nothing_of_the_network(result: BalanceResult) -> None:
    years = result.years_of(result.latest()[0].region)
    drawn = [
        coefficient_svg(coefficient_chart(years, result.standard)),
        strip_svg(strip_chart(years[-1], result.standard)),
    ]
    again = [
        coefficient_svg(coefficient_chart(years, result.standard)),
        strip_svg(strip_chart(years[-1], result.standard)),
    ]
    assert drawn == again
    for picture in drawn:
        root = etree.fromstring(picture.encode())
        assert root.tag.endswith("svg")
        assert "href" not in picture
        assert "2022—" not in picture or "2023" in picture


def test_a_coefficient_over_its_limit_is_hatched_and_said_in_words(result: BalanceResult) -> None:
    years = result.years_of(result.latest()[0].region)
    picture = coefficient_svg(coefficient_chart(years, result.standard))
    assert "url(#over)" in picture
    assert " 超<" in picture


def test_options_are_plain_json(result: BalanceResult) -> None:
    years = result.years_of(result.latest()[0].region)
    bars = coefficient_options(coefficient_chart(years, result.standard), "primary")
    assert [series["name"] for series in bars["series"]] == ["2023", "2024"]
    assert len(bars["series"][0]["data"]) == 7
    strip = strip_options(strip_chart(years[-1], result.standard))
    assert json.loads(json.dumps([bars, strip])) == [bars, strip]


def test_png_is_written(result: BalanceResult, tmp_path: Path) -> None:
    years = result.years_of(result.latest()[0].region)
    write_coefficient_png(coefficient_chart(years, result.standard), tmp_path / "a.png")
    write_strip_png(strip_chart(years[-1], result.standard), tmp_path / "b.png")
    for name in ("a.png", "b.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


def test_page_is_one_file_with_verdict_reasons_pictures_and_arithmetic(result: BalanceResult) -> None:
    page = balance_page(result)
    county = result.latest()[0]
    for reason in county.reasons:
        assert reason.replace('"', "&quot;") in page
    assert page.count("<svg") >= 2 + 14
    assert "手工复核表：小学" in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "style=" not in page
    assert balance_page(result) == page
    for level in county.levels.values():
        for indicator in level.indicators:
            assert indicator.coefficient is not None
            assert f"{indicator.coefficient:.3f}" in page


def test_names_from_the_table_cannot_break_the_page() -> None:
    hostile = compute_balance(table(name='<script>alert("x")</script>'), load_standard("quality-2017"))
    page = balance_page(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_county_of_one_school_and_one_without_figures_have_pages_too() -> None:
    standard = load_standard("quality-2017")
    one = pl.DataFrame(
        {"region": ["a"], "school_id": ["1"], "school_name": ["独校"], "school_type": ["211"], "pupils": [50.0]}
    )
    page = balance_page(compute_balance(one, standard))
    assert "暂不下结论" in page
    assert "无法计算" in page


def test_basic_standard_without_thresholds_has_a_page(result: BalanceResult) -> None:
    page = balance_page(compute_balance(table(), load_standard("basic-2012")))
    assert "综合" in page


def test_a_coefficient_close_to_its_limit_shows_more_decimals() -> None:
    assert coefficient_words(0.4999, 0.5) == "0.500（未舍入 0.499900）"
    assert coefficient_words(0.3, 0.5) == "0.300"
