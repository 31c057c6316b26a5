"""What a rule asks people is what its award reads of their answer, and nothing that facts say."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from dudao.assessment.answers import Answer, Discretion
from dudao.packs.find import find_pack
from dudao.pipelines.check_scheme import check_pack
from dudao.scheme.model import Indicator, Point, ScoringRule
from dudao.scoring.asked import NOTHING, Asked, asked_of
from dudao.scoring.engine import read_scheme
from dudao.scoring.reading import asking_for_facts_of_rules, facts_of, read_rule
from tests.scoring.one_rule import declared, fact, judge

OPEN_THRESHOLD = {"kind": "threshold", "fact": "x", "at_least": "5", "otherwise": "unspecified"}

COUNTED = {"kind": "occurrence", "fact": "y", "deduct": "1", "floor": "0"}


def ask(settings: Mapping[str, object], full: str = "10") -> Asked:
    read = read_rule(ScoringRule(str(settings["kind"]), settings), declared("x", "y"), Decimal(full))
    assert read.rule is not None, read.issues
    return asked_of(read.rule, Decimal(full))


def test_a_graded_rule_asks_the_grade_and_points_only_where_a_grade_is_a_range() -> None:
    asked = ask(
        {
            "kind": "rubric",
            "grades": [
                {"name": "优", "share": "1"},
                {"name": "合格", "from": "2", "to": "6"},
                {"name": "不合格", "points": "0"},
            ],
            "rounding": "none",
        }
    )
    assert [(grade.name, grade.low, grade.high) for grade in asked.grades] == [
        ("优", Decimal(10), Decimal(10)),
        ("合格", Decimal(2), Decimal(6)),
        ("不合格", Decimal(0), Decimal(0)),
    ]
    assert asked.discretion is not None
    assert (asked.discretion.low, asked.discretion.high) == (Decimal(2), Decimal(6))


def test_what_a_fact_says_is_not_asked_of_people() -> None:
    grades = [{"name": "优", "share": "1"}, {"name": "差", "points": "0"}]
    assert ask({"kind": "rubric", "grades": grades, "fact": "x", "rounding": "none"}) == NOTHING
    assert ask({"kind": "threshold", "fact": "x", "at_least": "5", "otherwise": "0"}) == NOTHING
    items = [{"id": "a", "name": "甲", "points": "4"}, {"id": "b", "name": "乙", "points": "6", "fact": "x"}]
    assert [item.id for item in ask({"kind": "checklist", "items": items}).items] == ["a"]


def test_a_clause_without_an_amount_asks_for_it_and_the_award_takes_it() -> None:
    asked = ask(OPEN_THRESHOLD)
    assert asked.discretion is not None
    assert asked.discretion.above_low
    answer = Answer("p", discretion=Discretion(Decimal("1.5"), "基本达到", "某人"))
    assert judge(OPEN_THRESHOLD, [fact("x", Decimal(4))], answer=answer).points == Decimal("8.5")


def test_parts_of_a_sum_and_the_rule_behind_not_applicable_are_asked() -> None:
    parts = [
        {"id": "a", "name": "甲", "points": "6", "rule": OPEN_THRESHOLD},
        {
            "id": "b",
            "name": "乙",
            "points": "4",
            "rule": {"kind": "occurrence", "fact": "y", "deduct": "1", "floor": "0"},
        },
    ]
    asked = ask({"kind": "sum", "parts": parts})
    assert [part.id for part in asked.parts] == ["a"]
    assert asked.parts[0].asked.discretion is not None
    assert asked.parts[0].asked.discretion.high == 6
    behind = {"kind": "not_applicable", "when": {"fact": "y", "is": "0"}, "policy": "full", "otherwise": OPEN_THRESHOLD}
    assert ask(behind).anything


def test_an_awaited_fact_is_named_with_the_points_until_then() -> None:
    then = {"kind": "threshold", "fact": "x", "at_least": "85", "otherwise": "0"}
    asked = ask({"kind": "provisional", "fact": "x", "self_check": "8", "then": then})
    assert (asked.awaited, asked.until_then, asked.anything) == ("x", Decimal(8), False)


@pytest.mark.parametrize("name", ["shifan-city-2024", "liaoning-city-2022", "panjin-county-2023"])
def test_points_that_nobody_answered_and_that_ask_are_never_settled_without_facts(name: str) -> None:
    scheme = check_pack(find_pack(name)).scheme
    assert scheme is not None
    rules = read_scheme(scheme).rules
    asking = [
        point.id
        for point in scheme.points()
        if (rule := rules.get(point.id)) is not None
        and rule.rule is not None
        and asked_of(rule.rule, point.full_points or Decimal(1)).anything
    ]
    expected = {"shifan-city-2024": {"1.1.1", "1.1.2", "1.2.3", "1.3.2", "5.1"}}
    assert expected.get(name, set()) <= set(asking)
    assert len(asking) < len(list(scheme.points()))


def test_facts_of_rules_are_asked_once_and_those_of_places_below_not_at_all() -> None:
    scheme = check_pack(find_pack("shifan-city-2024")).scheme
    assert scheme is not None
    assert asking_for_facts_of_rules(scheme) == scheme, "every fact of this pack is asked for already"
    forgetful = replace(scheme, indicators=tuple(_without_inputs(each) for each in scheme.indicators))
    asked = [name for point in asking_for_facts_of_rules(forgetful).points() for name in point.inputs]
    declared = {fact.name: fact for fact in scheme.facts}
    own = [point for point in scheme.points() if point.rule is not None and point.rule.kind != "aggregate"]
    assert sorted(asked) == sorted({name for point in own for name in facts_of(point, declared)})


def _without_inputs(indicator: Indicator) -> Indicator:
    children = (
        replace(each, inputs=()) if isinstance(each, Point) else _without_inputs(each) for each in indicator.children
    )
    return replace(indicator, children=tuple(children))
