"""达标办法: what the optimiser may do, how far the search is, and the plan it found."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dudao.errors import DudaoError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import plans_balance, reads_balance, requires, subject
from dudao.web.schools import queries
from dudao.web.schools.actions import proposals as actions
from dudao.web.schools.balance_page import Choice, choice_of, is_unit
from dudao.web.schools.models import InUse
from dudao.web.schools.proposals import SECONDS, allowed_of, assumed_prices
from dudao.web.schools.results import standard_of
from dudao.web.schools.views.balance import frame_of_pages


@requires(plans_balance)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def listing(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Show the form and the earlier proposals; a form sent in starts the search."""
    place = queries.region_to_read(subject(request), region)
    given = request.POST if request.method == "POST" else request.GET
    choice = choice_of(given)
    held = InUse.objects.filter(region=place, kind="schools", year=year).exists()
    if not is_unit(place) or not held:
        return redirect("schools:balance", year, region)
    standard = standard_of(choice.standard)
    context = frame_of_pages(subject(request), place, year, choice) | {
        "indicators": standard.indicators,
        "seconds": SECONDS,
        "assumed": assumed_prices(),
        "proposals": queries.visible_proposals(place).filter(year=year)[:20],
        "given": given,
        "sent": request.method == "POST",
        "tab": "proposals",
    }
    if request.method != "POST":
        return render(request, "schools/proposals.html", context)
    try:
        row = actions.propose(
            by=person(request), region=place, year=year, choice=choice, allowed=allowed_of(given, standard)
        )
    except DudaoError as refusal:
        return render(request, "schools/proposals.html", context | {"refusal": str(refusal)}, status=422)
    return redirect("schools:proposal", year, region, row.pk)


@requires(reads_balance)
@require_safe
@tells_refusals
def show(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Show a proposal: how far the search is, or the plan."""
    place = queries.region_to_read(subject(request), region)
    row = get_object_or_404(queries.visible_proposals(place).select_related("job"), pk=pk, year=year)
    held = InUse.objects.filter(region=place, kind="schools", year=year).first()
    choice = Choice(row.standard, row.method)
    context: dict[str, Any] = frame_of_pages(subject(request), place, year, choice) | {
        "proposal": row,
        "plan": row.plan,
        "job": row.job,
        "moved_on": held is None or held.snapshot_id != row.snapshot_id,
        "tab": "proposals",
    }
    return render(request, "schools/proposal.html", context)
