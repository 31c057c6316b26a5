"""Taking over a computed figure from the page of an item."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import FactValue
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.self_evaluation import find_answer
from dudao.web.people.access import reads_content, requires
from dudao.web.schools.actions import take_over as actions


@requires(reads_content)
@require_POST
@tells_refusals
def take_over(request: HttpRequest, year: int, region: str, task: str, item: str, fact: int) -> HttpResponse:
    """Write what the school tables compute into a figure of the item."""
    assessment = find_assessment(request, year, region, task)
    answer = find_answer(request, assessment, item)
    row = get_object_or_404(FactValue, pk=fact, region_id=assessment.region_id)
    version = request.POST.get("version", "")
    saved = actions.take_over(
        by=person(request), answer=answer, fact=row, version=int(version) if version.isdigit() else -1
    )
    messages.success(request, _("已取用学校数据：%s。") % saved.value)
    return redirect(reverse("evaluations:self", args=(year, region, task, item)) + "#computed")
