"""A limit on the mean of coefficients: SCIP apart, and HiGHS on a narrower question where SCIP gives no answer."""

import pytest

from dudao.balance.optimise import solve, solve_apart
from dudao.balance.optimise.figures import coefficient
from dudao.balance.optimise.model import County, Freedom, Level, Outcome, Section, Target
from dudao.balance.optimise.program import Answer, Program

LIMIT = 0.3


def county() -> County:
    goods = ("rooms", "books")
    targets = tuple(Target(name, name, "间", name, name, 1, None, None, people=False, whole=True) for name in goods)
    schools = ((100, 40.0, 100.0), (100, 10.0, 90.0), (200, 20.0, 200.0))
    sections = tuple(
        Section(f"s{place}", f"第{place}小学", pupils, tuple(amounts), (1.0, 1.0))
        for place, (pupils, *amounts) in enumerate(schools)
    )
    return County("1", "某县", (Level("primary", "小学", targets, sections, 0, 0.85, composite_limit=LIMIT),))


def mean(found: County) -> float:
    level = found.levels[0]
    return sum(coefficient(level, place, weighted=True) or 0 for place in range(2)) / 2


def test_highs_answers_where_scip_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "SOLVERS", {"scip": lambda *_args, **_options: solve_apart.UNDECIDED})
    assert mean(county()) > LIMIT
    plan = solve.optimise(county(), Freedom(prices={"rooms": 5.0, "books": 1.0}))
    assert plan.outcome is Outcome.FEASIBLE
    assert plan.solver == "highs"
    assert mean(plan.county) <= LIMIT
    assert plan.county.levels[0].composite_limit == LIMIT
    assert all(proof.bound == 0 for proof in plan.proofs)


def test_a_process_that_breaks_leaves_the_question_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve_apart, "SMALL", 0)
    program = Program()
    number = program.variable(0.5, 9.0, whole=True)
    good = solve_apart.solve_with_scip_apart(program, [(number, 1.0)], seconds=20)
    assert good.answer is Answer.OPTIMAL
    assert good.values[number] == pytest.approx(1)
    monkeypatch.setattr(solve_apart, "_SERVE", "import os; os.abort()")
    broken = solve_apart.solve_with_scip_apart(program, [(number, 1.0)], seconds=20)
    assert broken.answer is Answer.UNDECIDED


@pytest.mark.parametrize(
    ("values", "limit", "height"), [([1.0, 1.0], 0.5, 0.5), ([0.2, 1.0], 0.5, 0.8), ([0.1, 0.2, 0.3], 0.5, 0.3)]
)
def test_the_highest_are_cut_to_keep_the_mean(values: list[float], limit: float, height: float) -> None:
    assert solve.capped_at(values, limit) == pytest.approx(height)
    assert sum(min(value, height) for value in values) / len(values) <= limit + 1e-12
