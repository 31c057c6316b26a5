"""What holds for every rule that judges a number: bounds, monotony, missing is not zero, promises are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.assessment.facts import Fact
from tests.scoring.one_rule import YEAR, fact, judge

Settings = Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """A rule on fact x, with other facts it needs; `good` is +1 when more of x is better."""

    rule: Settings
    good: int
    others: tuple[Fact, ...] = ()
    peers: tuple[str, ...] = ()
    whole: bool = False


def shortfall(partial: str, direction: str) -> Settings:
    return {
        "kind": "shortfall",
        "fact": "x",
        "target": "60",
        "direction": direction,
        "step": "2.5",
        "deduct": "0.75",
        "partial": partial,
        "floor": "1",
        "rounding": "0.1",
    }


PEERS = tuple(fact("x", Decimal(value), place=name) for name, value in (("a", 20), ("b", 50), ("c", 50), ("d", 80)))
RANK = {"kind": "rank", "fact": "x", "points": ["10", "7", "4"], "beyond": "1", "few_peers": "by_rank"}
CASES = {
    "threshold": Case({"kind": "threshold", "fact": "x", "at_least": "50", "otherwise": "2"}, 1),
    "threshold below": Case({"kind": "threshold", "fact": "x", "below": "50", "otherwise": "unspecified"}, -1),
    "threshold on a ratio": Case(
        {
            "kind": "threshold",
            "derive": {"numerator": "x", "denominator": "y", "per": "100"},
            "at_least": "85",
            "otherwise": "0",
        },
        1,
        (fact("y", Decimal(70)),),
    ),
    "threshold on growth": Case(
        {"kind": "threshold", "derive": {"change_of": "x", "as": "percent"}, "at_least": "5", "otherwise": "0"},
        1,
        (fact("x", Decimal(40), YEAR - 1),),
    ),
    "shortfall whole": Case(shortfall("whole_steps", "at_least"), 1),
    "shortfall begun": Case(shortfall("begun_steps", "at_least"), 1),
    "shortfall proportional": Case(shortfall("proportional", "at_most"), -1),
    "occurrence": Case({"kind": "occurrence", "fact": "x", "deduct": "0.5", "free": "1", "floor": "2"}, -1, whole=True),
    "rank": Case(
        {**RANK, "direction": "high_first", "positions": "ranks", "ties": "average", "rounding": "0.1"},
        1,
        PEERS,
        ("a", "b", "c", "d"),
    ),
    "rank low first": Case(
        {**RANK, "direction": "low_first", "positions": "ranks", "ties": "worst", "rounding": "none"},
        -1,
        PEERS,
        ("a", "b", "c", "d"),
    ),
    "rank in groups": Case(
        {**RANK, "direction": "high_first", "positions": "groups", "ties": "best", "rounding": "none"},
        1,
        PEERS,
        ("a", "b", "c", "d"),
    ),
    "benchmark mean": Case(
        {"kind": "peer_benchmark", "fact": "x", "benchmark": "mean", "direction": "at_least", "otherwise": "3"},
        1,
        PEERS,
        ("a", "b", "c", "d"),
    ),
    "benchmark median": Case(
        {"kind": "peer_benchmark", "fact": "x", "benchmark": "median", "direction": "at_most", "otherwise": "3"},
        -1,
        PEERS,
        ("a", "b", "c", "d"),
    ),
    "benchmark given": Case(
        {
            "kind": "peer_benchmark",
            "fact": "x",
            "benchmark": "given",
            "benchmark_fact": "y",
            "direction": "at_least",
            "ranked": ["8", "5", "2"],
            "ties": "best",
        },
        1,
        (*PEERS, fact("y", Decimal(60))),
        ("a", "b", "c", "d"),
    ),
    "target ratio": Case(
        {"kind": "target_ratio", "fact": "x", "target": "70", "direction": "at_least", "rounding": "0.01"}, 1
    ),
    "target ratio at most": Case(
        {"kind": "target_ratio", "fact": "x", "target": "30", "direction": "at_most", "rounding": "none"}, -1
    ),
    "year on year": Case(
        {
            "kind": "year_on_year",
            "tests": [{"fact": "x"}],
            "must": "not_fall",
            "on_failure": "deduct",
            "deduct": "4",
            "floor": "0",
        },
        1,
        (fact("x", Decimal(45), YEAR - 1),),
    ),
    "year on year rising": Case(
        {"kind": "year_on_year", "tests": [{"fact": "x"}], "must": "rise", "on_failure": "zero"},
        1,
        (fact("x", Decimal(45), YEAR - 1),),
    ),
    "growth form": Case(
        {
            "kind": "year_on_year",
            "tests": [{"fact": "x", "form": "growth"}],
            "must": "not_rise",
            "on_failure": "unspecified",
        },
        -1,
    ),
    "k of n": Case(
        {
            "kind": "k_of_n",
            "k": "2",
            "floor_share": "0.85",
            "otherwise": "1",
            "tests": [{"fact": "x", "at_least": "50"}, {"fact": "y", "at_least": "50"}, {"fact": "z", "at_most": "50"}],
        },
        1,
        (fact("y", Decimal(60)), fact("z", Decimal(55))),
    ),
    "dispersion": Case({"kind": "dispersion", "fact": "x", "limit": "45", "decimals": "1", "otherwise": "0"}, -1),
    "grade bands": Case(
        {
            "kind": "grade_bands",
            "fact": "x",
            "bands": [
                {"from": "80", "points": "10"},
                {"from": "40", "to": "80", "points": "6"},
                {"to": "40", "points": "0"},
            ],
        },
        1,
    ),
    "interpolated": Case(
        {
            "kind": "interpolated_standard",
            "fact": "x",
            "size": "y",
            "between": "linear",
            "direction": "at_least",
            "otherwise": "ratio",
            "rounding": "0.1",
            "standard": [{"at": "10", "value": "30"}, {"at": "90", "value": "70"}],
        },
        1,
        (fact("y", Decimal(47)),),
    ),
}

few = settings(max_examples=25, deadline=None)
numbers = st.decimals(min_value=0, max_value=100, places=2)
cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def value_for(case: Case, number: Decimal) -> Decimal:
    return Decimal(int(number)) if case.whole else number


def facts_of(case: Case, number: Decimal) -> list[Fact]:
    return [fact("x", value_for(case, number)), *case.others]


@cases
@few
@given(number=numbers)
def test_points_lie_between_zero_and_full_and_within_the_bounds(case: Case, number: Decimal) -> None:
    award = judge(case.rule, facts_of(case, number), peers=case.peers)
    assert 0 <= award.low <= award.high <= 10
    if award.points is not None:
        assert award.low == award.points == award.high
        assert not award.missing


@cases
@few
@given(one=numbers, other=numbers)
def test_more_of_a_good_thing_never_lowers_a_score(case: Case, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other), reverse=case.good < 0)
    low = judge(case.rule, facts_of(case, worse), peers=case.peers)
    high = judge(case.rule, facts_of(case, better), peers=case.peers)
    assert low.low <= high.low
    assert low.high <= high.high


@cases
@few
@given(number=numbers)
def test_a_missing_fact_is_unknown_and_its_bounds_hold_for_every_value(case: Case, number: Decimal) -> None:
    missing = judge(case.rule, list(case.others), peers=case.peers)
    assert missing.points is None
    assert any(gap.name == "x" for gap in missing.missing)
    known = judge(case.rule, facts_of(case, number), peers=case.peers)
    assert missing.low <= known.low
    assert known.high <= missing.high


@cases
@few
@given(number=numbers)
def test_a_fact_stated_as_missing_counts_like_one_not_stated(case: Case, number: Decimal) -> None:
    stated = judge(case.rule, [fact("x", None), *case.others], peers=case.peers)
    assert stated.points is None


@cases
@few
@given(number=numbers, data=st.data())
def test_the_order_of_facts_does_not_matter(case: Case, number: Decimal, data: st.DataObject) -> None:
    facts = facts_of(case, number)
    shuffled = data.draw(st.permutations(facts))
    assert judge(case.rule, shuffled, peers=case.peers) == judge(case.rule, facts, peers=case.peers)


@cases
@few
@given(number=numbers)
def test_what_would_win_points_back_does(case: Case, number: Decimal) -> None:
    facts = facts_of(case, number)
    before = judge(case.rule, facts, peers=case.peers)
    for change in before.improvements:
        if change.needed is None:
            continue
        assert change.name == "x" or change.name in {each.name for each in case.others}
        key = (change.name, change.place, change.period, change.part)
        kept = [each for each in facts if (each.name, each.place, each.period, each.part) != key]
        new = Fact(change.name, change.place, change.period, change.needed, part=change.part)
        after = judge(case.rule, [*kept, new], peers=case.peers)
        assert after.high == before.high + change.gain
        assert after.points is not None


@cases
def test_a_lost_point_comes_with_steps_that_say_why(case: Case) -> None:
    for number in (Decimal(0), Decimal(37), Decimal(100)):
        award = judge(case.rule, facts_of(case, number), peers=case.peers)
        assert award.steps
        assert award.used


@few
@given(
    st.lists(st.booleans() | st.none(), min_size=3, max_size=3),
    st.integers(min_value=0, max_value=3),
)
def test_the_bounds_of_a_k_of_n_with_gaps_are_those_of_its_completions(passed: list[bool | None], k: int) -> None:
    names = ("x", "y", "z")
    tests = [{"fact": name, "at_least": "1"} for name in names]
    rule = {"kind": "k_of_n", "k": str(max(k, 1)), "tests": tests, "otherwise": "0"}

    def award_of(states: tuple[bool | None, ...]) -> tuple[Decimal, Decimal]:
        facts = [
            fact(name, Decimal(2) if state else Decimal(0))
            for name, state in zip(names, states, strict=True)
            if state is not None
        ]
        found = judge(rule, facts)
        return found.low, found.high

    completions: list[tuple[bool | None, ...]] = [()]
    for state in passed:
        options = [True, False] if state is None else [state]
        completions = [(*each, option) for each in completions for option in options]
    bounds = [award_of(each) for each in completions]
    assert award_of(tuple(passed)) == (min(low for low, _ in bounds), max(high for _, high in bounds))
