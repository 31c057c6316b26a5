"""The rules of every shipped pack under random facts: gaps only widen the bounds, promised gains come true."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from dudao.assessment.answers import Answer, Discretion
from dudao.assessment.facts import Fact
from dudao.assessment.model import Assessment, Place
from dudao.packs.find import find_packs
from dudao.scheme.load import load_scheme
from dudao.scheme.model import FactDeclaration
from dudao.scoring.award import Standing
from dudao.scoring.engine import ReadScheme, read_scheme, score

PACKS: dict[str, ReadScheme] = {}
for entry in find_packs():
    loaded, _ = load_scheme(entry.folder)
    if loaded is not None and loaded.facts:
        PACKS[loaded.id] = read_scheme(loaded)

LARGEST = 110
YEARS = 5
seeds = pytest.mark.parametrize("seed", range(4))
packs = pytest.mark.parametrize("scheme", PACKS.values(), ids=PACKS.keys())


def random_value(declaration: FactDeclaration, random: Random) -> Decimal | bool:
    if declaration.kind == "boolean":
        return random.random() < 0.5
    return Decimal(random.choice([0, 0, 1, 2, random.randint(0, LARGEST)]))


def random_assessment(read: ReadScheme, random: Random) -> Assessment:
    """Return an assessment in which every fact of every place and year is stated."""
    scheme = read.scheme
    facts = tuple(
        Fact(each.name, place, str(year), random_value(each, random), part=part)
        for each in scheme.facts
        for place in ("here", "a", "b", "c")
        for year in range(scheme.year - YEARS + 1, scheme.year + 1)
        for part in ([part for part, _ in each.parts] if each.dimension else [""])
    )
    chosen = Discretion(Decimal(1), "理由", "复核组")
    answers = {
        point.id: Answer(point.id, self_points=point.full_points, grade="优", cases=(), discretion=chosen)
        for point in scheme.points()
    }
    peers, members = (Place("a"), Place("b")), (Place("b"), Place("c"))
    return Assessment(Place("here"), scheme.id, scheme.year, facts, answers, peers, members)


@packs
@seeds
def test_a_gap_only_widens_the_bounds(scheme: ReadScheme, seed: int) -> None:
    random = Random(seed)
    complete = random_assessment(scheme, random)
    kept = random.choice([0.3, 0.8, 0.97])
    partial = replace(
        complete,
        facts=tuple(each for each in complete.facts if random.random() < kept),
        answers={key: answer for key, answer in complete.answers.items() if random.random() < kept},
    )
    known, guessed = score(scheme, complete), score(scheme, partial)
    for one, other in zip(known.points, guessed.points, strict=True):
        if one.award.standing is not Standing.EXCLUDED:
            assert other.award.low <= one.award.low <= one.award.high <= other.award.high
        if other.award.standing is Standing.UNKNOWN:
            assert other.award.missing
    assert guessed.total.low <= known.total.low <= known.total.high <= guessed.total.high
    if known.grade is not None and guessed.grade is not None:
        assert set(known.grade.possible) <= set(guessed.grade.possible)


@packs
@seeds
def test_every_promised_gain_comes_true(scheme: ReadScheme, seed: int) -> None:
    assessment = random_assessment(scheme, Random(seed))
    before = score(scheme, assessment)
    for found, change in before.improvements():
        if change.needed is None:
            continue
        key = (change.name, change.place, change.period, change.part)
        new = Fact(change.name, change.place, change.period, change.needed, part=change.part)
        kept = (each for each in assessment.facts if (each.name, each.place, each.period, each.part) != key)
        after = score(scheme, replace(assessment, facts=(*kept, new)))
        mended = next(each for each in after.points if each.point.id == found.point.id)
        if found.full is None:
            assert mended.award.standing is Standing.MET
        else:
            assert mended.award.high - found.award.high == change.gain
