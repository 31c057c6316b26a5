"""What a rule may look at when it judges one point: facts, answer, full points, places, year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.assessment.answers import Answer
from dudao.assessment.facts import Fact
from dudao.assessment.model import Place
from dudao.scheme.model import FactDeclaration
from dudao.scoring.award import Missing
from dudao.scoring.fact_table import FactTable
from dudao.scoring.wording import part_name, points_text


@dataclass(frozen=True, slots=True)
class Context:
    """The view of one point. `step` is the finest step of points the scheme allows, None when it does not say.

    With `pass_fail` the scheme prints no points: full points of 1 then stand for 达标.
    """

    declared: Mapping[str, FactDeclaration]
    facts: FactTable
    place: Place
    year: int
    full: Decimal
    answer: Answer
    peers: tuple[Place, ...] = ()
    members: tuple[Place, ...] = ()
    step: Decimal | None = None
    home: Place | None = None
    pass_fail: bool = False

    @property
    def full_words(self) -> str:
        """Return what full points are called."""
        return "达标" if self.pass_fail else f"得满分 {points_text(self.full)} 分"

    def at(self, place: Place) -> "Context":
        """Return the same view of another place; what a person answered belongs to home and does not go along."""
        return replace(self, place=place, home=self.home or self.place, answer=Answer(self.answer.point))

    def scoring(self, full: Decimal, answer: Answer) -> "Context":
        """Return the view of a part with its own full points and answer."""
        return replace(self, full=full, answer=answer)

    def title(self, name: str) -> str:
        """Return the Chinese name of a fact."""
        declaration = self.declared.get(name)
        return declaration.title if declaration else name

    def unit(self, name: str) -> str:
        """Return the base unit of a fact, empty when it has none."""
        declaration = self.declared.get(name)
        return declaration.unit if declaration else ""

    def label(self, name: str, part: str = "") -> str:
        """Return what a fact is called in a sentence: place (when it is not home), part, title."""
        place = str(self.place) if self.home and self.home != self.place else ""
        return f"{place}{self.part_title(name, part)}{self.title(name)}"

    def part_title(self, name: str, part: str) -> str:
        """Return the Chinese name of a part as the scheme declares it."""
        declaration = self.declared.get(name)
        titles = dict(declaration.parts) if declaration else {}
        return titles.get(part) or part_name(part)

    def find(self, name: str, year: int = 0, part: str = "") -> Fact | None:
        """Return a fact of this place, `year` counted from the year judged."""
        return self.facts.find(name, self.place.id, self.year + year, part)

    def missing(self, name: str, year: int = 0, part: str = "", why: str = "") -> Missing:
        """Return what is to be asked for when a fact cannot be used."""
        period = str(self.year + year)
        sentence = f"缺 {period} 年{self.label(name, part)}"
        others = self.facts.years(name, self.place.id, part)
        if not why and others:
            why = f"已有 {'、'.join(map(str, others))} 年的"
        return Missing(f"{sentence}（{why}）" if why else sentence, name, self.place.id, period, part)
