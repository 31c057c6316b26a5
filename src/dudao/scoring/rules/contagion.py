"""逐级牵连: when enough members fail, the grade of the level above cannot be better than the stated one."""

from dataclasses import dataclass

from dudao.scoring.award import Missing
from dudao.scoring.condition import Condition, Judgement, read_condition
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader


@dataclass(frozen=True, slots=True)
class Contagion:
    """The condition on one member, how many members it takes, and the best grade left."""

    name: str
    when: Condition
    at_least: int
    not_above: str

    @property
    def effect(self) -> str:
        """Return what the rule does, in words."""
        return f"等次不高于{self.not_above}"

    def judge(self, context: Context) -> Judgement:
        """Return whether enough members satisfy the condition; unknown while missing facts could decide."""
        if not context.members:
            return Judgement(None, missing=(Missing("缺下辖单位的数据"),))
        judged = [(member, self.when.judge(context.at(member))) for member in context.members]
        hit = [member for member, each in judged if each.holds]
        open_ones = sum(1 for _, each in judged if each.holds is None)
        holds: bool | None = len(hit) >= self.at_least
        if not holds and len(hit) + open_ones >= self.at_least:
            holds = None
        steps = (f"{'、'.join(map(str, hit))} 符合“{self.name}”",) if hit else (f"没有下辖单位符合“{self.name}”",)
        used = tuple(fact for _, each in judged for fact in each.used)
        return Judgement(holds, steps, used, tuple(gap for _, each in judged for gap in each.missing))

    def change(self, grade: int, grades: tuple[str, ...]) -> int:
        """Return the grade afterwards; `grades` run from best to worst."""
        return max(grade, grades.index(self.not_above))


def read(settings: SettingsReader, grades: tuple[str, ...]) -> Contagion:
    """Return the rule its settings state."""
    name, when = settings.text("name"), read_condition(settings.child("when"))
    at_least = settings.whole("at_least", default=1, least=1)
    return Contagion(name, when, at_least, settings.choice("not_above", grades))
