"""Slow and obvious twins of the rules that compute; they must agree on random input."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.assessment.facts import Fact
from dudao.scoring.rounding import half_up, rounded
from tests.scoring.one_rule import YEAR, declared, fact, judge

few = settings(max_examples=40, deadline=None)
percents = st.decimals(min_value=0, max_value=120, places=2)
amounts = st.decimals(min_value=1, max_value=1000, places=1)


def rounded_half_up(value: Fraction, step: str) -> Decimal:
    """Round as a clerk does: to the nearer multiple, the larger one from the middle."""
    multiple = Decimal(step)
    below = Decimal(math.floor(value / Fraction(multiple))) * multiple
    return below + multiple if value - Fraction(below) >= Fraction(multiple) / 2 else below


@few
@given(st.fractions(min_value=0, max_value=100), st.sampled_from(["1", "0.1", "0.01", "0.5"]))
def test_rounding(value: Fraction, step: str) -> None:
    assert rounded(value, Decimal(step)) == rounded_half_up(value, step)


@few
@given(st.decimals(min_value=-10, max_value=10, places=5), st.integers(min_value=0, max_value=4))
def test_half_up_is_that_of_decimal(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert half_up(Fraction(value), decimals) == Fraction(expected)


@few
@given(percents, st.sampled_from(["whole_steps", "begun_steps", "proportional"]), st.sampled_from(["0.5", "1", "3"]))
def test_shortfall(value: Decimal, partial: str, step: str) -> None:
    rule = {
        "kind": "shortfall",
        "fact": "x",
        "target": "99.5",
        "direction": "at_least",
        "step": step,
        "deduct": "0.4",
        "partial": partial,
        "floor": "0",
        "rounding": "0.1",
    }
    left = Fraction(6)
    gap, size = Fraction(99.5) - Fraction(value), Fraction(Decimal(step))
    while gap >= size:
        gap -= size
        left -= Fraction("0.4")
    if gap > 0 and partial == "begun_steps":
        left -= Fraction("0.4")
    if gap > 0 and partial == "proportional":
        left -= Fraction("0.4") * gap / size
    expected = max(rounded_half_up(left, "0.1") if left > 0 else Decimal(0), Decimal(0))
    assert judge(rule, [fact("x", value)], full="6").points == expected


@few
@given(percents)
def test_target_ratio(value: Decimal) -> None:
    rule = {"kind": "target_ratio", "fact": "x", "target": "96", "direction": "at_least", "rounding": "0.01"}
    share = Fraction(value) / 96
    expected = Decimal(5) if share >= 1 else rounded_half_up(share * 5, "0.01")
    assert judge(rule, [fact("x", value)], full="5").points == expected


counts = st.integers(min_value=0, max_value=30)


@few
@given(counts, counts, counts)
def test_weighted_share_counts_case_by_case(done: int, doing: int, undone: int) -> None:
    rule = {
        "kind": "target_ratio",
        "weights": {"x": "1", "y": "0.5", "z": "0"},
        "when_none": "full",
        "rounding": "0.1",
    }
    worth = [Fraction(1)] * done + [Fraction(1, 2)] * doing + [Fraction(0)] * undone
    expected = rounded_half_up(sum(worth, Fraction(0)) / len(worth) * 6, "0.1") if worth else Decimal(6)
    facts = [fact("x", Decimal(done)), fact("y", Decimal(doing)), fact("z", Decimal(undone))]
    assert judge(rule, facts, full="6").points == expected


@few
@given(percents, st.lists(percents, min_size=1, max_size=6), st.booleans(), st.sampled_from(["best", "worst"]))
def test_rank_by_sorting(own: Decimal, others: list[Decimal], high_first: bool, ties: str) -> None:
    ladder = [10, 8, 6, 4]
    rule = {
        "kind": "rank",
        "fact": "x",
        "direction": "high_first" if high_first else "low_first",
        "points": [str(points) for points in ladder],
        "positions": "ranks",
        "beyond": "2",
        "ties": ties,
        "few_peers": "by_rank",
        "rounding": "none",
    }
    order = sorted([own, *others], reverse=high_first)
    places = [index for index, value in enumerate(order) if value == own]
    index = places[0] if ties == "best" else places[-1]
    facts = [fact("x", own), *(fact("x", value, place=f"p{n}") for n, value in enumerate(others))]
    award = judge(rule, facts, peers=tuple(f"p{n}" for n in range(len(others))))
    assert award.points == (ladder[index] if index < len(ladder) else 2)


@few
@given(percents, st.lists(percents | st.none(), min_size=1, max_size=3))
def test_the_bounds_of_a_rank_with_unknown_peers_are_those_of_its_completions(
    own: Decimal, others: list[Decimal | None]
) -> None:
    rule = {
        "kind": "rank",
        "fact": "x",
        "direction": "high_first",
        "points": ["10", "7", "3"],
        "positions": "ranks",
        "beyond": "1",
        "ties": "average",
        "few_peers": "by_rank",
        "rounding": "none",
    }
    peers = tuple(f"p{n}" for n in range(len(others)))

    def award_of(values: list[Decimal | None]) -> tuple[Decimal, Decimal]:
        facts = [fact("x", own), *(fact("x", value, place=name) for name, value in zip(peers, values, strict=True))]
        found = judge(rule, facts, peers=peers)
        return found.low, found.high

    completions: list[list[Decimal | None]] = [[]]
    for value in others:
        options = [own - 1, own, own + 1] if value is None else [value]
        completions = [[*each, option] for each in completions for option in options]
    bounds = [award_of(each) for each in completions]
    assert award_of(list(others)) == (min(low for low, _ in bounds), max(high for _, high in bounds))


@few
@given(st.lists(amounts, min_size=4, max_size=4), st.lists(amounts, min_size=4, max_size=4))
def test_two_never_fall_counts_every_level_that_fell(before: list[Decimal], now: list[Decimal]) -> None:
    levels = ("a", "b", "c")
    names = {**declared("x", unit="元"), **declared("y", unit="元", parts=levels)}
    rule = {
        "kind": "year_on_year",
        "tests": [{"fact": "x"}, {"fact": "y", "parts": list(levels)}],
        "must": "not_fall",
        "on_failure": "deduct",
        "deduct": "3",
        "floor": "0",
    }
    facts = [fact("x", now[0]), fact("x", before[0], YEAR - 1)]
    for level, earlier, later in zip(levels, before[1:], now[1:], strict=True):
        facts += [fact("y", later, part=level), fact("y", earlier, YEAR - 1, part=level)]
    fell = [later for earlier, later in zip(before, now, strict=True) if later < earlier]
    assert judge(rule, facts, full="8", declarations=names).points == max(8 - 3 * len(fell), 0)


sizes = st.integers(min_value=1, max_value=2000)


@few
@given(sizes, amounts)
def test_interpolated_standard_walks_along_the_line(size: int, value: Decimal) -> None:
    steps = [(270, Fraction("9.2")), (540, Fraction(8)), (1080, Fraction("6.9"))]
    rule = {
        "kind": "interpolated_standard",
        "fact": "x",
        "size": "y",
        "between": "linear",
        "direction": "at_least",
        "otherwise": "0",
        "standard": [{"at": str(at), "value": str(float(standard))} for at, standard in steps],
    }
    standard = steps[0][1]
    for (low, below), (high, above) in pairwise(steps):
        for pupil in range(low, high + 1):
            if pupil <= size:
                standard = below + (above - below) * (pupil - low) / (high - low)
    award = judge(rule, [fact("x", value), fact("y", Decimal(size))], full="5")
    assert award.points == (5 if Fraction(value) >= standard else 0)


@few
@given(st.lists(st.tuples(percents, sizes), min_size=1, max_size=6))
def test_aggregates_of_members(members: list[tuple[Decimal, int]]) -> None:
    inner = {"kind": "threshold", "fact": "x", "at_least": "60", "otherwise": "1"}
    names = tuple(f"m{n}" for n in range(len(members)))
    facts: list[Fact] = []
    for name, (value, size) in zip(names, members, strict=True):
        facts += [fact("x", value, place=name), fact("y", Decimal(size), place=name)]
    points = [Fraction(4 if value >= 60 else 1) for value, _ in members]
    pupils = [size for _, size in members]

    def combined(how: str, **more: object) -> Decimal | None:
        rule = {"kind": "aggregate", "rule": inner, "combine": how, "rounding": "0.1", **more}
        return judge(rule, facts, full="4", members=names).points

    assert combined("mean") == rounded_half_up(sum(points, Fraction(0)) / len(points), "0.1")
    weighted = sum((each * size for each, size in zip(points, pupils, strict=True)), Fraction(0)) / sum(pupils)
    assert combined("weighted_mean", weight="y") == rounded_half_up(weighted, "0.1")
    assert combined("worst") == min(points)
    assert combined("all") == (4 if set(points) == {4} else 0)
    assert combined("share") == rounded_half_up(Fraction(4 * points.count(Fraction(4)), len(points)), "0.1")
