"""差额扣分: so many points off for each step a value lies short of its target (每低1个百分点扣x分，扣完为止)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from dudao.scoring.award import Award, Improvement, between
from dudao.scoring.context import Context
from dudao.scoring.rounding import as_decimal, rounded
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue, Found, Value, read_part_and_year, read_value
from dudao.scoring.wording import figure, points_text

PARTIAL = ("whole_steps", "begun_steps", "proportional")
DIRECTIONS = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Deduction:
    """How a gap becomes points off: the step, the points per step, and what a begun step counts."""

    step: Decimal
    deduct: Decimal
    partial: str

    def of(self, gap: Fraction) -> Fraction:
        """Return the points off for a gap of zero or more."""
        steps = gap / Fraction(self.step)
        if self.partial == "whole_steps":
            steps = Fraction(floor(steps))
        elif self.partial == "begun_steps":
            steps = Fraction(ceil(steps))
        return steps * Fraction(self.deduct)


@dataclass(frozen=True, slots=True)
class Target:
    """One value and what it should reach."""

    value: Value
    bound: Decimal


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Targets whose gaps are deducted from the same full points, down to a floor."""

    targets: tuple[Target, ...]
    direction: str
    deduction: Deduction
    floor: Decimal
    rounding: Decimal | None

    def award(self, context: Context) -> Award:
        """Return full points less the deductions; a missing value may cost nothing or everything."""
        founds = [target.value.find(context) for target in self.targets]
        off = [self._off(target, found) for target, found in zip(self.targets, founds, strict=True)]
        known = sum((part for part in off if part is not None), Fraction(0))
        high = self._left(context, known)
        low = self._left(context, None) if None in off else high
        used = tuple(fact for found in founds for fact in found.used)
        missing = tuple(gap for found in founds for gap in found.missing)
        steps = [step for found in founds for step in found.steps]
        steps += [
            self._wording(target, found, part)
            for target, found, part in zip(self.targets, founds, off, strict=True)
            if part is not None
        ]
        if low == high:
            steps.append(f"得 {points_text(high)} 分")
        improvements = () if missing else self._improvements(context, known, off)
        return between(low, high, steps=steps, used=used, missing=missing, improvements=improvements)

    def _gap(self, target: Target, value: Fraction) -> Fraction:
        bound = Fraction(target.bound)
        return max(bound - value if self.direction == "at_least" else value - bound, Fraction(0))

    def _off(self, target: Target, found: Found) -> Fraction | None:
        return None if found.value is None else self.deduction.of(self._gap(target, found.value))

    def _left(self, context: Context, off: Fraction | None) -> Decimal:
        """Return the points left, rounded, between floor and full; None off stands for everything."""
        lowest = min(self.floor, context.full)
        if off is None:
            return lowest
        return min(max(rounded(Fraction(context.full) - off, self.rounding), lowest), context.full)

    def _wording(self, target: Target, found: Found, off: Fraction) -> str:
        gap = self._gap(target, found.value if found.value is not None else Fraction(0))
        aim = figure(target.bound, found.unit)
        word = "目标" if self.direction == "at_least" else "上限"
        if gap == 0:
            return f"{found.label} {found.shown}，{word} {aim}，不扣分"
        unit = "个百分点" if found.unit == "%" else found.unit
        way = "低" if self.direction == "at_least" else "高"
        return (
            f"{found.label} {found.shown}，比{word} {aim} {way} {figure(gap, unit)}，"
            f"每 {figure(self.deduction.step, unit)}扣 {points_text(self.deduction.deduct)} 分，"
            f"应扣 {points_text(as_decimal(off))} 分"
        )

    def _improvements(self, context: Context, known: Fraction, off: list[Fraction | None]) -> tuple[Improvement, ...]:
        now = self._left(context, known)
        improvements = []
        for target, part in zip(self.targets, off, strict=True):
            if not part:
                continue
            gain = self._left(context, known - part) - now
            change = target.value.reach(context, Fraction(target.bound), upward=self.direction == "at_least")
            if change is not None and gain > 0:
                improvements.append(replace(change, gain=gain))
        return tuple(improvements)


def read(settings: SettingsReader) -> Shortfall:
    """Return the rule its settings state."""
    if settings.has("targets"):
        name = settings.fact_name("fact")
        part, year = read_part_and_year(settings)
        if part or settings.has("target"):
            settings.report("two_values", "写了 targets 就不再写 target 或 part", "请删去多余的一个")
        settings.raw("target", required=False)
        bounds = settings.number_map("targets")
        targets = tuple(
            Target(FactValue(name, settings.known_part(name, key), year), bound) for key, bound in bounds.items()
        )
    else:
        targets = (Target(read_value(settings), settings.number("target")),)
    step = settings.number("step")
    if step <= 0:
        settings.report("ill_typed_setting", f"step 应大于 0，写的是 {step}")
        step = Decimal(1)
    deduct = settings.number("deduct", least=Decimal(0))
    deduction = Deduction(step, deduct, settings.choice("partial", PARTIAL))
    direction = settings.choice("direction", DIRECTIONS)
    return Shortfall(targets, direction, deduction, settings.points("floor"), settings.rounding())
