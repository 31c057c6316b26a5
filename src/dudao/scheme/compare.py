"""What changed between two schemes: added, removed, re-weighted, re-worded, moved, renumbered.

Items are matched by name first, for each year numbers its items anew: equal names, then names most alike, best
pair first. A pair less alike than `LEAST_ALIKE` counts as one removed and one added.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dudao.scheme.model import Indicator, Point, Scheme

LEAST_ALIKE = 0.5


class ChangeKind(StrEnum):
    """What happened to an item; one item may be re-weighted, re-worded and moved at once.

    `RENUMBERED` is said only between two states of one scheme: each year's own scheme numbers its items anew.
    """

    ADDED = "added"
    REMOVED = "removed"
    REWEIGHTED = "reweighted"
    REWORDED = "reworded"
    MOVED = "moved"
    RULE_CHANGED = "rule_changed"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it stands in one scheme: `parent` is the name of the indicator above, empty at the first level."""

    id: str
    name: str
    level: int
    full_points: Decimal | None
    parent: str
    item: Indicator | Point


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `old` is None for an added item, `new` for a removed one."""

    kind: ChangeKind
    old: ItemView | None
    new: ItemView | None


@dataclass(frozen=True, slots=True)
class SchemeComparison:
    """All changes, in the order of the new scheme, removed items last; `unchanged` counts the rest."""

    old: Scheme
    new: Scheme
    changes: tuple[Change, ...]
    unchanged: int


def compare_schemes(old: Scheme, new: Scheme) -> SchemeComparison:
    """Return what changed from the old scheme to the new one."""
    before, after = views(old), views(new)
    pairs = _match(before, after)
    same_scheme = old.id == new.id
    renamed = {before[earlier].name: after[later].name for later, earlier in pairs.items()}
    matched_old = set(pairs.values())
    changes: list[Change] = []
    unchanged = 0
    for position, view in enumerate(after):
        if position not in pairs:
            changes.append(Change(ChangeKind.ADDED, None, view))
            continue
        earlier = before[pairs[position]]
        found = _differences(earlier, view, renamed)
        if same_scheme and earlier.id != view.id:
            found.append(Change(ChangeKind.RENUMBERED, earlier, view))
        changes.extend(found)
        unchanged += not found
    changes.extend(
        Change(ChangeKind.REMOVED, view, None) for position, view in enumerate(before) if position not in matched_old
    )
    return SchemeComparison(old, new, tuple(changes), unchanged)


def side_by_side(old: Scheme, new: Scheme) -> tuple[tuple[ItemView | None, ItemView | None], ...]:
    """Return every item of both schemes with its counterpart, in the order of the new one, removed items last."""
    before, after = views(old), views(new)
    pairs = _match(before, after)
    together = [(before[pairs[place]] if place in pairs else None, view) for place, view in enumerate(after)]
    matched = set(pairs.values())
    alone = [(view, None) for place, view in enumerate(before) if place not in matched]
    return (*together, *alone)


def views(scheme: Scheme) -> list[ItemView]:
    """Return every item of a scheme, parents before their children."""
    found: list[ItemView] = []

    def walk(items: Sequence[Indicator | Point], level: int, parent: str) -> None:
        for item in items:
            found.append(ItemView(item.id, item.name, level, item.full_points, parent, item))
            if isinstance(item, Indicator):
                walk(item.children, level + 1, item.name)

    walk(scheme.indicators, 1, "")
    return found


def _differences(old: ItemView, new: ItemView, renamed: dict[str, str]) -> list[Change]:
    kinds = []
    if old.full_points != new.full_points:
        kinds.append(ChangeKind.REWEIGHTED)
    if plain_name(old.name) != plain_name(new.name) or _requirement(old) != _requirement(new):
        kinds.append(ChangeKind.REWORDED)
    if renamed.get(old.parent, old.parent) != new.parent or old.level != new.level:
        kinds.append(ChangeKind.MOVED)
    if _rule(old) != _rule(new):
        kinds.append(ChangeKind.RULE_CHANGED)
    return [Change(kind, old, new) for kind in kinds]


def _requirement(view: ItemView) -> str:
    return plain_name(view.item.requirement) if isinstance(view.item, Point) else ""


def _rule(view: ItemView) -> tuple[str, object] | None:
    rule = view.item.rule if isinstance(view.item, Point) else None
    return None if rule is None else (rule.kind, dict(rule.settings))


def _match(before: list[ItemView], after: list[ItemView]) -> dict[int, int]:
    """Return for positions in the new scheme the matching position in the old one."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    candidates = []
    shapes_before = [_pairs_of_characters(view.name) for view in before]
    for position, view in enumerate(after):
        shape = _pairs_of_characters(view.name)
        for earlier, other in enumerate(before):
            likeness = _likeness(shape, shapes_before[earlier])
            if likeness >= LEAST_ALIKE:
                # Between equally alike names, the same level, parent and id decide.
                nearness = (likeness, view.level == other.level, view.parent == other.parent, view.id == other.id)
                candidates.append((nearness, -position, -earlier))
    for _, position, earlier in sorted(candidates, reverse=True):
        if -position not in pairs and -earlier not in taken:
            pairs[-position] = -earlier
            taken.add(-earlier)
    return pairs


def plain_name(name: str) -> str:
    """Return the name without years, quotes, punctuation and a closing 情况, which say nothing about what is asked."""
    text = re.sub(r"20\d{2}年(?:度)?", "", name)
    text = re.sub(r"[\s\W_]+", "", text)
    return re.sub(r"(?:工作)?(?:落实)?情况$", "", text) or text


def _pairs_of_characters(name: str) -> frozenset[str]:
    text = plain_name(name)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two names share, 0 to 1 (Dice over pairs of neighbouring characters)."""
    return 2 * len(one & other) / (len(one) + len(other))
