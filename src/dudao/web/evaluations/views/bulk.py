"""批量填报: the worksheet out and back in; what would change is shown first and saved once it is confirmed."""

from dataclasses import astuple
from urllib.parse import quote

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.reporting.fill_in_sheet import fill_in_sheet
from dudao.web.evaluations.actions import bulk as actions
from dudao.web.evaluations.fill_in_file import SIZE_LIMIT, read_fill_in
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evaluations.refusals import InvalidValueError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_content, requires, subject

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "dudao.evaluations.bulk"
_VALID = 60 * 60  # seconds between the preview and its confirmation


def _answers(request: HttpRequest, assessment: Assessment) -> list[Answer]:
    return list(visible_answers(subject(request), assessment))


@requires(reads_content)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def bulk(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show the way out and back in; with a file, what it would change and what cannot be taken."""
    assessment = find_assessment(request, year, region, task)
    context = {"assessment": assessment, "limit": SIZE_LIMIT // 1048576}
    if request.method != "POST":
        return render(request, "evaluations/bulk.html", context)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise InvalidValueError(_("请选择要上传的文件。"))
        raw = file.read(SIZE_LIMIT + 1)
        name = (file.name or "")[:120]
        lines = read_fill_in(raw, name)
    except InvalidValueError as refusal:
        return render(request, "evaluations/bulk.html", context | {"refusal": refusal}, status=422)
    plan = actions.plan(by=person(request), assessment=assessment, answers=_answers(request, assessment), lines=lines)
    content = {
        "person": request.user.pk,
        "assessment": assessment.pk,
        "changes": [astuple(each) for each in plan.changes],
    }
    signed = signing.dumps(content, salt=_SALT, compress=True) if plan.changes and not plan.errors else ""
    return render(request, "evaluations/bulk.html", context | {"plan": plan, "signed": signed, "name": name})


@requires(reads_content)
@require_safe
def template(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Hand out the worksheet, for all items of the person or for one."""
    assessment = find_assessment(request, year, region, task)
    answers = _answers(request, assessment)
    item = request.GET.get("item")
    if item:
        answers = [answer for answer in answers if answer.item == item]
    title = f"{assessment.round.title} {assessment.region} 批量填报"
    content = fill_in_sheet(title, actions.worksheet_rows(assessment, answers))
    name = f"{assessment.region}{year}年度填报模板{'（第' + item + '项）' if item and answers else ''}.xlsx"
    response = HttpResponse(content, content_type=_EXCEL)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@requires(reads_content)
@require_POST
@tells_refusals
def confirm(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Save what was shown, all of it or nothing."""
    assessment = find_assessment(request, year, region, task)
    try:
        content = signing.loads(request.POST.get("signed", ""), salt=_SALT, max_age=_VALID)
    except signing.BadSignature:
        raise InvalidValueError(_("确认内容已失效，没有保存。"), advice=_("请重新上传文件。")) from None
    if content["person"] != request.user.pk or content["assessment"] != assessment.pk:
        raise InvalidValueError(_("确认内容不是您在本页的上传，没有保存。"), advice=_("请重新上传文件。"))
    changes = [actions.Change(*each) for each in content["changes"]]
    own = {answer.item for answer in _answers(request, assessment)}
    if any(change.item not in own for change in changes):
        raise InvalidValueError(_("其中有您不再负责的指标，没有保存。"), advice=_("请重新下载模板。"))
    errors = actions.save_plan(by=person(request), assessment=assessment, changes=changes)
    if errors:
        plan = actions.Plan((), errors, 0)
        context = {"assessment": assessment, "plan": plan, "signed": "", "limit": SIZE_LIMIT // 1048576, "failed": True}
        return render(request, "evaluations/bulk.html", context, status=409)
    messages.success(request, ngettext("已保存 %(n)s 处。", "已保存 %(n)s 处。", len(changes)) % {"n": len(changes)})
    return redirect("evaluations:self_start", year=year, region=region, task=task)
