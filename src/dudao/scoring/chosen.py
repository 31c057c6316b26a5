"""Points that a person chose within a range: used only with a reason, a name, and within the range."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.assessment.answers import Discretion
from dudao.scoring.award import Missing
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Chosen:
    """The points chosen and the sentence that says by whom, or what is missing."""

    points: Decimal | None
    step: str = ""
    missing: tuple[Missing, ...] = ()


def chosen_points(discretion: Discretion | None, low: Decimal, high: Decimal, what: str) -> Chosen:
    """Return the chosen points when they lie in [low, high] and carry a reason and an assessor."""
    span = f"{points_text(low)} 至 {points_text(high)} 分"
    if discretion is None:
        return Chosen(None, missing=(Missing(f"{what}待评定人在 {span}内给定"),))
    if not low <= discretion.points <= high:
        gap = Missing(f"{what}给的是 {points_text(discretion.points)} 分，不在 {span}之内")
        return Chosen(None, missing=(gap,))
    absent = [name for name, text in (("理由", discretion.reason), ("评定人", discretion.assessor)) if not text.strip()]
    if absent:
        return Chosen(None, missing=(Missing(f"{what}缺{'和'.join(absent)}"),))
    step = f"{discretion.assessor}酌定 {points_text(discretion.points)} 分（{discretion.reason}）"
    return Chosen(discretion.points, step)
