"""What must hold whatever the schools: order, scale, halves, equality, and a slow twin that agrees."""

import math
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.balance.compute import compute_balance
from dudao.balance.model import CountyResult, IndicatorResult, Verdict
from dudao.balance.standard import BalanceStandard, Method
from dudao.pipelines.balance_standards import load_standard
from tests.balance.random_schools import random_schools

QUALITY = load_standard("quality-2017")
BASIC = load_standard("basic-2012")
BOOKS = replace(BASIC, indicators=(BASIC.indicator("books_per_student"),))

Schools = list[tuple[int, int]]
schools = st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 100_000)), min_size=1, max_size=12)


def books(rows: Schools, method: Method = Method.WEIGHTED) -> IndicatorResult:
    frame = pl.DataFrame(
        {
            "region": ["a"] * len(rows),
            "school_id": [str(place) for place in range(len(rows))],
            "school_type": ["211"] * len(rows),
            "pupils": [pupils for pupils, _ in rows],
            "books": [count for _, count in rows],
        }
    )
    return compute_balance(frame, BOOKS, method=method).counties[0].levels["primary"].indicators[0]


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=25, deadline=None)
@given(schools, st.randoms(use_true_random=False), st.sampled_from(Method))
def test_the_order_of_schools_does_not_matter(rows: Schools, source: Any, method: Method) -> None:
    shuffled = list(rows)
    source.shuffle(shuffled)
    assert same(books(rows, method).coefficient, books(shuffled, method).coefficient)


@settings(max_examples=25, deadline=None)
@given(schools, st.integers(2, 50), st.sampled_from(Method))
def test_scaling_a_resource_keeps_the_coefficient(rows: Schools, factor: int, method: Method) -> None:
    scaled = [(pupils, count * factor) for pupils, count in rows]
    assert same(books(rows, method).coefficient, books(scaled, method).coefficient)


@settings(max_examples=25, deadline=None)
@given(schools)
def test_two_equal_halves_weigh_as_the_whole(rows: Schools) -> None:
    doubled = [(pupils * 2, count * 2) for pupils, count in rows]
    (pupils, count), *others = doubled
    halves = [(pupils // 2, count // 2)] * 2 + others
    assert same(books(doubled).coefficient, books(halves).coefficient)
    assert same(books(doubled).mean, books(halves).mean)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=12), st.integers(1, 99), st.sampled_from(Method))
def test_alike_schools_have_the_coefficient_0(pupils: list[int], each: int, method: Method) -> None:
    result = books([(count, count * each) for count in pupils], method)
    assert result.coefficient == pytest.approx(0, abs=1e-12)


def test_one_school_has_the_coefficient_0() -> None:
    assert books([(77, 1234)]).coefficient == 0


def test_a_mean_of_0_has_no_coefficient() -> None:
    result = books([(77, 0), (3, 0)])
    assert (result.mean, result.coefficient, result.met) == (0, None, None)


# The twin: plain Python, one school after another, as an official would do it by hand.

TYPES = {code: set(sections) for code, sections in QUALITY.scope.levels_by_type.items()}
WEIGHTS = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
PER_SECTION = {
    "full_time_teachers",
    "above_degree_teachers",
    "mid_title_teachers",
    "backbone_teachers",
    "pe_art_teachers",
}


def section_pupils(row: dict[str, Any], section: str) -> float | None:
    runs = TYPES.get(row["school_type"], set())
    others = [row[f"pupils_{other}"] for other in WEIGHTS if other != section]
    reported = row[f"pupils_{section}"]
    if section not in runs:
        return 0.0 if reported is None else float(reported)
    if reported is None and len(runs) == 1 and not any(others):
        reported = row["pupils"]
    return None if reported is None else float(reported)


def twin_value(row: dict[str, Any], standard: BalanceStandard, place: int, level: str) -> float | None:
    """Return the numerator of one section; None when a figure is missing."""
    pupils = {section: section_pupils(row, section) for section in WEIGHTS}
    single = sum(count != 0 for count in pupils.values()) == 1
    top = 0.0
    for term in standard.indicators[place].numerator:
        if term.when:
            continue  # random schools carry no flags
        if term.column in PER_SECTION:
            amount = row[f"{term.column}_{level}"]
            if amount is None and single:
                amount = row[term.column]
        else:
            amount = row[term.column]
            if amount is not None:
                if any(count is None for count in pupils.values()):
                    amount = None
                else:
                    own = WEIGHTS[level] * (pupils[level] or 0)
                    amount *= own / sum(WEIGHTS[section] * (count or 0) for section, count in pupils.items())
        if amount is None and not term.optional:
            return None
        top += term.factor * (amount or 0.0)
    return top


def twin(rows: list[dict[str, Any]], standard: BalanceStandard, level: str, method: Method) -> list[Any]:
    judged = []
    for row in rows:
        count = section_pupils(row, level)
        runs = level in TYPES.get(row["school_type"], set())
        if not runs or (count == 0 and any(section_pupils(row, section) != 0 for section in WEIGHTS)):
            continue
        if row["school_type"] == "218":
            least = standard.scope.teaching_points_from
            if least is None or (count is not None and count < least):
                continue
        if not standard.scope.private_included and row["ownership"] == "private":
            continue
        judged.append((row, count))
    results: list[Any] = []
    for place, indicator in enumerate(standard.indicators):
        known = [(count, twin_value(row, standard, place, level)) for row, count in judged if count != 0]
        if not known or any(count is None or top is None for count, top in known):
            results.append(None)
            continue
        pairs = [(count, top) for count, top in known if count is not None and top is not None]
        values = [top * indicator.per / count for count, top in pairs]
        if method is Method.WEIGHTED:
            everyone = sum(count for count, _ in pairs)
            mean = sum(top for _, top in pairs) * indicator.per / everyone
            square = sum(count * (each - mean) ** 2 for (count, _), each in zip(pairs, values, strict=True)) / everyone
        else:
            mean = sum(values) / len(values)
            square = sum((each - mean) ** 2 for each in values) / len(values)
        results.append(math.sqrt(square) / mean if mean > 0 else None)
    return results


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("missing", [0.0, 0.004])
@pytest.mark.parametrize("method", list(Method))
def test_the_slow_twin_agrees(seed: int, missing: float, method: Method) -> None:
    frame = random_schools(seed=seed, schools=60, counties=4, missing=missing)
    for standard in (QUALITY, BASIC):
        for county in compute_balance(frame.with_columns(region="region_code"), standard, method=method).counties:
            rows = frame.filter(pl.col("region_code") == county.region).to_dicts()
            for level, result in county.levels.items():
                expected = twin(rows, standard, level, method)
                found = [each.coefficient for each in result.indicators]
                assert [value is None for value in found] == [value is None for value in expected]
                assert all(same(one, other) for one, other in zip(found, expected, strict=True))


def one_county(*rows: dict[str, object]) -> CountyResult:
    frame = pl.DataFrame([{"region": "a", **row} for row in rows])
    return compute_balance(frame, QUALITY).counties[0]


GOOD: dict[str, object] = {
    "school_id": "1",
    "school_type": "211",
    "pupils": 1000,
    "above_degree_teachers": 42,
    "backbone_teachers": 10,
    "pe_art_teachers": 9,
    "teaching_area": 4500.0,
    "sports_area": 7500.0,
    "equipment_value": 2_000_000.0,
    "multimedia_rooms": 23,
}


def test_a_school_just_at_every_threshold_meets_them() -> None:
    county = one_county(GOOD)
    assert county.verdict is Verdict.MET
    assert county.schools[0].met_count == 7


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"backbone_teachers": 8.5}, Verdict.MET),  # one missed, at 85 %
        ({"backbone_teachers": 8}, Verdict.NOT_MET),  # one missed, below 85 %
        ({"backbone_teachers": 9, "pe_art_teachers": 8}, Verdict.NOT_MET),  # two missed
        ({"backbone_teachers": None}, Verdict.INCOMPLETE),
        ({"pupils": 0}, Verdict.INCOMPLETE),
        ({"pupils": None}, Verdict.INCOMPLETE),
        ({"teaching_area": -1.0}, Verdict.INCOMPLETE),
        ({"school_type": None}, Verdict.INCOMPLETE),
    ],
)
def test_six_of_seven_and_the_rest_at_85_percent(changes: dict[str, object], verdict: Verdict) -> None:
    county = one_county(GOOD | changes)
    assert county.verdict is verdict
    if verdict is Verdict.NOT_MET:
        assert [school.school_id for school in county.schools_failing] == ["1"]
        assert all(each.gap for each in county.schools_failing[0].missed)
    if verdict is Verdict.INCOMPLETE:
        assert county.incomplete


def test_the_indoor_sports_room_is_taken_out_of_teaching_area() -> None:
    county = one_county(GOOD | {"indoor_sports_area": 500.0})
    values = {each.id: each.value for each in county.schools[0].indicators}
    assert values["teaching_area_per_student"] == 4.0


def test_relaxations_need_their_flag_and_size() -> None:
    small = GOOD | {"pupils": 60, "pe_art_teachers": 0, "visiting_pe_art_teachers": 1, "rural_small": True}
    values = [each.value for each in one_county(small).schools[0].indicators]
    assert values[2] == pytest.approx(100 / 60)
    for changes in ({"rural_small": False}, {"pupils": 100}):
        assert one_county(small | changes).schools[0].indicators[2].value == 0
    roof = GOOD | {"additional_sports_area": 500.0, "dense_core_city": True}
    assert one_county(roof).schools[0].indicators[4].value == 8
    assert one_county(roof | {"dense_core_city": None}).schools[0].indicators[4].value == 7.5


def test_teaching_points_below_50_and_other_types_are_excluded_with_a_reason() -> None:
    county = one_county(
        GOOD,
        GOOD | {"school_id": "2", "school_type": "218", "pupils": 49},
        GOOD | {"school_id": "3", "school_type": "218", "pupils": 50},
        GOOD | {"school_id": "4", "school_type": "514"},
        GOOD | {"school_id": "5", "school_type": "342"},
    )
    assert {school.school_id for school in county.schools} == {"1", "3"}
    assert {each.school_id: each.reason for each in county.excluded} == {
        "2": "不足50人的教学点不在评估范围",
        "4": "特殊教育学校（办学类型514）不在评估范围",
        "5": "普通高中（办学类型342）不在评估范围",
    }


def test_a_definite_failure_beside_a_gap_leaves_the_county_open_but_names_both() -> None:
    county = one_county(GOOD | {"backbone_teachers": 0}, GOOD | {"school_id": "2", "sports_area": None})
    assert county.verdict is Verdict.INCOMPLETE
    assert [school.school_id for school in county.schools_failing] == ["1"]
    assert [each.school_id for each in county.incomplete] == ["2"]
    assert any("未达到" in reason for reason in county.reasons)
