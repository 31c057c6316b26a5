"""Ids: unique over the whole scheme, and each below its parent's, for answers and evidence hold on to them."""

from dudao.issues import Issue, Level
from dudao.scheme.model import Indicator, Point, Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each id used twice and each that contradicts its place."""
    issues: list[Issue] = []
    first: dict[str, Indicator | Point] = {}
    for item in _items(scheme):
        if item.id in first:
            earlier = first[item.id]
            message = f"编号“{item.id}”用了两次：“{earlier.name}”和“{item.name}”。"
            remedy = f"请给后一项换一个没有用过的编号；前一项在{earlier.location}。"
            issues.append(
                Issue(Level.ERROR, "scheme.duplicate_id", message, item.location, remedy, (earlier.location,))
            )
        else:
            first[item.id] = item
        if any(character.isspace() for character in item.id):
            message = f"编号“{item.id}”里有空格。"
            issues.append(Issue(Level.ERROR, "scheme.id_with_space", message, item.location, "请去掉空格。"))
    for group in scheme.groups():
        issues.extend(_misplaced(group, [child.id for child in group.children]))
    return issues


def _items(scheme: Scheme) -> list[Indicator | Point]:
    items: list[Indicator | Point] = []
    for group in scheme.groups():
        items.append(group)
        items.extend(child for child in group.children if isinstance(child, Point))
    return items


def _misplaced(group: Indicator, ids: list[str]) -> list[Issue]:
    """Warn when some children carry the parent's id as a prefix and others another's: a slip of copying."""
    prefix = f"{group.id}."
    outside = [child for child in group.children if not child.id.startswith(prefix)]
    if not outside or len(outside) == len(ids):
        return []
    return [
        Issue(
            Level.WARNING,
            "scheme.id_outside_parent",
            f"指标{group.id}下面的“{child.name}”编号是“{child.id}”，同级的其他编号都以“{prefix}”开头。",
            child.location,
            "请确认它放对了地方；已经发布的编号不要改。",
        )
        for child in outside
    ]
