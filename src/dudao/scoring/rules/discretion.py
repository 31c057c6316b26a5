"""酌情给分: an assessor deducts or awards points within a range, with a reason and a name."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.scoring.award import Award, Missing, between
from dudao.scoring.chosen import chosen_points
from dudao.scoring.condition import Condition, Judgement, read_condition
from dudao.scoring.context import Context
from dudao.scoring.rules.named_case import read_range
from dudao.scoring.settings import SettingsReader
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Discretion:
    """The range, whether it is deducted, when it applies (None: always), and the floor."""

    low: Decimal
    high: Decimal
    deducts: bool
    when: Condition | None
    floor: Decimal

    def award(self, context: Context) -> Award:
        """Return the points after the chosen ones; bounds while nobody has chosen or the condition is unknown."""
        judged = self.when.judge(context) if self.when is not None else Judgement(holds=True)
        if judged.holds is False:
            full = context.full
            steps = (*judged.steps, f"不属于酌情扣分的情形，得满分 {points_text(full)} 分")
            return between(full, full, steps=steps, used=judged.used)
        chosen = chosen_points(context.answer.discretion, self.low, self.high, "扣分" if self.deducts else "得分")
        steps = judged.steps
        missing: tuple[Missing, ...] = judged.missing
        if chosen.points is None:
            low, high = self._left(context, self.high), self._left(context, self.low)
            low, high = min(low, high), max(low, high)
            missing = (*missing, *chosen.missing)
        else:
            low = high = self._left(context, chosen.points)
            steps = (*steps, f"{'扣分：' if self.deducts else ''}{chosen.step}")
        if judged.holds is None:
            return between(low, max(high, context.full), steps=steps, used=judged.used, missing=missing)
        if low == high:
            steps = (*steps, f"得 {points_text(low)} 分")
        return between(low, high, steps=steps, used=judged.used, missing=missing)

    def _left(self, context: Context, chosen: Decimal) -> Decimal:
        if not self.deducts:
            return min(chosen, context.full)
        return max(context.full - chosen, min(self.floor, context.full))


def read(settings: SettingsReader) -> Discretion:
    """Return the rule its settings state."""
    if settings.has("award") == settings.has("deduct"):
        settings.report("one_way", "award 与 deduct 应写且只写一个", "扣分写 deduct，给分写 award")
    deducts = settings.has("deduct")
    low, high = read_range(settings, "deduct" if deducts else "award")
    when = read_condition(settings.child("when")) if settings.has("when") else None
    floor = settings.points("floor") if deducts else Decimal(0)
    settings.raw("floor", required=False)
    if when is not None and not deducts:
        settings.report(
            "when_needs_deduct", "award 不能与 when 同写", "条件成立才给分的，请用 not_applicable 或 rubric"
        )
    return Discretion(low, high, deducts, when, floor)
