"""What a failed test is worth: stated points, or "unspecified" where the clause names no amount."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.scoring.award import Missing
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.wording import points_text

UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Consequence:
    """The points after a failure: exact, or within bounds with what is missing to know them."""

    low: Decimal
    high: Decimal
    step: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Points of a failed test; None when the clause does not say how much is lost."""

    points: Decimal | None

    def consequence(self, context: Context) -> Consequence:
        """Return what is left after a failure; an assessor's stated deduction settles an unspecified one."""
        if context.pass_fail:
            return Consequence(Decimal(0), Decimal(0), "不达标")
        if self.points is not None:
            kept = min(self.points, context.full)
            return Consequence(kept, kept, f"得 {points_text(kept)} 分")
        chosen = context.answer.discretion
        if chosen is not None and chosen.reason and chosen.assessor and 0 < chosen.points <= context.full:
            kept = context.full - chosen.points
            step = f"{chosen.assessor}酌情扣 {points_text(chosen.points)} 分（{chosen.reason}）"
            return Consequence(kept, kept, step)
        high = max(context.full - context.step, Decimal(0)) if context.step else context.full
        gap = Missing("条款未写明扣多少分，待评定人给出扣分、理由和姓名")
        return Consequence(Decimal(0), high, "不能得满分，条款未写明扣多少分", (gap,))

    def least(self) -> Decimal:
        """Return the fewest points a failure may leave."""
        return self.points if self.points is not None else Decimal(0)


def read_otherwise(settings: SettingsReader, key: str = "otherwise") -> Otherwise:
    """Return what a failure is worth; the setting must be written."""
    if settings.raw(key, required=False) == UNSPECIFIED:
        return Otherwise(None)
    return Otherwise(settings.points(key))
