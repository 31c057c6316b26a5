"""按次扣分: so many points off for each case found (每发生1起扣x分)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, between
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue, read_value
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Points off per case, after so many that are free, down to a floor."""

    value: FactValue
    deduct: Decimal
    free: int
    floor: Decimal

    def award(self, context: Context) -> Award:
        """Return full points less the cases; a number of cases that is no count is missing."""
        found = self.value.find(context)
        lowest = min(self.floor, context.full)
        if found.value is None:
            return between(lowest, context.full, used=found.used, missing=found.missing)
        if found.value < 0 or found.value.denominator != 1:
            why = f"写的是 {found.shown}，应为不小于 0 的整数"
            gap = context.missing(self.value.name, self.value.year, self.value.part, why)
            return between(lowest, context.full, used=found.used, missing=(gap,))
        counted = max(int(found.value) - self.free, 0)
        points = max(context.full - counted * self.deduct, lowest)
        exempt = f"，前 {self.free} 件不扣" if self.free else ""
        step = f"{found.label} {found.shown}{exempt}，每件扣 {points_text(self.deduct)} 分，得 {points_text(points)} 分"
        improvements: tuple[Improvement, ...] = ()
        if points < context.full:
            change = self.value.reach(context, Fraction(self.free), upward=False)
            improvements = (replace(change, gain=context.full - points),)
        return between(points, points, steps=(step,), used=found.used, improvements=improvements)


def read(settings: SettingsReader) -> Occurrence:
    """Return the rule its settings state."""
    value = read_value(settings)
    if not isinstance(value, FactValue):
        settings.report("ill_typed_setting", "occurrence 只按一个数据的件数扣分，不能写 derive")
        value = FactValue("")
    deduct = settings.number("deduct", least=Decimal(0))
    return Occurrence(value, deduct, settings.whole("free", default=0), settings.points("floor"))
