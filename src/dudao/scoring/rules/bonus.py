"""加分: points for each honour or adopted experience, up to a cap; never part of the full points of the whole."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.scoring.award import Award, Missing, UsedFact, between
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import number_of
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class BonusItem:
    """One thing that earns points each time; counted by a fact, or by the cases answered under its id."""

    id: str
    name: str
    points: Decimal
    fact: str


@dataclass(frozen=True, slots=True)
class Bonus:
    """The items and the cap."""

    items: tuple[BonusItem, ...]
    cap: Decimal

    def award(self, context: Context) -> Award:
        """Return the points earned, at most the cap; unknown until somebody states how often."""
        cap = min(self.cap, context.full)
        low = high = Decimal(0)
        steps: list[str] = []
        used: list[UsedFact] = []
        missing: list[Missing] = []
        for item in self.items:
            count, facts, gaps = _count(item, context)
            used += facts
            if count is None:
                high = cap
                missing += gaps
                continue
            points = item.points * count
            low, high = low + points, high + points
            if count:
                steps.append(f"{item.name} {count} 次，加 {points_text(points)} 分")
        low, high = min(low, cap), min(high, cap)
        if low == high:
            steps.append(f"共加 {points_text(low)} 分（上限 {points_text(cap)} 分）" if low else "没有加分项，加 0 分")
        return between(low, high, steps=steps, used=used, missing=dict.fromkeys(missing))


def _count(item: BonusItem, context: Context) -> tuple[int | None, tuple[UsedFact, ...], tuple[Missing, ...]]:
    if not item.fact:
        cases = context.answer.cases
        if cases is None:
            return None, (), (Missing("尚未说明有无加分事项"),)
        return sum(max(case.count, 0) for case in cases if case.id == item.id), (), ()
    found = number_of(context, item.fact)
    if found.value is None:
        return None, found.used, found.missing
    if found.value < 0 or found.value.denominator != 1:
        why = f"写的是 {found.shown}，应为不小于 0 的整数"
        return None, found.used, (context.missing(item.fact, why=why),)
    return int(found.value), found.used, ()


def read(settings: SettingsReader) -> Bonus:
    """Return the rule its settings state."""
    items = tuple(_read_item(child) for child in settings.children("items"))
    return Bonus(items, settings.points("cap"))


def _read_item(settings: SettingsReader) -> BonusItem:
    fact = settings.fact_name("fact", required=False)
    item_id = settings.text("id", required=not fact)
    item = BonusItem(item_id, settings.text("name"), settings.points("points"), fact)
    settings.finish()
    return item
