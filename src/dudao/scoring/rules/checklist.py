"""要点累加: points for each item that is done, less for items done in part."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.assessment.answers import ItemState
from dudao.scoring.award import Award, Improvement, Missing, UsedFact, between
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import look_up
from dudao.scoring.wording import points_text

STATE_NAMES = {ItemState.DONE: "完成", ItemState.PARTIAL: "部分完成", ItemState.NOT_DONE: "未完成"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item: points when done, points when done in part (None: not foreseen), and the fact that tells."""

    id: str
    name: str
    points: Decimal
    partial: Decimal | None
    fact: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items whose points add up."""

    items: tuple[Item, ...]

    def award(self, context: Context) -> Award:
        """Return the sum; an item nobody answered is worth between nothing and all of its points."""
        low = high = Decimal(0)
        steps: list[str] = []
        used: list[UsedFact] = []
        missing: list[Missing] = []
        improvements: list[Improvement] = []
        reasons: list[str] = []
        for item in self.items:
            state, fact, gap = _state(item, context)
            used += [fact] if fact else []
            if state is None:
                high += item.points
                missing.append(gap or Missing(f"要点“{item.name}”未作答"))
                continue
            points = _worth(item, state)
            low, high = low + points, high + points
            steps.append(f"{item.name}：{STATE_NAMES[state]}，得 {points_text(points)} 分")
            if points < item.points:
                improvements.append(_improvement(item, context, item.points - points))
                reasons.append(steps[-1])
        low, high = min(low, context.full), min(high, context.full)
        if low == high:
            steps.append(f"合计 {points_text(low)} 分")
        return between(low, high, steps=steps, used=used, missing=missing, improvements=improvements, reasons=reasons)


def _state(item: Item, context: Context) -> tuple[ItemState | None, UsedFact | None, Missing | None]:
    if not item.fact:
        state = context.answer.items.get(item.id)
        if state is ItemState.PARTIAL and item.partial is None:
            return None, None, Missing(f"要点“{item.name}”答的是“部分完成”，规则没有规定部分完成得几分")
        return state, None, None
    fact, gap = look_up(context, item.fact)
    if fact is None:
        return None, None, gap
    seen = UsedFact(context.label(item.fact), fact)
    if not isinstance(fact.value, bool):
        return None, seen, context.missing(item.fact, why="应为是或否")
    return ItemState.DONE if fact.value else ItemState.NOT_DONE, seen, None


def _worth(item: Item, state: ItemState) -> Decimal:
    if state is ItemState.DONE:
        return item.points
    return item.partial or Decimal(0) if state is ItemState.PARTIAL else Decimal(0)


def _improvement(item: Item, context: Context, gain: Decimal) -> Improvement:
    sentence = f"做到“{item.name}”"
    if not item.fact:
        return Improvement(sentence, gain)
    return Improvement(sentence, gain, item.fact, context.place.id, str(context.year), "", needed=True)


def read(settings: SettingsReader) -> Checklist:
    """Return the rule its settings state."""
    items = tuple(_read_item(child) for child in settings.children("items"))
    ids = [item.id for item in items]
    if len(set(ids)) != len(ids):
        settings.report("duplicate_name", f"要点编号重复：{'、'.join(ids)}", "每个要点用一个编号")
    total = sum((item.points for item in items), Decimal(0))
    if settings.full is not None and total > settings.full:
        settings.report(
            "above_full_points", f"各要点合计 {total} 分，高于满分 {settings.full} 分", "请核对各要点的分值"
        )
    return Checklist(items)


def _read_item(settings: SettingsReader) -> Item:
    fact = settings.fact_name("fact", required=False)
    item = Item(
        settings.text("id"),
        settings.text("name"),
        settings.points("points"),
        settings.optional_number("partial"),
        fact,
    )
    if item.partial is not None and not 0 <= item.partial <= item.points:
        settings.report("ill_typed_setting", f"partial 应在 0 与 {item.points} 之间，写的是 {item.partial}")
    settings.finish()
    return item
