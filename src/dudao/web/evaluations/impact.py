"""What a change of a fact would change: every score and every sentence, told before it is made."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.scoring.award import Award
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore
from dudao.web.evaluations.scores import fact_rows, score_rows
from dudao.web.evaluations.stated import stated_in


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A point whose forecast would change."""

    item: str
    name: str
    before: Award
    after: Award


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence bound to the fact: as it reads now and as it would read."""

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What would change in one assessment; `hidden` counts the places in items that the person may not read."""

    scores: tuple[ScoreChange, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()
    hidden: int = 0
    total_before: Decimal | None = None
    total_after: Decimal | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.scores or self.sentences or self.hidden)


@dataclass(frozen=True, slots=True)
class Uses:
    """Where a fact is used: the items whose rules read it, and the items whose text is bound to it."""

    items: tuple[str, ...]
    notes: tuple[str, ...]


def impact_of(assessment: Assessment, fact: FactValue, value: str, unit: str, readable: Collection[str]) -> Impact:
    """Return what an assessment would be like with another value of a fact; five queries whatever the size.

    Args:
        readable: the items that the person may read; of others only their number is told.
    """
    held = fact_rows(assessment)
    rows = held.own
    points = list(PointScore.objects.filter(answer__assessment=assessment).select_related("answer"))
    other = copy(fact)
    other.region = assessment.region
    other.value, other.unit = value, unit
    changed = [other if row.pk == fact.pk else row for row in rows]
    if fact.pk is None:
        changed.append(other)
    before, after = score_rows(assessment, held, points), score_rows(assessment, replace(held, own=changed), points)
    scheme = scheme_of(assessment.round.scheme)
    item_of = {point.id: item.id for item in items_of(scheme) for point in item.points}
    scores, hidden = [], 0
    for old, new in zip(before.points, after.points, strict=True):
        if (old.award.low, old.award.high, old.award.points) == (new.award.low, new.award.high, new.award.points):
            continue
        item = item_of.get(old.point.id, old.point.id)
        if item in readable:
            scores.append(ScoreChange(item, old.point.name, old.award, new.award))
        else:
            hidden += 1
    book = FigureBook(scheme, rows)
    stated: dict[str, list[PointScore]] = {}
    for point in points:
        stated.setdefault(point.answer.item, []).append(point)
    sentences, unread = _sentences(assessment, book, other, stated, readable)
    return Impact(tuple(scores), tuple(sentences), hidden + unread, before.total.points, after.total.points)


def _sentences(
    assessment: Assessment,
    book: FigureBook,
    fact: FactValue,
    scores: Mapping[str, list[PointScore]],
    readable: Collection[str],
) -> tuple[list[SentenceChange], int]:
    key = (fact.name, fact.part, fact.period)
    found, hidden = [], 0
    for item, note in _notes(assessment):
        before = book.stating(stated_in(assessment.round.scheme, scores.get(item, ())))
        after = before.with_value(fact)
        for sentence in after.sentences_with(note, key):
            if item in readable:
                found.append(SentenceChange(item, before.render(sentence), after.render(sentence)))
            else:
                hidden += 1
    return found, hidden


def _notes(assessment: Assessment) -> Iterable[tuple[str, str]]:
    return Answer.objects.filter(assessment=assessment).exclude(note="").values_list("item", "note")


def uses_of(assessment: Assessment, fact: FactValue, readable: Collection[str]) -> Uses:
    """Return where a fact is used within what the person may read."""
    scheme = scheme_of(assessment.round.scheme)
    rows = list(FactValue.objects.filter(region_id=assessment.region_id))
    book = FigureBook(scheme, rows)
    key = (fact.name, fact.part, fact.period)
    items = tuple(item.id for item in items_of(scheme) if fact.name in item.inputs and item.id in readable)
    notes = tuple(item for item, note in _notes(assessment) if item in readable and key in book.used(note))
    return Uses(items, notes)
