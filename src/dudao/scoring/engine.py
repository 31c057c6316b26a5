"""Scheme and assessment in, scores out: each point by its rule, the totals, the grade.

The same scheme and assessment always give the same scores; nothing is read from clock, files or settings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.assessment.answers import Answer
from dudao.assessment.model import Assessment
from dudao.scheme.model import FactDeclaration, GradeBand, Indicator, Point, Scheme, ScoringRule
from dudao.scoring.award import Award, Missing, Standing
from dudao.scoring.condition import Judgement
from dudao.scoring.context import Context
from dudao.scoring.fact_table import FactTable
from dudao.scoring.outcome import grade_of, judge_outcomes
from dudao.scoring.reading import ReadRule, by_name, grade_names, read_outcome_rule, read_rule
from dudao.scoring.result import IndicatorScore, OutcomeResult, PointScore, SchemeScore
from dudao.scoring.rule import OutcomeRule
from dudao.scoring.rules.not_applicable import by_policy
from dudao.scoring.totals import rescaled, total_of

RESCALED_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ReadScheme:
    """A scheme whose rules were read once, to score many assessments."""

    scheme: Scheme
    declared: Mapping[str, FactDeclaration]
    rules: Mapping[str, ReadRule]
    outcome_rules: tuple[OutcomeRule, ...]


def read_scheme(scheme: Scheme) -> ReadScheme:
    """Return the scheme with its rules ready to judge; a rule with issues leaves its point unknown."""
    declared = by_name(scheme.facts)
    rules = {
        point.id: read_rule(point.rule, declared, point.full_points)
        for point in scheme.points()
        if point.rule is not None
    }
    grades = grade_names(scheme.grades)
    outcomes = tuple(_outcome_rule(rule, declared, grades) for rule in scheme.outcome_rules)
    return ReadScheme(scheme, declared, rules, outcomes)


@dataclass(frozen=True, slots=True)
class UnreadOutcomeRule:
    """Stands for a rule on the whole that is written wrongly: nobody knows whether it bites."""

    name: str
    why: str

    @property
    def effect(self) -> str:
        """Return what the rule does, in words."""
        return "影响等次（规则写得不对，未能判断）"

    def judge(self, context: Context) -> Judgement:
        """Return that it is unknown, with the reason."""
        return Judgement(None, missing=(Missing(self.why),))

    def change(self, grade: int, grades: tuple[str, ...]) -> int:
        """Return the worst grade, as nothing better is certain."""
        return len(grades) - 1


def _outcome_rule(rule: ScoringRule, declared: Mapping[str, FactDeclaration], grades: tuple[str, ...]) -> OutcomeRule:
    read = read_outcome_rule(rule, declared, grades)
    if read.rule is not None:
        return read.rule
    name = str(rule.settings.get("name") or rule.kind)
    return UnreadOutcomeRule(name, "；".join(issue.message for issue in read.issues[:3]))


def score(scheme: Scheme | ReadScheme, assessment: Assessment) -> SchemeScore:
    """Return the scores of the assessment under the scheme.

    A point whose facts are missing is unknown, with bounds of what it can be; it never counts as zero or full.
    """
    read = scheme if isinstance(scheme, ReadScheme) else read_scheme(scheme)
    asked = read.scheme
    context = Context(
        declared=read.declared,
        facts=FactTable(assessment.facts),
        place=assessment.region,
        year=assessment.year,
        full=Decimal(0),
        answer=Answer(""),
        peers=assessment.peers,
        members=assessment.members,
        step=asked.step,
    )
    points = tuple(score_point(point, read.rules.get(point.id), context, assessment) for point in asked.points())
    by_id = {each.point.id: each for each in points}
    regular = [each for each in points if not each.point.bonus]
    total, bonus = total_of(regular), total_of([each for each in points if each.point.bonus])
    excluded = any(each.award.standing is Standing.EXCLUDED for each in regular)
    if excluded and asked.full_points is not None:
        total = rescaled(total, asked.full_points, asked.step or RESCALED_STEP)
    outcomes = judge_outcomes(read.outcome_rules, context)
    low, high = (total.low + bonus.low, total.high + bonus.high) if total.full else (None, None)
    grade = grade_of(asked.grades, low, high, read.outcome_rules, outcomes)
    return SchemeScore(
        scheme=asked.id,
        scheme_name=asked.name,
        region=assessment.region.id,
        region_name=str(assessment.region),
        year=assessment.year,
        points=points,
        indicators=tuple(_indicators(asked.indicators, by_id)),
        total=total,
        bonus=bonus,
        rescaled=excluded,
        outcomes=outcomes,
        grade=grade,
    )


def score_point(point: Point, rule: ReadRule | None, context: Context, assessment: Assessment) -> PointScore:
    """Return the score of one point."""
    answer = assessment.answer(point.id)
    if point.full_points is None:
        return PointScore(point, _passed(rule, context, answer), None, answer.self_points, answer.note)
    view = context.scoring(point.full_points, answer)
    award = _award(point, rule, view)
    if point.provisional or answer.provisional:
        award = _provisionally(award, view)
    return PointScore(point, award, point.full_points, answer.self_points, answer.note)


def _passed(rule: ReadRule | None, context: Context, answer: Answer) -> Award:
    """Return whether a point without printed points meets its requirement; it never enters a total."""
    nothing = Award(Decimal(0), Decimal(0), None, Standing.UNSCORED)
    if answer.not_applicable:
        return replace(nothing, steps=(f"不适用（{answer.not_applicable}）",))
    if rule is None:
        return replace(nothing, steps=("方案没有给出分值，也没有可计算的标准",))
    if rule.rule is None:
        gap = Missing("评分规则写得不对，未能判断：" + "；".join(issue.message for issue in rule.issues[:3]))
        return replace(nothing, missing=(gap,))
    award = rule.rule.award(replace(context, full=Decimal(1), answer=answer, step=None, pass_fail=True))
    standing = Standing.UNSCORED
    if award.low == award.high == 1:
        standing = Standing.MET
    elif award.high < 1 or (award.points is None and not award.missing):
        standing = Standing.NOT_MET
    changes = tuple(replace(change, gain=Decimal(0)) for change in award.improvements)
    return replace(award, low=Decimal(0), high=Decimal(0), points=None, standing=standing, improvements=changes)


def _award(point: Point, rule: ReadRule | None, view: Context) -> Award:
    answer, full, zero = view.answer, view.full, Decimal(0)
    if answer.not_applicable:
        if point.not_applicable is not None:
            return by_policy(point.not_applicable, full, answer.not_applicable)
        gap = Missing("方案没有规定不适用时怎样计分")
        step = f"答为不适用（{answer.not_applicable}）"
        return Award(zero, full, None, Standing.UNKNOWN, (step,), missing=(gap,))
    if rule is not None and rule.rule is not None:
        return rule.rule.award(view)
    if rule is not None:
        gap = Missing("评分规则写得不对，未能测算：" + "；".join(issue.message for issue in rule.issues[:3]))
        return Award(zero, full, None, Standing.UNKNOWN, missing=(gap,))
    if answer.self_points is not None and zero <= answer.self_points <= full:
        step = "方案没有可计算的规则，按自评分计"
        return Award(answer.self_points, answer.self_points, answer.self_points, Standing.SELF_REPORTED, (step,))
    why = "自评分未填" if answer.self_points is None else f"自评分 {answer.self_points} 不在 0 至 {full} 之间"
    return Award(zero, full, None, Standing.UNKNOWN, missing=(Missing(f"方案没有可计算的规则，{why}"),))


def _provisionally(award: Award, view: Context) -> Award:
    """Return an award marked provisional: self points count until data come, anything remains possible."""
    stated = view.answer.self_points
    if award.standing is Standing.SELF_REPORTED and award.points is not None:
        points, low, high = award.points, Decimal(0), view.full
    elif award.points is None and stated is not None and award.low <= stated <= award.high:
        points, low, high = stated, award.low, award.high
    else:
        return award
    steps = (*award.steps, "自评暂计，待评价方数据")
    return Award(low, high, points, Standing.PROVISIONAL, steps, award.used, award.missing, award.improvements)


def _indicators(indicators: Iterable[Indicator], scores: Mapping[str, PointScore]) -> Iterable[IndicatorScore]:
    for indicator in indicators:
        below = [scores[point.id] for point in indicator.points() if not point.bonus]
        yield IndicatorScore(indicator, total_of(below))
        yield from _indicators((child for child in indicator.children if isinstance(child, Indicator)), scores)


def judge_total(
    read: ReadScheme, assessment: Assessment, total: Decimal
) -> tuple[tuple[OutcomeResult, ...], str | None]:
    """Return how the rules on the whole treat a given total, and the grade; None while several are possible."""
    context = Context(
        read.declared,
        FactTable(assessment.facts),
        assessment.region,
        assessment.year,
        Decimal(0),
        Answer(""),
        assessment.peers,
        assessment.members,
    )
    outcomes = judge_outcomes(read.outcome_rules, context)
    bands: tuple[GradeBand, ...] = read.scheme.grades
    grade = grade_of(bands, total, total, read.outcome_rules, outcomes)
    return outcomes, grade.name if grade else None
