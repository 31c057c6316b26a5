"""What was stated for points (判定), in words: for texts that quote it, for submissions and for lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from dudao.web.evaluations.choice_fields import choice_words
from dudao.web.evaluations.convert import asked_by, scheme_of
from dudao.web.evaluations.models import PointScore, PublishedScheme


@dataclass(frozen=True, slots=True)
class Stated:
    """A point whose rule asks people: its name, and what was stated; empty while nothing was."""

    name: str
    words: str


def stated_in(scheme: PublishedScheme, scores: Iterable[PointScore]) -> dict[str, Stated]:
    """Return what was stated for those of the points whose rule asks people, by id."""
    names = {point.id: point.name for point in scheme_of(scheme).points()}
    found = {}
    for score in scores:
        asked = asked_by(scheme, score.point)
        if asked.anything and score.point in names:
            found[score.point] = Stated(names[score.point], choice_words(asked, score.choice or {}))
    return found
