"""What is written wrongly in a rule is told with its cause and remedy, all at once."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from dudao.issues import Location
from dudao.provenance import ClauseSource
from dudao.scheme.model import GradeBand, ScoringRule
from dudao.scoring.reading import check_outcome_rule, check_rule
from tests.scoring.one_rule import declared

DECLARED = {
    **declared("enrolment_rate", "dropout_rate"),
    **declared("spending", unit="元", parts=("primary", "junior")),
}


def told(settings: Mapping[str, object], full: str = "5") -> str:
    rule = ScoringRule(str(settings.get("kind")), settings, Location("rule.yaml", 3))
    return "\n".join(f"{each.message} {each.remedy}" for each in check_rule(rule, DECLARED, Decimal(full)))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kind": "treshold"}, "没有“treshold”这种规则 是否想写“threshold”？"),
        (
            {"kind": "threshold", "fact": "enrolment_rat", "at_least": "1", "otherwise": "0"},
            "是否想写“enrolment_rate”？",
        ),
        ({"kind": "threshold", "fact": "enrolment_rate", "atleast": "1", "otherwise": "0"}, "不认识的设置 atleast"),
        ({"kind": "threshold", "fact": "enrolment_rate", "at_least": "1"}, "缺少设置 otherwise"),
        ({"kind": "threshold", "fact": "enrolment_rate", "at_least": "一", "otherwise": "0"}, "at_least 应为数"),
        ({"kind": "threshold", "fact": "enrolment_rate", "at_least": "1", "otherwise": "6"}, "高于满分 5 分"),
        (
            {"kind": "threshold", "fact": "enrolment_rate", "at_least": "1", "at_most": "2", "otherwise": "0"},
            "应写且只写一个比较",
        ),
        ({"kind": "threshold", "fact": "spending", "at_least": "1", "otherwise": "0"}, "须写明取哪一项"),
        (
            {"kind": "threshold", "fact": "spending", "part": "senior", "at_least": "1", "otherwise": "0"},
            "没有分项“senior”",
        ),
        (
            {"kind": "threshold", "derive": {"numerator": "enrolment_rate"}, "at_least": "1", "otherwise": "0"},
            "缺少设置 denominator",
        ),
        (
            {"kind": "threshold", "derive": {"numerator": "a", "denominator": "b"}, "at_least": "1", "otherwise": "0"},
            "方案没有声明数据“b”",
        ),
        ({"kind": "occurrence", "fact": "dropout_rate", "deduct": "-1", "floor": "0"}, "deduct 不能小于 0"),
        ({"kind": "occurrence", "fact": "dropout_rate", "deduct": "1"}, "缺少设置 floor"),
        (
            {
                "kind": "shortfall",
                "fact": "enrolment_rate",
                "target": "99",
                "direction": "at_least",
                "step": "0",
                "deduct": "1",
                "partial": "whole",
                "floor": "0",
                "rounding": "0.2",
            },
            "rounding 不能是 '0.2'",
        ),
        (
            {
                "kind": "grade_bands",
                "fact": "enrolment_rate",
                "bands": [{"from": "90", "points": "5"}, {"to": "89", "points": "0"}],
            },
            "89 到 90 之间没有归属",
        ),
        ({"kind": "checklist", "items": [{"id": "a", "name": "甲", "points": "9"}]}, "高于满分"),
        (
            {
                "kind": "sum",
                "parts": [
                    {
                        "id": "a",
                        "name": "甲",
                        "points": "2",
                        "rule": {"kind": "threshold", "fact": "enrolment_rate", "at_least": "1", "otherwise": "0"},
                    }
                ],
            },
            "各分项合计 2 分，满分是 5 分",
        ),
        (
            {"kind": "k_of_n", "k": "3", "tests": [{"fact": "enrolment_rate", "at_least": "1"}], "otherwise": "0"},
            "k 为 3",
        ),
        ({"kind": "rank", "fact": "enrolment_rate", "points": ["1", "3"]}, "逐档不增"),
        (
            {"kind": "year_on_year", "tests": [{"fact": "spending"}], "must": "not_fall", "on_failure": "zero"},
            "须写 parts",
        ),
        ({"kind": "rubric", "grades": [{"name": "优", "share": "1"}, {"name": "优", "points": "0"}]}, "等级名称重复"),
        ({"kind": "discretion", "deduct": {"from": "2", "to": "1"}, "floor": "0"}, "大于 to"),
        (
            {"kind": "named_case", "start": "full", "cases": [{"id": "a", "name": "甲", "award": "1"}], "floor": "0"},
            "不能再加分",
        ),
        (
            {"kind": "aggregate", "combine": "mean", "rounding": "0.1", "rule": {"kind": "nothing"}},
            "没有“nothing”这种规则",
        ),
        ({"kind": "threshold", "fact": ["a"], "at_least": "1", "otherwise": "0"}, "fact 应为文字"),
        ({"kind": "checklist", "items": "全部"}, "应为一列设置"),
        ({"kind": "checklist", "items": ["甲"]}, "第 1 项应写成"),
    ],
)
def test_it_is_told(settings: Mapping[str, object], message: str) -> None:
    assert message in told(settings)


def test_every_problem_of_a_rule_is_told_at_once() -> None:
    settings = {"kind": "shortfall", "fact": "nothing", "target": "x", "direction": "down", "colour": "red"}
    text = told(settings)
    for expected in (
        "没有声明数据“nothing”",
        "target 应为数",
        "direction 不能是",
        "缺少设置 step",
        "不认识的设置 colour",
    ):
        assert expected in text


def test_a_rule_nested_without_end_is_refused() -> None:
    rule: dict[str, object] = {"kind": "threshold", "fact": "enrolment_rate", "at_least": "1", "otherwise": "0"}
    for _ in range(40):
        rule = {"kind": "aggregate", "combine": "worst", "rule": rule}
    assert "层以上" in told(rule)


@pytest.mark.parametrize("number", ["1e999999999", "9" * 400, "nan", "inf", "0x10"])
def test_a_number_that_would_cost_memory_or_mean_nothing_is_refused(number: str) -> None:
    assert "at_least 应为数" in told(
        {"kind": "threshold", "fact": "enrolment_rate", "at_least": number, "otherwise": "0"}
    )


def test_a_rule_cannot_look_back_without_end() -> None:
    falling = {"falling": "dropout_rate", "years": "1000000"}
    text = told({"kind": "discretion", "deduct": "1", "floor": "0", "when": falling})
    assert "最多 20 年" in text


def test_an_issue_names_the_line_of_its_setting() -> None:
    places = {"at_least": Location("rule.yaml", 7)}
    rule = ScoringRule(
        "threshold",
        {"fact": "enrolment_rate", "at_least": "x", "otherwise": "0"},
        Location("rule.yaml", 3),
        places=places,
    )
    issues = check_rule(rule, DECLARED)
    assert [(each.code, each.location.line) for each in issues] == [("scoring.ill_typed_setting", 7)]


def test_an_outcome_rule_must_name_a_grade_of_the_scheme() -> None:
    grades = [
        GradeBand("优秀", Decimal(90), None, ClauseSource()),
        GradeBand("合格", None, Decimal(90), ClauseSource()),
    ]
    rule = ScoringRule("cap", {"name": "限等", "when": {"fact": "dropout_rate", "above": "1"}, "not_above": "良好"})
    assert "可写 优秀、合格" in check_outcome_rule(rule, DECLARED, grades)[0].message
    assert "没有等次" in check_outcome_rule(rule, DECLARED, [])[0].message
