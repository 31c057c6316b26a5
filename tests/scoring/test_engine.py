"""The whole: totals with bounds, exclusion, provisional and self-reported points, grades."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.assessment.answers import Answer, NamedCase
from dudao.assessment.model import Assessment, Place
from dudao.provenance import ClauseSource
from dudao.scheme.model import (
    GovernmentLevel,
    GradeBand,
    Indicator,
    NotApplicablePolicy,
    Point,
    Scheme,
    ScoringRule,
)
from dudao.scoring.award import Standing
from dudao.scoring.engine import read_scheme, score
from tests.scoring.one_rule import HOME, YEAR, declared, fact

SOURCE = ClauseSource()
MET = ScoringRule("threshold", {"fact": "x", "at_least": "1", "otherwise": "0"})
ALSO = ScoringRule("threshold", {"fact": "y", "at_least": "1", "otherwise": "0"})


def point(number: int, points: str | None, rule: ScoringRule | None = MET, **more: object) -> Point:
    made = Point(f"1.{number}", f"第{number}项", Decimal(points) if points else None, rule, SOURCE)
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a point by name


def scheme(*points: Point, full: str = "100", outcome_rules: tuple[ScoringRule, ...] = ()) -> Scheme:
    grades = tuple(
        GradeBand(name, None if low is None else Decimal(low), None if high is None else Decimal(high), SOURCE)
        for name, low, high in (("优秀", 90, None), ("良好", 80, 90), ("不合格", None, 80))
    )
    return Scheme(
        id="s",
        name="方案",
        region="r",
        region_name="某地",
        level=GovernmentLevel.COUNTY,
        year=YEAR,
        full_points=Decimal(full),
        indicators=(Indicator("1", "一", 1, Decimal(full), points, SOURCE),),
        source=SOURCE,
        facts=tuple(declared("x", "y", "z").values()),
        grades=grades,
        outcome_rules=outcome_rules,
        step=Decimal("0.1"),
    )


def assessment(answers: Mapping[str, Answer] | None = None, **values: str) -> Assessment:
    facts = tuple(fact(name, Decimal(value)) for name, value in values.items())
    return Assessment(HOME, "s", YEAR, facts, answers or {})


def test_points_add_up_and_give_the_grade() -> None:
    found = score(scheme(point(1, "60"), point(2, "40", ALSO)), assessment(x="1", y="1"))
    assert found.total.points == 100
    assert found.grade is not None
    assert found.grade.name == "优秀"


def test_one_unknown_point_leaves_total_and_grade_open_within_bounds() -> None:
    found = score(scheme(point(1, "85"), point(2, "15", ALSO)), assessment(x="1"))
    assert (found.total.points, found.total.low, found.total.high) == (None, Decimal(85), Decimal(100))
    assert found.grade is not None
    assert (found.grade.name, found.grade.possible) == (None, ("优秀", "良好"))


def test_excluded_points_leave_the_others_scaled_up() -> None:
    gone = point(2, "20", ALSO, not_applicable=NotApplicablePolicy.EXCLUDE)
    answers = {"1.2": Answer("1.2", not_applicable="域内没有高中")}
    found = score(scheme(point(1, "30"), gone, point(3, "50", ALSO)), assessment(answers, x="1", y="0"))
    assert found.points[1].award.standing is Standing.EXCLUDED
    assert found.total.points == Decimal("37.5")
    assert found.rescaled


def test_the_three_policies_for_what_does_not_apply() -> None:
    answers = {"1.2": Answer("1.2", not_applicable="没有民办学校")}
    totals = {}
    for policy in NotApplicablePolicy:
        other = point(2, "20", ALSO, not_applicable=policy)
        found = score(scheme(point(1, "80"), other), assessment(answers, x="1"))
        totals[policy] = found.total.points
        assert not found.losses()
    assert totals == {
        NotApplicablePolicy.FULL: 100,
        NotApplicablePolicy.EXCLUDE: 100,
        NotApplicablePolicy.ZERO: 80,
    }


def test_not_applicable_without_a_policy_is_unknown_never_full() -> None:
    answers = {"1.1": Answer("1.1", not_applicable="没有民办学校", self_points=Decimal(100))}
    found = score(scheme(point(1, "100")), assessment(answers, x="1")).points[0]
    assert found.award.points is None
    assert "没有规定" in found.award.missing[0].sentence


def test_a_point_without_a_rule_takes_the_self_points_and_says_so() -> None:
    answers = {"1.1": Answer("1.1", self_points=Decimal("97.5"))}
    found = score(scheme(point(1, "100", None)), assessment(answers)).points[0]
    assert (found.award.points, found.award.standing) == (Decimal("97.5"), Standing.SELF_REPORTED)
    assert not found.contradicts


def test_a_point_without_rule_and_without_self_points_is_unknown() -> None:
    found = score(scheme(point(1, "100", None)), assessment()).total
    assert (found.points, found.low, found.high) == (None, Decimal(0), Decimal(100))


def test_self_points_beyond_full_are_not_taken_over() -> None:
    answers = {"1.1": Answer("1.1", self_points=Decimal(101))}
    assert score(scheme(point(1, "100", None)), assessment(answers)).total.points is None


def test_a_provisional_point_counts_its_self_points_but_stays_open() -> None:
    answers = {"1.1": Answer("1.1", self_points=Decimal(100))}
    total = score(scheme(point(1, "100", None, provisional=True)), assessment(answers)).total
    assert (total.points, total.low, total.high) == (Decimal(100), Decimal(0), Decimal(100))


def test_a_bonus_is_kept_apart_from_the_full_points_and_counts_for_the_grade() -> None:
    rule = ScoringRule("bonus", {"items": [{"id": "a", "name": "推广", "points": "3"}], "cap": "5"})
    with_bonus = scheme(point(1, "88"), point(2, "12", ALSO), point(3, "5", rule, bonus=True))
    found = score(with_bonus, assessment({"1.3": Answer("1.3", cases=(NamedCase("a"),))}, x="1", y="0"))
    assert (found.total.points, found.total.full, found.bonus.points) == (Decimal(88), Decimal(100), Decimal(3))
    assert found.grade is not None
    assert found.grade.name == "优秀"


def test_a_rule_written_wrongly_leaves_its_point_unknown() -> None:
    wrong = ScoringRule("threshold", {"fact": "nothing", "at_least": "1", "otherwise": "0"})
    found = score(scheme(point(1, "100", wrong)), assessment(x="1")).points[0].award
    assert found.points is None
    assert "写得不对" in found.missing[0].sentence


def test_an_outcome_rule_written_wrongly_leaves_the_grade_open() -> None:
    wrong = ScoringRule("veto", {"name": "弄虚作假", "when": {"fact": "nothing", "is": True}, "grade": "不合格"})
    found = score(scheme(point(1, "100"), outcome_rules=(wrong,)), assessment(x="1"))
    assert found.grade is not None
    assert found.grade.possible == ("优秀", "不合格")


def test_a_veto_bites_whatever_the_points() -> None:
    veto = ScoringRule("veto", {"name": "弄虚作假", "when": {"fact": "z", "at_least": "1"}, "grade": "不合格"})
    found = score(scheme(point(1, "100"), outcome_rules=(veto,)), assessment(x="1", z="1"))
    assert found.grade is not None
    assert found.grade.name == "不合格"


def test_losses_come_largest_first_with_what_wins_them_back() -> None:
    found = score(scheme(point(1, "40"), point(2, "60", ALSO)), assessment(x="0", y="0"))
    assert [each.point.id for each in found.losses()] == ["1.2", "1.1"]
    assert [(each.point.id, change.gain) for each, change in found.improvements()] == [
        ("1.2", Decimal(60)),
        ("1.1", Decimal(40)),
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["x", "y", "z"]), unique=True), st.permutations(["x", "y", "z"]))
def test_totals_lie_within_their_bounds_and_order_does_not_matter(stated: list[str], order: list[str]) -> None:
    asked = read_scheme(
        scheme(
            point(1, "50"),
            point(2, "30", ALSO),
            point(3, "20", ScoringRule("target_ratio", {
                "fact": "z", "target": "7", "direction": "at_least", "rounding": "0.1"})),
        )
    )  # fmt: skip
    values = {"x": "2", "y": "0", "z": "3"}
    some = {name: values[name] for name in stated}
    found = score(asked, assessment(None, **some))
    assert 0 <= found.total.low <= found.total.high <= 100
    assert (found.total.points is None) is (set(stated) != {"x", "y", "z"})
    shuffled = {name: values[name] for name in order if name in some}
    assert score(asked, assessment(None, **shuffled)) == found
    complete = score(asked, assessment(None, **values)).total
    assert complete.points is not None
    assert found.total.low <= complete.points <= found.total.high


def test_a_county_of_one_school_and_no_peers_is_scored_without_guessing() -> None:
    rank = ScoringRule(
        "rank",
        {
            "fact": "x",
            "direction": "high_first",
            "points": ["10", "5"],
            "positions": "ranks",
            "beyond": "0",
            "ties": "best",
            "few_peers": "by_rank",
            "rounding": "none",
        },
    )
    alone = replace(assessment(x="3"), members=(Place("school", "唯一的学校"),))
    found = score(scheme(point(1, "10", rank), full="10"), alone).points[0].award
    assert (found.points, found.low, found.high) == (None, Decimal(0), Decimal(10))


def test_a_missing_year_is_told_with_the_years_that_are_there() -> None:
    early = Assessment(HOME, "s", YEAR, (fact("x", Decimal(1), YEAR - 2), fact("x", Decimal(1), YEAR - 1)))
    gap = score(scheme(point(1, "100")), early).points[0].award.missing[0]
    assert gap.sentence == f"缺 {YEAR} 年x（已有 {YEAR - 2}、{YEAR - 1} 年的）"


def test_figures_of_any_length_are_shown_without_failing() -> None:
    long = score(scheme(point(1, "100")), assessment(x="9" * 35)).points[0].award
    assert long.points == 100
