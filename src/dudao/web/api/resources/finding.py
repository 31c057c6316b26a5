"""The assessments and answers that an address of the API names, as the pages find them: else 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evaluations.queries import visible_answers, visible_assessments
from dudao.web.evidence.queries import open_assessments
from dudao.web.people.access import subject


def find_assessment(request: HttpRequest, key: int) -> Assessment:
    """Return an assessment that the subject may open; else 404."""
    return get_object_or_404(visible_assessments(subject(request)), pk=key)


def find_answer(request: HttpRequest, key: int, item: str) -> Answer:
    """Return the answer of an item that the subject may read; else 404."""
    assessment = find_assessment(request, key)
    answer = get_object_or_404(visible_answers(subject(request), assessment), item=item)
    answer.assessment = assessment
    return answer


def find_library(request: HttpRequest, key: int) -> Assessment:
    """Return an assessment whose library of evidence the subject may open; else 404."""
    return get_object_or_404(open_assessments(subject(request)), pk=key)
