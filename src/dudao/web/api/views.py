"""The documentation of the API, drawn here from its own document; and what answers where there is nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from dudao.web.api.document import document, in_words
from dudao.web.api.problems import KINDS, ProblemError, answer
from dudao.web.api.reference import groups, shapes
from dudao.web.people.access import anyone, requires, signed_in
from dudao.web.people.scopes import SCOPE_TITLES


@requires(anyone)
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Hand out the OpenAPI document: it says what is offered, nothing of what is kept."""
    return JsonResponse(in_words(document()), json_dumps_params={"ensure_ascii": False})


@requires(signed_in)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the operations with their parameters, bodies, answers and problems."""
    made = document()
    context: dict[str, Any] = {
        "version": made["info"]["version"],
        "groups": groups(made),
        "shapes": shapes(made),
        "problems": KINDS,
        "scopes": [(scope.value, title) for scope, title in SCOPE_TITLES.items()],
    }
    return render(request, "api/docs.html", context)


@csrf_exempt
@requires(anyone)
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address of the API that is none."""
    return answer(ProblemError(404))
