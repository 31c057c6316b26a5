"""Settings of single points that contradict one another: bonus, provisional, steps."""

from dudao.issues import Issue, Level, Location
from dudao.scheme.model import Point, Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each setting that cannot mean anything where it stands."""
    issues: list[Issue] = []
    if scheme.step is not None and scheme.step <= 0:
        issues.append(_step("方案", scheme.places.get("step", scheme.location)))
    if not scheme.scored and scheme.full_points is not None:
        message = "方案写了scored: false（不计分），又写了总分。"
        remedy = "请删去其中一项。"
        place = scheme.places.get("full_points", scheme.location)
        issues.append(Issue(Level.ERROR, "scheme.unscored_with_points", message, place, remedy))
    for point in scheme.points():
        issues.extend(_point(point))
    return issues


def _point(point: Point) -> list[Issue]:
    issues: list[Issue] = []
    if point.step is not None and point.step <= 0:
        issues.append(_step(f"测评点{point.id}", point.places.get("step", point.location)))
    kind = point.rule.kind if point.rule else ""
    if kind == "bonus" and not point.bonus:
        message = f"测评点{point.id}用了加分规则，但没有写bonus: true，加分会被算进满分。"
        issues.append(Issue(Level.ERROR, "scheme.bonus_not_marked", message, point.location, "请加上 bonus: true。"))
    if point.bonus and point.provisional:
        message = f"测评点{point.id}既是加分项又是自评暂计。"
        remedy = "请删去bonus或provisional。"
        issues.append(Issue(Level.WARNING, "scheme.bonus_provisional", message, point.location, remedy))
    return issues


def _step(what: str, place: Location) -> Issue:
    message = f"{what}的最小计分单位（step）应大于0。"
    return Issue(Level.ERROR, "scheme.step_not_positive", message, place, '请写成 step: "0.1" 之类。')
