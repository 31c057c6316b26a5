import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.errors import WrongUseError
from dudao.planning.facts import forecast_facts
from dudao.planning.forecast import (
    Assumptions,
    Exceeded,
    SchoolGrades,
    assumptions_in_words,
    forecast_places,
    observed_promotion,
)

NONE = (None,) * 9


def primary(id: str, pupils: float, classes: float | None = 2, region: str = "a") -> SchoolGrades:
    return SchoolGrades(id, f"小学{id}", region, (pupils,) * 6 + (None,) * 3, (classes,) * 6 + (None,) * 3)


def junior(id: str, pupils: float, classes: float | None = 2, region: str = "a") -> SchoolGrades:
    return SchoolGrades(id, f"初中{id}", region, (None,) * 6 + (pupils,) * 3, (None,) * 6 + (classes,) * 3)


def flat(entrants: float, years: range = range(2025, 2040), **more: object) -> Assumptions:
    return Assumptions({"a": dict.fromkeys(years, entrants)}, **more)  # type: ignore[arg-type] # keywords of the test


def test_a_large_entry_walks_through_the_school_grade_by_grade() -> None:
    entrants = dict.fromkeys(range(2026, 2033), 80.0) | {2025: 100.0}
    forecast = forecast_places([primary("1", 80), junior("2", 80)], Assumptions({"a": entrants}), start=2024, years=8)
    for year in range(2025, 2031):
        assert forecast.schools[year][0].pupils[year - 2025] == 100
    assert forecast.schools[2031][1].pupils[6] == 100
    classes = [excess for excess in forecast.excesses if excess.kind is Exceeded.CLASS]
    assert [(each.year, each.grade) for each in classes] == [(2025 + g - 1, g) for g in range(1, 7)]
    assert classes[0].value == 50
    assert classes[0].limit == 45


def test_leavers_of_primary_school_are_shared_as_the_first_junior_grade_is_today() -> None:
    schools = [primary("1", 90), junior("2", 60), junior("3", 30)]
    forecast = forecast_places(schools, flat(90, promotion=(1, 1, 1, 1, 1, 0.9, 1, 1)), start=2024, years=1)
    assert [school.pupils[6] for school in forecast.schools[2025]] == [None, pytest.approx(54), pytest.approx(27)]


def test_five_year_primary_school_enters_junior_at_grade_six() -> None:
    five = SchoolGrades("1", "小学", "a", (50.0,) * 5 + (None,) * 4, (2.0,) * 5 + (None,) * 4)
    four = SchoolGrades("2", "初中", "a", (None,) * 5 + (50.0,) * 4, (None,) * 5 + (2.0,) * 4)
    forecast = forecast_places([five, four], flat(60, primary_grades=5), start=2024, years=6)
    assert forecast.schools[2030][1].pupils[5] == 60
    assert {balance.level for balance in forecast.balances} == {"primary", "junior"}


def test_missing_places_are_those_of_single_schools() -> None:
    forecast = forecast_places([primary("1", 100, 2), primary("2", 50, 2)], flat(150), start=2024, years=1)
    [first] = [b for b in forecast.balances if b.year == 2024]
    assert (first.pupils, first.places, first.missing, first.schools_short) == (900, 1080, 60, 1)


def test_unknown_classes_give_no_places_rather_than_none_missing() -> None:
    forecast = forecast_places([primary("1", 300, None)], flat(300), start=2024, years=1)
    assert {(b.places, b.missing) for b in forecast.balances} == {(None, None)}
    assert not [each for each in forecast.excesses if each.kind is Exceeded.CLASS]


def test_size_limits_follow_the_grades_a_school_runs() -> None:
    both = SchoolGrades("3", "一贯制", "a", (300.0,) * 9, (8.0,) * 9)
    forecast = forecast_places([primary("1", 350, 8), both], flat(650), start=2024, years=1)
    first = {each.school_id: each.limit for each in forecast.excesses if each.kind is Exceeded.SIZE}
    assert first == {"1": 2000, "3": 2500}
    relaxed = flat(650, school_size_limits={"1": 2400})
    again = forecast_places([primary("1", 350, 8), both], relaxed, start=2024, years=1)
    assert {each.school_id for each in again.excesses if each.kind is Exceeded.SIZE} == {"3"}


def test_a_year_without_entrants_is_refused() -> None:
    with pytest.raises(WrongUseError, match="2026"):
        forecast_places([primary("1", 10)], flat(10, range(2025, 2026)), start=2024, years=2)


def test_observed_rates_come_from_two_years() -> None:
    before = [SchoolGrades("1", "校", "a", (100.0,) * 9, NONE)]
    after = [SchoolGrades("1", "校", "a", (90.0, 98.0, 100.0, 100.0, 100.0, 100.0, 95.0, 100.0, 99.0), NONE)]
    assert observed_promotion(before, after) == (0.98, 1, 1, 1, 1, 0.95, 1, 0.99)


def test_assumptions_are_said() -> None:
    words = "".join(assumptions_in_words(flat(120, range(2025, 2026), promotion=(1, 1, 1, 1, 1, 0.985, 1, 1))))
    assert "2025 年 120 人" in words
    assert "六升七 98.5%" in words


def naive(schools: list[dict[int, float]], entrants: list[float], promotion: list[float]) -> list[dict[int, float]]:
    """Each year on paper: move everybody up, share leavers and entrants by today's shares."""
    first = [school.get(1, 0.0) for school in schools]
    seventh = [school.get(7, 0.0) for school in schools]
    now = schools
    for count in entrants:
        leavers = sum(school.get(6, 0.0) for school in now) * promotion[5]
        later = []
        for place, school in enumerate(now):
            moved = {}
            for grade in school:
                if grade == 1:
                    moved[grade] = count * first[place] / sum(first)
                elif grade == 7:
                    moved[grade] = leavers * seventh[place] / sum(seventh)
                else:
                    moved[grade] = school[grade - 1] * promotion[grade - 2]
            later.append(moved)
        now = later
    return now


@given(
    sizes=st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), min_size=1, max_size=4),
    entrants=st.lists(st.integers(0, 500).map(float), min_size=1, max_size=10),
    promotion=st.lists(st.floats(0.8, 1.1), min_size=8, max_size=8),
)
def test_forecast_equals_its_naive_twin(
    sizes: list[tuple[int, int]], entrants: list[float], promotion: list[float]
) -> None:
    schools = [primary(f"p{n}", float(one)) for n, (one, _) in enumerate(sizes)]
    schools += [junior(f"j{n}", float(two)) for n, (_, two) in enumerate(sizes)]
    by_year = {2025 + place: count for place, count in enumerate(entrants)}
    found = forecast_places(schools, Assumptions({"a": by_year}, tuple(promotion)), start=2024, years=len(entrants))
    plain = [{g + 1: n for g, n in enumerate(school.pupils) if n is not None} for school in schools]
    expected = naive(plain, entrants, promotion)
    for school, twin in zip(found.schools[2024 + len(entrants)], expected, strict=True):
        assert {g + 1: n for g, n in enumerate(school.pupils) if n is not None} == pytest.approx(twin)


def test_a_forecast_is_handed_on_as_facts() -> None:
    entrants = dict.fromkeys(range(2026, 2033), 80.0) | {2025: 100.0}
    small = {"1": 500}
    assumptions = Assumptions({"a": entrants}, school_size_limits=small)
    forecast = forecast_places([primary("1", 80), junior("2", 80)], assumptions, start=2024, years=3)
    facts = {(each.name, each.part): each for each in forecast_facts(forecast)}
    beyond = facts["forecast_schools_beyond_class_size", ""]
    assert (beyond.place, beyond.period, beyond.value) == ("a", "2024", 1)
    assert beyond.source.note == "小学1（2025年起）"
    assert facts["forecast_first_year_beyond_class_size", ""].value == 2025
    # 80 × 5 + 100 are 500, which is the limit; nobody is beyond it
    assert facts["forecast_schools_beyond_size", ""].value == 0
    assert facts["forecast_first_year_beyond_size", ""].value is None
    # six grades of two classes of 45 hold 540, three of two classes of 50 hold 300
    assert facts["forecast_places_missing", "primary"].value == 0


def test_places_missing_stay_open_where_classes_are_not_told() -> None:
    forecast = forecast_places([primary("1", 100, None), junior("2", 80)], flat(100), start=2024, years=2)
    facts = {(each.name, each.part): each.value for each in forecast_facts(forecast)}
    assert facts["forecast_places_missing", "primary"] is None
    assert facts["forecast_places_missing", "junior"] == 0
