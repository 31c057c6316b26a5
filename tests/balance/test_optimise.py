import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.balance.optimise.figures import coefficient, over_limit, school_meets
from dudao.balance.optimise.matching import match
from dudao.balance.optimise.model import Bound, County, Freedom, Goal, Level, Outcome, Section, StaffKind, Target
from dudao.balance.optimise.solve import optimise
from dudao.errors import WrongUseError


def teachers(indicator: str = "backbone", threshold: float | None = 1.0, limit: float | None = 0.5) -> Target:
    return Target(indicator, indicator, "人", indicator, indicator, 100, threshold, limit, people=True, whole=True)


def rooms(threshold: float | None = 2.0, limit: float | None = 0.5) -> Target:
    return Target("rooms", "教室", "间", "rooms", "教室", 100, threshold, limit, people=False, whole=True)


def county(targets: tuple[Target, ...], *schools: tuple[float, ...], least_met: int | None = None) -> County:
    """Schools as (pupils, amount, amount…)."""
    sections = tuple(
        Section(f"s{n}", f"第{n + 1}小学", pupils, tuple(map(float, amounts)), (1.0,) * len(amounts))
        for n, (pupils, *amounts) in enumerate(schools)
    )
    k = len(targets) if least_met is None else least_met
    return County("1", "某县", (Level("primary", "小学", targets, sections, k, 0.85),))


def with_amounts(given: County, rows: tuple[tuple[float, ...], ...]) -> County:
    schools = [(section.pupils, *row) for section, row in zip(given.levels[0].sections, rows, strict=True)]
    return county(given.levels[0].targets, *schools, least_met=given.levels[0].least_met)


def meets(found: County) -> bool:
    level = found.levels[0]
    return all(school_meets(level, section) for section in level.sections) and not over_limit(found, weighted=True)


def distributions(total: int, schools: int) -> Iterator[tuple[int, ...]]:
    for cut in itertools.product(range(total + 1), repeat=schools - 1):
        if sum(cut) <= total:
            yield (*cut, total - sum(cut))


def fewest_moves_by_trying(given: County) -> int | None:
    """Try every way to spread the teachers of each target over the schools."""
    level = given.levels[0]
    columns = [[int(section.amounts[p]) for section in level.sections] for p in range(len(level.targets))]
    best = None
    for spread in itertools.product(*(distributions(sum(c), len(c)) for c in columns)):
        moved = sum(
            max(0, n - o) for new, old in zip(spread, columns, strict=True) for n, o in zip(new, old, strict=True)
        )
        if (best is None or moved < best) and meets(with_amounts(given, tuple(zip(*spread, strict=True)))):
            best = moved
    return best


def fewest_additions_by_trying(given: County, most: int) -> int | None:
    level = given.levels[0]
    best = None
    for extra in itertools.product(range(most + 1), repeat=len(level.sections)):
        if (best is None or sum(extra) < best) and meets(
            with_amounts(given, tuple((s.amounts[0] + e,) for s, e in zip(level.sections, extra, strict=True)))
        ):
            best = sum(extra)
    return best


@pytest.mark.parametrize("solver", ["highs", "scip"])
def test_a_teacher_moves_from_the_rich_school_to_the_poor_one(solver: str) -> None:
    given = county((teachers(),), (200, 5), (200, 1))
    plan = optimise(given, Freedom(), solver=solver)
    assert plan.outcome is Outcome.OPTIMAL
    assert [(move.giver_name, move.receiver_name, move.persons) for move in plan.moves] == [("第1小学", "第2小学", 1)]
    assert plan.additions == ()
    assert meets(plan.county)


def test_nothing_is_done_where_everything_is_met() -> None:
    assert optimise(county((teachers(),), (100, 1), (100, 1)), Freedom()).outcome is Outcome.NOTHING_TO_DO


def test_one_school_can_only_be_given_more() -> None:
    plan = optimise(county((teachers(),), (300, 1)), Freedom())
    assert [(each.school, each.amount) for each in plan.additions] == [("s0", 2.0)]


def test_adding_to_one_school_may_break_the_coefficient_and_then_others_get_more_too() -> None:
    given = county((rooms(threshold=None, limit=0.1),), (100, 2), (100, 4), least_met=0)
    plan = optimise(given, Freedom(prices={"rooms": 30000.0}))
    assert plan.outcome is Outcome.OPTIMAL
    assert sum(each.amount for each in plan.additions) == fewest_additions_by_trying(given, 4)
    assert sum(each.yuan for each in plan.additions) == plan.proofs[-1].value


@settings(max_examples=25, deadline=None)
@given(
    pupils=st.lists(st.integers(40, 400), min_size=2, max_size=3),
    amounts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), min_size=3, max_size=3),
    limit=st.sampled_from([0.1, 0.25, 0.5, 1.0]),
)
def test_fewest_moves_equal_those_found_by_trying_everything(
    pupils: list[int], amounts: list[tuple[int, int]], limit: float
) -> None:
    schools = tuple((n, *row) for n, row in zip(pupils, amounts, strict=False))
    given = county((teachers("a", limit=limit), teachers("b", 0.9, limit)), *schools, least_met=1)
    if any(sum(section.amounts[p] for section in given.levels[0].sections) == 0 for p in (0, 1)):
        return
    plan = optimise(given, Freedom(hiring=False))
    expected = fewest_moves_by_trying(given)
    if expected is None:
        assert plan.outcome is Outcome.INFEASIBLE
        assert plan.reasons
    else:
        assert plan.outcome in (Outcome.OPTIMAL, Outcome.NOTHING_TO_DO)
        assert sum(move.persons for move in plan.moves) == expected
        assert meets(plan.county)


@settings(max_examples=25, deadline=None)
@given(
    schools=st.lists(st.tuples(st.integers(40, 300), st.integers(0, 6)), min_size=2, max_size=3),
    limit=st.sampled_from([0.05, 0.2, 0.5]),
    solver=st.sampled_from(["highs", "scip"]),
)
def test_fewest_rooms_equal_those_found_by_trying_everything(
    schools: list[tuple[int, int]], limit: float, solver: str
) -> None:
    given = county((rooms(limit=limit),), *schools)
    most = 14
    expected = fewest_additions_by_trying(given, most)
    if expected is None:
        return
    plan = optimise(given, Freedom(prices={"rooms": 1.0}), solver=solver)
    assert plan.outcome in (Outcome.OPTIMAL, Outcome.NOTHING_TO_DO)
    assert sum(each.amount for each in plan.additions) == pytest.approx(expected)
    assert meets(plan.county)


def test_forbidden_moves_are_not_made() -> None:
    given = county((teachers(),), (200, 5), (200, 1), (200, 4))
    free = optimise(given, Freedom(hiring=False))
    assert [(move.giver, move.receiver) for move in free.moves] == [("s0", "s1")]
    held = optimise(given, Freedom(hiring=False, forbidden=frozenset({("s0", "s1")})))
    assert [(move.giver, move.receiver) for move in held.moves] == [("s2", "s1")]


def test_when_no_allowed_pair_remains_teachers_are_added_or_the_reason_is_told() -> None:
    given = county((teachers(),), (200, 5), (200, 1))
    forbidden = frozenset({("s0", "s1")})
    assert [each.amount for each in optimise(given, Freedom(forbidden=forbidden)).additions] == [1.0]
    plan = optimise(given, Freedom(hiring=False, forbidden=forbidden))
    assert plan.outcome is Outcome.INFEASIBLE
    assert "forbidden" in [reason.code for reason in plan.reasons if reason.relaxed]


def test_limits_of_a_school_hold() -> None:
    given = county((teachers(),), (200, 6), (200, 1), (200, 6))
    plan = optimise(given, Freedom(hiring=False, bounds={("s0", "backbone"): Bound(most_out=0)}))
    assert {move.giver for move in plan.moves} == {"s2"}


def test_too_few_teachers_in_the_county_is_said_with_numbers() -> None:
    plan = optimise(county((teachers(),), (400, 2), (400, 2)), Freedom(hiring=False))
    assert plan.outcome is Outcome.INFEASIBLE
    [reason] = [reason for reason in plan.reasons if reason.code == "too_few_in_county"]
    assert "缺 4 人" in reason.message
    assert {"no_hiring", "threshold:primary:backbone"} <= {r.code for r in plan.reasons if r.relaxed}


def test_a_school_that_may_not_get_enough_is_named() -> None:
    given = county((rooms(),), (300, 1), (300, 9))
    plan = optimise(given, Freedom(prices={"rooms": 1.0}, bounds={("s0", "rooms"): Bound(most_added=2)}))
    assert plan.outcome is Outcome.INFEASIBLE
    assert any(reason.code == "school_below_floor" and "第1小学" in reason.message for reason in plan.reasons)
    assert "bounds" in [reason.code for reason in plan.reasons if reason.relaxed]


def test_one_person_may_carry_two_attributes() -> None:
    given = county((teachers("a"), teachers("b")), (200, 4, 4), (200, 0, 0))
    alone = optimise(given, Freedom(hiring=False))
    kinds = (StaffKind("ab", "兼有两项", frozenset({"a", "b"})),)
    together = optimise(given, Freedom(hiring=False, staff_kinds=kinds, staff={("primary", "s0", "ab"): 4}))
    assert sum(move.persons for move in alone.moves) == 4
    assert sum(move.persons for move in together.moves) == 2
    assert meets(together.county)


def test_what_is_bought_for_a_combined_school_is_shared_by_its_sections() -> None:
    target = rooms(limit=None)
    primary = Level("primary", "小学", (target,), (Section("s", "一贯制（小学部）", 100, (1.0,), (0.5,)),), 1, 0.85)
    junior = Level("junior", "初中", (target,), (Section("s", "一贯制（初中部）", 100, (1.0,), (0.5,)),), 1, 0.85)
    plan = optimise(County("1", "某县", (primary, junior)), Freedom(prices={"rooms": 1.0}))
    assert [each.amount for each in plan.additions] == [2.0]


def test_the_order_of_goals_decides_between_people_and_money() -> None:
    # both targets are missed by one; one of them has to be met
    given = county((teachers(limit=None), rooms(limit=None)), (1000, 9, 19), least_met=1)
    people_last = optimise(given, Freedom(order=(Goal.YUAN, Goal.ADDED, Goal.MOVED), prices={"rooms": 5.0}))
    money_last = optimise(given, Freedom(prices={"rooms": 5.0}))
    assert [each.resource for each in people_last.additions] == ["backbone"]
    assert [each.resource for each in money_last.additions] == ["rooms"]


def test_nothing_allowed_is_refused() -> None:
    with pytest.raises(WrongUseError, match="没有可做的事"):
        optimise(county((teachers(),), (200, 1)), Freedom(moves=False, hiring=False, building=False))


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=5),
    bans=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12),
)
def test_matching_places_everybody_or_shows_who_is_stuck(
    counts: list[tuple[int, int]], bans: set[tuple[int, int]]
) -> None:
    giving = {n: out for n, (out, _) in enumerate(counts) if out}
    receiving = {n + 10: come for n, (_, come) in enumerate(counts) if come}
    if sum(giving.values()) > sum(receiving.values()):
        return

    def allowed(giver: int, receiver: int) -> bool:
        return (giver, receiver - 10) not in bans

    found = match(giving, receiving, allowed)
    if found.stuck:
        open_to = {r for r in receiving if any(allowed(g, r) for g in found.stuck)}
        assert sum(giving[g] for g in found.stuck) > sum(receiving[r] for r in open_to)
    else:
        for giver, count in giving.items():
            assert sum(n for (g, _), n in found.persons.items() if g == giver) == count
        for receiver, count in receiving.items():
            assert sum(n for (_, r), n in found.persons.items() if r == receiver) <= count
        assert all(allowed(*pair) for pair in found.persons)


def test_coefficient_of_the_published_example() -> None:
    books = Target("books", "图书", "册", "books", "图书", 1, None, None, people=False, whole=True)
    given = county((books,), (45, 279), (37, 137), (89, 935), (76, 160), (55, 402))
    assert coefficient(given.levels[0], 0, weighted=True) == pytest.approx(0.5153, abs=5e-5)
    assert coefficient(given.levels[0], 0, weighted=False) == pytest.approx(0.489, abs=5e-4)


def test_a_coefficient_exactly_on_its_limit_is_no_reason_to_hire_one_more() -> None:
    """One teacher for each school: 4 and 5 become 5 and 5; 0 and 3 become 1 and 3, whose coefficient is 0.5 exactly."""
    targets = tuple(
        Target(name, name, "人", name, name, 100, None, limit, people=True, whole=True)
        for name, limit in (("teachers", 0.05), ("masters", 0.5))
    )
    sections = tuple(
        Section(f"s{place}", f"第{place}小学", 224, amounts, (1.0, 1.0))
        for place, amounts in enumerate(((4.0, 0.0), (5.0, 3.0)))
    )
    county = County("1", "某县", (Level("primary", "小学", targets, sections, None, 0.85),))
    order = (Goal.MOVED, Goal.ADDED, Goal.YUAN)
    bounds = {name: Bound(most_added=2) for name in ("teachers", "masters")}
    freedom = Freedom(moves=True, hiring=True, order=order, every_school=bounds, seconds=10)
    plan = optimise(county, freedom, solver="highs")
    assert plan.outcome is Outcome.OPTIMAL
    assert (len(plan.moves), sum(each.amount for each in plan.additions)) == (0, 2)


def test_less_is_better_where_the_standard_says_so() -> None:
    """Pupils in large classes may be 5 in a hundred at most: 3 and 4 are within, 8 are not, and no plan changes it."""
    few = Target("large", "大班额", "人", "large", "大班额", 100, 5.0, None, False, False, open=False, at_most=True)
    assert optimise(county((few,), (100, 3), (200, 8)), Freedom()).outcome is Outcome.NOTHING_TO_DO
    assert not school_meets(county((few,), (100, 8)).levels[0], county((few,), (100, 8)).levels[0].sections[0])


def test_a_county_of_nothing_but_a_coefficient_gets_the_least_that_can_be_even() -> None:
    given = county((rooms(threshold=None, limit=0.05),), (100, 0), (200, 0), least_met=0)
    plan = optimise(given, Freedom(prices={"rooms": 1.0}))
    assert plan.outcome is Outcome.OPTIMAL
    assert sorted(each.amount for each in plan.additions) == [1.0, 2.0]
