"""Handing out a checked report: as a page, as docx with comments, as a list, as uploaded; each leaves a trace."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dudao.web.document_checks import exports, queries
from dudao.web.document_checks.actions.reports import taken_away
from dudao.web.document_checks.permissions import reads_whole
from dudao.web.document_checks.views.finding import find_report, find_version
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evidence.storage import content_of
from dudao.web.people.access import reads_checks, requires, subject

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "html": ("标注网页", "核验.html", "text/html; charset=utf-8", exports.as_page),
    "docx": ("带批注的 Word", "核验批注.docx", exports.WORD, exports.as_commented_docx),
    "xlsx": ("意见清单", "核验意见.xlsx", _EXCEL, exports.as_list),
}


@requires(reads_checks)
@require_safe
@tells_refusals
def export(request: HttpRequest, year: int, region: str, task: str, pk: int, kind: str) -> HttpResponse:
    """Hand out a version in a form, always to be saved and never opened in place; whole readers only."""
    found = find_report(request, year, region, task, pk)
    version = find_version(request, found)
    if kind not in (*KINDS, "original") or not reads_whole(subject(request), found.assessment.region):
        raise Http404
    if kind == "original":
        title, name, media = "原件", version.name, version.file.media
        content = content_of(version.file_id)
    else:
        if version.state != "done":
            raise Http404
        title, suffix, media, build = KINDS[kind]
        name = f"{found.title}（第{version.number}稿）{suffix}"
        content = build(version, version.entries.all(), queries.handlings_of(found))
    if request.method == "GET":
        taken_away(by=person(request), version=version, kind=title)
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
