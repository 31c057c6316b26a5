"""评价任务: the progress grid of an assessment, its deadlines, and sending it upwards."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.web.evaluations.actions import rounds, submission
from dudao.web.evaluations.actions.permissions import roles_on_assessment, roles_running
from dudao.web.evaluations.actions.submission import not_accepted
from dudao.web.evaluations.calendar import deadline, not_working_warning, working_days_between
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.outcome import asks_outcome
from dudao.web.evaluations.progress import DONE, by_department, without_lead
from dudao.web.evaluations.queries import visible_assessments
from dudao.web.evaluations.round_progress import department_reminders
from dudao.web.evaluations.scores import forecast
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.duties import only_departments
from dudao.web.evaluations.views.rounds import parsed_day, shown_in_grid, watched_rounds, watches_rounds
from dudao.web.people.access import reads_content, requires, runs_rounds, subject
from dudao.web.people.models import Department
from dudao.workflow.machine import Role
from dudao.workflow.transitions import ASSESSMENT

_RUNNERS = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR})


@requires(reads_content)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """List the rounds the subject watches over and the assessments it may open, newest year first."""
    rows = visible_assessments(subject(request)).prefetch_related("round__stages")
    context: dict[str, Any] = {"assessments": rows[:100], "may_open": runs_rounds(subject(request))}
    if watches_rounds(subject(request)):
        sent = Count("assessments", filter=Q(assessments__version__gt=0), distinct=True)
        watched = watched_rounds(request).annotate(asked=Count("assessments", distinct=True), sent=sent)
        context["rounds"] = watched.prefetch_related("stages")[:100]
    return render(request, "evaluations/tasks.html", context)


@requires(reads_content)
@require_safe
def progress(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show how far every department is, where points go, and what stands before sending upwards.

    An officer sees the own department alone, and nothing of the whole.
    """
    assessment = find_assessment(request, year, region, task)
    only = only_departments(request, assessment)
    show = shown_in_grid(request)
    items, every = by_department(assessment, compare=show == "change")
    rows = [row for row in every if only is None or row.key in only]
    today = timezone.localdate()
    roles = roles_on_assessment(subject(request), assessment)
    stages = [(stage, working_days_between(today, stage.due)) for stage in assessment.round.stages.all()]
    context: dict[str, Any] = {
        "assessment": assessment,
        "items": items,
        "rows": rows,
        "show": show,
        "stages": stages,
        "is_whole": only is None,
        "may_run": bool(roles & _RUNNERS) and not assessment.round.closed_at,
        "extensions": assessment.extensions.select_related("department", "granted_by"),
    }
    if only is None:
        scores = forecast(assessment)
        states = dict(assessment.answers.values_list("item", "state"))
        context |= {
            "scores": scores,
            "asks_outcome": asks_outcome(assessment),
            "losses": scores.losses()[:8],
            "sections": [each for each in scores.indicators if each.indicator.level == 1 and each.total.full],
            "states": _counts(states),
            "cells": [states.get(item.id) for item in items],
            "waiting": not_accepted(assessment),
            "without_lead": without_lead(assessment),
            "transitions": ASSESSMENT.available(assessment.state, roles, roles_running(subject(request), assessment)),
            "submissions": assessment.submissions.select_related("by"),
        }
    return render(request, "evaluations/progress.html", context)


def _counts(states: dict[str, str]) -> dict[str, int]:
    given = list(states.values())
    return {
        "done": sum(state in DONE for state in given),
        "drafting": given.count("drafting"),
        "returned": given.count("returned"),
        "not_started": given.count("not_started"),
        "all": len(given),
    }


@requires(runs_rounds)
@require_safe
def reminders(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show the texts to remind departments with; nothing is sent from here."""
    assessment = find_assessment(request, year, region, task)
    items, rows = by_department(assessment)
    due = deadline(assessment, "departments")
    until = f" {due.month} 月 {due.day} 日" if due else ""
    names = {item.id: item.name for item in items}
    title = assessment.round.title
    texts = department_reminders(rows, names, title, until, assessment.extensions.all())
    context = {"title": f"{assessment.region} {title}", "reminders": texts}
    return render(request, "evaluations/reminders.html", context)


@requires(runs_rounds)
@require_POST
@tells_refusals
def extend(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Give a department more time, with the reason."""
    assessment = find_assessment(request, year, region, task)
    key = request.POST.get("department", "")
    department = get_object_or_404(Department, pk=int(key) if key.isdecimal() else 0, region_id=assessment.region_id)
    due = parsed_day(request.POST.get("due", ""), _("延期日期"))
    rounds.extend_deadline(
        by=person(request),
        assessment=assessment,
        department=department,
        due=due,
        reason=request.POST.get("reason", ""),
        today=timezone.localdate(),
    )
    if warning := not_working_warning(_("%(department)s延期") % {"department": department}, due):
        messages.warning(request, warning)
    return _back(assessment)


def _back(assessment: Assessment) -> HttpResponse:
    return redirect(
        "evaluations:progress",
        year=assessment.round.year,
        region=assessment.region.code,
        task=assessment.round.slug,
    )


@requires(reads_content)
@require_POST
@tells_refusals
def submit(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Send an assessment upwards."""
    assessment = find_assessment(request, year, region, task)
    submission.submit_assessment(by=person(request), assessment=assessment, password=request.POST.get("password", ""))
    return _back(assessment)


@requires(reads_content)
@require_POST
@tells_refusals
def send_back(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Send a submitted assessment back to the level below."""
    assessment = find_assessment(request, year, region, task)
    submission.send_back(by=person(request), assessment=assessment, reason=request.POST.get("reason", ""))
    return _back(assessment)


@requires(reads_content)
@require_POST
@tells_refusals
def confirm(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Confirm a submitted assessment."""
    assessment = find_assessment(request, year, region, task)
    submission.confirm(by=person(request), assessment=assessment)
    return _back(assessment)
