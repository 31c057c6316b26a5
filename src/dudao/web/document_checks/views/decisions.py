"""Decisions on the findings of a report, and notes of the review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dudao.web.document_checks.actions import decisions as actions
from dudao.web.document_checks.models import Report
from dudao.web.document_checks.report_page import address_of, one_card
from dudao.web.document_checks.views.finding import desk_of, find_report, find_version
from dudao.web.evaluations.refusals import NotPossibleError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_checks, requires
from dudao.web.people.models import Department


@requires(reads_checks)
@require_POST
@tells_refusals
def decide(request: HttpRequest, year: int, region: str, task: str, pk: int, key: str) -> HttpResponse:
    """Accept a finding, set it aside with a reason, pass it to a department, or open it again."""
    found = find_report(request, year, region, task, pk)
    wanted = request.POST.get("department", "")
    department = (
        Department.objects.filter(pk=int(wanted), region_id=found.assessment.region_id).first()
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 18
        else None
    )
    actions.decide(
        by=person(request),
        report=found,
        key=key,
        state=request.POST.get("state", ""),
        reason=request.POST.get("reason", ""),
        department=department,
    )
    return _answer(request, found, key)


@requires(reads_checks)
@require_POST
@tells_refusals
def note(request: HttpRequest, year: int, region: str, task: str, pk: int, key: str) -> HttpResponse:
    """Keep a reviewer's note about a finding."""
    found = find_report(request, year, region, task, pk)
    actions.note(by=person(request), report=found, key=key, text=request.POST.get("text", ""))
    return _answer(request, found, key)


def _answer(request: HttpRequest, report: Report, key: str) -> HttpResponse:
    """Answer with the finding as it stands now and the counts around it; without htmx with the page again."""
    desk = desk_of(request, report, find_version(request, report))
    rows = desk.entries().filter(key=key, number__gt=0)
    place = desk.look.finding
    entry = rows.filter(place=place).first() or rows.first()
    if entry is None:
        raise NotPossibleError(_("最新一稿里已没有这处发现。"), advice=_("请刷新页面查看最新的核验结果。"))
    if request.headers.get("HX-Request"):
        return render(request, "document_checks/report_decided.html", one_card(desk, entry))
    address = reverse("document_checks:report", args=(*address_of(report.assessment), report.pk))
    return redirect(f"{address}{desk.look.query(finding=entry.place.removeprefix('f'))}#{entry.place}")
