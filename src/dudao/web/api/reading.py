"""An assessment as the API tells it: its items, points, figures and texts, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from dudao.scheme.model import FactDeclaration
from dudao.scoring.result import PointScore as JudgedPoint
from dudao.scoring.result import SchemeScore
from dudao.web.api.shapes.answers import ChoiceShape, FactShape, FullItem, ItemShape, NoteShape, ScoreShape, TotalShape
from dudao.web.api.shapes.common import plain
from dudao.web.evaluations.actions.permissions import roles_on_answer
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.choice_fields import fields_of
from dudao.web.evaluations.convert import asked_by, scheme_of
from dudao.web.evaluations.item_page import visible_total
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evaluations.rule_words import rule_words
from dudao.web.evaluations.scores import FactRows, fact_rows, score_rows
from dudao.web.evaluations.stated import stated_in
from dudao.web.people.access import Subject
from dudao.web.phrase_book import told
from dudao.workflow.transitions import ANSWER


@dataclass(frozen=True)
class Reading:
    """What a subject may read of an assessment; loaded when first asked for."""

    subject: Subject
    assessment: Assessment

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers the subject may read, by item."""
        found = {row.item: row for row in visible_answers(self.subject, self.assessment)}
        for row in found.values():
            row.assessment = self.assessment
        return found

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items the subject may read, in the order of the scheme."""
        return tuple(each for each in items_of(scheme_of(self.assessment.round.scheme)) if each.id in self.answers)

    @cached_property
    def declared(self) -> dict[str, FactDeclaration]:
        """The figures that the scheme asks for, by name."""
        return {each.name: each for each in scheme_of(self.assessment.round.scheme).facts}

    @cached_property
    def _held(self) -> FactRows:
        return fact_rows(self.assessment)

    @property
    def _rows(self) -> list[FactValue]:
        return self._held.own

    @cached_property
    def _scores(self) -> list[PointScore]:
        return list(PointScore.objects.filter(answer__assessment=self.assessment).select_related("answer"))

    @cached_property
    def _judged(self) -> dict[str, JudgedPoint]:
        return {each.point.id: each for each in self._forecast.points}

    @cached_property
    def _forecast(self) -> SchemeScore:
        return score_rows(self.assessment, self._held, self._scores)

    @cached_property
    def _book(self) -> FigureBook:
        return FigureBook(scheme_of(self.assessment.round.scheme), self._rows)

    def _text(self, answer: Answer) -> str:
        """Return the text of an answer with its figures, and what was stated for its points, put in."""
        own = [score for score in self._scores if score.answer_id == answer.pk]
        return self._book.stating(stated_in(self.assessment.round.scheme, own)).render(answer.note)

    def total(self) -> TotalShape:
        """Return the points of the items that the subject may read, together."""
        every = items_of(scheme_of(self.assessment.round.scheme))
        told = visible_total(every, self.answers, self._scores, self._forecast)
        whole = len(self.answers) == len(every)
        full = self._forecast.total.full if whole else _sum(each.full_points for each in self.items)
        return TotalShape(
            full_points=plain(full), self_points=plain(told.given), low=f"{told.low:f}", high=f"{told.high:f}"
        )

    def item(self, item: Item) -> ItemShape:
        """Return an item as it stands."""
        return ItemShape(**self._head(item))

    def full_item(self, item: Item) -> FullItem:
        """Return an item with its points, figures and text."""
        answer = self.answers[item.id]
        roles = roles_on_answer(self.subject, answer)
        duty = answer.assessment.duties.filter(item=item.id, lead=True).select_related("department").first()
        return FullItem(
            **self._head(item),
            note=answer.note,
            text=self._text(answer),
            return_reason=answer.return_reason,
            lead_department=duty.department.name if duty else None,
            events=[each.event for each in ANSWER.available(answer.state, roles) if each.event != "start"],
            points=self.points(item),
            facts=[self.fact(row) for row in self.facts() if row.name in item.inputs],
        )

    def note(self, answer: Answer) -> NoteShape:
        """Return the text of an answer."""
        return NoteShape(item=answer.item, note=answer.note, text=self._text(answer), version=answer.version)

    def points(self, item: Item) -> list[ScoreShape]:
        """Return the points of an item."""
        rows = {row.point: row for row in self._scores if row.answer_id == self.answers[item.id].pk}
        return [self._point(rows[each.id]) for each in item.points if each.id in rows]

    def point(self, answer: Answer, point: str) -> ScoreShape | None:
        """Return one point of an answer; None when it has none of that id."""
        row = next((each for each in self._scores if each.answer_id == answer.pk and each.point == point), None)
        return self._point(row) if row is not None and point in self._judged else None

    def facts(self) -> list[FactValue]:
        """Return the figures that the readable items ask for: of the year and of the year before."""
        named = {name for item in self.items for name in item.inputs} & set(self.declared)
        years = {str(self.assessment.round.year), str(self.assessment.round.year - 1)}
        return [row for row in self._rows if row.name in named and row.period in years]

    def fact(self, row: FactValue) -> FactShape:
        """Return a figure."""
        declaration = self.declared[row.name]
        return FactShape(
            id=row.pk,
            name=row.name,
            title=declaration.title,
            period=row.period,
            part=row.part,
            part_title=dict(declaration.parts).get(row.part, row.part),
            value=row.value,
            unit=row.unit,
            source=row.source,
            cut_off=row.cut_off,
            owner=row.owner.name if row.owner else None,
            items=[item.id for item in self.items if row.name in item.inputs],
            version=row.version,
            changed_at=row.changed_at,
        )

    def _head(self, item: Item) -> dict[str, Any]:
        answer = self.answers[item.id]
        own = [row.points for row in self._scores if row.answer_id == answer.pk]
        judged = [self._judged[each.id] for each in item.points if each.id in self._judged]
        return {
            "item": item.id,
            "name": item.name,
            "section": item.section.name,
            "state": answer.state,
            "state_title": told(ANSWER.state(answer.state).title),
            "full_points": plain(item.full_points),
            "self_points": plain(_sum(own)),
            "low": f"{sum((each.award.low for each in judged), Decimal(0)):f}",
            "high": f"{sum((each.award.high for each in judged), Decimal(0)):f}",
            "note_version": answer.version,
            "changed_at": answer.changed_at,
        }

    def _point(self, row: PointScore) -> ScoreShape:
        judged = self._judged[row.point]
        award = judged.award
        return ScoreShape(
            point=row.point,
            name=judged.point.name,
            full_points=plain(judged.full),
            self_points=plain(row.points),
            not_applicable=row.not_applicable,
            reason=row.reason,
            forecast=plain(award.points),
            low=f"{award.low:f}",
            high=f"{award.high:f}",
            standing=award.standing.value,
            why=[told(each) for each in award.reasons or award.steps],
            missing=[told(each.sentence) for each in award.missing],
            improvements=[told(each.sentence) for each in award.improvements],
            choices=[
                ChoiceShape(
                    key=each.key,
                    title=each.title,
                    kind=each.kind,
                    options=list(each.options),
                    hint=told(each.hint),
                    part=each.part,
                    value=each.value,
                    reason=each.reason,
                )
                for each in fields_of(asked_by(self.assessment.round.scheme, row.point), row.choice)
            ],
            rule=told(rule_words(judged.point, self.declared)),
            version=row.version,
        )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    given = [value for value in values if value is not None]
    return sum(given, Decimal(0)) if given else None
