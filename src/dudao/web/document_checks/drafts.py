"""The whole draft of an assessment as one text: what contradicts across items shows only there."""

from bisect import bisect_right
from dataclasses import dataclass

from dudao.provenance import Span
from dudao.scoring.result import PointScore
from dudao.web.document_checks.draft_ties import ties_in_draft
from dudao.web.document_checks.notes import CheckedText, FindingLine, checked_text, handled_in
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Assessment, FactValue
from dudao.web.evaluations.movements import Movement, movements
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evaluations.scores import forecast
from dudao.web.evaluations.stated import stated_in
from dudao.web.people.access import Subject


@dataclass(frozen=True, slots=True)
class Draft:
    """The notes that a person may read, joined; `starts[i]` is where the note of `items[i]` begins."""

    text: str
    starts: tuple[int, ...]
    items: tuple[Item, ...]
    movements: tuple[tuple[Item, Movement], ...] = ()

    def item_at(self, span: Span) -> Item:
        """Return the item whose note holds the beginning of a span."""
        return self.items[max(bisect_right(self.starts, span.start) - 1, 0)]


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with the item of each place it speaks of."""

    line: FindingLine
    item: Item
    places: tuple[tuple[Item, str], ...]


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """What was found in a draft: in its words, and between self points and facts."""

    draft: Draft
    checked: CheckedText
    findings: tuple[PlacedFinding, ...]
    points: tuple[tuple[Item, PointScore], ...]
    empty: tuple[Item, ...]


def draft_of(subject: Subject, assessment: Assessment) -> Draft:
    """Return the draft of an assessment as far as the subject may read it, figures put in."""
    scheme = scheme_of(assessment.round.scheme)
    answers = {row.item: row for row in visible_answers(subject, assessment).prefetch_related("scores")}
    book = FigureBook(scheme, FactValue.objects.filter(region_id=assessment.region_id))
    pieces: list[str] = []
    starts: list[int] = []
    items: list[Item] = []
    length = 0
    moved: list[tuple[Item, Movement]] = []
    declared = {each.name: each for each in scheme.facts}
    for item in items_of(scheme):
        answer = answers.get(item.id)
        if answer is None or not answer.note.strip():
            continue
        stated = stated_in(assessment.round.scheme, answer.scores.all())
        own = book.stating(stated)
        note = own.render(answer.note).strip()
        moved += [(item, each) for each in movements(own, declared, answer.note)]
        starts.append(length)
        items.append(item)
        pieces.append(note)
        length += len(note) + 2
    return Draft("\n\n".join(pieces), tuple(starts), tuple(items), tuple(moved))


def check_draft(subject: Subject, assessment: Assessment) -> DraftCheck:
    """Return what is found in the whole draft; a fixed number of queries whatever the size."""
    draft = draft_of(subject, assessment)
    ties = ties_in_draft(subject, assessment, draft.text)
    checked = checked_text(draft.text, handled_in(assessment.region_id), ties)
    findings = tuple(
        PlacedFinding(
            line,
            draft.item_at(line.span),
            tuple(
                (draft.item_at(span), quote)
                for span, quote in zip((line.span, *line.related), line.places, strict=True)
            ),
        )
        for line in checked.findings
    )
    visible = set(visible_answers(subject, assessment).values_list("item", flat=True))
    items = [item for item in items_of(scheme_of(assessment.round.scheme)) if item.id in visible]
    judged = {each.point.id: each for each in forecast(assessment).points}
    points = tuple(
        (item, judged[point.id])
        for item in items
        for point in item.points
        if point.id in judged and judged[point.id].contradicts
    )
    written = {item.id for item in draft.items}
    return DraftCheck(draft, checked, findings, points, tuple(item for item in items if item.id not in written))
