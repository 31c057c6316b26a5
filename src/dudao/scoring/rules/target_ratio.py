"""实现程度: full points times how much of the target is reached, or the weighted share of cases settled."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, between
from dudao.scoring.context import Context
from dudao.scoring.rounding import rounded
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import Value, number_of, read_value
from dudao.scoring.wording import figure, points_text


@dataclass(frozen=True, slots=True)
class TargetRatio:
    """A value against its target."""

    value: Value
    target: Decimal
    at_least: bool
    rounding: Decimal | None

    def award(self, context: Context) -> Award:
        """Return full × value ÷ target (or target ÷ value where less is better), never above full."""
        found = self.value.find(context)
        if found.value is None:
            return between(Decimal(0), context.full, used=found.used, missing=found.missing, steps=found.steps)
        target = Fraction(self.target)
        aim = figure(self.target, found.unit)
        if self.at_least:
            share = min(max(found.value / target, Fraction(0)), Fraction(1))
            sum_of = f"{found.shown} ÷ {aim}"
        else:
            share = min(target / found.value, Fraction(1)) if found.value > 0 else Fraction(1)
            sum_of = f"{aim} ÷ {found.shown}"
        points = min(rounded(share * Fraction(context.full), self.rounding), context.full)
        if share == 1:
            step = f"{found.label} {found.shown}，达到目标 {aim}，得满分 {points_text(points)} 分"
        else:
            product = f"{points_text(context.full)} 分 × {sum_of} = {points_text(points)} 分"
            step = f"{found.label} {found.shown}，目标 {aim}，{product}"
        change = None
        if points < context.full:
            change = self.value.reach(context, target, upward=self.at_least)
        improvements = (replace(change, gain=context.full - points),) if change is not None else ()
        return between(points, points, steps=(*found.steps, step), used=found.used, improvements=improvements)


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """Cases of several states, each state worth a share of its cases (已整改 1, 整改中 0.5, 未整改 0)."""

    weights: tuple[tuple[str, Decimal], ...]
    when_none_full: bool
    rounding: Decimal | None

    def award(self, context: Context) -> Award:
        """Return full × Σ(cases × weight) ÷ Σcases; unknown while a number of cases is missing or is no count."""
        founds = [number_of(context, name) for name, _ in self.weights]
        used = tuple(fact for found in founds for fact in found.used)
        missing = tuple(gap for found in founds for gap in found.missing)
        missing += tuple(
            context.missing(name, why=f"写的是 {found.shown}，应为不小于 0 的整数")
            for (name, _), found in zip(self.weights, founds, strict=True)
            if found.value is not None and (found.value < 0 or found.value.denominator != 1)
        )
        if missing:
            return between(Decimal(0), context.full, used=used, missing=missing)
        counts = [found.value or Fraction(0) for found in founds]
        total = sum(counts, Fraction(0))
        if total == 0:
            if self.when_none_full:
                step = f"一件也没有，{context.full_words}"
                return between(context.full, context.full, steps=(step,), used=used)
            gap = context.missing(self.weights[0][0], why="各类件数都是 0，无从计算")
            return between(Decimal(0), context.full, used=used, missing=(gap,))
        worth = sum(
            (count * Fraction(weight) for count, (_, weight) in zip(counts, self.weights, strict=True)), Fraction(0)
        )
        points = min(rounded(worth / total * Fraction(context.full), self.rounding), context.full)
        parts = " + ".join(
            f"{found.label} {found.shown} × {figure(weight)}"
            for found, (_, weight) in zip(founds, self.weights, strict=True)
        )
        step = f"{points_text(context.full)} 分 ×（{parts}）÷ {figure(total)} = {points_text(points)} 分"
        improvements: tuple[Improvement, ...] = ()
        if points < context.full:
            best = max(self.weights, key=lambda pair: pair[1])[0]
            improvements = (Improvement(f"全部转为“{context.title(best)}”", context.full - points),)
        return between(points, points, steps=(step,), used=used, improvements=improvements)


def read(settings: SettingsReader) -> TargetRatio | WeightedShare:
    """Return the rule its settings state."""
    if settings.has("weights"):
        weights = settings.number_map("weights")
        for name, weight in weights.items():
            settings.known_fact(name)
            if not 0 <= weight <= 1:
                settings.report("ill_typed_setting", f"{name} 的权重应在 0 与 1 之间，写的是 {weight}")
        none = settings.choice("when_none", ("full", "unknown"))
        return WeightedShare(tuple(weights.items()), none == "full", settings.rounding())
    value = read_value(settings)
    target = settings.number("target")
    if target <= 0:
        settings.report("ill_typed_setting", f"target 应大于 0，写的是 {target}")
        target = Decimal(1)
    direction = settings.choice("direction", ("at_least", "at_most"))
    return TargetRatio(value, target, direction == "at_least", settings.rounding())
