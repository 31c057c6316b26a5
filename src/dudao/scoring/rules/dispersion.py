"""差异限度: full points when the difference coefficient keeps its limit at every school level."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, between
from dudao.scoring.context import Context
from dudao.scoring.otherwise import Otherwise, read_otherwise
from dudao.scoring.rounding import as_decimal, half_up
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue, Value, read_part_and_year, read_value
from dudao.scoring.wording import figure


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Limits by school level and the decimals the coefficient is rounded to first (None: as printed)."""

    limits: tuple[tuple[Value, Decimal], ...]
    decimals: int | None
    otherwise: Otherwise

    def award(self, context: Context) -> Award:
        """Return full points when no limit is passed; a missing coefficient may have passed it."""
        founds = [(value, limit, value.find(context)) for value, limit in self.limits]
        used = tuple(fact for _, _, found in founds for fact in found.used)
        missing = tuple(gap for _, _, found in founds for gap in found.missing)
        steps: list[str] = []
        above: list[tuple[Value, Decimal]] = []
        for value, limit, found in founds:
            steps += found.steps
            if found.value is None:
                continue
            judged = found.value if self.decimals is None else half_up(found.value, self.decimals)
            over = judged > Fraction(limit)
            taken = "" if judged == found.value else f"（取 {figure(judged)}）"
            steps.append(f"{found.label} {found.shown}{taken}，{'超过' if over else '不超过'}限度 {figure(limit)}")
            if over:
                above.append((value, limit))
        if above:
            after = self.otherwise.consequence(context)
            gain = context.full - after.high
            changes = []
            if len(above) == 1 and not missing:
                value, limit = above[0]
                change = value.reach(context, Fraction(limit), upward=False)
                changes = [replace(change, gain=gain)] if change is not None and gain > 0 else []
            steps.append(after.step)
            gaps = (*missing, *after.missing)
            return between(after.low, after.high, steps=steps, used=used, missing=gaps, improvements=changes)
        if missing:
            low = min(self.otherwise.least(), context.full)
            return between(low, context.full, steps=steps, used=used, missing=missing)
        steps.append(f"{context.full_words}")
        return between(context.full, context.full, steps=steps, used=used)


def read(settings: SettingsReader) -> Dispersion:
    """Return the rule its settings state."""
    if settings.has("limits") == settings.has("limit"):
        settings.report("one_limit", "limit 与 limits 应写且只写一个", "分学段的写 limits")
    limits: tuple[tuple[Value, Decimal], ...]
    if settings.has("limits"):
        name = settings.fact_name("fact")
        _, year = read_part_and_year(settings)
        settings.raw("limit", required=False)
        bounds = settings.number_map("limits")
        limits = tuple(
            (FactValue(name, settings.known_part(name, part), year), limit) for part, limit in bounds.items()
        )
    else:
        limits = ((read_value(settings), settings.number("limit", default=Decimal(0))),)
    for _, limit in limits:
        if limit < 0:
            settings.report("ill_typed_setting", f"限度不能为负，写的是 {as_decimal(Fraction(limit))}")
    decimals = None
    if settings.raw("decimals") != "printed":
        decimals = settings.whole("decimals", default=3)
    return Dispersion(limits, decimals, read_otherwise(settings))
