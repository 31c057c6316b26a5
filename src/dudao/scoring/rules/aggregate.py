"""由校到县、由县到市: the points of every member under one rule, combined into one."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Missing, Standing, between
from dudao.scoring.context import Context
from dudao.scoring.rounding import rounded
from dudao.scoring.rule import PointRule
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import number_of
from dudao.scoring.wording import points_text

COMBINE = ("mean", "weighted_mean", "worst", "all", "share")
NAMES = {
    "mean": "平均",
    "weighted_mean": "加权平均",
    "worst": "取最低",
    "all": "须全部得满分",
    "share": "按得满分的单位所占比例",
}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The rule for one member, how members combine, and the fact that weighs them."""

    rule: PointRule
    combine: str
    weight: str
    rounding: Decimal | None

    def award(self, context: Context) -> Award:
        """Return the combined points; bounds come from the bounds of the members."""
        if not context.members:
            gap = Missing("缺下辖单位的数据，无法合成")
            return between(Decimal(0), context.full, missing=(gap,))
        views = [context.at(member) for member in context.members]
        judged = [(view, self.rule.award(view)) for view in views]
        counted = [(view, award) for view, award in judged if award.standing is not Standing.EXCLUDED]
        if not counted:
            step = "各下辖单位都不适用，剔除"
            return Award(Decimal(0), Decimal(0), Decimal(0), Standing.EXCLUDED, (step,))
        views, awards = [view for view, _ in counted], [award for _, award in counted]
        founds = [number_of(view, self.weight) for view in views] if self.weight else []
        used = tuple(fact for award in awards for fact in award.used)
        used += tuple(fact for found in founds for fact in found.used)
        missing = tuple(gap for award in awards for gap in award.missing)
        missing += tuple(gap for found in founds for gap in found.missing)
        weights = [found.value if found.value is not None else Fraction(-1) for found in founds]
        weights = weights or [Fraction(1)] * len(awards)
        if any(weight < 0 for weight in weights) or sum(weights) == 0:
            unknown = missing or (Missing(f"{context.title(self.weight)}不能为负，也不能全为 0"),)
            low, high = min(award.low for award in awards), max(award.high for award in awards)
            return between(min(low, context.full), min(high, context.full), used=used, missing=unknown)
        low = self._combined(context, [award.low for award in awards], weights)
        high = self._combined(context, [award.high for award in awards], weights)
        steps = [
            f"{view.place}：{points_text(award.points)} 分" if award.points is not None else f"{view.place}：未知"
            for view, award in counted
        ]
        if low == high:
            steps.append(f"{NAMES[self.combine]}，得 {points_text(low)} 分")
        return between(low, high, steps=steps, used=used, missing=missing)

    def _combined(self, context: Context, points: list[Decimal], weights: list[Fraction]) -> Decimal:
        full = context.full
        if self.combine == "worst":
            return min(*points, full)
        if self.combine == "all":
            return full if all(each == full for each in points) else Decimal(0)
        if self.combine == "share":
            passed = sum((w for each, w in zip(points, weights, strict=True) if each == full), Fraction(0))
            return min(rounded(Fraction(full) * passed / sum(weights), self.rounding), full)
        total = sum((Fraction(each) * w for each, w in zip(points, weights, strict=True)), Fraction(0))
        return min(rounded(total / sum(weights), self.rounding), full)


def read(settings: SettingsReader) -> Aggregate:
    """Return the rule its settings state."""
    combine = settings.choice("combine", COMBINE)
    weight = settings.fact_name("weight", required=combine == "weighted_mean")
    if weight and combine not in {"weighted_mean", "share"}:
        settings.report("needless_weight", f"combine 为 {combine} 时不用写 weight", "请删去 weight")
    exact = combine in {"worst", "all"}
    rule = settings.rule("rule")
    return Aggregate(rule, combine, weight, settings.rounding(default="none" if exact else None))
