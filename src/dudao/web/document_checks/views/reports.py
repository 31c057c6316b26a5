"""报告核验: the reports of an assessment, the page of one with its text and findings, its versions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.web.audit.queries import history
from dudao.web.document_checks import queries
from dudao.web.document_checks.actions import reports as actions
from dudao.web.document_checks.later import job_of
from dudao.web.document_checks.models import Leaf, Report, Version
from dudao.web.document_checks.permissions import may_work, reads_whole
from dudao.web.document_checks.report_page import address_of, card_of, one_card, page_of_report, shared
from dudao.web.document_checks.views.finding import desk_of, find_report, find_version
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evaluations.refusals import InvalidValueError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_checks, requires, subject
from dudao.web.uploads.handlers import not_taken

_MEGABYTE = 1024 * 1024


@requires(reads_checks)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def reports(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """List the reports of an assessment with how their findings stand, or take a new one."""
    assessment = find_assessment(request, year, region, task)
    if request.method != "POST":
        return _list(request, assessment)
    try:
        version = actions.receive(
            by=person(request),
            assessment=assessment,
            raw=_given(request),
            name=_name(request),
            title=request.POST.get("title", ""),
            shared=request.POST.get("shared") == "1",
        )
    except InvalidValueError as refusal:
        return _list(request, assessment, refusal)
    return redirect("document_checks:report", *address_of(assessment), version.report_id)


def _list(request: HttpRequest, assessment: Assessment, refusal: InvalidValueError | None = None) -> HttpResponse:
    holder = subject(request)
    works = may_work(holder, assessment.region)
    wants_removed = request.GET.get("removed") == "1"
    rows = (queries.removed_reports if wants_removed else queries.visible_reports)(holder, assessment)
    shown = list(rows.select_related("current__file", "by")[:200])
    newest = _newest(shown)
    context = {
        "assessment": assessment,
        "rows": [(row, newest.get(row.pk)) for row in shown],
        "removed": wants_removed,
        "any_removed": works and queries.removed_reports(holder, assessment).exists(),
        "may_work": works,
        "whole": reads_whole(holder, assessment.region),
        "has_draft": visible_answers(holder, assessment).exists(),
        "refusal": refusal,
        "limit": settings.UPLOAD_LIMIT // _MEGABYTE,
        "keep_days": settings.CHECK_DAYS,
        "given": request.POST,
    }
    return render(request, "document_checks/reports.html", context, status=422 if refusal else 200)


def _newest(rows: list[Report]) -> dict[int, Version]:
    """Return the newest version of each report, checked or not, in one query."""
    found: dict[int, Version] = {}
    for version in (
        Version.objects.filter(report__in=rows).select_related("by").defer("ties", "summary").order_by("number")
    ):
        found[version.report_id] = version
    return found


def _given(request: HttpRequest) -> bytes:
    given = request.FILES.get("file")
    for refused in not_taken(request):
        raise InvalidValueError(refused.message, advice=refused.advice)
    if given is None:
        raise InvalidValueError(_("没有选择文件。"), advice=_("请选择要核验的报告。"))
    content: bytes = given.read()
    return content


def _name(request: HttpRequest) -> str:
    given = request.FILES.get("file")
    return (given.name if given is not None else "") or ""


@requires(reads_checks)
@require_safe
def report(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Show a report with what was found; `version` an earlier one, `print=1` every finding to be printed."""
    found = find_report(request, year, region, task, pk)
    version = find_version(request, found)
    newest = found.versions.first()
    if version.state != "done":
        works = may_work(subject(request), found.assessment.region)
        context: dict[str, Any] = {"report": found, "assessment": found.assessment, "version": version}
        context |= {"job": job_of(version) if works else None, "may_work": works}
        part = request.headers.get("HX-Target") == "waiting"
        template = "report_waiting_part" if part else "report_waiting"
        response = render(request, f"document_checks/{template}.html", context)
    elif request.GET.get("print") == "1":
        response = render(request, "document_checks/report_print.html", _printed(request, found, version))
    else:
        context = page_of_report(desk_of(request, found, version))
        waiting = newest if newest is not None and newest.state == "waiting" else None
        context |= {"newest": newest, "job": job_of(waiting) if waiting is not None else None}
        response = render(request, "document_checks/report.html", context)
    response["Vary"] = "HX-Request, HX-Target"
    return response


_PRINTED = 500


def _printed(request: HttpRequest, found: Report, version: Version) -> dict[str, Any]:
    desk = desk_of(request, found, version)
    rows = list(desk.entries().filter(number__gt=0)[: _PRINTED + 1])
    notes = queries.notes_of(desk.subject, found)
    return {
        **shared(desk),
        "cards": [card_of(desk, row, notes, True) for row in rows[:_PRINTED]],
        "more": len(rows) > _PRINTED,
        "summary": version.summary,
    }


@requires(reads_checks)
@require_safe
def part(request: HttpRequest, year: int, region: str, task: str, pk: int, number: int) -> HttpResponse:
    """Answer one part of the text, to be put in its place while somebody scrolls."""
    found = find_report(request, year, region, task, pk)
    desk = desk_of(request, found, find_version(request, found))
    leaf = get_object_or_404(Leaf, version=desk.version, number=number)
    context = {"html": desk.reader().html(leaf), "number": number}
    return render(request, "document_checks/report_leaf.html", context)


@requires(reads_checks)
@require_safe
def finding(request: HttpRequest, year: int, region: str, task: str, pk: int, place: str) -> HttpResponse:
    """Answer one finding folded out; as a page of its own it is the page of the report with it open."""
    found = find_report(request, year, region, task, pk)
    desk = desk_of(request, found, find_version(request, found))
    entry = get_object_or_404(desk.entries(), place=place)
    if not request.headers.get("HX-Request"):
        address = reverse("document_checks:report", args=(*address_of(found.assessment), pk))
        return redirect(f"{address}?finding={place.removeprefix('f')}&only={desk.look.only}#{place}")
    return render(request, "document_checks/report_card.html", one_card(desk, entry))


@requires(reads_checks)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def versions(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """List the versions with what changed from one to the next, or take a newer one."""
    found = find_report(request, year, region, task, pk)
    if request.method == "POST":
        try:
            made = actions.add_version(by=person(request), report=found, raw=_given(request), name=_name(request))
        except InvalidValueError as refusal:
            return _versions(request, found, refusal)
        words = _("第 %(n)s 稿已核验。") if made.state == "done" else _("第 %(n)s 稿已上传，正在核验。")
        messages.success(request, words % {"n": made.number})
        return redirect("document_checks:report", year, region, task, pk)
    return _versions(request, found)


_COMPARED = 200


def _versions(request: HttpRequest, found: Report, refusal: InvalidValueError | None = None) -> HttpResponse:
    holder = subject(request)
    if not reads_whole(holder, found.assessment.region):
        raise Http404
    rows = list(found.versions.select_related("by", "file").defer("ties"))
    version = find_version(request, found)
    before = queries.former(version) if version.state == "done" else None
    entries = queries.visible_entries(holder, found, version).filter(number__gt=0)
    was = {row.key: row for row in before.entries.filter(number__gt=0)} if before is not None else {}
    changed = [(row, was.get(row.detail.get("was", ""))) for row in entries.filter(standing="changed")[:_COMPARED]]
    context = {
        "report": found,
        "assessment": found.assessment,
        "rows": rows,
        "version": version,
        "before": before,
        "change": queries.change_of(version, before),
        "solved": list(queries.solved_entries(version, before)[:_COMPARED]),
        "changed": changed,
        "fresh": list(entries.filter(standing__in=("new", "reappeared"))[:_COMPARED]) if before else [],
        "handlings": queries.handlings_of(found),
        "may_work": may_work(holder, found.assessment.region),
        "limit": settings.UPLOAD_LIMIT // _MEGABYTE,
        "refusal": refusal,
        "events": history("report", found.pk)
        .exclude(action__endswith=".note")
        .exclude(action__endswith=".download")[:50],
    }
    return render(request, "document_checks/report_versions.html", context, status=422 if refusal else 200)


@requires(reads_checks)
@require_POST
@tells_refusals
def check_again(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Check the newest version once more."""
    found = find_report(request, year, region, task, pk)
    version = found.versions.select_related("file").first()
    if version is None:
        raise Http404
    version.report = found
    made = actions.check_again(by=person(request), version=version)
    messages.success(request, _("已按现有数据重新核验。") if made.state == "done" else _("已开始重新核验。"))
    return redirect("document_checks:report", year, region, task, pk)


@requires(reads_checks)
@require_POST
@tells_refusals
def share(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Open a report to the level above, or close it."""
    found = find_report(request, year, region, task, pk)
    row = actions.share(by=person(request), report=found, shared=request.POST.get("shared") == "1")
    messages.success(request, _("报送后上级可以查看。") if row.shared else _("上级不能再查看。"))
    return redirect("document_checks:report", year, region, task, pk)


@requires(reads_checks)
@require_POST
@tells_refusals
def remove(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Remove a report."""
    found = find_report(request, year, region, task, pk)
    actions.remove(by=person(request), report=found)
    messages.success(request, _("“%(title)s”已删除，可在“已删除”中恢复。") % {"title": found.title})
    return redirect("document_checks:reports", year, region, task)


@requires(reads_checks)
@require_POST
@tells_refusals
def restore(request: HttpRequest, year: int, region: str, task: str, pk: int) -> HttpResponse:
    """Take back a removal."""
    assessment = find_assessment(request, year, region, task)
    found = get_object_or_404(queries.removed_reports(subject(request), assessment), pk=pk)
    found.assessment = assessment
    actions.restore(by=person(request), report=found)
    messages.success(request, _("已恢复。"))
    return redirect("document_checks:report", year, region, task, pk)
