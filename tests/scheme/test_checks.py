"""Each check on the smallest scheme that fails it, and a sound scheme that passes all."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.issues import Issue, Location
from dudao.provenance import ClauseSource
from dudao.scheme.checks.every import check_scheme
from dudao.scheme.checks.points import counted_points
from dudao.scheme.model import FactDeclaration, GovernmentLevel, GradeBand, Indicator, Point, Scheme, ScoringRule

SOURCE = ClauseSource("评价方案", "江教督〔2024〕1号")


def point(identifier: str, full: str | None, line: int = 1, **more: object) -> Point:
    name = str(more.pop("name", f"要点{identifier}"))
    place = Location("a.yaml", line)
    points = None if full is None else Decimal(full)
    return Point(identifier, name, points, None, SOURCE, location=place, **more)  # type: ignore[arg-type]  # test keywords


def group(identifier: str, full: str | None, *children: Point | Indicator, line: int = 1) -> Indicator:
    level = identifier.count(".") + 1
    points = None if full is None else Decimal(full)
    return Indicator(identifier, f"指标{identifier}", level, points, children, SOURCE, Location("a.yaml", line))


def scheme(*indicators: Indicator, full: str | None = "10", **more: object) -> Scheme:
    made = Scheme(
        id="jiangnan-2024",
        name="江南省2024年评价",
        region="jiangnan",
        region_name="江南省",
        level=GovernmentLevel.COUNTY,
        year=2024,
        full_points=None if full is None else Decimal(full),
        indicators=indicators,
        source=SOURCE,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # test keywords


SOUND = scheme(group("1", "10", point("1.1", "4"), point("1.2", "6")))


def codes(issues: list[Issue]) -> list[str]:
    return [issue.code for issue in issues]


def test_a_sound_scheme_has_nothing_to_report() -> None:
    assert check_scheme(SOUND) == []


def test_points_that_do_not_add_up_name_the_sum_and_the_places() -> None:
    wrong = scheme(group("1", "10", point("1.1", "4", 5), point("1.2", "7", 9), line=3))
    (issue,) = check_scheme(wrong)
    assert issue.code == "scheme.points_do_not_add_up"
    assert issue.message == "指标1“指标1”的各项分值加起来是11分，不是10分（1.1为4，1.2为7）。"
    assert issue.location.line == 3
    assert "第5行" in issue.remedy
    assert "第9行" in issue.remedy
    assert [place.line for place in issue.related] == [5, 9]


def test_sections_that_do_not_add_up_to_the_total() -> None:
    wrong = scheme(group("1", "10", point("1.1", "10")), group("2", "5", point("2.1", "5")), full="16")
    (issue,) = check_scheme(wrong)
    assert "15分，不是总分16分" in issue.message


def test_bonus_points_are_not_part_of_the_sum() -> None:
    bonus = group("2", "5", point("2.1", "5", bonus=True))
    assert check_scheme(scheme(*SOUND.indicators, bonus)) == []


def test_points_of_a_deep_tree_add_up_level_by_level() -> None:
    deep = group("1", "10", group("1.1", "9", point("1.1.1", "4"), point("1.1.2", "4")), point("1.2", "1"))
    issues = check_scheme(scheme(deep))
    assert [issue.message.split("的")[0] for issue in issues] == ["指标1.1“指标1.1”"]


def test_an_indicator_without_points_counts_as_its_children() -> None:
    assert check_scheme(scheme(group("1", None, point("1.1", "10")))) == []


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (scheme(group("1", "10", point("1.1", "4"), point("1.1", "6"))), "scheme.duplicate_id"),
        (scheme(group("1", "10", point("1 .1", "10"))), "scheme.id_with_space"),
        (scheme(group("1", "10", point("1.1", "4"), point("2.2", "6"))), "scheme.id_outside_parent"),
        (scheme(group("1", "10", point("1.1", "10", name=""))), "scheme.empty_name"),
        (scheme(group("1", "10", point("1.1", "4", name="甲"), point("1.2", "6", name="甲"))), "scheme.same_name"),
        (scheme(full="10"), "scheme.no_indicators"),
        (scheme(*SOUND.indicators, group("2", "0")), "scheme.empty_indicator"),
        (scheme(group("1", "10", point("1.1", None), point("1.2", "6"))), "scheme.points_missing"),
        (scheme(group("1", "10", point("1.1", "10")), full=None), "scheme.points_missing"),
        (scheme(group("1", "10", point("1.1", "-2"), point("1.2", "12"))), "scheme.points_not_positive"),
        (replace(SOUND, step=Decimal("2.5")), "scheme.points_off_step"),
        (replace(SOUND, step=Decimal(0)), "scheme.step_not_positive"),
        (replace(SOUND, scored=False), "scheme.unscored_with_points"),
        (replace(SOUND, source=ClauseSource()), "scheme.source_missing"),
        (scheme(group("1", "10", replace(point("1.1", "10"), source=ClauseSource()))), "scheme.source_missing"),
        (scheme(group("1", "10", point("1.1", "10", inputs=("spending",)))), "scheme.unknown_fact"),
        (replace(SOUND, facts=(FactDeclaration("a", "甲", "元"),) * 2), "scheme.duplicate_fact"),
        (replace(SOUND, facts=(FactDeclaration("a", "甲", "元", kind="sum"),)), "scheme.unknown_fact_kind"),
        (
            replace(SOUND, facts=(FactDeclaration("a", "甲", "元", parts=(("primary", "小学"),)),)),
            "scheme.parts_without_dimension",
        ),
        (scheme(group("1", "10", point("1.1", "10", departments=("教育局",)))), "scheme.no_lead_department"),
        (
            scheme(group("1", "10", point("1.1", "10", lead_department="教育局", departments=("教育局",)))),
            "scheme.department_twice",
        ),
        (
            scheme(group("1", "10", replace(point("1.1", "10"), rule=ScoringRule("bonus", {})))),
            "scheme.bonus_not_marked",
        ),
    ],
)
def test_what_is_wrong_is_told(made: Scheme, code: str) -> None:
    assert code in codes(check_scheme(made))


def bands(*written: tuple[str, str | None, str | None]) -> tuple[GradeBand, ...]:
    return tuple(
        GradeBand(name, low and Decimal(low), high and Decimal(high), SOURCE)  # type: ignore[arg-type]  # None stays
        for name, low, high in written
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ([("优秀", "90", None), ("良好", "80", "90"), ("不合格", None, "80")], None),
        ([("优秀", "90", None), ("良好", "80", "89"), ("不合格", None, "80")], "scheme.grade_gap"),
        ([("优秀", "90", None), ("良好", "80", "91"), ("不合格", None, "80")], "scheme.grade_overlap"),
        ([("优秀", "90", "100"), ("良好", None, "90")], "scheme.grade_gap"),
        ([("优秀", "90", None), ("良好", "60", "90")], "scheme.grade_gap"),
        ([("优秀", "90", None), ("优秀", None, "90")], "scheme.grade_twice"),
        ([("优秀", "90", "90"), ("良好", None, "90")], "scheme.grade_empty"),
    ],
)
def test_grades_are_half_open_and_cover_all_totals(
    written: list[tuple[str, str | None, str | None]], code: str | None
) -> None:
    found = codes(check_scheme(scheme(group("1", "100", point("1.1", "100")), full="100", grades=bands(*written))))
    assert found == [] if code is None else code in found


def test_a_gap_between_printed_bands_names_what_falls_through() -> None:
    made = scheme(
        group("1", "100", point("1.1", "100")),
        full="100",
        grades=bands(("优秀", "90", None), ("良好", "80", "89"), ("不合格", None, "80")),
    )
    (issue,) = check_scheme(made)
    assert "89.5" in issue.remedy


points_of_leaves = st.lists(st.decimals("0.1", "20", places=1), min_size=1, max_size=6)


@given(st.lists(points_of_leaves, min_size=1, max_size=5))
def test_a_scheme_whose_totals_are_computed_always_adds_up(tree: list[list[Decimal]]) -> None:
    groups = tuple(
        group(str(g), str(sum(leaves)), *(point(f"{g}.{n}", str(leaf)) for n, leaf in enumerate(leaves, 1)))
        for g, leaves in enumerate(tree, 1)
    )
    total = sum(sum(leaves) for leaves in tree)
    assert check_scheme(scheme(*groups, full=str(total))) == []
    assert counted_points(groups) == total
    changed = scheme(*groups, full=str(total + 1))
    assert codes(check_scheme(changed)) == ["scheme.points_do_not_add_up"]
