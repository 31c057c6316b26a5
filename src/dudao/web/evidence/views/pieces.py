"""One piece of evidence: what it is, its files and what happened to it; describe, revise, remove, restore."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from dudao.web.audit.queries import history
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evidence import actions, queries
from dudao.web.evidence.forms import DescriptionForm, description_form
from dudao.web.evidence.models import Evidence, Revision
from dudao.web.evidence.permissions import may_change
from dudao.web.evidence.preview import page_picture, preview
from dudao.web.evidence.storage import content_of
from dudao.web.evidence.views.library import find_library
from dudao.web.people.access import reads_evidence, requires, subject
from dudao.web.refusals import InvalidValueError
from dudao.web.uploads.handlers import not_taken

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def find_piece(request: HttpRequest, assessment: Assessment, pk: int, *, removed: bool = False) -> Evidence:
    """Return a piece that the subject may read; else 404, as if there were none."""
    rows = (queries.removed_evidence if removed else queries.visible_evidence)(subject(request), assessment)
    rows = queries.with_standing(rows, *queries.evaluation_period(assessment))
    return get_object_or_404(queries.with_files(rows, subject(request), assessment), pk=pk)


def find_revision(request: HttpRequest, assessment: Assessment, pk: int, revision: int) -> Revision:
    """Return a revision that the subject may read; else 404."""
    piece = find_piece(request, assessment, pk)
    found = get_object_or_404(queries.visible_revisions(subject(request), assessment, piece), pk=revision)
    found.evidence = piece
    return found


def _page(
    request: HttpRequest,
    assessment: Assessment,
    piece: Evidence,
    form: DescriptionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    revisions = list(queries.visible_revisions(subject(request), assessment, piece))
    wanted = request.GET.get("revision", "")
    chosen = next((row for row in revisions if str(row.pk) == wanted), revisions[0] if revisions else None)
    context = {
        "assessment": assessment,
        "piece": piece,
        "revisions": revisions,
        "revision": chosen,
        "preview": preview(chosen) if chosen else None,
        "number": _number(request),
        "may_change": piece.removed_at is None and may_change(subject(request), piece),
        "form": form or description_form(piece),
        "events": [event for event in history("evidence", piece.pk) if event.action != "evidence.download"][:20],
    }
    return render(request, "evidence/piece.html", context, status=422 if form else 200)


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isdigit() and len(text) < 6 else 1


@requires(reads_evidence)
@require_safe
def piece(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Show a piece; `revision` chooses an earlier file."""
    assessment = find_library(request, year, region, task)
    return _page(request, assessment, find_piece(request, assessment, pk))


@requires(reads_evidence)
@require_POST
@tells_refusals
def describe(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Change what is said of a piece."""
    assessment = find_library(request, year, region, task)
    found = find_piece(request, assessment, pk)
    form = DescriptionForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, found, form)
    actions.describe(by=person(request), evidence=found, description=form.description())
    messages.success(request, _("已保存。"))
    return redirect("evidence:piece", year, region, task, pk)


@requires(reads_evidence)
@require_POST
@tells_refusals
def revise(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Keep a newer file of a piece."""
    assessment = find_library(request, year, region, task)
    found = find_piece(request, assessment, pk)
    given = request.FILES.get("file")
    for refused in not_taken(request):
        raise InvalidValueError(refused.message, advice=refused.advice)
    if given is None:
        raise InvalidValueError(_("没有选择文件。"), advice=_("请选择要上传的新版本。"))
    actions.revise(by=person(request), evidence=found, raw=given.read(), name=given.name or "")
    messages.success(request, _("新版本已保存，原版本仍可查看。"))
    return redirect("evidence:piece", year, region, task, pk)


@requires(reads_evidence)
@require_POST
@tells_refusals
def remove(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Remove a piece and offer to take it back."""
    assessment = find_library(request, year, region, task)
    found = find_piece(request, assessment, pk)
    actions.remove(by=person(request), evidence=found)
    return render(request, "evidence/removed.html", {"assessment": assessment, "piece": found})


@requires(reads_evidence)
@require_POST
@tells_refusals
def restore(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Take back a removal."""
    assessment = find_library(request, year, region, task)
    found = find_piece(request, assessment, pk, removed=True)
    actions.restore(by=person(request), evidence=found)
    messages.success(request, _("已恢复。"))
    return redirect("evidence:piece", year, region, task, pk)


def _safe(response: HttpResponse) -> HttpResponse:
    """Return the answer with headers under which nothing in it can run, be framed, guessed at or kept."""
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@requires(reads_evidence)
@require_GET
@tells_refusals
def download(request: HttpRequest, year: int, region: str, task: str, pk: int, revision: int) -> HttpResponse:
    """Hand out a file to be saved, never to be opened in place; every download leaves a trace."""
    assessment = find_library(request, year, region, task)
    found = find_revision(request, assessment, pk, revision)
    content = content_of(found.file_id)
    actions.downloaded(by=person(request), revision=found)
    response = HttpResponse(content, content_type=found.file.media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    return _safe(response)


@requires(reads_evidence)
@require_safe
@tells_refusals
def picture(request: HttpRequest, year: int, region: str, task: str, pk: int, revision: int) -> HttpResponse:
    """Show a picture, or a page of a pdf drawn as one."""
    assessment = find_library(request, year, region, task)
    found = find_revision(request, assessment, pk, revision)
    if found.file.media == "application/pdf":
        return _safe(HttpResponse(page_picture(found.file_id, _number(request)), content_type="image/png"))
    if found.file.media not in {"image/png", "image/jpeg"}:
        raise Http404
    return _safe(HttpResponse(content_of(found.file_id), content_type=found.file.media))
