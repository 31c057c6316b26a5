"""Remarks on an item, and its history: saying, settling, bringing a former text back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from dudao.web.evaluations.actions import answers, remarks
from dudao.web.evaluations.concerned import readers
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Comment
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.self_evaluation import back_to, find_answer, version_of
from dudao.web.people.access import reads_content, requires


@requires(reads_content)
@require_POST
@tells_refusals
def add_remark(request: HttpRequest, year: int, region: str, task: str, item: str) -> HttpResponse:
    """Keep a remark; whoever is called in it by `@姓名` and may read the answer is told."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    text = request.POST.get("text", "")
    answers.comment(
        by=person(request),
        answer=answer,
        text=text,
        field=request.POST.get("field", "")[:60],
        mentions=remarks.called_in(text, list(readers(answer))),
    )
    return back_to(answer, "remarks")


@requires(reads_content)
@require_POST
@tells_refusals
def settle_remark(request: HttpRequest, year: int, region: str, task: str, item: str, remark: int) -> HttpResponse:
    """Mark a remark as settled."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    remarks.settle(by=person(request), remark=get_object_or_404(Comment, pk=remark, answer=answer))
    return back_to(answer, "remarks")


@requires(reads_content)
@require_POST
@tells_refusals
def restore_note(request: HttpRequest, year: int, region: str, task: str, item: str, sequence: int) -> HttpResponse:
    """Bring a former text back as the newest one."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    answers.restore_note(by=person(request), answer=answer, sequence=sequence, version=version_of(request))
    return back_to(answer, "history")
