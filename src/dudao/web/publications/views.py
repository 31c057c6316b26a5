"""文件输出: score sheet and report of an assessment, as a draft or as submitted; every download leaves a trace."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dudao.reporting.self_evaluation import SelfEvaluation, report_docx, score_sheet_docx, score_sheet_xlsx
from dudao.web.audit.actions import record
from dudao.web.document_checks.actions.reports import add_version, receive
from dudao.web.document_checks.permissions import may_work
from dudao.web.document_checks.queries import visible_reports
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.item_page import OPEN_STATES
from dudao.web.evaluations.models import Assessment, Submission
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import holds, requires, subject
from dudao.web.publications.convert import printed
from dudao.workflow.machine import Role

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, tuple[str, str, str, Callable[[SelfEvaluation], bytes]]] = {
    "sheet-docx": ("自评表", "docx", _WORD, score_sheet_docx),
    "sheet-xlsx": ("自评表", "xlsx", _EXCEL, score_sheet_xlsx),
    "report-docx": ("自评报告", "docx", _WORD, report_docx),
}
_WHOLE = frozenset({Role.SUPERVISION_CLERK, Role.LEADER, Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})
reads_whole = holds(*_WHOLE)  # officers see their items, not the whole


def _find(request: HttpRequest, year: int, region: str, task: str) -> Assessment:
    """Return the assessment of an address, if the subject reads the whole of it; else 404."""
    assessment = find_assessment(request, year, region, task)
    if not subject(request).roles_at(assessment.region.path) & _WHOLE:
        raise Http404
    return assessment


def _submission(request: HttpRequest, assessment: Assessment) -> Submission | None:
    """Return the submission that is asked for, else the newest one; None for the draft."""
    wanted = request.GET.get("version", request.POST.get("version", ""))
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 7:
        return get_object_or_404(assessment.submissions, version=int(wanted))
    return None if wanted == "draft" else assessment.submissions.first()


@requires(reads_whole)
@require_safe
def outputs(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """List what can be handed out of an assessment: as it stands, and each submission as it was."""
    assessment = _find(request, year, region, task)
    holder = subject(request)
    states = list(visible_answers(holder, assessment).values_list("state", flat=True))
    reports = list(visible_reports(holder, assessment).filter(current__isnull=False)[:50])
    context = {
        "assessment": assessment,
        "submissions": list(assessment.submissions.defer("content").select_related("by")),
        "kinds": [(kind, title, suffix) for kind, (title, suffix, _, _) in KINDS.items()],
        "unfinished": sum(state in OPEN_STATES for state in states),
        "items": len(states),
        "reports": reports,
        "open_findings": sum(each.counts.get("open", 0) for each in reports),
        "may_check": may_work(holder, assessment.region),
    }
    return render(request, "publications/outputs.html", context)


@requires(reads_whole)
@require_POST
@tells_refusals
def check(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Have the report that would be handed out read back by the checker, as the next version of it."""
    assessment = _find(request, year, region, task)
    submission = _submission(request, assessment)
    raw = report_docx(printed(assessment, submission))
    title = f"{assessment.region}{year}年度自评报告（平台生成）"
    name = f"{title}{_version(submission)}.docx"
    known = visible_reports(subject(request), assessment).filter(title=title).first()
    if known is None:
        version = receive(by=person(request), assessment=assessment, raw=raw, name=name, title=title)
    else:
        known.assessment = assessment
        version = add_version(by=person(request), report=known, raw=raw, name=name)
    return redirect("document_checks:report", year, region, task, version.report_id)


def _version(submission: Submission | None) -> str:
    return f"（第{submission.version}次报送）" if submission else "（草稿）"


@requires(reads_whole)
@require_safe
def download(request: HttpRequest, year: int, region: str, task: str, kind: str) -> HttpResponse:
    """Hand out a document: of the version asked for, else of the newest submission, else of the draft."""
    if kind not in KINDS:
        raise Http404
    assessment = _find(request, year, region, task)
    submission = _submission(request, assessment)
    title, suffix, media, build = KINDS[kind]
    content = build(printed(assessment, submission))
    name = f"{assessment.region}{year}年度{title}{_version(submission)}.{suffix}"
    record(
        by=person(request),
        action="publications.download",
        summary=f"下载{name}",
        object_type="assessment",
        object_id=assessment.pk,
        region=assessment.region.code,
    )
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
