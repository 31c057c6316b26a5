"""Names: present, and different among the items of one parent."""

from collections.abc import Sequence

from dudao.issues import Issue, Level
from dudao.scheme.model import Indicator, Point, Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each empty name and each name that stands twice under one parent."""
    issues: list[Issue] = []
    if not scheme.name.strip():
        remedy = "请写上方案的全称。"
        issues.append(Issue(Level.ERROR, "scheme.empty_name", "方案没有名称。", scheme.location, remedy))
    if not scheme.indicators:
        message = f"方案“{scheme.name}”里没有指标。"
        remedy = "请在indicators文件夹里为每项一级指标写一个.yaml文件。"
        issues.append(Issue(Level.ERROR, "scheme.no_indicators", message, scheme.location, remedy))
    issues.extend(_siblings("方案", scheme.indicators))
    for group in scheme.groups():
        if not group.children:
            message = f"指标{group.id}“{group.name}”下面什么也没有。"
            remedy = "请写上下级指标或测评点；它本身就是测评点的，请删去items。"
            issues.append(Issue(Level.ERROR, "scheme.empty_indicator", message, group.location, remedy))
        issues.extend(_siblings(f"指标{group.id}", group.children))
    return issues


def _siblings(parent: str, items: Sequence[Indicator | Point]) -> list[Issue]:
    issues: list[Issue] = []
    first: dict[str, Indicator | Point] = {}
    for item in items:
        if not item.name.strip():
            message = f"{item.id}没有名称。"
            issues.append(Issue(Level.ERROR, "scheme.empty_name", message, item.location, "请写上名称。"))
        elif item.name in first:
            earlier = first[item.name]
            message = f"{parent}下面有两项都叫“{item.name}”：{earlier.id}和{item.id}。"
            remedy = "请确认是不是重复录入。"
            issues.append(Issue(Level.WARNING, "scheme.same_name", message, item.location, remedy, (earlier.location,)))
        first.setdefault(item.name, item)
    return issues
