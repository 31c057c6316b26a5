"""What the fill-in page shows beside the text of an item: its findings, what was recomputed, what was decided."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from dudao.web.document_checks.draft_ties import ties_in_draft
from dudao.web.document_checks.models import Entry, Handling
from dudao.web.document_checks.notes import CheckedText, checked_text, handled_in
from dudao.web.document_checks.permissions import reads_whole
from dudao.web.document_checks.queries import visible_reports
from dudao.web.evaluations.beside import Beside, Part
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, FactValue
from dudao.web.evaluations.stated import stated_in
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role


@dataclass(frozen=True, slots=True)
class ChecksBeside:
    """The check of one item's text; `may_handle` whether the person decides on findings.

    `reported` are open findings in the reports of the assessment that stand under a heading of the item's name.
    """

    checked: CheckedText
    may_handle: bool
    reported: tuple[Entry, ...] = ()


def checks_beside(what: Beside) -> Part:
    """Return the part with the findings in the text of an item."""
    assessment = what.answer.assessment
    region = assessment.region
    checked = checked_text(what.text, handled_in(region.pk), ties_in_draft(what.subject, assessment, what.text))
    may_handle = _may_handle(what.subject, region.path)
    return Part("document_checks/beside.html", ChecksBeside(checked, may_handle, _reported(what)), checked.open)


_REPORTED = 8


def _reported(what: Beside) -> tuple[Entry, ...]:
    """Return what waits in the reports under the item's heading, as far as the person reads them as a whole."""
    assessment = what.answer.assessment
    if not reads_whole(what.subject, assessment.region):
        return ()
    name = next((item.name for item in items_of(scheme_of(assessment.round.scheme)) if item.id == what.answer.item), "")
    handled = Handling.objects.filter(report=OuterRef("version__report"), key=OuterRef("key"))
    rows = Entry.objects.filter(
        version__current_of__in=visible_reports(what.subject, assessment), number__gt=0, heading__contains=name
    )
    shown = rows.exclude(Exists(handled)).select_related("version__report") if name else rows.none()
    return tuple(shown.order_by("version__report", "position")[:_REPORTED])


def _may_handle(subject: Subject, path: str) -> bool:
    return bool(subject.roles_at(path) & {Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER})


def text_of(answer: Answer) -> str:
    """Return the text of an answer with its figures put in."""
    scheme = scheme_of(answer.assessment.round.scheme)
    book = FigureBook(scheme, FactValue.objects.filter(region_id=answer.assessment.region_id))
    stated = stated_in(answer.assessment.round.scheme, answer.scores.all())
    return book.stating(stated).render(answer.note)
