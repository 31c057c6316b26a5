"""Points: leaves add up to their indicator, indicators to the total; none is missing, negative or off the step."""

from collections.abc import Sequence
from decimal import Decimal

from dudao.issues import Issue, Level, Location
from dudao.scheme.model import Indicator, Point, Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each sum that does not come out and each point without points in a scored scheme."""
    issues: list[Issue] = []
    if scheme.scored and scheme.full_points is None:
        message = f"方案“{scheme.name}”没有写总分。"
        remedy = "请加上 full_points: 100（或方案写明的总分）；方案不计分的，写 scored: false。"
        issues.append(Issue(Level.ERROR, "scheme.points_missing", message, scheme.location, remedy))
    for group in scheme.groups():
        issues.extend(_sum_of_group(group))
    for point in scheme.points():
        issues.extend(_of_point(scheme, point))
    issues.extend(_sum_of_scheme(scheme))
    return issues


def plain(points: Decimal) -> str:
    """Return points as people write them: 10, 4.5."""
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted_points(items: Sequence[Indicator | Point]) -> Decimal | None:
    """Return what the items add up to, bonus points left out; None when one of them has no points."""
    total = Decimal(0)
    for item in items:
        if is_bonus(item):
            continue
        own = item.full_points
        if own is None and isinstance(item, Indicator):
            own = counted_points(item.children)
        if own is None:
            return None
        total += own
    return total


def is_bonus(item: Indicator | Point) -> bool:
    """Return whether the item only gives points on top of the full points."""
    if isinstance(item, Point):
        return item.bonus
    return bool(item.children) and all(is_bonus(child) for child in item.children)


def _line(item: Indicator | Point | Scheme) -> Location:
    return item.places.get("full_points", item.location)


def _sum_of_group(group: Indicator) -> list[Issue]:
    total = counted_points(group.children)
    if (
        is_bonus(group)
        or group.full_points is None
        or total is None
        or total == group.full_points
        or not group.children
    ):
        return []
    message = (
        f"指标{group.id}“{group.name}”的各项分值加起来是{plain(total)}分，不是{plain(group.full_points)}分"
        f"（{_addends(group.children)}）。"
    )
    return [_not_adding_up(message, _line(group), group.children)]


def _sum_of_scheme(scheme: Scheme) -> list[Issue]:
    total = counted_points(scheme.indicators)
    if scheme.full_points is None or total is None or total == scheme.full_points or not scheme.indicators:
        return []
    message = (
        f"各一级指标的分值加起来是{plain(total)}分，不是总分{plain(scheme.full_points)}分"
        f"（{_addends(scheme.indicators)}）。"
    )
    return [_not_adding_up(message, _line(scheme), scheme.indicators)]


MOST_ADDENDS = 12


def _addends(items: Sequence[Indicator | Point]) -> str:
    counted = [item for item in items if not is_bonus(item)]
    parts = []
    for item in counted[:MOST_ADDENDS]:
        own = item.full_points if item.full_points is not None else counted_points([item])
        parts.append(f"{item.id}为{plain(own or Decimal(0))}")
    return "，".join(parts) + ("……" if len(counted) > MOST_ADDENDS else "")


def _not_adding_up(message: str, place: Location, items: Sequence[Indicator | Point]) -> Issue:
    lines = "、".join(f"{item.id}在{_line(item)}" for item in items[:3])
    remedy = f"请改正其中一项的full_points（{lines}{'等' if len(items) > 3 else ''}），或改正这里的合计。"
    related = tuple(_line(item) for item in items)
    return Issue(Level.ERROR, "scheme.points_do_not_add_up", message, place, remedy, related)


def _of_point(scheme: Scheme, point: Point) -> list[Issue]:
    if point.full_points is None:
        if not scheme.scored:
            return []
        message = f"测评点{point.id}“{point.name}”没有分值。"
        remedy = "请加上 full_points；整个方案不计分的，在pack.yaml里写 scored: false。"
        return [Issue(Level.ERROR, "scheme.points_missing", message, point.location, remedy)]
    if point.full_points <= 0:
        message = f"测评点{point.id}“{point.name}”的分值是{plain(point.full_points)}，分值应大于0。"
        return [Issue(Level.ERROR, "scheme.points_not_positive", message, _line(point), "请改正full_points。")]
    step = point.step or scheme.step
    if step is not None and step > 0 and point.full_points % step:
        message = (
            f"测评点{point.id}“{point.name}”的分值{plain(point.full_points)}不是最小计分单位{plain(step)}的整数倍。"
        )
        return [Issue(Level.WARNING, "scheme.points_off_step", message, _line(point), "请核对分值或step。")]
    return []
