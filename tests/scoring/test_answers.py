"""Rules that a person answers: nothing stated is unknown, nothing outside the rule is taken over."""

from decimal import Decimal

import pytest

from dudao.assessment.answers import Answer, Discretion, ItemState, NamedCase
from dudao.scoring.award import Award, Standing
from tests.scoring.one_rule import YEAR, fact, judge

CASES = {
    "kind": "named_case",
    "start": "full",
    "floor": "1",
    "cases": [
        {"id": "late", "name": "处理不及时", "deduct": {"from": "1", "to": "3"}},
        {"id": "none", "name": "没有处理", "deduct": "4"},
        {"id": "severe", "name": "影响恶劣", "points": "0"},
    ],
}
DISCRETION = {"kind": "discretion", "deduct": {"from": "1", "to": "3"}, "floor": "0"}
CHOSEN = Discretion(Decimal(2), "隐患已停用", "复核组")


def bounds(award: Award) -> tuple[str, str]:
    return str(award.low), str(award.high)


@pytest.mark.parametrize(
    ("cases", "low", "high"),
    [
        (None, "0", "10"),
        ((), "10", "10"),
        ((NamedCase("none"),), "6", "6"),
        ((NamedCase("none", 2),), "2", "2"),
        ((NamedCase("none", 3),), "1", "1"),
        ((NamedCase("none", 0),), "10", "10"),
        ((NamedCase("late"),), "7", "9"),
        ((NamedCase("late", 1, CHOSEN),), "8", "8"),
        ((NamedCase("late", 1, Discretion(Decimal(5), "理由", "复核组")),), "7", "9"),
        ((NamedCase("late"), NamedCase("none")), "3", "5"),
        ((NamedCase("severe"), NamedCase("late")), "0", "0"),
        ((NamedCase("其他"),), "0", "10"),
    ],
)
def test_named_cases(cases: tuple[NamedCase, ...] | None, low: str, high: str) -> None:
    award = judge(CASES, [], answer=Answer("p", cases=cases))
    assert bounds(award) == (low, high)
    assert bool(award.missing) is (low != high)


def test_cases_that_award_start_from_zero_and_stop_at_full() -> None:
    cases = [
        {"id": "a", "name": "示范县", "award": "4"},
        {"id": "b", "name": "经验", "award": {"from": "1", "to": "9"}},
    ]
    rule = {"kind": "named_case", "start": "zero", "cases": cases}
    assert judge(rule, [], answer=Answer("p", cases=())).points == 0
    assert judge(rule, [], answer=Answer("p", cases=(NamedCase("a"),))).points == 4
    assert bounds(judge(rule, [], answer=Answer("p", cases=(NamedCase("a"), NamedCase("b"))))) == ("5", "10")


@pytest.mark.parametrize(
    ("chosen", "missing"),
    [
        (None, "待评定人"),
        (Discretion(Decimal(4), "理由", "复核组"), "不在 1 至 3 分之内"),
        (Discretion(Decimal(2), " ", "复核组"), "缺理由"),
        (Discretion(Decimal(2), "理由", ""), "缺评定人"),
    ],
)
def test_discretion_counts_only_within_its_range_with_reason_and_name(chosen: Discretion | None, missing: str) -> None:
    award = judge(DISCRETION, [], answer=Answer("p", discretion=chosen))
    assert bounds(award) == ("7", "9")
    assert missing in award.missing[0].sentence


def test_discretion_that_is_chosen_properly_is_told_with_who_and_why() -> None:
    award = judge(DISCRETION, [], answer=Answer("p", discretion=CHOSEN))
    assert award.points == 8
    assert "复核组" in award.steps[0]
    assert "隐患已停用" in award.steps[0]


def test_discretion_that_awards() -> None:
    rule = {"kind": "discretion", "award": {"from": "0", "to": "3"}}
    assert bounds(judge(rule, [])) == ("0", "3")
    assert judge(rule, [], answer=Answer("p", discretion=CHOSEN)).points == 2


def test_discretion_under_an_unknown_condition_may_still_be_full() -> None:
    rule = {**DISCRETION, "when": {"fact": "x", "at_least": "1"}}
    assert bounds(judge(rule, [], answer=Answer("p", discretion=CHOSEN))) == ("8", "10")
    assert judge(rule, [fact("x", Decimal(0))]).points == 10


def test_an_unspecified_loss_is_settled_by_an_assessor() -> None:
    rule = {"kind": "threshold", "fact": "x", "at_least": "5", "otherwise": "unspecified"}
    open_award = judge(rule, [fact("x", Decimal(1))], step="0.1")
    assert bounds(open_award) == ("0", "9.9")
    assert "条款未写明" in open_award.missing[0].sentence
    assert judge(rule, [fact("x", Decimal(1))], answer=Answer("p", discretion=CHOSEN)).points == 8


RUBRIC = {
    "kind": "rubric",
    "rounding": "0.1",
    "grades": [
        {"name": "好", "share": "1"},
        {"name": "中", "from": "4", "to": "7"},
        {"name": "差", "points": "1"},
    ],
}


@pytest.mark.parametrize(
    ("grade", "chosen", "low", "high"),
    [
        ("", None, "1", "10"),
        ("好", None, "10", "10"),
        ("差", None, "1", "1"),
        ("中", None, "4", "7"),
        ("中", Discretion(Decimal("5.5"), "理由", "复核组"), "5.5", "5.5"),
        ("中", Discretion(Decimal(8), "理由", "复核组"), "4", "7"),
        ("优", None, "1", "10"),
    ],
)
def test_rubric(grade: str, chosen: Discretion | None, low: str, high: str) -> None:
    assert bounds(judge(RUBRIC, [], answer=Answer("p", grade=grade, discretion=chosen))) == (low, high)


def test_a_grade_may_come_from_a_fact() -> None:
    rule = {**RUBRIC, "fact": "x"}
    assert judge(rule, [fact("x", "差")]).points == 1
    assert judge(rule, []).points is None
    assert judge(rule, [fact("x", Decimal(3))]).points is None


def test_a_checklist_item_done_in_part_needs_points_for_it() -> None:
    rule = {
        "kind": "checklist",
        "items": [
            {"id": "a", "name": "甲", "points": "4", "partial": "1"},
            {"id": "b", "name": "乙", "points": "3"},
            {"id": "c", "name": "丙", "points": "2", "fact": "x"},
        ],
    }
    partial = {"a": ItemState.PARTIAL, "b": ItemState.PARTIAL}
    award = judge(rule, [fact("x", value=True)], answer=Answer("p", items=partial))
    assert bounds(award) == ("3", "6")
    assert "没有规定部分完成得几分" in award.missing[0].sentence
    assert bounds(judge(rule, [fact("x", Decimal(1))], answer=Answer("p", items=partial))) == ("1", "6")


@pytest.mark.parametrize(
    ("when", "standing"),
    [
        ({"fact": "x", "is": "0"}, Standing.NOT_APPLICABLE),
        ({"not": {"fact": "x", "is": "0"}}, Standing.SETTLED),
        ({"any": [{"fact": "y", "is": "1"}, {"fact": "x", "is": "0"}]}, Standing.NOT_APPLICABLE),
        ({"all": [{"fact": "y", "is": "1"}, {"fact": "x", "above": "0"}]}, Standing.SETTLED),
        ({"all": [{"fact": "y", "is": "1"}, {"fact": "x", "is": "0"}]}, Standing.UNKNOWN),
        ({"not": {"fact": "y", "is": "1"}}, Standing.UNKNOWN),
        ({"falling": "z", "years": "2"}, Standing.NOT_APPLICABLE),
        ({"rising": "z", "years": "1"}, Standing.SETTLED),
        ({"falling": "z", "years": "4"}, Standing.UNKNOWN),
        ({"fact": "z", "at_least": "9", "within_years": "3"}, Standing.NOT_APPLICABLE),
        ({"fact": "x", "is": "无"}, Standing.UNKNOWN),
    ],
)
def test_conditions_are_true_false_or_unknown(when: dict[str, object], standing: Standing) -> None:
    rule = {
        "kind": "not_applicable",
        "when": when,
        "policy": "full",
        "otherwise": {"kind": "threshold", "fact": "x", "at_least": "1", "otherwise": "2"},
    }
    years = [fact("z", Decimal(value), YEAR - back) for back, value in enumerate((7, 8, 9))]
    award = judge(rule, [fact("x", Decimal(0)), *years])
    assert award.standing is standing
    if standing is Standing.UNKNOWN:
        assert award.missing
        assert bounds(award) == ("2", "10")


def test_a_ratio_without_a_denominator_is_unknown_not_zero() -> None:
    rule = {
        "kind": "threshold",
        "derive": {"numerator": ["x", "y"], "denominator": "z", "per": "100"},
        "at_least": "50",
        "otherwise": "0",
    }
    facts = [fact("x", Decimal(1)), fact("y", Decimal(2))]
    assert judge(rule, facts).points is None
    nothing = judge(rule, [*facts, fact("z", Decimal(0))])
    assert nothing.points is None
    assert "不能作分母" in nothing.missing[0].sentence
    assert judge(rule, [*facts, fact("z", Decimal(6))]).points == 10


def test_parts_taken_out_leave_the_others_of_a_sum_scaled_up() -> None:
    gone = {
        "kind": "not_applicable",
        "when": {"fact": "y", "is": "0"},
        "policy": "exclude",
        "otherwise": {"kind": "threshold", "fact": "y", "at_least": "1", "otherwise": "0"},
    }
    parts = [
        {"id": "a", "name": "甲", "points": "4", "rule": gone},
        {"id": "b", "name": "乙", "points": "3", "rule": {
            "kind": "threshold", "fact": "x", "at_least": "1", "otherwise": "0"}},
        {"id": "c", "name": "丙", "points": "3", "rule": {
            "kind": "threshold", "fact": "z", "at_least": "1", "otherwise": "0"}},
    ]  # fmt: skip
    rule = {"kind": "sum", "parts": parts}
    facts = [fact("y", Decimal(0)), fact("x", Decimal(1)), fact("z", Decimal(0))]
    assert judge(rule, facts, step="0.1").points == 5
    assert judge({"kind": "sum", "parts": [{**parts[0], "points": "10"}]}, facts).standing is Standing.EXCLUDED


def test_a_number_of_cases_that_is_no_count_is_asked_for_again() -> None:
    rule = {"kind": "occurrence", "fact": "x", "deduct": "1", "floor": "0"}
    for value in (Decimal("1.5"), Decimal(-1), "两件", True):
        award = judge(rule, [fact("x", value)])
        assert award.points is None
        assert "写的是" in award.missing[0].sentence
