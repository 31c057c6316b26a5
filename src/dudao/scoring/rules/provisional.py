"""自评暂计: a point whose data come later (满意度) counts stated points until then, and is shown as provisional."""

from dataclasses import dataclass
from decimal import Decimal

from dudao.scoring.award import Award, Standing
from dudao.scoring.context import Context
from dudao.scoring.rule import PointRule
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import check_dimension, look_up
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Provisional:
    """The fact that is awaited, the points until it comes (None: full), and the rule afterwards."""

    fact: str
    self_check: Decimal | None
    then: PointRule

    def award(self, context: Context) -> Award:
        """Return the provisional points with bounds of everything possible, or those of the rule."""
        fact, missing = look_up(context, self.fact)
        if fact is not None:
            return self.then.award(context)
        points = context.full if self.self_check is None else min(self.self_check, context.full)
        later = self.then.award(context)
        return Award(
            low=min(later.low, points),
            high=max(later.high, points),
            points=points,
            standing=Standing.PROVISIONAL,
            steps=(f"等待{context.title(self.fact)}，自评暂计 {points_text(points)} 分",),
            missing=(missing,) if missing else (),
        )


def read(settings: SettingsReader) -> Provisional:
    """Return the rule its settings state."""
    name = settings.fact_name("fact")
    check_dimension(settings, name, "")
    written = settings.raw("self_check")
    stated = {"full": None, "zero": Decimal(0)}
    if isinstance(written, str) and written in stated:
        return Provisional(name, stated[written], settings.rule("then"))
    return Provisional(name, settings.points("self_check"), settings.rule("then"))
