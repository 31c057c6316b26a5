"""插入法定标准: a standard that depends on size, interpolated linearly between listed sizes, flat outside them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from dudao.scoring.award import Award, between
from dudao.scoring.context import Context
from dudao.scoring.otherwise import Otherwise, read_otherwise
from dudao.scoring.rounding import rounded
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import Value, number_of, read_value
from dudao.scoring.wording import figure, points_text


@dataclass(frozen=True, slots=True)
class InterpolatedStandard:
    """The value, the fact of its size, the listed standard, and what missing it is worth (None: its share)."""

    value: Value
    size: str
    standard: tuple[tuple[Decimal, Decimal], ...]
    linear: bool
    at_least: bool
    otherwise: Otherwise | None
    rounding: Decimal | None

    def award(self, context: Context) -> Award:
        """Return full points when the standard of the size is met, else the points or share otherwise."""
        found, size = self.value.find(context), number_of(context, self.size)
        used, missing = size.used + found.used, size.missing + found.missing
        if found.value is None or size.value is None:
            low = min(self.otherwise.least(), context.full) if self.otherwise else Decimal(0)
            return between(low, context.full, used=used, missing=missing)
        standard = self.at(size.value)
        words = f"{size.label} {size.shown}，标准为 {figure(standard, found.unit)}"
        met = found.value >= standard if self.at_least else found.value <= standard
        step = f"{words}；{found.label} {found.shown}，{'达到' if met else '未达到'}"
        if met:
            steps = (*found.steps, f"{step}，{context.full_words}")
            return between(context.full, context.full, steps=steps, used=used)
        if self.otherwise is None:
            low = high = self._share(found.value, standard, context.full)
            step = f"{step}，按实现程度得 {points_text(low)} 分"
        else:
            after = self.otherwise.consequence(context)
            low, high, missing = after.low, after.high, after.missing
            step = f"{step}，{after.step}"
        change = self.value.reach(context, standard, upward=self.at_least)
        improvements = (
            (replace(change, gain=context.full - high),) if change is not None and high < context.full else ()
        )
        return between(low, high, steps=(*found.steps, step), used=used, missing=missing, improvements=improvements)

    def at(self, size: Fraction) -> Fraction:
        """Return the standard for a size: between two listed ones by a straight line (or the lower), else the end."""
        first, last = self.standard[0], self.standard[-1]
        if size <= first[0]:
            return Fraction(first[1])
        for (low, below), (high, above) in pairwise(self.standard):
            if Fraction(low) <= size < Fraction(high):
                if not self.linear:
                    return Fraction(below)
                share = (size - Fraction(low)) / (Fraction(high) - Fraction(low))
                return Fraction(below) + share * (Fraction(above) - Fraction(below))
        return Fraction(last[1])

    def _share(self, value: Fraction, standard: Fraction, full: Decimal) -> Decimal:
        share = value / standard if self.at_least else standard / value
        return min(rounded(max(share, Fraction(0)) * Fraction(full), self.rounding), full)


def read(settings: SettingsReader) -> InterpolatedStandard:
    """Return the rule its settings state."""
    standard = tuple(_read_entry(child) for child in settings.children("standard"))
    sizes = [size for size, _ in standard]
    if len(set(sizes)) != len(sizes) or sizes != sorted(sizes):
        settings.report("sizes_must_rise", "standard 的 at 应由小到大，不重复", "请按规模从小到大写")
    if any(value <= 0 for _, value in standard):
        settings.report("ill_typed_setting", "standard 的 value 应大于 0")
    at_least = settings.choice("direction", ("at_least", "at_most")) == "at_least"
    share = settings.raw("otherwise", required=False) == "ratio"
    otherwise = None if share else read_otherwise(settings)
    rounding = settings.rounding(default=None if share else "none")
    linear = settings.choice("between", ("linear", "step")) == "linear"
    entries = standard or ((Decimal(0), Decimal(1)),)
    size = settings.fact_name("size")
    return InterpolatedStandard(read_value(settings), size, entries, linear, at_least, otherwise, rounding)


def _read_entry(settings: SettingsReader) -> tuple[Decimal, Decimal]:
    entry = settings.number("at"), settings.number("value")
    settings.finish()
    return entry
