"""One example of each kind of rule, as schemes of provinces print them, computed by hand on paper."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from dudao.assessment.answers import Answer, Discretion, ItemState, NamedCase
from dudao.assessment.facts import Fact
from dudao.scoring.award import Standing
from tests.scoring.one_rule import YEAR, declared, fact, judge

D = Decimal
PEERS = ("b", "c", "d", "e")


def peers(own: str, *others: str) -> list[Fact]:
    return [fact("x", D(own)), *(fact("x", D(value), place=name) for name, value in zip(PEERS, others, strict=False))]


def x(value: str, **more: object) -> list[Fact]:
    return [fact("x", D(value), **more)]  # type: ignore[arg-type]  # year or part


SHORTFALL = {"kind": "shortfall", "fact": "x", "direction": "at_least", "floor": "0", "rounding": "none"}
PER_POINT = SHORTFALL | {"target": "99.5", "step": "1", "deduct": "1"}
PER_TENTH = SHORTFALL | {"target": "100", "step": "0.1", "deduct": "2"}
RANK = {
    "kind": "rank",
    "fact": "x",
    "direction": "high_first",
    "points": ["10", "8", "6", "4"],
    "positions": "ranks",
    "beyond": "4",
    "few_peers": "by_rank",
    "rounding": "none",
}
BENCHMARK = {
    "kind": "peer_benchmark",
    "fact": "x",
    "benchmark": "mean",
    "direction": "at_least",
    "ranked": ["8", "6", "4"],
    "ties": "best",
}
NOT_FALL = {
    "kind": "year_on_year",
    "tests": [{"fact": "x"}],
    "must": "not_fall",
    "years": 1,
    "on_failure": "deduct",
    "deduct": "4",
    "floor": "0",
}
BANDS = {
    "kind": "grade_bands",
    "fact": "x",
    "bands": [{"from": "90", "points": "5"}, {"from": "80", "to": "90", "points": "4"}, {"to": "80", "points": "2"}],
}
STANDARD = {
    "kind": "interpolated_standard",
    "fact": "x",
    "size": "y",
    "standard": [{"at": "270", "value": "9.2"}, {"at": "540", "value": "8.0"}, {"at": "1080", "value": "6.9"}],
    "between": "linear",
    "direction": "at_least",
    "otherwise": "0",
    "rounding": "none",
}

# what is computed, the rule, the facts, the full points, the points by hand
COMPUTED: list[tuple[str, Mapping[str, object], list[Fact], str, str]] = [
    (
        "R1 dropout 0.8 % against 1 %",
        {"kind": "threshold", "fact": "x", "at_most": "1", "otherwise": "0"},
        x("0.8"),
        "20",
        "20",
    ),
    ("R1 dropout 1.1 %", {"kind": "threshold", "fact": "x", "at_most": "1", "otherwise": "0"}, x("1.1"), "20", "0"),
    ("R2 97.2 % is 2 whole points short", PER_POINT | {"partial": "whole_steps"}, x("97.2"), "10", "8"),
    ("R2 97.2 % is 3 begun points short", PER_POINT | {"partial": "begun_steps"}, x("97.2"), "10", "7"),
    ("R2 97.2 % is 2.3 points short", PER_POINT | {"partial": "proportional"}, x("97.2"), "10", "7.7"),
    ("R2 0.35 short is three tenths", PER_TENTH | {"partial": "whole_steps"}, x("99.65"), "20", "14"),
    ("R2 two points short take all 20", PER_TENTH | {"partial": "whole_steps"}, x("98"), "20", "0"),
    ("R3 two cases at one point", {"kind": "occurrence", "fact": "x", "deduct": "1", "floor": "0"}, x("2"), "3", "1"),
    ("R3 five cases stop at zero", {"kind": "occurrence", "fact": "x", "deduct": "1", "floor": "0"}, x("5"), "3", "0"),
    ("R4 second of five", RANK | {"ties": "best"}, peers("5", "7", "4", "3", "2"), "10", "8"),
    ("R4 second and third alike", RANK | {"ties": "best"}, peers("5", "7", "5", "3", "2"), "10", "8"),
    ("R4 the worse place of both", RANK | {"ties": "worst"}, peers("5", "7", "5", "3", "2"), "10", "6"),
    ("R4 their mean", RANK | {"ties": "average"}, peers("5", "7", "5", "3", "2"), "10", "7"),
    ("R5 93 over the mean of 90", BENCHMARK, peers("93", "95", "90", "82", "90"), "10", "10"),
    ("R5 second below the mean of 90", BENCHMARK, peers("87", "95", "97", "82", "89"), "10", "6"),
    (
        "R8 2 × 95 ÷ 98",
        {"kind": "target_ratio", "fact": "x", "target": "98", "direction": "at_least", "rounding": "0.01"},
        x("95"),
        "2",
        "1.94",
    ),
    (
        "R8 5 × (4 + 2 × 0.5) ÷ 7",
        {"kind": "target_ratio", "weights": {"x": "1", "y": "0.5", "z": "0"}, "when_none": "full", "rounding": "0.1"},
        [fact("x", D(4)), fact("y", D(2)), fact("z", D(1))],
        "5",
        "3.6",
    ),
    ("R9 a tie has not fallen", NOT_FALL, [*x("44.42"), *x("44.42", year=YEAR - 1)], "8", "8"),
    ("R9 a fen less has", NOT_FALL, [*x("44.41"), *x("44.42", year=YEAR - 1)], "8", "4"),
    (
        "R10 one of three missed, above 85 % of 4.5 = 3.825",
        {
            "kind": "k_of_n",
            "k": 2,
            "floor_share": "0.85",
            "otherwise": "0",
            "tests": [{"fact": "x", "at_least": "4.5"}, {"fact": "y", "at_least": "1"}, {"fact": "z", "at_least": "1"}],
        },
        [fact("x", D("3.83")), fact("y", D(1)), fact("z", D(2))],
        "6",
        "6",
    ),
    (
        "R10 one of three missed, below 3.825",
        {
            "kind": "k_of_n",
            "k": 2,
            "floor_share": "0.85",
            "otherwise": "0",
            "tests": [{"fact": "x", "at_least": "4.5"}, {"fact": "y", "at_least": "1"}, {"fact": "z", "at_least": "1"}],
        },
        [fact("x", D("3.82")), fact("y", D(1)), fact("z", D(2))],
        "6",
        "0",
    ),
    (
        "R11 0.5004 is 0.500",
        {"kind": "dispersion", "fact": "x", "limit": "0.50", "decimals": 3, "otherwise": "0"},
        x("0.5004"),
        "5",
        "5",
    ),
    (
        "R11 0.5005 is 0.501",
        {"kind": "dispersion", "fact": "x", "limit": "0.50", "decimals": 3, "otherwise": "0"},
        x("0.5005"),
        "5",
        "0",
    ),
    ("R14 89.5 lies below 90", BANDS, x("89.5"), "5", "4"),
    ("R14 90 is in the upper band", BANDS, x("90"), "5", "5"),
    ("R19 405 pupils ask for 8.6", STANDARD, [fact("x", D("8.6")), fact("y", D(405))], "4", "4"),
    ("R19 and 8.59 is less", STANDARD, [fact("x", D("8.59")), fact("y", D(405))], "4", "0"),
    ("R19 beyond the table the end counts", STANDARD, [fact("x", D("6.9")), fact("y", D(3000))], "4", "4"),
]


@pytest.mark.parametrize(
    ("settings", "facts", "full", "by_hand"), [each[1:] for each in COMPUTED], ids=[e[0] for e in COMPUTED]
)
def test_computed_rules(settings: Mapping[str, object], facts: list[Fact], full: str, by_hand: str) -> None:
    units = declared("x", "y", "z")
    award = judge(settings, facts, full=full, declarations=units, peers=PEERS if len(facts) == 5 else ())
    assert award.points == D(by_hand)


def test_missing_facts_leave_the_points_open() -> None:
    for _, settings, _, full, _ in COMPUTED:
        award = judge(settings, [], full=full, declarations=declared("x", "y", "z"), peers=PEERS)
        assert award.points is None
        assert award.low <= award.high


DONE, PARTIAL, OPEN = ItemState.DONE, ItemState.PARTIAL, ItemState.NOT_DONE
RUBRIC = {
    "kind": "rubric",
    "grades": [{"name": "优", "share": "1"}, {"name": "良", "share": "0.8"}, {"name": "差", "points": "0"}],
    "rounding": "0.1",
}
CHECKLIST = {
    "kind": "checklist",
    "items": [
        {"id": "office", "name": "领导小组和办公室", "points": "0.5"},
        {"id": "plan", "name": "公布方案", "points": "0.5", "partial": "0.25"},
        {"id": "talk", "name": "传达会议精神", "points": "0.5"},
    ],
}
CASES = {
    "kind": "named_case",
    "start": "full",
    "floor": "0",
    "cases": [
        {"id": "not_collected", "name": "教育费附加未足额征收", "deduct": "2"},
        {"id": "not_used", "name": "未全额使用", "deduct": "1"},
        {"id": "none", "name": "没有任何安排", "points": "0"},
    ],
}
BONUS = {
    "kind": "bonus",
    "cap": "5",
    "items": [
        {"id": "nation", "name": "国家级推广", "points": "2"},
        {"id": "province", "name": "省级推广", "points": "1"},
    ],
}
ANSWERED: list[tuple[str, Mapping[str, object], Answer, str, str]] = [
    ("R6 good of four points", RUBRIC, Answer("p", grade="良"), "4", "3.2"),
    (
        "R7 one whole and one half",
        CHECKLIST,
        Answer("p", items={"office": DONE, "plan": PARTIAL, "talk": OPEN}),
        "1.5",
        "0.75",
    ),
    ("R12 both cases", CASES, Answer("p", cases=(NamedCase("not_collected"), NamedCase("not_used"))), "5", "2"),
    ("R12 no provision at all", CASES, Answer("p", cases=(NamedCase("none"),)), "5", "0"),
    ("R12 none applies", CASES, Answer("p", cases=()), "5", "5"),
    (
        "R13 1.5 taken off within 0.5 to 2",
        {"kind": "discretion", "deduct": {"from": "0.5", "to": "2"}, "floor": "0"},
        Answer("p", discretion=Discretion(D("1.5"), "两所学校功能室不足", "评估组")),
        "4",
        "2.5",
    ),
    ("R16 2 + 3 × 1", BONUS, Answer("p", cases=(NamedCase("nation"), NamedCase("province", 3))), "5", "5"),
    ("R16 never above the cap", BONUS, Answer("p", cases=(NamedCase("nation", 3), NamedCase("province"))), "5", "5"),
]


@pytest.mark.parametrize(
    ("settings", "answer", "full", "by_hand"), [e[1:] for e in ANSWERED], ids=[e[0] for e in ANSWERED]
)
def test_answered_rules(settings: Mapping[str, object], answer: Answer, full: str, by_hand: str) -> None:
    assert judge(settings, [], full=full, answer=answer).points == D(by_hand)
    unanswered = judge(settings, [], full=full)
    assert unanswered.points is None


@pytest.mark.parametrize(("policy", "points"), [("full", "2"), ("zero", "0")])
def test_r17_without_a_senior_high_school(policy: str, points: str) -> None:
    rule = {
        "kind": "not_applicable",
        "when": {"fact": "x", "is": "0"},
        "policy": policy,
        "otherwise": {"kind": "threshold", "fact": "y", "at_most": "0", "otherwise": "0"},
    }
    assert judge(rule, [fact("x", D(0))], full="2").points == D(points)
    assert judge(rule, [fact("x", D(1)), fact("y", D(3))], full="2").points == D(0)


def test_r18_counts_in_full_until_the_survey_is_there() -> None:
    rule = {
        "kind": "provisional",
        "self_check": "full",
        "fact": "x",
        "then": SHORTFALL | {"target": "90", "step": "1", "deduct": "0.5", "partial": "whole_steps"},
    }
    before = judge(rule, [], full="5", declarations=declared("x"))
    assert (before.points, before.standing) == (D(5), Standing.PROVISIONAL)
    after = judge(rule, x("87.4"), full="5")
    assert (after.points, after.standing) == (D(4), Standing.SETTLED)


@pytest.mark.parametrize(
    ("combine", "points"), [("mean", "7.5"), ("worst", "0"), ("all", "0"), ("share", "7.5"), ("weighted_mean", "9")]
)
def test_r20_three_of_four_schools_meet_the_class_size(combine: str, points: str) -> None:
    schools = ("b", "c", "d", "e")
    met = [fact("x", name != "e", place=name) for name in schools]
    pupils = [fact("y", D(100 if name == "e" else 300), place=name) for name in schools]
    rule: dict[str, object] = {
        "kind": "aggregate",
        "rule": {"kind": "threshold", "fact": "x", "is": True, "otherwise": "0"},
        "combine": combine,
        "rounding": "0.1",
    }
    if combine == "weighted_mean":
        rule["weight"] = "y"
    assert judge(rule, [*met, *pupils], members=schools).points == D(points)
