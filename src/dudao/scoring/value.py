"""Where a rule takes its number from: a fact, a ratio of facts, or the change of a fact since the year before."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from dudao.assessment.facts import Fact
from dudao.scoring.award import Improvement, Missing, UsedFact
from dudao.scoring.context import Context
from dudao.scoring.rounding import as_decimal
from dudao.scoring.settings import SettingsReader
from dudao.scoring.wording import figure


@dataclass(frozen=True, slots=True)
class Found:
    """A number, or None with what is missing; `label` names it and `shown` writes it with its unit."""

    value: Fraction | None
    label: str
    unit: str
    used: tuple[UsedFact, ...] = ()
    missing: tuple[Missing, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Return the number as a sentence shows it."""
        return figure(self.value, self.unit)


def look_up(context: Context, name: str, year: int = 0, part: str = "") -> tuple[Fact | None, Missing | None]:
    """Return a stated fact, or what is missing; a fact stated as missing is missing."""
    fact = context.find(name, year, part)
    if fact is None or fact.value is None:
        return None, context.missing(name, year, part, fact.source.note if fact else "")
    return fact, None


def number_of(context: Context, name: str, year: int = 0, part: str = "") -> Found:
    """Return the number of one fact at the place of the context."""
    label, unit = context.label(name, part), context.unit(name)
    fact, missing = look_up(context, name, year, part)
    if fact is None or missing is not None:
        return Found(None, label, unit, missing=(missing,) if missing else ())
    used = (UsedFact(context.label(name, part), fact),)
    if isinstance(fact.value, bool | str):
        why = f"写的是“{figure(fact.value)}”，不是数"
        return Found(None, label, unit, used, (context.missing(name, year, part, why),))
    assert fact.value is not None
    return Found(Fraction(fact.value), label, unit, used)


@dataclass(frozen=True, slots=True)
class FactValue:
    """The number of one fact; `year` counts from the year judged."""

    name: str
    part: str = ""
    year: int = 0

    def find(self, context: Context) -> Found:
        """Return the number."""
        return number_of(context, self.name, self.year, self.part)

    def reach(self, context: Context, bound: Fraction, *, upward: bool) -> Improvement:
        """Return the change that brings the number to the bound; its gain is left to the rule."""
        needed = _attainable(bound, context.unit(self.name), upward=upward)
        return _change(context, self.name, self.year, self.part, needed)


@dataclass(frozen=True, slots=True)
class RatioValue:
    """A ratio of sums of facts, times `per` (100 for a percentage)."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    per: Decimal
    part: str = ""
    year: int = 0

    def find(self, context: Context) -> Found:
        """Return the ratio; missing when a term is missing or the denominator is zero."""
        above = [number_of(context, name, self.year, self.part) for name in self.numerator]
        below = [number_of(context, name, self.year, self.part) for name in self.denominator]
        used = tuple(fact for found in (*above, *below) for fact in found.used)
        missing = tuple(gap for found in (*above, *below) for gap in found.missing)
        names = [context.title(name) for name in self.numerator]
        others = [context.title(name) for name in self.denominator]
        label = f"{context.part_title(self.numerator[0], self.part)}{'与'.join(names)}与{'、'.join(others)}之比"
        unit = "%" if self.per == 100 else ""
        if missing:
            return Found(None, label, unit, used, missing)
        top = sum((found.value or Fraction(0) for found in above), Fraction(0))
        bottom = sum((found.value or Fraction(0) for found in below), Fraction(0))
        if bottom == 0:
            gap = context.missing(self.denominator[0], self.year, self.part, "为 0，不能作分母")
            return Found(None, label, unit, used, (gap,))
        value = top / bottom * Fraction(self.per)
        times = "" if self.per == 1 else f" × {figure(self.per)}"
        sum_of = " + ".join(found.shown for found in above)
        by = " + ".join(found.shown for found in below)
        sum_of, by = (f"({text})" if " + " in text else text for text in (sum_of, by))
        return Found(value, label, unit, used, steps=(f"{label} = {sum_of} ÷ {by}{times} = {figure(value, unit)}",))

    def reach(self, context: Context, bound: Fraction, *, upward: bool) -> Improvement | None:
        """Return the change of the first term above that brings the ratio to the bound; None when it is unknown."""
        terms = [number_of(context, name, self.year, self.part).value for name in self.numerator]
        below = [number_of(context, name, self.year, self.part).value for name in self.denominator]
        if None in terms or None in below or self.numerator[0] in self.denominator:
            return None
        bottom = sum((value or Fraction(0) for value in below), Fraction(0))
        rest = sum((value or Fraction(0) for value in terms[1:]), Fraction(0))
        needed = bound / Fraction(self.per) * bottom - rest
        if bottom <= 0 or needed < 0:
            return None
        name = self.numerator[0]
        return _change(context, name, self.year, self.part, _attainable(needed, context.unit(name), upward=upward))


@dataclass(frozen=True, slots=True)
class ChangeValue:
    """The change of a fact since the year before: in percent, as an amount, or in percentage points."""

    name: str
    form: str
    part: str = ""
    year: int = 0

    def find(self, context: Context) -> Found:
        """Return the change; missing when either year is, or when the base of a percentage is not positive."""
        now = number_of(context, self.name, self.year, self.part)
        before = number_of(context, self.name, self.year - 1, self.part)
        unit = {"percent": "%", "points": "个百分点"}.get(self.form, now.unit)
        label = f"{now.label}比上年增减"
        used, missing = now.used + before.used, now.missing + before.missing
        if now.value is None or before.value is None:
            return Found(None, label, unit, used, missing)
        change = now.value - before.value
        if self.form != "percent":
            return Found(change, label, unit, used, steps=(f"{label} = {now.shown} - {before.shown}",))
        if before.value <= 0:
            gap = context.missing(self.name, self.year - 1, self.part, "不大于 0，不能算增幅")
            return Found(None, label, unit, used, (gap,))
        value = change / before.value * 100
        step = f"{label} = ({now.shown} - {before.shown}) ÷ {before.shown} = {figure(value, unit)}"
        return Found(value, label, unit, used, steps=(step,))

    def reach(self, context: Context, bound: Fraction, *, upward: bool) -> Improvement | None:
        """Return the value of this year that brings the change to the bound; None when last year is unknown."""
        before = number_of(context, self.name, self.year - 1, self.part).value
        if before is None:
            return None
        needed = before * (1 + bound / 100) if self.form == "percent" else before + bound
        unit = context.unit(self.name)
        return _change(context, self.name, self.year, self.part, _attainable(needed, unit, upward=upward))


Value = FactValue | RatioValue | ChangeValue

CHANGE_FORMS = ("percent", "amount", "points")


def read_value(settings: SettingsReader) -> Value:
    """Return where the number comes from: `fact` or `derive`, exactly one of them."""
    if settings.has("fact") and settings.has("derive"):
        settings.report("two_values", "fact 与 derive 只能写一个", "请删去一个")
    if settings.has("derive"):
        settings.raw("fact", required=False)
        derived = settings.child("derive")
        value = _read_derived(derived)
        derived.finish()
        return value
    name = settings.fact_name("fact")
    part, year = read_part_and_year(settings)
    check_dimension(settings, name, part)
    return FactValue(name, part, year)


def read_part_and_year(settings: SettingsReader) -> tuple[str, int]:
    """Return the part of a fact and the year counted from the year judged."""
    return settings.text("part", required=False), read_year(settings)


def read_year(settings: SettingsReader) -> int:
    """Return the year counted from the year judged: 0, -1, -2."""
    year = settings.number("year", default=Decimal(0))
    if year != year.to_integral_value() or not -20 <= year <= 1:
        message = f"year 应为 0、-1、-2 这样的整数，写的是 {year}"
        settings.report("ill_typed_setting", message, "评价年度写 0，上一年写 -1", key="year")
        return 0
    return int(year)


def check_dimension(settings: SettingsReader, name: str, part: str) -> None:
    """Report a part of a fact that has none, and a fact with parts of which none is named."""
    declaration = settings.declared.get(name)
    if declaration is None:
        return
    if part and not declaration.dimension:
        settings.report(
            "no_such_part", f"数据“{name}”没有分项，不能写 part: {part}", "请删去 part，或给它声明 dimension"
        )
    if part and declaration.dimension:
        settings.known_part(name, part)
    if not part and declaration.dimension:
        settings.report("part_needed", f"数据“{name}”按 {declaration.dimension} 分项，须写明取哪一项", "请写上 part")


def _read_derived(settings: SettingsReader) -> Value:
    part, year = read_part_and_year(settings)
    if settings.has("change_of"):
        name = settings.fact_name("change_of")
        check_dimension(settings, name, part)
        return ChangeValue(name, settings.choice("as", CHANGE_FORMS), part, year)
    numerator = tuple(settings.known_fact(name) for name in settings.texts("numerator"))
    denominator = tuple(settings.known_fact(name) for name in settings.texts("denominator"))
    for name in (*numerator, *denominator):
        check_dimension(settings, name, part)
    per = settings.number("per", default=Decimal(1))
    if per <= 0:
        settings.report("ill_typed_setting", f"per 应大于 0，写的是 {per}")
    return RatioValue(numerator or ("",), denominator or ("",), per, part, year)


_COUNTED = frozenset(("人", "名", "所", "个", "件", "起", "次", "处", "台", "册", "校", "项", "家", "户", "人次", "位"))


def _attainable(needed: Fraction, unit: str, *, upward: bool) -> Decimal:
    """Return a value that satisfies the bound and can be had: whole for counted things, else four decimals."""
    scale = 1 if unit in _COUNTED else 10**4
    whole = ceil(needed * scale) if upward else floor(needed * scale)
    return as_decimal(Fraction(whole, scale))


def _change(context: Context, name: str, year: int, part: str, needed: Decimal) -> Improvement:
    found = number_of(context, name, year, part)
    shown = figure(needed, found.unit)
    period = found.used[0].fact.period if found.used else str(context.year + year)
    sentence = f"{period} 年{found.label}由 {found.shown} 变为 {shown}"
    return Improvement(sentence, Decimal(0), name, context.place.id, period, part, needed)
