"""等次封顶: while a condition holds, the grade cannot be better than the stated one."""

from dataclasses import dataclass

from dudao.scoring.condition import Condition, Judgement, read_condition
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader


@dataclass(frozen=True, slots=True)
class Cap:
    """The condition and the best grade allowed while it holds."""

    name: str
    when: Condition
    not_above: str

    @property
    def effect(self) -> str:
        """Return what the rule does, in words."""
        return f"等次不高于{self.not_above}"

    def judge(self, context: Context) -> Judgement:
        """Return whether the rule bites."""
        return self.when.judge(context)

    def change(self, grade: int, grades: tuple[str, ...]) -> int:
        """Return the grade afterwards; `grades` run from best to worst."""
        return max(grade, grades.index(self.not_above))


def read(settings: SettingsReader, grades: tuple[str, ...]) -> Cap:
    """Return the rule its settings state."""
    name, when = settings.text("name"), read_condition(settings.child("when"))
    return Cap(name, when, settings.choice("not_above", grades))
