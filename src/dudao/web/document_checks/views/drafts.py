"""全文核验: the whole draft under the checker, each finding with its place, its formula and what was decided."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.web.document_checks.actions.draft_findings import handle as handle_finding
from dudao.web.document_checks.draft_ties import ties_in_draft
from dudao.web.document_checks.drafts import check_draft
from dudao.web.document_checks.notes import FindingLine, checked_text, handled_in
from dudao.web.document_checks.parts import text_of
from dudao.web.evaluations.actions.permissions import roles_on_assessment
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Answer
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evaluations.refusals import NotPossibleError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_checks, requires, subject
from dudao.workflow.machine import Role


@requires(reads_checks)
@require_safe
def draft(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show what is found in the draft, as far as the subject may read it."""
    assessment = find_assessment(request, year, region, task)
    holder = subject(request)
    if not visible_answers(holder, assessment).exists():
        raise Http404
    result = check_draft(holder, assessment)
    show = request.GET.get("show", "open")
    shown = [each for each in result.findings if show == "all" or each.line.open]
    roles = roles_on_assessment(holder, assessment)
    context = {
        "assessment": assessment,
        "result": result,
        "shown": shown,
        "show": "all" if show == "all" else "open",
        "whole": bool(roles & {Role.SUPERVISION_CLERK, Role.LEADER, Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER}),
        "may_handle": bool(holder.roles_at(assessment.region.path) & {Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER}),
    }
    return render(request, "document_checks/draft.html", context)


@requires(reads_checks)
@require_POST
@tells_refusals
def handle(request: HttpRequest, year: int, region: str, task: str, item: str, key: str) -> HttpResponse:
    """Take a finding up, set it aside with a reason, or open it again."""
    assessment = find_assessment(request, year, region, task)
    answer: Answer | None = visible_answers(subject(request), assessment).filter(item=item).first()
    if answer is None:
        raise Http404
    answer.assessment = assessment
    line = _line(request, answer, key)
    handle_finding(
        by=person(request),
        answer=answer,
        key=key,
        quote=line.places[0],
        state=request.POST.get("state", ""),
        reason=request.POST.get("reason", ""),
    )
    if request.POST.get("back") == "draft":
        return redirect("document_checks:draft", year=year, region=region, task=task)
    address = reverse("evaluations:self", args=(year, region, task, item))
    return redirect(f"{address}?tab=score#finding-{key}")


def _line(request: HttpRequest, answer: Answer, key: str) -> FindingLine:
    """Return the finding of a key in the text as it stands now, of the item or across the draft.

    Raises:
        NotPossibleError: the text was changed, so that nothing of it is left.
    """
    handled = handled_in(answer.assessment.region_id)
    text = text_of(answer)
    for line in checked_text(text, handled, ties_in_draft(subject(request), answer.assessment, text)).findings:
        if line.key == key:
            return line
    for placed in check_draft(subject(request), answer.assessment).findings:
        if placed.line.key == key and placed.item.id == answer.item:
            return placed.line
    raise NotPossibleError(_("这处文字已经改动，原来的发现不再存在。"), advice=_("请刷新页面查看最新的核验结果。"))
