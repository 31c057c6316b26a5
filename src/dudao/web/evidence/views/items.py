"""The evidence of one item: what supports it, what is missing, upload, choose from the library, link, unlink."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dudao.web.evaluations.actions.permissions import require_edit
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evaluations.refusals import NotAllowedError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.self_evaluation import find_answer
from dudao.web.evidence import queries
from dudao.web.evidence.forms import UploadForm, upload_limits
from dudao.web.evidence.models import Support
from dudao.web.evidence.periods import item_period
from dudao.web.evidence.preview import icon_of
from dudao.web.evidence.supports import item_of, support, withdraw_support
from dudao.web.evidence.views.library import covered
from dudao.web.people.access import reads_evidence, requires, subject

_CHOICES = 20


def _supports(request: HttpRequest, assessment: Assessment, answer: Answer) -> list[Support]:
    """Return what supports an answer, of what the subject may read, each with its piece ready to be shown."""
    holder = subject(request)
    rows = list(Support.objects.filter(answer=answer, evidence__removed_at__isnull=True).order_by("point", "pk"))
    visible = queries.visible_evidence(holder, assessment).filter(pk__in={row.evidence_id for row in rows})
    pieces = {row.pk: row for row in queries.with_files(visible, holder, assessment)}
    shown = []
    for row in rows:
        piece = pieces.get(row.evidence_id)
        if piece is None:
            continue
        newest = next(iter(piece.revisions.all()), None)
        piece.icon = icon_of(newest.file.media if newest else "")  # type: ignore[attr-defined]  # for the template
        period = item_period(item_of(answer), assessment.round.year, row.request)
        row.standing = queries.standing(piece, *period)  # type: ignore[attr-defined]  # for the template
        row.evidence = piece
        row.answer = answer
        shown.append(row)
    return shown


def _panel(request: HttpRequest, assessment: Assessment, answer: Answer) -> dict[str, Any]:
    holder = subject(request)
    try:
        require_edit(person(request), answer)
        may_edit = True
    except NotAllowedError:
        may_edit = False
    supports = _supports(request, assessment, answer)
    context: dict[str, Any] = {
        "assessment": assessment,
        "answer": answer,
        "covered": covered(holder, assessment, only=answer.item)[0],
        "supports": supports,
        "may_edit": may_edit,
        "words": request.GET.get("q", "").strip()[:100],
        "choosing": "choose" in request.GET,
    }
    if may_edit:
        departments = queries.upload_departments(holder, assessment)
        context["limits"] = upload_limits()
        context["form"] = UploadForm(departments=departments)
        context["may_upload"] = departments.exists()
    if may_edit and context["choosing"]:
        found = queries.search(queries.visible_evidence(holder, assessment), context["words"])
        found = found.filter(removed_at__isnull=True)
        found = queries.with_standing(found, *queries.evaluation_period(assessment))
        context["choices"] = found.order_by("-received_at", "-pk")[:_CHOICES]
    return context


def _answered(request: HttpRequest, assessment: Assessment, answer: Answer) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "evidence/item_part.html", _panel(request, assessment, answer))
    place = (assessment.round.year, assessment.region.code, assessment.round.slug, answer.item)
    return redirect(reverse("evidence:item", args=place))


@requires(reads_evidence)
@require_safe
def item(request: HttpRequest, year: int, region: str, task: str, item: str) -> HttpResponse:
    """Show the evidence of an item: the part for its page with htmx, else a page of its own."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    template = "evidence/item_part.html" if request.headers.get("HX-Request") else "evidence/item.html"
    return render(request, template, _panel(request, assessment, answer))


@requires(reads_evidence)
@require_POST
@tells_refusals
def link(request: HttpRequest, year: int, region: str, task: str, item: str) -> HttpResponse:
    """Say that a piece of the library supports the item, a point or a request of it."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    wanted = request.POST.get("evidence", "")
    rows = queries.visible_evidence(subject(request), assessment)
    piece = get_object_or_404(rows, pk=int(wanted) if wanted.isdigit() and len(wanted) < 16 else 0)
    point, _separator, asked = request.POST.get("target", "").partition("|")
    support(by=person(request), evidence=piece, answer=answer, point=point, request=asked)
    return _answered(request, assessment, answer)


@requires(reads_evidence)
@require_POST
@tells_refusals
def unlink(request: HttpRequest, year: int, region: str, task: str, item: str, support: int) -> HttpResponse:
    """Take back that a piece supports the item."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    readable = queries.visible_evidence(subject(request), assessment)
    row = get_object_or_404(
        Support.objects.select_related("evidence__region", "evidence__department"),
        pk=support,
        answer=answer,
        evidence__in=readable.values("pk"),
    )
    row.answer = answer
    withdraw_support(by=person(request), support=row)
    return _answered(request, assessment, answer)
