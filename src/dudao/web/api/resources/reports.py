"""Reports checked in the platform, and what was found in them: read as far as the pages show it."""

from functools import partial

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query

from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_list, page_of_rows
from dudao.web.api.resources.finding import find_assessment
from dudao.web.api.shapes.common import Key
from dudao.web.api.shapes.reports import ReportFindingShape, ReportShape
from dudao.web.document_checks.models import Entry, Handling, Report
from dudao.web.document_checks.permissions import reads_whole
from dudao.web.document_checks.queries import handlings_of, visible_entries, visible_reports
from dudao.web.people.access import reads_checks, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told

_offers = partial(offers, "报告核验")


@router.get(
    "/assessments/{key}/reports",
    response=Page[ReportShape],
    operation_id="list_reports",
    **_offers(Scope.READ, reads_checks, "核验过的报告", "一项任务里您可查看的报告，和各有多少处发现。"),
)
def list_reports(request: HttpRequest, key: Key, paging: Query[Paging]) -> dict[str, object]:
    """List the reports of an assessment that the subject may open."""
    holder, assessment = subject(request), find_assessment(request, key)
    whole = reads_whole(holder, assessment.region)
    rows = visible_reports(holder, assessment).order_by("pk")
    return page_of_rows(rows, paging, lambda row: _report(row, whole=whole))


@router.get(
    "/assessments/{key}/reports/{report}/findings",
    response=Page[ReportFindingShape],
    operation_id="list_report_findings",
    **_offers(Scope.READ, reads_checks, "一份报告的发现", "最新一稿里的发现和处理情况；部门只得到转交给自己的。"),
)
def list_report_findings(request: HttpRequest, key: Key, report: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was found in the newest version of a report."""
    holder = subject(request)
    found = get_object_or_404(visible_reports(holder, find_assessment(request, key)), pk=report)
    if found.current is None:
        return page_of_list([], paging, _finding)
    handled = handlings_of(found)
    rows = visible_entries(holder, found, found.current).filter(number__gt=0).order_by("number")
    return page_of_rows(rows, paging, lambda row: _finding(row, handled.get(row.key)))


def _report(row: Report, *, whole: bool) -> ReportShape:
    return ReportShape(
        id=row.pk,
        title=row.title,
        shared=row.shared,
        version=row.current.number if row.current else None,
        checked_at=row.current.checked_at if row.current else None,
        counts=row.counts if whole else {},
    )


def _finding(row: Entry, handling: Handling | None = None) -> ReportFindingShape:
    other = row.detail.get("other")
    return ReportFindingShape(
        number=row.number,
        key=row.key,
        look=row.look,
        level=row.level,
        code=row.code,
        quote=row.quote,
        sentence=row.sentence,
        message=told(row.message),
        remedy=told(row.remedy),
        heading=row.heading,
        page=row.page,
        start=row.start,
        end=row.end,
        standing=row.standing,
        other=f"{other['file']}：{other['text']}" if other else None,
        state=handling.state if handling else "open",
        reason=handling.reason if handling else "",
    )
