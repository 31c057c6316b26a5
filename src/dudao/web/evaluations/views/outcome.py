"""等次: what the rules on the whole say of an assessment, and the facts stated for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dudao.web.evaluations.actions.outcome import may_state_outcome, save_outcome_fact
from dudao.web.evaluations.actions.permissions import roles_on_assessment
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.outcome import outcome_of
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.self_evaluation import version_of
from dudao.web.people.access import reads_content, requires, subject


def _whole(request: HttpRequest, year: int, region: str, task: str) -> Assessment:
    """Return the assessment of an address for those who read the whole of it; officers answer items alone."""
    assessment = find_assessment(request, year, region, task)
    if not roles_on_assessment(subject(request), assessment):
        raise PermissionDenied
    return assessment


@requires(reads_content)
@require_safe
def outcome(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show each rule on the whole with its verdict, the grade, and the facts asked for."""
    assessment = _whole(request, year, region, task)
    return render(request, "evaluations/outcome.html", _context(request, assessment))


@requires(reads_content)
@require_POST
@tells_refusals
def save_fact(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Save one fact; with htmx only what follows from it comes back."""
    assessment = _whole(request, year, region, task)
    asked = {key: request.POST.get(key, "") for key in ("place", "name", "period", "part", "value")}
    save_outcome_fact(by=person(request), assessment=assessment, version=version_of(request), **asked)
    if not request.headers.get("HX-Request"):
        return redirect("evaluations:outcome", year=year, region=region, task=task)
    context = _context(request, assessment)
    key = tuple(asked[name] for name in ("place", "name", "period", "part"))
    context["saved"] = next(
        (fact for fact in context["outcome"].facts if (fact.place, fact.name, fact.period, fact.part) == key), None
    )
    return render(request, "evaluations/outcome_saved.html", context)


def _context(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "outcome": outcome_of(assessment),
        "may_edit": may_state_outcome(subject(request), assessment),
    }
