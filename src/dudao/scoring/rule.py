"""What every rule is: settings that were read, and an award for a context."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dudao.scoring.award import Award
from dudao.scoring.condition import Judgement
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader


class PointRule(Protocol):
    """A rule whose settings are understood; the same context always gives the same award."""

    def award(self, context: Context) -> Award:
        """Return the points of the context, within 0 and its full points, and why."""
        ...


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rule: its key in packs, its Chinese name, and how its settings are read."""

    kind: str
    title: str
    read: Callable[[SettingsReader], PointRule]


class OutcomeRule(Protocol):
    """A rule on the whole: a condition and what it does to the grade."""

    @property
    def name(self) -> str:
        """Return what the rule is called."""
        ...

    @property
    def effect(self) -> str:
        """Return what the rule does, in words."""
        ...

    def judge(self, context: Context) -> Judgement:
        """Return whether the rule bites, None while that is unknown."""
        ...

    def change(self, grade: int, grades: tuple[str, ...]) -> int:
        """Return the grade afterwards as an index of `grades`, which run from best to worst."""
        ...


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """A kind of rule on the whole; its reader also gets the grades of the scheme, best first."""

    kind: str
    title: str
    read: Callable[[SettingsReader, tuple[str, ...]], OutcomeRule]
