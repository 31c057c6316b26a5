"""与上年相比: values that must not fall (两个只增不减), not rise, rise, or fall; a tie is not a fall."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, Missing, UsedFact, between
from dudao.scoring.context import Context
from dudao.scoring.otherwise import Otherwise
from dudao.scoring.rounding import as_decimal
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import look_up, number_of, read_year
from dudao.scoring.wording import figure, points_text

MUST = ("not_fall", "not_rise", "rise", "fall")
FORMS = ("values", "growth", "statement")


@dataclass(frozen=True, slots=True)
class Test:
    """One fact that is followed: as values of two years, as a growth rate, or as a statement that it was kept."""

    name: str
    form: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome of one fact, one part, one year: kept, broken, or unknown."""

    kept: bool | None
    step: str = ""
    used: tuple[UsedFact, ...] = ()
    missing: tuple[Missing, ...] = ()
    improvement: Improvement | None = None


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """The tests, what they must do, over how many years, and what each failure costs."""

    tests: tuple[Test, ...]
    must: str
    years: int
    on_failure: str
    deduct: Decimal
    floor: Decimal
    year: int

    def award(self, context: Context) -> Award:
        """Return full points less what failures cost; a missing year may have been kept or broken."""
        trials = [
            self._trial(context, test, part, self.year - back)
            for test in self.tests
            for part in test.parts
            for back in reversed(range(self.years))
        ]
        broken = sum(1 for trial in trials if trial.kept is False)
        unknown = sum(1 for trial in trials if trial.kept is None)
        high, worst = self._points(context, broken), self._points(context, broken + unknown)
        missing = tuple(gap for trial in trials for gap in trial.missing)
        low, after = worst[0], high
        steps = [trial.step for trial in trials if trial.step]
        if broken:
            steps.append(self._verdict(context, broken))
            missing += after[2]
        elif not unknown:
            steps.append(f"{len(trials)} 处全部符合要求，{context.full_words}")
        return between(
            low,
            after[1],
            steps=steps,
            used=tuple(dict.fromkeys(fact for trial in trials for fact in trial.used)),
            missing=missing,
            improvements=self._improvements(context, trials, broken),
            reasons=[trial.step for trial in trials if trial.kept is False],
        )

    def _points(self, context: Context, broken: int) -> tuple[Decimal, Decimal, tuple[Missing, ...]]:
        """Return the lowest and highest points with so many failures, and what is missing to know them."""
        if not broken:
            return context.full, context.full, ()
        if self.on_failure == "unspecified":
            after = Otherwise(None).consequence(context)
            return after.low, after.high, after.missing
        if self.on_failure == "zero":
            return Decimal(0), Decimal(0), ()
        left = max(context.full - self.deduct * broken, min(self.floor, context.full))
        return left, left, ()

    def _verdict(self, context: Context, broken: int) -> str:
        points = self._points(context, broken)
        if self.on_failure == "unspecified":
            return f"{broken} 处不合要求，{Otherwise(None).consequence(context).step}"
        rule = f"每处扣 {points_text(self.deduct)} 分，" if self.on_failure == "deduct" else ""
        return f"{broken} 处不合要求，{rule}得 {points_text(points[1])} 分"

    def _trial(self, context: Context, test: Test, part: str, year: int) -> Trial:
        if test.form == "statement":
            return _stated(context, test.name, part, year, mendable=year == self.year)
        if test.form == "growth":
            return self._growth(context, test.name, part, year)
        now = number_of(context, test.name, year, part)
        before = number_of(context, test.name, year - 1, part)
        used, missing = before.used + now.used, before.missing + now.missing
        if now.value is None or before.value is None:
            return Trial(None, used=used, missing=missing)
        change = now.value - before.value
        kept = _kept(self.must, change)
        later, earlier = context.year + year, context.year + year - 1
        moved = _moved(change, now.unit)
        step = f"{now.label}：{later} 年比 {earlier} 年{moved}（{before.shown} → {now.shown}）"
        improvement = None
        if not kept and year == self.year:
            improvement = self._change(context, test.name, part, as_decimal(before.value, 10), before.shown)
        return Trial(kept, step, used, (), improvement)

    def _growth(self, context: Context, name: str, part: str, year: int) -> Trial:
        found = number_of(context, name, year, part)
        if found.value is None:
            return Trial(None, used=found.used, missing=found.missing)
        kept = _kept(self.must, found.value)
        improvement = None
        if not kept and year == self.year:
            improvement = self._change(context, name, part, Decimal(0), figure(Fraction(0), found.unit))
        return Trial(kept, f"{found.label}：{context.year + year} 年 {found.shown}", found.used, (), improvement)

    def _change(self, context: Context, name: str, part: str, needed: Decimal, shown: str) -> Improvement:
        label, year = context.label(name, part), str(context.year + self.year)
        if self.must in {"rise", "fall"}:
            word = "高于" if self.must == "rise" else "低于"
            return Improvement(f"{year} 年{label}{word} {shown}", Decimal(0), name, context.place.id, year, part)
        word = "不低于" if self.must == "not_fall" else "不高于"
        return Improvement(f"{year} 年{label}{word} {shown}", Decimal(0), name, context.place.id, year, part, needed)

    def _improvements(self, context: Context, trials: list[Trial], broken: int) -> tuple[Improvement, ...]:
        """Return what mending wins back; failures of past years cannot be mended.

        Where one failure costs as much as many, mending them all is one improvement.
        """
        if not broken:
            return ()
        if self.on_failure != "deduct" and broken > 1:
            changes = [trial.improvement for trial in trials if trial.improvement is not None]
            if len(changes) < broken:
                return ()
            gain = context.full - self._points(context, broken)[1]
            return (Improvement("；".join(change.sentence for change in changes), gain),) if gain > 0 else ()
        gain = self._points(context, broken - 1)[1] - self._points(context, broken)[1]
        return tuple(
            Improvement(i.sentence, gain, i.name, i.place, i.period, i.part, i.needed)
            for trial in trials
            if (i := trial.improvement) is not None and gain > 0
        )


def _kept(must: str, change: Fraction) -> bool:
    match must:
        case "not_fall":
            return change >= 0
        case "not_rise":
            return change <= 0
        case "rise":
            return change > 0
        case _:
            return change < 0


def _moved(change: Fraction, unit: str) -> str:
    if change == 0:
        return "持平"
    word = "增加" if change > 0 else "减少"
    return f"{word} {figure(abs(change), '个百分点' if unit == '%' else unit)}"


def _stated(context: Context, name: str, part: str, year: int, *, mendable: bool) -> Trial:
    fact, missing = look_up(context, name, year, part)
    if fact is None:
        return Trial(None, missing=(missing,) if missing else ())
    label, period = context.label(name, part), str(context.year + year)
    used = (UsedFact(label, fact),)
    if not isinstance(fact.value, bool):
        return Trial(None, used=used, missing=(context.missing(name, year, part, "应为是或否"),))
    which = f"（{context.part_title(name, part)}）" if part else ""
    step = f"{context.title(name)}{which}：{period} 年{figure(fact.value)}"
    improvement = None
    if not fact.value and mendable:
        improvement = Improvement(
            f"{period} 年“{label}”变为“是”", Decimal(0), name, context.place.id, period, part, needed=True
        )
    return Trial(fact.value, step, used, (), improvement)


def read(settings: SettingsReader) -> YearOnYear:
    """Return the rule its settings state."""
    tests = tuple(_read_test(child) for child in settings.children("tests"))
    on_failure = settings.choice("on_failure", ("deduct", "zero", "unspecified"))
    deduct = floor = Decimal(0)
    if on_failure == "deduct":
        deduct, floor = settings.number("deduct", least=Decimal(0)), settings.points("floor")
    must = settings.choice("must", MUST)
    years = settings.years("years", default=1)
    return YearOnYear(tests, must, years, on_failure, deduct, floor, read_year(settings))


def _read_test(settings: SettingsReader) -> Test:
    name = settings.fact_name("fact")
    form = settings.choice("form", FORMS, default="values")
    parts = settings.texts("parts", required=False)
    declaration = settings.declared.get(name)
    if declaration is not None and bool(parts) != bool(declaration.dimension):
        problem = "没有分项，不能写 parts" if parts else f"按 {declaration.dimension} 分项，须写 parts"
        settings.report("part_needed", f"数据“{name}”{problem}", "例如 parts: [primary, junior]")
    if declaration is not None and declaration.dimension:
        parts = tuple(settings.known_part(name, part) for part in parts)
    settings.finish()
    return Test(name, form, parts or ("",))
