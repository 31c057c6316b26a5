"""The assessments a request has to do with: those to choose from in the frame, and the one it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.queries import visible_assessment, visible_assessment_of, visible_columns
from dudao.web.people.access import subject

_MOST = 60
_COLUMNS = ("pk", "round__year", "region__code", "round__slug", "round__title", "region__name", "region__level")


@dataclass(frozen=True, slots=True)
class Choice:
    """An assessment to choose: its key, the three parts of its address, and what it is called."""

    pk: int
    year: int
    region: str
    task: str
    title: str
    region_name: str
    level: str

    @property
    def address(self) -> tuple[int, str, str]:
        """The parts of the address."""
        return (self.year, self.region, self.task)


def choices(request: HttpRequest) -> Sequence[Choice]:
    """Return the assessments the person may open, newest year first; asked once a request."""
    known: Sequence[Choice] | None = getattr(request, "dudao_choices", None)
    if known is None:
        known = [Choice(*row) for row in visible_columns(subject(request), _COLUMNS, _MOST)]
        request.dudao_choices = known  # type: ignore[attr-defined]  # kept for the length of the request
    return known


def find_assessment(request: HttpRequest, year: int, region: str, task: str) -> Assessment:
    """Return the assessment of an address, if the subject may open it; else 404, as if there were none."""
    row = _kept(request, visible_assessment(subject(request), year, region, task))
    if row is None:
        raise Http404
    return row


def assessment_of(request: HttpRequest, choice: Choice) -> Assessment | None:
    """Return the assessment of a choice; not read again when the request is about it. None when it went away."""
    known: Assessment | None = getattr(request, "dudao_assessment", None)
    return (
        known
        if known is not None and known.pk == choice.pk
        else _kept(request, visible_assessment_of(subject(request), choice.pk))
    )


def _kept(request: HttpRequest, row: Assessment | None) -> Assessment | None:
    request.dudao_assessment = row  # type: ignore[attr-defined]  # kept for the length of the request
    return row
