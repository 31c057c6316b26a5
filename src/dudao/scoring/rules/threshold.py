"""达标得分: full points when a value satisfies a comparison, stated points otherwise."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, between
from dudao.scoring.comparison import Comparison, read_comparison
from dudao.scoring.condition import compare
from dudao.scoring.context import Context
from dudao.scoring.otherwise import Otherwise, read_otherwise
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue, Value, read_value
from dudao.scoring.wording import figure


@dataclass(frozen=True, slots=True)
class Threshold:
    """A comparison and what missing it is worth."""

    value: Value
    comparison: Comparison
    otherwise: Otherwise

    def award(self, context: Context) -> Award:
        """Return full points or the points otherwise; within both while the value is missing."""
        judged = compare(self.value, self.comparison, context)
        if judged.holds is None:
            low = min(self.otherwise.least(), context.full)
            return between(low, context.full, steps=judged.steps, used=judged.used, missing=judged.missing)
        if judged.holds:
            steps = (*judged.steps, f"达到要求，{context.full_words}")
            return between(context.full, context.full, steps=steps, used=judged.used)
        after = self.otherwise.consequence(context)
        return between(
            after.low,
            after.high,
            steps=(*judged.steps, f"未达到要求，{after.step}"),
            used=judged.used,
            missing=after.missing,
            improvements=self._improvements(context, context.full - after.high),
        )

    def _improvements(self, context: Context, gain: Decimal) -> tuple[Improvement, ...]:
        bound, relation = self.comparison.bound, self.comparison.relation
        if isinstance(bound, bool | str) and isinstance(self.value, FactValue):
            label = context.label(self.value.name, self.value.part)
            period = str(context.year + self.value.year)
            needed = bound if isinstance(bound, bool) else None
            sentence = f"{period} 年{label}变为“{figure(bound)}”"
            return (Improvement(sentence, gain, self.value.name, context.place.id, period, self.value.part, needed),)
        if isinstance(bound, bool | str):
            return ()
        found = self.value.reach(context, Fraction(bound), upward=relation not in {"at_most", "below"})
        if found is None:
            return ()
        if relation in {"above", "below"}:
            words = self.comparison.wording(self.value.find(context).unit)
            return (replace(found, sentence=f"{self.value.find(context).label}{words}", gain=gain, needed=None),)
        return (replace(found, gain=gain),)


def read(settings: SettingsReader) -> Threshold:
    """Return the rule its settings state."""
    return Threshold(read_value(settings), read_comparison(settings), read_otherwise(settings))
