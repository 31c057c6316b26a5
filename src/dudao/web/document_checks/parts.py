"""What the fill-in page shows beside the text of an item: its findings, what was recomputed, what was decided."""

from dataclasses import dataclass

from dudao.web.document_checks.notes import CheckedText, checked_text, handled_in
from dudao.web.evaluations.beside import Beside, Part
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.models import Answer, FactValue
from dudao.web.evaluations.stated import stated_in
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role


@dataclass(frozen=True, slots=True)
class ChecksBeside:
    """The check of one item's text; `may_handle` whether the person decides on findings."""

    checked: CheckedText
    may_handle: bool


def checks_beside(what: Beside) -> Part:
    """Return the part with the findings in the text of an item."""
    region = what.answer.assessment.region
    checked = checked_text(what.text, handled_in(region.pk))
    may_handle = _may_handle(what.subject, region.path)
    return Part("document_checks/beside.html", ChecksBeside(checked, may_handle), checked.open)


def _may_handle(subject: Subject, path: str) -> bool:
    return bool(subject.roles_at(path) & {Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER})


def text_of(answer: Answer) -> str:
    """Return the text of an answer with its figures put in."""
    scheme = scheme_of(answer.assessment.round.scheme)
    book = FigureBook(scheme, FactValue.objects.filter(region_id=answer.assessment.region_id))
    stated = stated_in(answer.assessment.round.scheme, answer.scores.all())
    return book.stating(stated).render(answer.note)
