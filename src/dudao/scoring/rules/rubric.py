"""等级描述: points by the grade that was chosen, fixed, as a share of full points, or within a range."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, Missing, UsedFact, between
from dudao.scoring.chosen import chosen_points
from dudao.scoring.context import Context
from dudao.scoring.rounding import rounded
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import look_up
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class RubricGrade:
    """One described grade: a share of full points, or points from `low` to `high`."""

    name: str
    share: Decimal | None
    low: Decimal
    high: Decimal

    def bounds(self, full: Decimal, rounding: Decimal | None) -> tuple[Decimal, Decimal]:
        """Return the points of the grade within full points."""
        if self.share is not None:
            points = min(rounded(Fraction(self.share) * Fraction(full), rounding), full)
            return points, points
        return min(self.low, full), min(self.high, full)


@dataclass(frozen=True, slots=True)
class Rubric:
    """The grades, and the fact that names the grade when no person does."""

    grades: tuple[RubricGrade, ...]
    rounding: Decimal | None
    fact: str

    def award(self, context: Context) -> Award:
        """Return the points of the chosen grade; unknown while none is chosen."""
        used: tuple[UsedFact, ...] = ()
        gap: Missing | None = Missing("等级尚未选定")
        name = context.answer.grade
        if self.fact:
            fact, gap = look_up(context, self.fact)
            name = str(fact.value) if fact is not None and isinstance(fact.value, str) else ""
            used = (UsedFact(context.title(self.fact), fact),) if fact is not None else ()
        grade = next((grade for grade in self.grades if grade.name == name), None)
        bounds = [each.bounds(context.full, self.rounding) for each in self.grades]
        lowest, highest = min(low for low, _ in bounds), max(high for _, high in bounds)
        if grade is None:
            names = "、".join(each.name for each in self.grades)
            missing = Missing(f"等级“{name}”不在规则之内，可选 {names}") if name else gap
            return between(lowest, highest, used=used, missing=(missing,) if missing else ())
        low, high = grade.bounds(context.full, self.rounding)
        steps = [f"等级“{grade.name}”"]
        gaps: tuple[Missing, ...] = ()
        if low != high:
            chosen = chosen_points(context.answer.discretion, low, high, f"等级“{grade.name}”的得分")
            gaps = chosen.missing
            if chosen.points is not None:
                low = high = chosen.points
                steps.append(chosen.step)
        if low == high:
            steps.append(f"得 {points_text(low)} 分")
        best = max(self.grades, key=lambda each: each.bounds(context.full, self.rounding)[1])
        improvements: tuple[Improvement, ...] = ()
        if highest > high:
            improvements = (Improvement(f"等级由“{grade.name}”提到“{best.name}”", highest - high),)
        return between(low, high, steps=steps, used=used, missing=gaps, improvements=improvements)


def read(settings: SettingsReader) -> Rubric:
    """Return the rule its settings state."""
    grades = tuple(_read_grade(child) for child in settings.children("grades"))
    names = [grade.name for grade in grades]
    if len(set(names)) != len(names):
        settings.report("duplicate_name", f"等级名称重复：{'、'.join(names)}", "每个等级只写一次")
    shared = any(grade.share is not None for grade in grades)
    fact = settings.fact_name("fact", required=False)
    rounding = settings.rounding(default=None if shared else "none")
    return Rubric(grades or (RubricGrade("", None, Decimal(0), Decimal(0)),), rounding, fact)


def _read_grade(settings: SettingsReader) -> RubricGrade:
    name = settings.text("name")
    ways = [key for key in ("share", "points", "from") if settings.has(key)]
    if len(ways) != 1:
        settings.report("one_way", "每个等级应写 share、points 或 from/to 中的一种")
    share, low, high = None, Decimal(0), Decimal(0)
    if settings.has("share"):
        share = settings.number("share", least=Decimal(0))
        if share > 1:
            settings.report("ill_typed_setting", f"share 应在 0 与 1 之间，写的是 {share}")
    elif settings.has("from"):
        low, high = settings.points("from"), settings.points("to")
        if low > high:
            settings.report("ill_typed_setting", f"from 为 {low}，大于 to 的 {high}", "请对调")
    else:
        low = high = settings.points("points")
    settings.finish()
    return RubricGrade(name, share, min(low, high), high)
