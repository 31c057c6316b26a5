"""An assessment: what one region answers to one scheme in one year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dudao.assessment.answers import Answer
from dudao.assessment.facts import Fact


@dataclass(frozen=True, slots=True)
class Place:
    """A region or school by its code, as facts name it, and the name people use."""

    id: str
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Assessment:
    """The facts and answers of one region for one scheme and year.

    `peers` are the regions it is compared with (同类地区), itself not included; `members` are the regions or
    schools below it. `answers` is keyed by the id of the point. The order of `facts` means nothing.
    """

    region: Place
    scheme: str
    year: int
    facts: tuple[Fact, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    peers: tuple[Place, ...] = ()
    members: tuple[Place, ...] = ()

    def answer(self, point: str) -> Answer:
        """Return the answer to the point, an empty one when nothing was answered."""
        return self.answers.get(point) or Answer(point)
