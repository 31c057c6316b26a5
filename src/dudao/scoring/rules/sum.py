"""分项之和: a point made of parts, each with its own points and rule."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.assessment.answers import Answer
from dudao.scoring.award import Award, Missing, Standing
from dudao.scoring.context import Context
from dudao.scoring.rounding import rounded
from dudao.scoring.rule import PointRule
from dudao.scoring.settings import SettingsReader
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its full points and its rule."""

    id: str
    name: str
    points: Decimal
    rule: PointRule


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts; their points add up to the full points."""

    parts: tuple[Part, ...]

    def award(self, context: Context) -> Award:
        """Return the sum of the parts with the sum of their bounds; a provisional part makes it provisional.

        Parts taken out as not applicable leave the others to be scaled up to the full points.
        """
        awards = [(part, part.rule.award(_view(context, part))) for part in self.parts]
        counted = [(part, award) for part, award in awards if award.standing is not Standing.EXCLUDED]
        steps = [
            f"{part.name}（{points_text(part.points)}分）：{step}" for part, award in awards for step in award.steps
        ]
        used = tuple(fact for _, award in awards for fact in award.used)
        remaining = sum((part.points for part, _ in counted), Decimal(0))
        if remaining == 0:
            return Award(Decimal(0), Decimal(0), Decimal(0), Standing.EXCLUDED, tuple(steps), used)
        scale = Fraction(1)
        if len(counted) < len(awards):
            scale = Fraction(context.full) / Fraction(remaining)
            steps.append(f"其余 {points_text(remaining)} 分折算为 {points_text(context.full)} 分")
        low = _scaled(context, scale, [award.low for _, award in counted])
        high = _scaled(context, scale, [award.high for _, award in counted])
        known = [award.points for _, award in counted if award.points is not None]
        points = _scaled(context, scale, known) if len(known) == len(counted) else None
        standing = Standing.UNKNOWN
        if points is not None:
            steps.append(f"各分项合计 {points_text(points)} 分")
            provisional = any(award.standing is Standing.PROVISIONAL for _, award in counted)
            standing = Standing.PROVISIONAL if provisional else Standing.SETTLED
        return Award(
            low=low,
            high=high,
            points=points,
            standing=standing,
            steps=tuple(steps),
            used=used,
            missing=tuple(_of_part(part, gap) for part, award in counted for gap in award.missing),
            improvements=tuple(change for _, award in counted for change in award.improvements),
            reasons=tuple(
                f"{_title(part)}：{step}"
                for part, award in counted
                if award.high < part.points
                for step in award.reasons or award.steps[-1:]
            ),
        )


def _title(part: Part) -> str:
    return f"{part.name}（{points_text(part.points)}分）"


def _of_part(part: Part, gap: Missing) -> Missing:
    return replace(gap, sentence=f"{part.name}：{gap.sentence}")


def _view(context: Context, part: Part) -> Context:
    return context.scoring(part.points, context.answer.parts.get(part.id) or Answer(context.answer.point))


def _scaled(context: Context, scale: Fraction, points: list[Decimal]) -> Decimal:
    total = sum((Fraction(each) for each in points), Fraction(0)) * scale
    return min(rounded(total, context.step if scale != 1 else None), context.full)


def read(settings: SettingsReader) -> Sum:
    """Return the rule its settings state."""
    parts = tuple(_read_part(child) for child in settings.children("parts"))
    ids = [part.id for part in parts]
    if len(set(ids)) != len(ids):
        settings.report("duplicate_name", f"分项编号重复：{'、'.join(ids)}", "每个分项用一个编号")
    total = sum((part.points for part in parts), Decimal(0))
    if settings.full is not None and parts and total != settings.full:
        remedy = "请核对各分项的 points，或测评点的 full_points"
        settings.report("parts_do_not_add_up", f"各分项合计 {total} 分，满分是 {settings.full} 分", remedy)
    return Sum(parts)


def _read_part(settings: SettingsReader) -> Part:
    points = settings.points("points")
    part = Part(settings.text("id"), settings.text("name"), points, settings.rule("rule", full=points))
    if isinstance(part.rule, Sum):
        settings.report("nested_sum", "分项里不再套分项", "请把里层的分项写到外层")
    settings.finish()
    return part
