"""一票否决: while a condition holds, the grade is the stated one, whatever the points; a worse grade stays."""

from dataclasses import dataclass

from dudao.scoring.condition import Condition, Judgement, read_condition
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader


@dataclass(frozen=True, slots=True)
class Veto:
    """The condition and the grade that is left."""

    name: str
    when: Condition
    grade: str

    @property
    def effect(self) -> str:
        """Return what the rule does, in words."""
        return f"一票否决，等次为{self.grade}"

    def judge(self, context: Context) -> Judgement:
        """Return whether the rule bites."""
        return self.when.judge(context)

    def change(self, grade: int, grades: tuple[str, ...]) -> int:
        """Return the grade afterwards; `grades` run from best to worst."""
        return max(grade, grades.index(self.grade))


def read(settings: SettingsReader, grades: tuple[str, ...]) -> Veto:
    """Return the rule its settings state."""
    name, when = settings.text("name"), read_condition(settings.child("when"))
    return Veto(name, when, settings.choice("grade", grades))
