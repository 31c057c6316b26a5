"""情形扣分: stated points off (or on) for each named case that applies."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.assessment.answers import NamedCase as AnsweredCase
from dudao.scoring.award import Award, Improvement, Missing, between
from dudao.scoring.chosen import chosen_points
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the clause: it deducts or awards from `low` to `high`, or sets the points outright."""

    id: str
    name: str
    effect: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class NamedCase:
    """The cases, whether counting starts from full points or from zero, and the floor."""

    cases: tuple[Case, ...]
    from_full: bool
    floor: Decimal

    def award(self, context: Context) -> Award:
        """Return the points after all cases that apply; unknown until somebody states which do."""
        lowest = min(self.floor, context.full) if self.from_full else Decimal(0)
        if any(case.effect == "points" for case in self.cases):
            lowest = min(lowest, *(case.low for case in self.cases if case.effect == "points"))
        answered = context.answer.cases
        if answered is None:
            return between(lowest, context.full, missing=(Missing("尚未说明有无规则所列情形"),))
        known = {case.id: case for case in self.cases}
        strange = [each.id for each in answered if each.id not in known]
        if strange:
            gap = Missing(f"情形“{'、'.join(strange)}”不在规则之内，可写 {'、'.join(known)}")
            return between(lowest, context.full, missing=(gap,))
        low = high = context.full if self.from_full else Decimal(0)
        steps: list[str] = [] if answered else ["没有规则所列情形"]
        missing: list[Missing] = []
        improvements: list[Improvement] = []
        fixed: list[Decimal] = []
        for each in answered:
            if each.count <= 0:
                continue
            case = known[each.id]
            least, most, step, gaps = _effect(case, each)
            missing += gaps
            steps.append(step)
            if case.effect == "points":
                fixed.append(case.low)
            elif case.effect == "deduct":
                low, high = low - most, high - least
                improvements.append(Improvement(f"消除“{case.name}”", least))
            else:
                low, high = low + least, high + most
        floor = min(self.floor, context.full) if self.from_full else Decimal(0)
        low, high = (min(max(points, floor), context.full) for points in (low, high))
        if fixed:
            low, high = min(low, *fixed), min(high, *fixed)
        if low == high:
            steps.append(f"得 {points_text(low)} 分")
        won = [
            Improvement(change.sentence, min(change.gain, context.full - high))
            for change in improvements
            if change.gain > 0 and high < context.full and not fixed
        ]
        return between(low, high, steps=steps, missing=missing if low != high else (), improvements=won)


def _effect(case: Case, each: AnsweredCase) -> tuple[Decimal, Decimal, str, tuple[Missing, ...]]:
    verb = {"deduct": "扣", "award": "得", "points": "即为"}[case.effect]
    times = f" × {each.count}" if each.count > 1 and case.effect != "points" else ""
    if case.low == case.high:
        total = case.low * each.count
        return total, total, f"{case.name}，{verb} {points_text(case.low)} 分{times}", ()
    chosen = chosen_points(each.discretion, case.low, case.high, f"“{case.name}”的{verb}分")
    if chosen.points is None:
        step = f"{case.name}，{verb} {points_text(case.low)} 至 {points_text(case.high)} 分{times}"
        return case.low * each.count, case.high * each.count, step, chosen.missing
    total = chosen.points * each.count
    return total, total, f"{case.name}，{chosen.step}{times}", ()


def read(settings: SettingsReader) -> NamedCase:
    """Return the rule its settings state."""
    from_full = settings.choice("start", ("full", "zero")) == "full"
    cases = tuple(_read_case(child, from_full) for child in settings.children("cases"))
    ids = [case.id for case in cases]
    if len(set(ids)) != len(ids):
        settings.report("duplicate_name", f"情形编号重复：{'、'.join(ids)}", "每种情形用一个编号")
    floor = settings.points("floor") if from_full else Decimal(0)
    settings.raw("floor", required=False)
    return NamedCase(cases or (Case("", "", "deduct", Decimal(0), Decimal(0)),), from_full, floor)


def _read_case(settings: SettingsReader, from_full: bool) -> Case:
    ways = [key for key in ("deduct", "award", "points") if settings.has(key)]
    if len(ways) != 1:
        settings.report("one_way", "每种情形应写 deduct、award、points 中的一个")
    effect = ways[0] if ways else "deduct"
    if effect == "award" and from_full:
        settings.report("award_from_full", "从满分起算（start: full）时不能再加分", "请写 deduct，或改为 start: zero")
    if effect == "deduct" and not from_full:
        settings.report("deduct_from_zero", "从零起算（start: zero）时不能扣分", "请写 award，或改为 start: full")
    low, high = read_range(settings, effect) if ways else (Decimal(0), Decimal(0))
    case = Case(settings.text("id"), settings.text("name"), effect, low, high)
    settings.finish()
    return case


def read_range(settings: SettingsReader, key: str) -> tuple[Decimal, Decimal]:
    """Return points, or the points from–to of a range."""
    written = settings.raw(key)
    if not hasattr(written, "keys"):
        points = settings.points(key)
        return points, points
    below = settings.child(key)
    low, high = below.points("from"), below.points("to")
    below.finish()
    if low > high:
        settings.report("ill_typed_setting", f"{key} 的 from 为 {low}，大于 to 的 {high}", "请对调")
        return high, low
    return low, high
