"""降等: while a condition holds, the grade is so many steps worse, at most down to the worst."""

from dataclasses import dataclass

from dudao.scoring.condition import Condition, Judgement, read_condition
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader


@dataclass(frozen=True, slots=True)
class Downgrade:
    """The condition and the number of steps."""

    name: str
    when: Condition
    by: int

    @property
    def effect(self) -> str:
        """Return what the rule does, in words."""
        return f"降 {self.by} 个等次"

    def judge(self, context: Context) -> Judgement:
        """Return whether the rule bites."""
        return self.when.judge(context)

    def change(self, grade: int, grades: tuple[str, ...]) -> int:
        """Return the grade afterwards; `grades` run from best to worst."""
        return min(grade + self.by, len(grades) - 1)


def read(settings: SettingsReader, grades: tuple[str, ...]) -> Downgrade:
    """Return the rule its settings state."""
    name, when = settings.text("name"), read_condition(settings.child("when"))
    return Downgrade(name, when, settings.whole("by", default=1, least=1))
