"""文件输出: score sheet and report of an assessment, as a draft or as submitted; every download leaves a trace."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dudao.reporting.self_evaluation import SelfEvaluation, report_docx, score_sheet_docx, score_sheet_xlsx
from dudao.web.audit.actions import record
from dudao.web.evaluations.models import Submission
from dudao.web.evaluations.views.answering import person
from dudao.web.evaluations.views.self_evaluation import find_assessment
from dudao.web.people.access import holds, requires
from dudao.web.publications.convert import printed
from dudao.workflow.machine import Role

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, tuple[str, str, str, Callable[[SelfEvaluation], bytes]]] = {
    "sheet-docx": ("自评表", "docx", _WORD, score_sheet_docx),
    "sheet-xlsx": ("自评表", "xlsx", _EXCEL, score_sheet_xlsx),
    "report-docx": ("自评报告", "docx", _WORD, report_docx),
}
reads_whole = holds(
    Role.SUPERVISION_CLERK, Role.LEADER, Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER
)  # officers see their items, not the whole


@requires(reads_whole)
@require_safe
def download(request: HttpRequest, year: int, region: str, task: str, kind: str) -> HttpResponse:
    """Hand out a document: of the version asked for, else of the newest submission, else of the draft."""
    if kind not in KINDS:
        raise Http404
    assessment = find_assessment(request, year, region, task)
    wanted = request.GET.get("version", "")
    submission: Submission | None = None
    if wanted.isdigit():
        submission = get_object_or_404(assessment.submissions, version=int(wanted))
    elif wanted != "draft":
        submission = assessment.submissions.first()
    title, suffix, media, build = KINDS[kind]
    content = build(printed(assessment, submission))
    version = f"第{submission.version}次报送" if submission else "草稿"
    name = f"{assessment.region}{year}年度{title}（{version}）.{suffix}"
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
