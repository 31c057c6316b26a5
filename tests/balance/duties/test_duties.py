"""The computed duties: worked examples, ties, missing figures."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from dudao.assessment.facts import Fact
from dudao.balance.duties.classes import (
    ClassLimits,
    SchoolLimits,
    SchoolSize,
    class_sizes,
    school_sizes,
)
from dudao.balance.duties.enrolment import gross_rate, junior_retention, nine_year_retention
from dudao.balance.duties.fitness import FitnessCounts, fitness, myopia, obesity
from dudao.balance.duties.never_decrease import never_decrease
from dudao.balance.duties.preschool import Kindergarten, preschool
from dudao.balance.duties.running_cost import FundedSchool, required, running_cost
from dudao.balance.duties.safety import GuardedSchool, GuardScale, Steps, guards_needed, safety
from dudao.balance.duties.school_day import DeclaredDay, after_school, school_days
from dudao.balance.duties.teacher_pay import teacher_pay
from dudao.balance.duties.three_increases import three_increases
from dudao.balance.duties.training_institutions import Institution, training_institutions
from dudao.pipelines.duties.limits import LimitsInForce
from dudao.provenance import ClauseSource

BASE = ClauseSource(document="基准定额")

NATION = LimitsInForce(date(2023, 9, 1))
"""What was in force for the nation that day."""


def value(facts: Iterable[Fact], name: str, part: str = "") -> object:
    found = [fact for fact in facts if fact.name == name and fact.part == part]
    assert len(found) == 1, name
    return found[0].value


def test_a_tie_has_not_fallen_and_missing_stays_open() -> None:
    facts = never_decrease(
        "甲县",
        2023,
        {2022: 100, 2023: 100},
        {"primary": {2022: 50, 2023: 50}, "junior": {2022: 50}},
        {"primary": {2022: 10, 2023: 11}, "junior": {2022: 5, 2023: 5}},
    )
    assert value(facts, "education_spending_not_decreased") is True
    assert value(facts, "spending_per_pupil_not_decreased", "primary") is False
    assert value(facts, "spending_per_pupil_not_decreased", "junior") is None
    assert value(facts, "spending_per_pupil_not_decreased_all") is False


def test_appropriation_must_outgrow_revenue() -> None:
    facts = three_increases(
        "甲县",
        2023,
        appropriation={2022: 100, 2023: 105},
        regular_revenue={2022: 1000, 2023: 1050},
        spending={2022: 100, 2023: 110},
        pupils={2022: 10, 2023: 10},
        teacher_pay={2022: 50, 2023: 52},
        teachers={2022: 5, 2023: 5},
        running_cost={2022: 10},
    )
    assert value(facts, "appropriation_outgrows_revenue") is False
    assert value(facts, "spending_per_pupil_rises") is True
    assert value(facts, "pay_and_running_cost_rise") is None


def test_a_small_school_is_funded_as_one_of_a_hundred() -> None:
    base = {"primary": 720, "junior": 940}
    small = FundedSchool("1", "村小", {"primary": 37}, 10, 75_000)
    assert required(small, base, 300, 100) == 100 * 720 + 10 * 300
    assert required(FundedSchool("2", "镇小", {"primary": 137}, 0, 0), base, 300, 100) == 137 * 720
    facts = running_cost("甲县", 2023, [small], base=base, boarding=300, source=BASE, counted_as=100)
    assert value(facts, "running_cost_base_met") is True
    short = FundedSchool("1", "村小", {"primary": 37}, 10, 37 * 720)
    facts = running_cost("甲县", 2023, [short, small], base=base, boarding=300, source=BASE, counted_as=100)
    assert value(facts, "running_cost_base_met") is False
    assert value(facts, "running_cost_shortfall") == 75_000 - 37 * 720
    unknown = FundedSchool("3", "某校", {"primary": None}, 0, 1)
    assert (
        value(
            running_cost("甲县", 2023, [unknown], base=base, boarding=300, source=BASE, counted_as=100),
            "running_cost_base_met",
        )
        is None
    )


@pytest.mark.parametrize(("teachers", "officials", "met"), [(90, 90, True), (89, 90, False), (None, 90, None)])
def test_pay_parity(teachers: int | None, officials: int, met: bool | None) -> None:
    assert (
        value(teacher_pay("甲县", 2023, teacher_mean=teachers, civil_servant_mean=officials), "teacher_pay_not_below")
        is met
    )


def test_class_sizes_at_their_limits() -> None:
    limits = ClassLimits({"primary": 45, "junior": 50}, large_from=56, oversize_from=66)
    facts = class_sizes("甲县", "2023", {"primary": [45, 46, 55, 56, 65, 66], "junior": [50, None]}, limits)
    assert value(facts, "classes_above_standard", "primary") == 5
    assert value(facts, "large_classes", "primary") == 2
    assert value(facts, "oversize_classes", "primary") == 1
    assert value(facts, "large_class_share", "primary") == 50
    assert value(facts, "large_classes", "junior") is None


def test_school_sizes_with_relaxation() -> None:
    schools = [
        SchoolSize("甲", "211", 2000),
        SchoolSize("乙", "211", 2001),
        SchoolSize("丙", "311", 2400, relaxed=True),
        SchoolSize("丁", "312", 2501),
        SchoolSize("戊", "312", 3000, relaxed=True),
    ]
    facts = school_sizes("甲县", "2023", schools, SchoolLimits(2000, 2500, 2400, 3000, 3000))
    assert value(facts, "oversize_schools") == 2
    assert "乙" in facts[0].source.note


def test_preschool_rates() -> None:
    gardens = [
        Kindergarten("公办园", 500, True, full_time_teachers=40, classes=20, classes_within_size=17),
        Kindergarten("普惠园", 300, False, True, 20, 10, 9),
        Kindergarten("民办园", 200, False, False, 10, 8, 8),
    ]
    facts = preschool("甲县", "2023", gardens, population=1100, thresholds=NATION.preschool())
    assert value(facts, "inclusive_coverage") == 80
    assert value(facts, "inclusive_coverage_met") is True
    assert value(facts, "public_kindergarten_share_met") is True
    assert value(facts, "preschool_gross_enrolment") == Decimal(100_000) / 1100
    assert value(facts, "children_per_teacher_met") is True
    assert value(facts, "kindergartens_with_room") is None
    unknown = preschool(
        "甲县", "2023", [*gardens, Kindergarten("某园", 10, None)], population=1100, thresholds=NATION.preschool()
    )
    assert value(unknown, "inclusive_coverage") is None


def test_rates_of_enrolment_and_retention() -> None:
    facts = gross_rate("甲县", "2023", "senior", enrolled=105, population=100, least=92)
    assert value(facts, "gross_enrolment_rate", "senior") == 105
    facts = junior_retention("甲县", "2023", graduates=960, moved_in=20, moved_out=15, entrants=1002, died=2, least=95)
    assert value(facts, "junior_retention") == Decimal("95.5")
    assert value(facts, "junior_retention_met") is True
    assert (
        value(nine_year_retention("甲县", "2023", finishing=None, entrants=9, least=95), "nine_year_retention") is None
    )


def test_fitness_grades_must_add_up() -> None:
    facts = fitness("甲县", "2023", "primary", FitnessCounts(100, 98, 20, 30, 40, 8), good_share=50)
    assert value(facts, "fitness_good_share", "primary") == Decimal(5000) / 98
    assert value(facts, "fitness_tested_share", "primary") == 98
    wrong = fitness("甲县", "2023", "primary", FitnessCounts(100, 98, 20, 30, 40, 9))
    assert value(wrong, "fitness_good_share", "primary") is None
    assert "不等" in wrong[0].source.note


def test_myopia_and_obesity() -> None:
    facts = myopia("甲县", "2023", "primary", myopic=37, tested=100, limit=38, last_rate=38, yearly_fall="1")  # type: ignore[arg-type]  # text is exact as well
    assert value(facts, "myopia_rate_within", "primary") is True
    assert value(facts, "myopia_rate_fell", "primary") is True
    assert value(obesity("甲县", "2023", "primary", obese=1, weighed=0), "obesity_rate", "primary") is None


@pytest.mark.parametrize(
    ("pupils", "boarders", "whole", "begun"),
    [(99, 0, 1, 1), (100, 0, 2, 2), (1000, 0, 2, 2), (1499, 0, 2, 3), (1500, 0, 3, 3), (99, 1, 2, 2), (900, 650, 3, 4)],
)
def test_guards(pupils: int, boarders: int, whole: int, begun: int) -> None:
    assert guards_needed(pupils, boarders, NATION.guards()) == whole
    assert guards_needed(pupils, boarders, NATION.guards(), Steps.BEGUN) == begun


def test_the_four_hundred_percent() -> None:
    schools = [
        GuardedSchool("甲", 500, 0, 2, 2, True, True, True),
        GuardedSchool("乙", 500, 0, 1, 1, True, False, None),
    ]
    facts = safety("甲县", "2023", schools, scale=NATION.guards(), least_staff=2)
    assert value(facts, "schools_short_of_guards") == 1
    assert value(facts, "schools_short_of_safety_staff") == 1
    assert value(facts, "closed_campus_share") == 100
    assert value(facts, "alarm_and_video_share") == 50
    assert value(facts, "guarded_crossing_share") is None


def test_school_days() -> None:
    days = [
        DeclaredDay("甲", 1, homework_minutes=1),
        DeclaredDay("甲", 6, 60, 10),
        DeclaredDay("乙", 9, 91, 9),
        DeclaredDay("丙", 3),
    ]
    facts = school_days("甲县", "2023", days, NATION.school_day())
    assert value(facts, "homework_beyond_limit") == 2
    assert value(facts, "sleep_below_standard") == 0
    assert value(facts, "school_days_undeclared") == 1
    covered = after_school("甲县", "2023", schools_offering=9, schools=9, pupils_attending=[94, None], pupils=[100, 10])
    assert value(covered, "after_school_schools_share") == 100
    assert value(covered, "after_school_pupils_share") is None


def test_training_institutions() -> None:
    known = [Institution("甲", True, True, True, True, True), Institution("乙", False, True, True, None, False)]
    facts = training_institutions("甲县", "2023", [*known, Institution("丙", True, False)], subject_before=10)
    assert value(facts, "training_institutions") == 2
    assert value(facts, "subject_training_institutions") == 1
    assert value(facts, "subject_training_reduced") == 90
    assert value(facts, "training_fees_supervised_share") == 50


def test_a_rule_that_nobody_knows_leaves_its_fact_open() -> None:
    unknown = GuardScale(None, None, None, None, None)
    schools = [GuardedSchool("甲", 500, 0, 2, 2)]
    facts = safety("甲县", "2010", schools, scale=unknown, least_staff=None)
    assert value(facts, "schools_short_of_guards") is None
    assert value(facts, "schools_short_of_safety_staff") is None


def test_what_kindergartens_are_granted_for_each_child() -> None:
    gardens = [
        Kindergarten("公办一园", 100, True, grant=60_000),
        Kindergarten("公办二园", 100, True, grant=30_000),
        Kindergarten("普惠园", 50, False, True, grant=30_000),
        Kindergarten("民办园", 50, False, False),
    ]
    asked = LimitsInForce(date(2024, 9, 1), "511922").preschool()
    facts = preschool("511922", "2024", gardens, population=400, thresholds=asked)
    assert value(facts, "public_kindergarten_grant_per_child") == 450
    assert value(facts, "public_kindergarten_grant_per_child_met") is False
    assert value(facts, "inclusive_private_subsidy_per_child") == 600
    assert value(facts, "inclusive_private_subsidy_per_child_met") is True
    nowhere = preschool("甲县", "2023", gardens, population=400, thresholds=NATION.preschool())
    assert value(nowhere, "public_kindergarten_grant_per_child_met") is None
