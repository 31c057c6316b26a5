"""后台任务: what was asked for, how far it is, what came of it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.web.background.actions import cancel, try_again
from dudao.web.background.models import DONE, Job
from dudao.web.background.periodic import STEP
from dudao.web.background.queries import visible_jobs
from dudao.web.people.access import requires, signed_in, subject
from dudao.web.people.models import User
from dudao.web.refusals import NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role

PAGE = 50


@requires(signed_in)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs; the list alone, to a page that asks again while something is under way."""
    rows = visible_jobs(subject(request))
    state, steps = request.GET.get("state", ""), "steps" in request.GET
    if state in dict(Job.STATES):
        rows = rows.filter(state=state)
    if not steps:  # every minute has some, and those that went well are of no interest
        rows = rows.exclude(kind=STEP, state=DONE)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    moving = any(not row.finished for row in page)
    has_steps = Role.SYSTEM_ADMINISTRATOR in subject(request).roles
    view = {
        "page": page,
        "states": Job.STATES,
        "state": state,
        "steps": steps,
        "has_steps": has_steps,
        "moving": moving,
    }
    partial = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    return render(request, "background/jobs_part.html" if partial else "background/jobs.html", view)


@requires(signed_in)
@require_safe
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one job; its progress alone, to a page that asks again while it is under way."""
    row = get_object_or_404(visible_jobs(subject(request)), pk=key)
    if not request.headers.get("HX-Request"):
        return render(request, "background/job.html", {"job": row})
    answer = render(request, "background/progress.html", {"job": row})
    if row.finished:
        answer["HX-Trigger-After-Swap"] = "job-finished"
    return answer


def _acted(request: HttpRequest, row: Job, said: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "background/progress.html", {"job": row})
    messages.success(request, said)
    return redirect(reverse("background:jobs"))


@requires(signed_in)
@require_POST
def cancel_job(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask a job to stop."""
    row = get_object_or_404(visible_jobs(subject(request)), pk=key)
    try:
        row = cancel(by=_person(request), job=row)
    except NotAllowedError as refusal:
        raise Http404 from refusal
    except NotPossibleError as refusal:
        return _refused(request, row, refusal)
    said = _("已取消：%(title)s") if row.finished else _("已要求取消，正在进行的一步结束后停止：%(title)s")
    return _acted(request, row, said % {"title": row.title})


@requires(signed_in)
@require_POST
def try_job_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a job that failed into the queue once more."""
    row = get_object_or_404(visible_jobs(subject(request)), pk=key)
    try:
        row = try_again(by=_person(request), job=row)
    except NotAllowedError as refusal:
        raise Http404 from refusal
    except NotPossibleError as refusal:
        return _refused(request, row, refusal)
    return _acted(request, row, _("已重新排队：%(title)s") % {"title": row.title})


def _refused(request: HttpRequest, row: Job, refusal: NotPossibleError) -> HttpResponse:
    """Answer 409 with the job as it stands now and the sentence."""
    row.refresh_from_db()
    part = request.headers.get("HX-Request")
    name = "background/progress.html" if part else "background/job.html"
    return render(request, name, {"job": row, "refusal": str(refusal)}, status=409)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the rule let nobody else in
    return request.user
