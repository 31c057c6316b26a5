"""Settings of the wrong kind are told in words, and never stop the reading of the others."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from dudao.issues import Location
from dudao.scheme.model import ScoringRule
from dudao.scoring.reading import check_rule
from tests.scoring.one_rule import declared

DECLARED = {**declared("rate", "count", "size"), **declared("spending", unit="元", parts=("primary", "junior"))}


def told(settings: Mapping[str, object]) -> str:
    rule = ScoringRule(str(settings["kind"]), settings, Location("rule.yaml", 1))
    return "\n".join(f"{each.message} {each.remedy}" for each in check_rule(rule, DECLARED, Decimal(5)))


SHORTFALL = {
    "kind": "shortfall",
    "fact": "rate",
    "target": "95",
    "direction": "at_least",
    "step": "1",
    "deduct": "1",
    "partial": "whole_steps",
    "floor": "0",
    "rounding": "none",
}
YEARS = {
    "kind": "year_on_year",
    "tests": [{"fact": "rate"}],
    "must": "not_fall",
    "years": 1,
    "on_failure": "deduct",
    "deduct": "1",
    "floor": "0",
}
RANK = {
    "kind": "rank",
    "fact": "rate",
    "direction": "high_first",
    "points": ["4", "3"],
    "positions": "ranks",
    "beyond": "1",
    "ties": "best",
    "few_peers": "by_rank",
    "rounding": "none",
}
BONUS = {"kind": "bonus", "items": [{"fact": "count", "name": "推广", "points": "1"}], "cap": "2"}
LIMITS = {
    "kind": "dispersion",
    "fact": "spending",
    "limits": {"primary": "0.5", "junior": "0.45"},
    "decimals": 3,
    "otherwise": "0",
}
RATIO = {
    "kind": "threshold",
    "derive": {"numerator": "rate", "denominator": "count", "per": "100"},
    "at_least": "1",
    "otherwise": "0",
}


@pytest.mark.parametrize("sound", [SHORTFALL, YEARS, RANK, BONUS, LIMITS, RATIO], ids=lambda one: str(one["kind"]))
def test_the_rules_that_are_spoilt_below_are_sound(sound: Mapping[str, object]) -> None:
    assert told(sound) == ""


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (SHORTFALL | {"step": "0"}, "step 应大于 0"),
        (SHORTFALL | {"targets": {"primary": "95"}, "fact": "spending"}, "写了 targets 就不再写 target"),
        (SHORTFALL | {"derive": {"change_of": "rate", "as": "points"}}, "fact 与 derive 只能写一个"),
        (SHORTFALL | {"year": "0.5"}, "year 应为 0、-1、-2 这样的整数"),
        (SHORTFALL | {"part": "primary"}, "没有分项，不能写 part"),
        (YEARS | {"years": 99}, "years 最多"),
        (YEARS | {"years": "1.5"}, "years 应为不小于 1 的整数"),
        (YEARS | {"tests": "rate"}, "tests 应为一列设置，至少一项"),
        (YEARS | {"tests": []}, "tests 应为一列设置，至少一项"),
        (RANK | {"points": "4"}, "points 应为一列数"),
        (RANK | {"points": []}, "points 应为一列数"),
        (BONUS | {"cap": "9"}, "高于满分 5 分"),
        (LIMITS | {"limits": "0.5"}, "limits 应写成“名称: 数”"),
        (LIMITS | {"limits": {"senior": "0.5"}}, "没有分项“senior”"),
        (RATIO | {"derive": "rate"}, "derive 应写成“设置: 值”"),
        (RATIO | {"derive": {"numerator": [1], "denominator": "count"}}, "numerator 应为一列文字"),
        (RATIO | {"derive": {"numerator": "rate", "denominator": "count", "per": "0"}}, "per 应大于 0"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_told(settings: Mapping[str, object], message: str) -> None:
    assert message in told(settings)
