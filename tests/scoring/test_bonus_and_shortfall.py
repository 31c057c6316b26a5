"""Worked examples: honours counted by a fact, several targets of one shortfall, changes that have no base."""

from decimal import Decimal

from dudao.assessment.answers import Answer, NamedCase
from tests.scoring.one_rule import declared, fact, judge

BONUS = {"kind": "bonus", "items": [{"fact": "x", "name": "全国推广", "points": "2"}], "cap": "5"}


def test_each_honour_counts_up_to_the_cap() -> None:
    known = declared("x", unit="项")
    assert judge(BONUS, [fact("x", Decimal(2))], declarations=known).points == 4
    assert judge(BONUS, [fact("x", Decimal(9))], declarations=known).points == 5
    assert judge(BONUS, [fact("x", Decimal(0))], declarations=known).points == 0


def test_half_an_honour_and_less_than_none_are_asked_for_again() -> None:
    known = declared("x", unit="项")
    for value in (Decimal("1.5"), Decimal(-1)):
        award = judge(BONUS, [fact("x", value)], declarations=known)
        assert award.points is None
        assert award.low == 0
        assert award.high == 5
        assert "应为不小于 0 的整数" in str(award.missing[0])


def test_an_unknown_honour_leaves_the_bonus_open_and_a_stated_one_settles_it() -> None:
    by_case = {"kind": "bonus", "items": [{"id": "national", "name": "全国推广", "points": "2"}], "cap": "5"}
    open_ = judge(by_case, [])
    assert open_.points is None
    assert open_.low == 0
    assert open_.high == 5
    assert judge(by_case, [], answer=Answer("p", cases=(NamedCase("national", 2),))).points == 4
    assert judge(by_case, [], answer=Answer("p", cases=())).points == 0


TWO_TARGETS = {
    "kind": "shortfall",
    "fact": "x",
    "targets": {"primary": "100", "junior": "90"},
    "direction": "at_least",
    "step": "1",
    "deduct": "0.5",
    "partial": "whole_steps",
    "floor": "0",
    "rounding": "none",
}


def test_each_part_falls_short_of_its_own_target_and_each_can_be_won_back() -> None:
    known = declared("x", parts=("primary", "junior"))
    facts = [fact("x", Decimal(98), part="primary"), fact("x", Decimal(86), part="junior")]
    award = judge(TWO_TARGETS, facts, declarations=known)
    assert award.points == 10 - (2 + 4) * Decimal("0.5")
    assert sorted(improvement.gain for improvement in award.improvements) == [1, 2]


def test_a_part_not_stated_bounds_the_loss() -> None:
    known = declared("x", parts=("primary", "junior"))
    award = judge(TWO_TARGETS, [fact("x", Decimal(98), part="primary")], declarations=known)
    assert award.points is None
    assert award.low == 0
    assert award.high == 9


CHANGE = {"kind": "threshold", "derive": {"change_of": "x", "as": "percent"}, "at_least": "5", "otherwise": "0"}


def test_growth_from_nothing_is_unknown() -> None:
    award = judge(CHANGE, [fact("x", Decimal(5)), fact("x", Decimal(0), year=2023)])
    assert award.points is None
    assert "不能算增幅" in str(award.missing[0])


def test_what_wins_growth_back_is_told_in_this_years_figure() -> None:
    award = judge(CHANGE, [fact("x", Decimal(102)), fact("x", Decimal(100), year=2023)])
    assert award.points == 0
    assert "105" in str(award.improvements[0])
