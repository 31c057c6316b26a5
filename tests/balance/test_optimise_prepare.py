from dataclasses import replace

import polars as pl
import pytest

from dudao.balance.compute import compute_balance
from dudao.balance.model import Verdict
from dudao.balance.optimise.figures import coefficient, over_limit, school_meets
from dudao.balance.optimise.model import Freedom, Outcome
from dudao.balance.optimise.prepare import prepare_county
from dudao.balance.optimise.solve import optimise
from dudao.balance.optimise.words import addition_in_words, assumptions_in_words, move_in_words, proof_in_words
from dudao.balance.standard import LEVELS
from dudao.errors import WrongUseError
from dudao.pipelines.balance_standards import load_standard
from dudao.pipelines.optimise_balance import ASSUMED_PRICES
from dudao.tables.generate import NationSize, generate_schools


@pytest.fixture(scope="module")
def schools() -> pl.DataFrame:
    return pl.concat(generate_schools(NationSize(schools=30, counties=1, seed=11)))


def test_the_county_prepared_has_the_coefficients_and_verdicts_of_the_computation(schools: pl.DataFrame) -> None:
    standard = load_standard("quality-2017")
    [result] = compute_balance(schools, standard).counties
    county = prepare_county(schools, standard)
    for level in county.levels:
        for place, indicator in enumerate(result.levels[level.id].indicators):
            assert coefficient(level, place, weighted=True) == pytest.approx(indicator.coefficient, rel=1e-12)
        met = sum(school_meets(level, section) for section in level.sections)
        assert met == result.levels[level.id].schools_met


def test_the_plan_carried_out_in_the_table_makes_the_county_meet_the_standard(schools: pl.DataFrame) -> None:
    standard = load_standard("quality-2017")
    county = prepare_county(schools, standard)
    plan = optimise(county, Freedom(prices=ASSUMED_PRICES))
    assert plan.outcome is Outcome.OPTIMAL
    assert not over_limit(plan.county, weighted=True)
    changed = schools
    changes = [(move.level, move.giver, move.kind, -float(move.persons)) for move in plan.moves]
    changes += [(move.level, move.receiver, move.kind, float(move.persons)) for move in plan.moves]
    changes += [(each.level, each.school, each.resource, each.amount) for each in plan.additions]
    for level, school, column, amount in changes:
        row = schools.filter(pl.col("school_id") == school).row(0, named=True)
        combined = sum(row[f"pupils_{section}"] > 0 for section in ("primary", "junior", "senior")) > 1
        name = f"{column}_{level}" if level and combined else column
        here = pl.col("school_id") == school
        changed = changed.with_columns(pl.when(here).then(pl.col(name) + amount).otherwise(pl.col(name)).alias(name))
    [after] = compute_balance(changed, standard).counties
    assert after.verdict is Verdict.MET, after.reasons
    words = [move_in_words(move) for move in plan.moves] + [addition_in_words(each, "元") for each in plan.additions]
    words += [proof_in_words(proof) for proof in plan.proofs] + list(assumptions_in_words(county, Freedom()))
    assert all(words)
    assert any("已证明不能更少" in each for each in words)


def test_basic_standard_with_its_limit_on_the_mean_is_planned_too(schools: pl.DataFrame) -> None:
    standard = load_standard("basic-2012")
    few = schools.head(14)
    [now] = compute_balance(few, standard).counties
    limits = {name: 0.93 * (level.composite or 1.0) for name, level in now.levels.items()}
    strict = replace(standard, balance_rule=replace(standard.balance_rule, limits=limits))
    plan = optimise(prepare_county(few, strict), Freedom(hiring=False, prices=ASSUMED_PRICES, seconds=4))
    assert plan.outcome in (Outcome.OPTIMAL, Outcome.FEASIBLE)
    assert not over_limit(plan.county, weighted=True)


def test_indicators_that_are_not_asked_for_stay_as_they_are(schools: pl.DataFrame) -> None:
    standard = load_standard("quality-2017")
    wanted = [indicator.id for indicator in standard.indicators if "teachers" in indicator.id]
    county = prepare_county(schools, standard, indicators=wanted)
    plan = optimise(county, Freedom(prices=ASSUMED_PRICES))
    assert not [each for each in plan.additions if not each.level]
    assert any("按现状计入" in line for line in assumptions_in_words(county, Freedom()))


def test_missing_figures_are_named_instead_of_planned_around(schools: pl.DataFrame) -> None:
    holes = schools.with_columns(pl.lit(None, dtype=pl.Float64).alias("sports_area"))
    with pytest.raises(WrongUseError, match=r"数据不全.*体育运动场馆"):
        prepare_county(holes, load_standard("quality-2017"))


def test_several_counties_and_unknown_indicators_are_refused(schools: pl.DataFrame) -> None:
    standard = load_standard("quality-2017")
    two = pl.concat([schools, schools.with_columns(pl.lit("x").alias("region"))])
    with pytest.raises(WrongUseError, match="一个县"):
        prepare_county(two, standard)
    with pytest.raises(WrongUseError, match="没有指标"):
        prepare_county(schools, standard, indicators=["nonsense"])
    assert LEVELS


def test_two_rows_of_one_school_are_refused(schools: pl.DataFrame) -> None:
    with pytest.raises(WrongUseError, match="分不清"):
        prepare_county(
            pl.concat([schools, schools.filter(pl.col("school_type") == "211").head(1)]), load_standard("quality-2017")
        )
