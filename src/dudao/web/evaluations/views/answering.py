"""How refusals of actions are answered: the sentence at the field, with the right status, nothing lost."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dudao.errors import DudaoError
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.people.access import page_of
from dudao.web.people.models import User

View = Callable[..., HttpResponse]

_STATUS: tuple[tuple[type[DudaoError], int], ...] = (
    (InvalidValueError, 422),
    (NotPossibleError, 409),
    (NotAllowedError, 403),
)


def person(request: HttpRequest) -> User:
    """Return the person of a request behind a rule.

    Raises:
        PermissionDenied: nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one of two texts; `changed` where the other text has something else."""

    text: str
    changed: bool


def compared(theirs: str, yours: str) -> tuple[list[Stretch], list[Stretch]]:
    """Return both texts cut into stretches that are alike and that differ."""
    left: list[Stretch] = []
    right: list[Stretch] = []
    for kind, a, b, c, d in SequenceMatcher(None, theirs, yours, autojunk=False).get_opcodes():
        if b > a:
            left.append(Stretch(theirs[a:b], kind != "equal"))
        if d > c:
            right.append(Stretch(yours[c:d], kind != "equal"))
    return left, right


_COMPARED_LIMIT = 3000  # characters; comparing longer texts sign by sign would keep people waiting


def _conflict(request: HttpRequest, conflict: ConflictError) -> tuple[str, dict[str, Any]]:
    """Return the template and context of a conflict: both texts, what differs, and the way on."""
    theirs, yours = str(conflict.theirs.value), str(conflict.yours)
    short = max(len(theirs), len(yours)) <= _COMPARED_LIMIT
    left, right = compared(theirs, yours) if short else ([Stretch(theirs, False)], [Stretch(yours, False)])
    long = "note" in request.POST
    left_out = {"version", "csrfmiddlewaretoken"} | ({"note"} if long else set())
    context = {
        "conflict": conflict,
        "long": long,
        "theirs": left,
        "yours": right,
        "kept": [(name, value) for name, value in request.POST.items() if name not in left_out],
        "page": page_of(request),
    }
    template = "conflict" if request.headers.get("HX-Request") else "conflict_page"
    return f"evaluations/{template}.html", context


def tells_refusals(view: View) -> View:
    """Answer refused actions with their sentence: 422, 409 or 403; a conflict shows both texts side by side."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ConflictError as conflict:
            return render(request, *_conflict(request, conflict), status=409)
        except (InvalidValueError, NotPossibleError, NotAllowedError) as refusal:
            status = next(code for kind, code in _STATUS if isinstance(refusal, kind))
            template = (
                "evaluations/refusal_part.html" if request.headers.get("HX-Request") else "evaluations/refusal.html"
            )
            return render(request, template, {"refusal": refusal}, status=status)

    return answering
