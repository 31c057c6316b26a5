"""Conditions (`when`) in three values: true, false, and unknown while a fact is missing."""

from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.scoring.award import Missing, UsedFact
from dudao.scoring.comparison import Comparison, read_comparison
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue, Value, check_dimension, look_up, number_of, read_value
from dudao.scoring.wording import figure


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a condition holds, None when that is not known; why, from which facts, and what is missing."""

    holds: bool | None
    steps: tuple[str, ...] = ()
    used: tuple[UsedFact, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A value compared with a bound, in the year itself or in any of the last `within_years` years."""

    value: Value
    comparison: Comparison
    within_years: int = 1

    def judge(self, context: Context) -> Judgement:
        """Return whether any year of the window satisfies the comparison."""
        judgements = [
            compare(replace_year(self.value, back), self.comparison, context, of_condition=True)
            for back in range(self.within_years)
        ]
        return _any(judgements)


@dataclass(frozen=True, slots=True)
class Run:
    """A fact that fell (or rose) every time over so many years, each against the year before."""

    name: str
    part: str
    rising: bool
    years: int

    def judge(self, context: Context) -> Judgement:
        """Return whether every step goes the way; a tie does not."""
        return _all([self._step(context, -back) for back in range(self.years)])

    def _step(self, context: Context, year: int) -> Judgement:
        now = number_of(context, self.name, year, self.part)
        before = number_of(context, self.name, year - 1, self.part)
        used, missing = before.used + now.used, before.missing + now.missing
        if now.value is None or before.value is None:
            return Judgement(None, used=used, missing=missing)
        holds = now.value > before.value if self.rising else now.value < before.value
        moved = "持平" if now.value == before.value else "上升" if now.value > before.value else "下降"
        year_judged = context.year + year
        return Judgement(holds, (f"{now.label} {year_judged} 年比上年{moved}（{before.shown} → {now.shown}）",), used)


@dataclass(frozen=True, slots=True)
class Combined:
    """Conditions joined by any, all or not."""

    joint: str
    conditions: "tuple[Condition, ...]"

    def judge(self, context: Context) -> Judgement:
        """Return the joint judgement in three values."""
        judgements = [condition.judge(context) for condition in self.conditions]
        if self.joint == "any":
            return _any(judgements)
        if self.joint == "all":
            return _all(judgements)
        inner = judgements[0]
        return replace(inner, holds=None if inner.holds is None else not inner.holds)


Condition = Compared | Run | Combined


def compare(value: Value, comparison: Comparison, context: Context, *, of_condition: bool = False) -> Judgement:
    """Return whether one value satisfies one comparison.

    A yes or no is told against the requirement of a point, or against the condition of a veto (`of_condition`).
    """
    aim = "条件" if of_condition else "要求"
    if not comparison.numeric and isinstance(value, FactValue):
        fact, missing = look_up(context, value.name, value.year, value.part)
        if fact is None or fact.value is None:
            return Judgement(None, missing=(missing,) if missing else ())
        label = context.label(value.name, value.part)
        used = (UsedFact(label, fact),)
        if isinstance(fact.value, bool) is not isinstance(comparison.bound, bool) or isinstance(fact.value, Decimal):
            why = f"写的是“{figure(fact.value)}”，应为{'是或否' if isinstance(comparison.bound, bool) else '文字'}"
            return Judgement(None, used=used, missing=(context.missing(value.name, value.year, value.part, why),))
        holds = comparison.holds(fact.value)
        return Judgement(holds, (_verdict(f"{label}：{figure(fact.value)}", comparison, "", holds, aim),), used)
    found = value.find(context)
    if found.value is None:
        return Judgement(None, found.steps, found.used, found.missing)
    holds = comparison.holds(found.value)
    return Judgement(
        holds, (*found.steps, _verdict(f"{found.label} {found.shown}", comparison, found.unit, holds, aim)), found.used
    )


def _verdict(stated: str, comparison: Comparison, unit: str, holds: bool, aim: str) -> str:
    against = aim if isinstance(comparison.bound, bool) else f"“{comparison.wording(unit)}”"
    return f"{stated}，{'符合' if holds else '不符合'}{against}"


def replace_year(value: Value, back: int) -> Value:
    """Return the same value so many years earlier."""
    return replace(value, year=value.year - back) if back else value


def read_condition(settings: SettingsReader) -> Condition:
    """Return the condition written below `when`, or below `any`, `all`, `not`."""
    condition = _read(settings)
    settings.finish()
    return condition


def _read(settings: SettingsReader) -> Condition:
    for joint in ("any", "all"):
        if settings.has(joint):
            return Combined(joint, tuple(read_condition(child) for child in settings.children(joint)))
    if settings.has("not"):
        return Combined("not", (read_condition(settings.child("not")),))
    for key in ("falling", "rising"):
        if settings.has(key):
            name, part = settings.fact_name(key), settings.text("part", required=False)
            check_dimension(settings, name, part)
            return Run(name, part, key == "rising", settings.years("years"))
    value, comparison = read_value(settings), read_comparison(settings)
    if not comparison.numeric and not isinstance(value, FactValue):
        settings.report("ill_typed_setting", "派生值只能与数比较", "请改用 at_least 等并写数")
    return Compared(value, comparison, settings.years("within_years", default=1))


def _any(judgements: list[Judgement]) -> Judgement:
    return _joined(judgements, decisive=True)


def _all(judgements: list[Judgement]) -> Judgement:
    return _joined(judgements, decisive=False)


def _joined(judgements: list[Judgement], *, decisive: bool) -> Judgement:
    """Return the joint judgement: one decisive value settles it, otherwise an unknown leaves it unknown."""
    values = [judgement.holds for judgement in judgements]
    if decisive in values:
        holds: bool | None = decisive
    elif None in values:
        holds = None
    else:
        holds = not decisive
    return Judgement(
        holds,
        tuple(step for judgement in judgements for step in judgement.steps),
        tuple(fact for judgement in judgements for fact in judgement.used),
        tuple(gap for judgement in judgements for gap in judgement.missing),
    )
