"""An assessment held against its scheme: unknown facts and points, wrong units, points out of range."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from dudao.assessment.answers import Answer
from dudao.assessment.facts import Fact
from dudao.assessment.model import Assessment
from dudao.assessment.values import same_measure
from dudao.issues import Issue, Level, Location
from dudao.located_yaml.fields import nearest
from dudao.scheme.model import FactDeclaration, Point, Scheme


def fit(assessment: Assessment, scheme: Scheme) -> tuple[Assessment, list[Issue]]:
    """Return the assessment with unusable facts made missing, and what does not fit the scheme."""
    declared = {declaration.name: declaration for declaration in scheme.facts}
    issues: list[Issue] = []
    facts = tuple(_fitted(fact, declared, issues) for fact in assessment.facts)
    points = {point.id: point for point in scheme.points()}
    for answer in assessment.answers.values():
        issues += _answer_issues(answer, points, scheme)
    return replace(assessment, facts=facts), issues


def _fitted(fact: Fact, declared: Mapping[str, FactDeclaration], issues: list[Issue]) -> Fact:
    place = Location(fact.source.file, fact.source.line)
    declaration = declared.get(fact.name)
    if declaration is None:
        remedy = _nearest(fact.name, declared) or "方案用不到它，可以删去"
        issues.append(_issue(Level.WARNING, "unknown_fact", f"方案没有数据“{fact.name}”，没有用到。", place, remedy))
        return fact
    parts = dict(declaration.parts)
    if fact.part and not declaration.dimension:
        message = f"数据“{declaration.title}”没有分项，“{fact.part}”没有用到。"
        issues.append(_issue(Level.ERROR, "no_such_part", message, place, "请直接写值"))
    elif fact.part and parts and fact.part not in parts:
        message = f"数据“{declaration.title}”没有分项“{fact.part}”，没有用到。"
        issues.append(_issue(Level.ERROR, "no_such_part", message, place, _nearest(fact.part, parts)))
    elif declaration.dimension and not fact.part:
        message = f"数据“{declaration.title}”按分项填写，这里没有写是哪一项，没有用到。"
        remedy = f"可写 {'、'.join(parts)}" if parts else ""
        issues.append(_issue(Level.ERROR, "part_needed", message, place, remedy))
    problem = _type_problem(fact, declaration)
    if problem:
        message = f"数据“{declaration.title}”写的是“{fact.written}”，{problem}，按缺少处理。"
        issues.append(_issue(Level.ERROR, "wrong_unit", message, place))
        return replace(fact, value=None)
    return fact


def _type_problem(fact: Fact, declaration: FactDeclaration) -> str:
    """Return why a value cannot stand for the declared fact, empty when it can."""
    if fact.value is None:
        return ""
    if declaration.kind == "boolean":
        return "" if isinstance(fact.value, bool) else "应为 是 或 否"
    if declaration.kind == "text":
        return "" if isinstance(fact.value, str) else "应为文字"
    if isinstance(fact.value, bool | str):
        return f"应为数（{declaration.unit}）" if declaration.unit else "应为数"
    if not same_measure(declaration.unit, fact.unit):
        return f"单位应为{declaration.unit or '无'}"
    if declaration.kind == "count" and (fact.value < 0 or fact.value != fact.value.to_integral_value()):
        return "应为不小于 0 的整数"
    return ""


def _answer_issues(answer: Answer, points: Mapping[str, Point], scheme: Scheme) -> Iterable[Issue]:
    point = points.get(answer.point)
    if point is None:
        remedy = _nearest(answer.point, points)
        yield _issue(Level.ERROR, "unknown_point", f"方案没有测评点“{answer.point}”。", answer.location, remedy)
        return
    stated, full, step = answer.self_points, point.full_points, point.step or scheme.step
    if stated is None:
        return
    if stated < 0 or (full is not None and stated > full):
        message = f"测评点 {point.id} 的自评分 {stated} 不在 0 至 {full} 之间。"
        yield _issue(Level.ERROR, "self_points_out_of_range", message, answer.location, "请核对自评分")
    if step is not None and stated % step != Decimal(0):
        message = f"测评点 {point.id} 的自评分 {stated} 比方案允许的 {step} 分还细。"
        yield _issue(Level.WARNING, "self_points_too_fine", message, answer.location, f"请取 {step} 的整数倍")


def _issue(level: Level, code: str, message: str, place: Location, remedy: str = "") -> Issue:
    return Issue(level, f"assessment.{code}", message, place, remedy)


def _nearest(written: str, known: Iterable[str]) -> str:
    found = nearest(written, tuple(known))
    return f"是否要写“{found}”？" if found else ""
