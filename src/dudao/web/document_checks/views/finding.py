"""What the views of reports share: the report and version an address names, and the desk they are read at."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from dudao.web.document_checks import queries
from dudao.web.document_checks.models import Report, Version
from dudao.web.document_checks.report_page import Desk, look_of
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.people.access import subject


def find_report(request: HttpRequest, year: int, region: str, task: str, pk: int) -> Report:
    """Return the report of an address, if the subject may open it; else 404, as if there were none."""
    assessment = find_assessment(request, year, region, task)
    report = get_object_or_404(queries.visible_reports(subject(request), assessment), pk=pk)
    report.assessment = assessment
    return report


def find_version(request: HttpRequest, report: Report) -> Version:
    """Return the version that an address asks for with `version`; without it the current one, else the newest."""
    wanted = request.GET.get("version", "")
    rows = report.versions.select_related("file", "by")
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else -1
        found: Version = get_object_or_404(rows, number=number)
    else:
        newest = (rows.filter(pk=report.current_id).first() if report.current_id else None) or rows.first()
        if newest is None:
            raise Http404
        found = newest
    found.report = report
    return found


def desk_of(request: HttpRequest, report: Report, version: Version) -> Desk:
    """Return the desk of a request: who looks, at which version, how."""
    handlings = queries.handlings_of(report)
    given = request.POST if request.method == "POST" else request.GET
    return Desk(subject(request), report, version, handlings, look_of(given))
