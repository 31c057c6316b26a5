"""Rules on the whole (一票否决、封顶、降等、逐级牵连): what they say now, and the facts that only they ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from dudao.scheme.model import FactDeclaration
from dudao.scoring.award import Missing
from dudao.scoring.result import SchemeScore
from dudao.web.evaluations.convert import facts_asked, scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment, FactValue, PointScore
from dudao.web.evaluations.scores import FactRows, fact_rows, score_rows


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """A fact asked for here: `version` 0 and an empty value where nobody has stated it yet."""

    place: str
    place_name: str
    name: str
    title: str
    part: str
    part_title: str
    period: str
    unit: str
    kind: str
    value: str
    version: int

    @property
    def field(self) -> str:
        """What the field of the fact is called on the page."""
        return "-".join(part for part in (self.place, self.name, self.part, self.period) if part)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores with what the rules on the whole say of them, and what is to be stated for these rules."""

    scores: SchemeScore
    facts: tuple[OutcomeFact, ...]

    @property
    def open(self) -> int:
        """How many facts nobody has stated."""
        return sum(not fact.value for fact in self.facts)


def asks_outcome(assessment: Assessment) -> bool:
    """Return whether the scheme has rules on the whole, or rules over the regions below."""
    asked = facts_asked(assessment.round.scheme)
    return bool(asked.outcome or asked.members)


def outcome_of(assessment: Assessment) -> Outcome:
    """Return what the rules on the whole say now, with the facts they ask for; a fixed number of queries."""
    held = fact_rows(assessment)
    points = list(PointScore.objects.filter(answer__assessment=assessment).select_related("answer"))
    scores = score_rows(assessment, held, points)
    return Outcome(scores, tuple(_facts(assessment, held, scores)))


Key = tuple[str, str, str, str]
"""Code of the region, name, period, part."""


def _facts(assessment: Assessment, held: FactRows, scores: SchemeScore) -> Iterable[OutcomeFact]:
    declared = {fact.name: fact for fact in scheme_of(assessment.round.scheme).facts}
    places = {assessment.region.code: assessment.region.name} | {each.code: each.name for each in held.members}
    rows = {(row.region.code, row.name, row.period, row.part): row for row in (*held.own, *held.below)}
    wanted = asked_keys(assessment, held, scores)
    for place, name, period, part in sorted(wanted, key=lambda key: _order(key, assessment, list(places))):
        row = rows.get((place, name, period, part))
        yield outcome_fact(place, places[place], declared[name], period, part, row)


def _order(key: Key, assessment: Assessment, places: list[str]) -> tuple[int, str, int, str]:
    place, name, period, part = key
    return (places.index(place), name, -int(period) if period.isdigit() else 0, part)


def outcome_fact(
    place: str, place_name: str, asked: FactDeclaration, period: str, part: str, row: FactValue | None
) -> OutcomeFact:
    """Return a fact as it is asked for here, with what is stated in its row; None for nothing yet."""
    return OutcomeFact(
        place,
        place_name,
        asked.name,
        asked.title,
        part,
        dict(asked.parts).get(part, part),
        period,
        row.unit if row else asked.unit,
        asked.kind,
        row.value if row else "",
        row.version if row else 0,
    )


def asked_keys(assessment: Assessment, held: FactRows, scores: SchemeScore) -> frozenset[Key]:
    """Return the facts that are stated on this page: known ones of these rules, and those they lack.

    A fact that an item of the scheme asks for is stated there, save the years before the round's and other places.
    """
    asked = facts_asked(assessment.round.scheme)
    scheme = scheme_of(assessment.round.scheme)
    declared = {fact.name for fact in scheme.facts}
    elsewhere = {name for item in items_of(scheme) for name in item.inputs}
    home, year = assessment.region.code, str(assessment.round.year)
    found: set[Key] = set()
    for row in held.own:
        if row.name in asked.outcome and (row.name not in elsewhere or row.value) and row.period <= year:
            found.add((home, row.name, row.period, row.part))
    for row in held.below:
        found.add((row.region.code, row.name, row.period, row.part))
    gaps: list[Missing] = [gap for outcome in scores.outcomes for gap in outcome.missing]
    places = {each.code for each in held.members}
    gaps += [gap for each in scores.points for gap in each.award.missing if gap.place in places]
    found |= {(gap.place, gap.name, gap.period, gap.part) for gap in gaps if gap.name and gap.place}
    return frozenset(
        key for key in found if key[1] in declared and not (key[0] == home and key[1] in elsewhere and key[2] == year)
    )
