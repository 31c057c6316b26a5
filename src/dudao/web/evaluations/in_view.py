"""The assessments a request has to do with: those to choose from in the frame, and the one its address names."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.queries import visible_assessments
from dudao.web.people.access import subject

_MOST = 60


def choices(request: HttpRequest) -> Sequence[Assessment]:
    """Return the assessments the person may open, newest year first; asked once a request."""
    known: Sequence[Assessment] | None = getattr(request, "dudao_assessments", None)
    if known is None:
        known = list(visible_assessments(subject(request))[:_MOST])
        request.dudao_assessments = known  # type: ignore[attr-defined]  # kept for the length of the request
    return known


def find_assessment(request: HttpRequest, year: int, region: str, task: str) -> Assessment:
    """Return the assessment of an address, if the subject may open it; else 404, as if there were none.

    A whole page asks for the choices in its frame anyway, and the one named is mostly among them.
    """
    if request.method == "GET" and not request.headers.get("HX-Request"):
        for row in choices(request):
            if (row.round.year, row.region.code, row.round.slug) == (year, region, task):
                return row
    rows = visible_assessments(subject(request))
    return get_object_or_404(rows, round__year=year, region__code=region, round__slug=task)
