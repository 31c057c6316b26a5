"""From a total and the rules on the whole to a grade, or to the grades that are still possible."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dudao.scheme.model import GradeBand
from dudao.scoring.bands import band_of
from dudao.scoring.context import Context
from dudao.scoring.reading import grade_names
from dudao.scoring.result import GradeResult, OutcomeResult
from dudao.scoring.rule import OutcomeRule
from dudao.scoring.wording import points_text


def judge_outcomes(rules: Sequence[OutcomeRule], context: Context) -> tuple[OutcomeResult, ...]:
    """Return for each rule whether it bites, in the order of the scheme."""
    results = []
    for rule in rules:
        judged = rule.judge(context)
        missing = judged.missing if judged.holds is None else ()
        results.append(OutcomeResult(rule.name, rule.effect, judged.holds, judged.steps, missing))
    return tuple(results)


def grade_of(
    bands: Sequence[GradeBand],
    low: Decimal | None,
    high: Decimal | None,
    rules: Sequence[OutcomeRule],
    outcomes: Sequence[OutcomeResult],
) -> GradeResult | None:
    """Return the grade of a total between low and high after the rules; None when the scheme has no grades.

    A rule that may or may not bite leaves both grades possible. Without a total (a scheme that prints no points)
    every grade is possible until a rule settles it.
    """
    grades = grade_names(bands)
    if not grades:
        return None
    if low is None or high is None:
        possible = set(range(len(grades)))
        steps = ["方案不计总分，等次由各项是否达标认定"]
    else:
        by_name = {band.name: (band.low, band.high) for band in bands}
        ranges = [by_name[name] for name in grades]
        best, worst = band_of(Fraction(high), ranges), band_of(Fraction(low), ranges)
        points = points_text(low) if low == high else f"{points_text(low)} 至 {points_text(high)}"
        if best is None or worst is None:
            return GradeResult(None, (), (f"总分 {points} 分不在任何等次之内",))
        possible = set(range(best, worst + 1))
        steps = [f"总分 {points} 分，对应{'、'.join(grades[index] for index in sorted(possible))}"]
    for rule, outcome in zip(rules, outcomes, strict=True):
        if outcome.holds is False:
            continue
        changed = {rule.change(index, grades) for index in possible}
        possible = changed if outcome.holds else possible | changed
        verb = outcome.effect if outcome.holds else f"资料不全，可能{outcome.effect}"
        steps.append(f"{outcome.name}：{verb}")
    names = tuple(grades[index] for index in sorted(possible))
    return GradeResult(names[0] if len(names) == 1 else None, names, tuple(steps))
