"""Shorthand of the tests: one rule, a few facts, an award."""

from collections.abc import Mapping
from decimal import Decimal

from dudao.assessment.answers import Answer
from dudao.assessment.facts import Fact
from dudao.assessment.model import Place
from dudao.scheme.model import FactDeclaration, ScoringRule
from dudao.scoring.award import Award
from dudao.scoring.context import Context
from dudao.scoring.fact_table import FactTable
from dudao.scoring.reading import read_rule

HOME = Place("here", "本地")
YEAR = 2024
Value = Decimal | bool | str | None


def declared(*names: str, unit: str = "%", parts: tuple[str, ...] = ()) -> dict[str, FactDeclaration]:
    titles = tuple((part, part) for part in parts)
    return {name: FactDeclaration(name, name, unit, dimension="stage" if parts else "", parts=titles) for name in names}


def fact(name: str, value: Value, year: int = YEAR, place: str = "here", part: str = "") -> Fact:
    return Fact(name, place, str(year), value, part=part)


def judge(
    settings: Mapping[str, object],
    facts: list[Fact],
    *,
    full: str = "10",
    declarations: Mapping[str, FactDeclaration] | None = None,
    answer: Answer | None = None,
    peers: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
    step: str | None = None,
) -> Award:
    """Return the award of a rule; the settings must be sound."""
    known = declarations if declarations is not None else declared(*{each.name for each in facts} | {"x", "y", "z"})
    read = read_rule(ScoringRule(str(settings["kind"]), settings), known, Decimal(full))
    assert read.rule is not None, read.issues
    context = Context(
        declared=known,
        facts=FactTable(facts),
        place=HOME,
        year=YEAR,
        full=Decimal(full),
        answer=answer or Answer("p"),
        peers=tuple(Place(name, name) for name in peers),
        members=tuple(Place(name, name) for name in members),
        step=Decimal(step) if step else None,
    )
    return read.rule.award(context)
