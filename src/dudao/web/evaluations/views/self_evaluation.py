"""自评填报: the items of one region, their data, points, text and evidence, with the forecast beside them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dudao.web.evaluations.actions import answers as actions
from dudao.web.evaluations.actions import points as point_actions
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.impact import impact_of, uses_of
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.item_page import OPEN_STATES, TABS, Look, item_page
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore
from dudao.web.evaluations.queries import visible_answers, visible_row, visible_stands
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_content, requires, subject

_CHOICE, _REASON = "choice-", "reason-"  # before the key of a field


def find_answer(request: HttpRequest, assessment: Assessment, item: str) -> Answer:
    """Return the answer of an item, if the subject may read it; else 404."""
    answer = visible_row(subject(request), assessment, item)
    if answer is None:
        raise Http404
    return answer


def look_of(request: HttpRequest) -> Look:
    """Return how the page is looked at; for a partial update as the address of the page around it says."""
    query = request.GET
    tab, show = query.get("tab", ""), query.get("show", "")
    if request.method == "POST":
        said = parse_qs(urlsplit(request.headers.get("HX-Current-URL", "")).query)
        tab, show = said.get("tab", [""])[-1], said.get("show", [""])[-1]
    return Look(tab if tab in TABS else "score", "open" if show == "open" else "all")


@requires(reads_content)
@require_safe
def start(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Lead on to the first item that waits for the subject, else to the first it may read."""
    assessment = find_assessment(request, year, region, task)
    visible = {row.item: row.state for row in visible_stands(subject(request), assessment)}
    order = [item.id for item in items_of(scheme_of(assessment.round.scheme)) if item.id in visible]
    if not order:
        raise Http404
    waiting = [item for item in order if visible[item] in OPEN_STATES]
    return redirect("evaluations:self", year=year, region=region, task=task, item=(waiting or order)[0])


@requires(reads_content)
@require_safe
def show_item(request: HttpRequest, year: int, region: str, task: str, item: str) -> HttpResponse:
    """Show one item; with htmx only the pane or the tree that was asked for."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    context = item_page(subject(request), assessment, answer, look_of(request))
    target = request.headers.get("HX-Target", "")
    part = {"reference": "self_reference", "tree-pane": "self_tree"}.get(target, "self")
    response = render(request, f"evaluations/{part}.html", context)
    response["Vary"] = "HX-Target, HX-Request"
    response["Cache-Control"] = "no-store"  # going back must not bring an old text under a new version
    return response


def back_to(answer: Answer, tab: str = "") -> HttpResponse:
    """Return the way back to the page of an item."""
    row = answer.assessment
    args = (row.round.year, row.region.code, row.round.slug, answer.item)
    return redirect(reverse("evaluations:self", args=args) + (f"?tab={tab}" if tab else ""))


def saved(request: HttpRequest, answer: Answer, field: str) -> HttpResponse:
    """Answer a save: the parts around the field with htmx, else the page again.

    Only the saved field learns its new version: another field that somebody changed meanwhile must still tell so.
    """
    if not request.headers.get("HX-Request"):
        return back_to(answer)
    assessment = answer.assessment
    answer = find_answer(request, assessment, answer.item)
    context: dict[str, Any] = item_page(subject(request), assessment, answer, look_of(request))
    return render(request, "evaluations/self_saved.html", context | {"saved_field": field, "out_of_band": True})


def version_of(request: HttpRequest) -> int:
    """Return the version that a write is based on; one that cannot be when it is none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@requires(reads_content)
@require_POST
@tells_refusals
def save_note(request: HttpRequest, year: int, region: str, task: str, item: str) -> HttpResponse:
    """Save the self-evaluation text."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    note = request.POST.get("note", "")
    actions.save_note(by=person(request), answer=answer, note=note, version=version_of(request))
    return saved(request, answer, "note")


@requires(reads_content)
@require_POST
@tells_refusals
def save_points(request: HttpRequest, year: int, region: str, task: str, item: str, point: str) -> HttpResponse:
    """Save the self points of one point."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    score = get_object_or_404(PointScore.objects.select_related("answer"), answer=answer, point=point)
    point_actions.save_points(
        by=person(request),
        score=score,
        points=request.POST.get("points", ""),
        version=version_of(request),
        not_applicable=request.POST.get("not_applicable") == "on",
        reason=request.POST.get("reason"),
    )
    return saved(request, answer, f"point-{point}")


@requires(reads_content)
@require_POST
@tells_refusals
def save_choice(request: HttpRequest, year: int, region: str, task: str, item: str, point: str) -> HttpResponse:
    """Save what the rule of one point asks people."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    score = get_object_or_404(PointScore.objects.select_related("answer"), answer=answer, point=point)
    given = {
        key[len(_CHOICE) :]: (str(value), request.POST.get(_REASON + key[len(_CHOICE) :], ""))
        for key, value in request.POST.items()
        if key.startswith(_CHOICE)
    }
    point_actions.save_choice(by=person(request), score=score, given=given, version=version_of(request))
    return saved(request, answer, f"point-{point}")


def _readable(request: HttpRequest, assessment: Assessment) -> frozenset[str]:
    return frozenset(visible_answers(subject(request), assessment).values_list("item", flat=True))


@requires(reads_content)
@require_POST
@tells_refusals
def save_fact(request: HttpRequest, year: int, region: str, task: str, item: str, fact: int) -> HttpResponse:
    """Save one figure; before a figure is replaced, what it would change is shown and a word of consent asked for."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    row = get_object_or_404(FactValue, pk=fact, region_id=assessment.region_id)
    if request.POST.get("year") == "last":
        row = actions.declare_last_year(by=person(request), answer=answer, like=row)
    value, unit = request.POST.get("value", ""), request.POST.get("unit", row.unit)
    if row.value and value.strip() != row.value and request.POST.get("confirmed") != "yes":
        actions.check_fact(by=person(request), answer=answer, fact=row, value=value, unit=unit)
        impact = impact_of(assessment, row, value.strip(), unit.strip(), _readable(request, assessment))
        if not impact.empty:
            context = {"assessment": assessment, "answer": answer, "fact": row, "value": value, "unit": unit}
            context |= {"impact": impact, "version": version_of(request), "held": row}
            template = "impact" if request.headers.get("HX-Request") else "impact_page"
            return render(request, f"evaluations/{template}.html", context, status=202)
    actions.save_fact(by=person(request), answer=answer, fact=row, value=value, unit=unit, version=version_of(request))
    return saved(request, answer, f"fact-{row.pk}")


@requires(reads_content)
@require_safe
def fact_uses(request: HttpRequest, year: int, region: str, task: str, item: str, fact: int) -> HttpResponse:
    """Show where a figure comes from and every place where it is used."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    rows = FactValue.objects.select_related("owner", "changed_by")
    row = get_object_or_404(rows, pk=fact, region_id=assessment.region_id)
    scheme = scheme_of(assessment.round.scheme)
    declaration = next((each for each in scheme.facts if each.name == row.name), None)
    inputs = {name for each in items_of(scheme) if each.id == item for name in each.inputs}
    if declaration is None or row.name not in inputs:
        raise Http404
    uses = uses_of(assessment, row, _readable(request, assessment))
    context = {
        "assessment": assessment,
        "answer": answer,
        "fact": row,
        "declaration": declaration,
        "part": dict(declaration.parts).get(row.part, row.part),
        "uses": uses,
        "events": actions.fact_history(row)[:20],
    }
    return render(request, "evaluations/fact_uses.html", context)


@requires(reads_content)
@require_POST
@tells_refusals
def move(request: HttpRequest, year: int, region: str, task: str, item: str, event: str) -> HttpResponse:
    """Submit, withdraw, return or accept an item."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    actions.move(by=person(request), answer=answer, event=event, reason=request.POST.get("reason", ""))
    return back_to(answer)
