"""Uploading: many files at once, each with its own result; a known content can be cited or kept once more."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dudao.errors import DudaoError
from dudao.web.evaluations.actions.permissions import require_edit
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.self_evaluation import find_answer
from dudao.web.evidence import actions, queries
from dudao.web.evidence.forms import UploadForm, upload_limits
from dudao.web.evidence.models import Evidence, StoredFile
from dudao.web.evidence.supports import support
from dudao.web.evidence.views.library import find_library
from dudao.web.people.access import reads_evidence, requires, subject
from dudao.web.people.limits import limited
from dudao.web.people.models import Department
from dudao.web.uploads.handlers import not_taken
from dudao.web.uploads.inspection import safe_name

_SALT = "evidence.keep-again"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: kept, refused with its sentence, or known already."""

    name: str
    kept: Evidence | None = None
    message: str = ""
    advice: str = ""
    twin: Evidence | None = None
    token: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What uploaded files are to support: an answer, and a point or request of it."""

    answer: Answer
    point: str
    request: str


def target_of(request: HttpRequest, assessment: Assessment, item: str) -> Target | None:
    """Return what the files of a request are to support; None when it names no item.

    Raises:
        NotAllowedError: the person may not edit the answer now.
    """
    if not item:
        return None
    answer = find_answer(request, find_assessment_of(request, assessment), item)
    require_edit(person(request), answer)
    point, _separator, asked = request.POST.get("target", "").partition("|")
    return Target(answer, point, asked)


def find_assessment_of(request: HttpRequest, assessment: Assessment) -> Assessment:
    """Return the assessment as the pages of its items open it, which is narrower than its library."""
    return find_assessment(request, assessment.round.year, assessment.region.code, assessment.round.slug)


@requires(reads_evidence)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("upload", times=120, seconds=60)
@tells_refusals
def upload(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show the form, or take files: those that can be kept are kept, whatever becomes of the others."""
    assessment = find_library(request, year, region, task)
    departments = queries.upload_departments(subject(request), assessment)
    item = request.POST.get("item", request.GET.get("item", ""))
    context: dict[str, Any] = {"assessment": assessment, "item": item, "limits": upload_limits()}
    if request.method != "POST":
        if not departments.exists():
            raise NotAllowedError(_("您不能上传材料。"), advice=_("请联系督导室。"))
        return render(request, "evidence/upload.html", context | {"form": UploadForm(departments=departments)})
    form = UploadForm(request.POST, departments=departments)
    results = [Result(each.name, message=each.message, advice=each.advice) for each in not_taken(request)]
    if form.is_valid():
        target = target_of(request, assessment, item)
        department = form.cleaned_data["department"]
        given = request.FILES.getlist("files")
        results += [_take(request, assessment, department, each, form, target) for each in given]
        if not results:
            form.add_error(None, _("没有选择文件。请选择或拖入要上传的文件。"))
    kept = sum(each.kept is not None for each in results)
    status = 200 if kept or any(each.twin for each in results) else 422
    context |= {"form": form, "results": results, "kept": kept}
    return render(request, "evidence/upload.html", context, status=status)


def _take(
    request: HttpRequest,
    assessment: Assessment,
    department: Department,
    given: Any,
    form: UploadForm,
    target: Target | None,
) -> Result:
    name = safe_name(given.name or "")
    by = person(request)
    try:
        file = actions.inspected(given.read(), name)
        twin = queries.same_content(subject(request), assessment, file.sha256)
        if twin is not None:
            return Result(name, twin=twin, token=_token(file.sha256, name, department, form))
        kept = actions.receive_inspected(
            by=by, department=department, file=file, name=name, description=form.description()
        )
        if target is not None:
            support(by=by, evidence=kept, answer=target.answer, point=target.point, request=target.request)
    except DudaoError as refusal:
        return Result(name, message=refusal.message, advice=refusal.advice or "")
    return Result(name, kept=kept)


def _token(sha256: str, name: str, department: Department, form: UploadForm) -> str:
    given = form.description()
    days = [day.isoformat() if day else "" for day in (given.effective_from, given.effective_to)]
    return signing.dumps([sha256, name, department.pk, *days, given.secrecy], salt=_SALT)


@requires(reads_evidence)
@require_POST
@tells_refusals
def keep_again(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Keep a file whose content is known as a piece of its own; what was uploaded is told by a signed note."""
    assessment = find_library(request, year, region, task)
    try:
        sha256, name, department_id, starts, ends, secrecy = signing.loads(
            request.POST.get("token", ""), salt=_SALT, max_age=_HOUR
        )
    except signing.BadSignature:
        raise InvalidValueError(_("这次上传已过期。"), advice=_("请重新选择文件上传。")) from None
    departments = queries.upload_departments(subject(request), assessment)
    department = get_object_or_404(departments, pk=department_id)
    if queries.same_content(subject(request), assessment, sha256) is None:
        raise InvalidValueError(_("原材料已不在材料库中。"), advice=_("请重新选择文件上传。"))
    form = UploadForm(
        {"department": department_id, "effective_from": starts, "effective_to": ends, "secrecy": secrecy},
        departments=departments,
    )
    if not form.is_valid():
        raise InvalidValueError(_("这次上传已过期。"), advice=_("请重新选择文件上传。"))
    target = target_of(request, assessment, request.POST.get("item", ""))
    kept = actions.receive_again(
        by=person(request),
        department=department,
        file=get_object_or_404(StoredFile, pk=sha256),
        name=name,
        description=form.description(),
    )
    if target is not None:
        support(by=person(request), evidence=kept, answer=target.answer, point=target.point, request=target.request)
        return redirect(_item_address(assessment, target.answer.item))
    return redirect("evidence:piece", year, region, task, kept.pk)


def _item_address(assessment: Assessment, item: str) -> str:
    place = (assessment.round.year, assessment.region.code, assessment.round.slug, item)
    return reverse("evaluations:self", args=place) + "#evidence"
