"""What stands between a right password and the pages: the lockout, the first password, the second factor."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dudao.web.people.access import subject
from dudao.web.people.actions.second_factor import enrolled, required_of
from dudao.web.people.actions.sessions import note_lockout
from dudao.web.people.models import User

STEP = "second_factor"
VERIFY, ENROL, PASSED = "verify", "enrol", "passed"
_NOTED_FOR = 15 * 60


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """Answer a sign-in that is locked for a while, in the same words whether or not the account exists."""
    username = str((credentials or {}).get("username") or request.POST.get("username", ""))
    address = request.META.get("REMOTE_ADDR", "")
    named = hashlib.sha256(username.encode()).hexdigest()
    if cache.add(f"lockout-noted:{address}:{named}", True, _NOTED_FOR):  # once a lockout, not once a try
        note_lockout(username=username, address=address)
    return render(request, "people/locked_out.html", status=429)


def set_step(request: HttpRequest, user: User) -> None:
    """Note in the session which step is left after the password."""
    if enrolled(user):
        request.session[STEP] = VERIFY
    elif required_of(subject(request)):
        request.session[STEP] = ENROL
    else:
        request.session.pop(STEP, None)


def page_to_do(request: HttpRequest) -> str:
    """Return the url name of the page a signed-in person has to finish before any other; empty when none."""
    step = request.session.get(STEP)
    if step == VERIFY:
        return "people:verify"
    if isinstance(request.user, User) and request.user.must_change_password:
        return "people:first_password"
    if step == ENROL or (step != PASSED and required_of(subject(request))):
        return "people:enrol"
    return ""
