"""Every request gets an identity that its log lines, audit events and error page carry."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,31}")  # as long as the audit trail keeps it, and harmless in a log


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a write comes from: the request's identity and the address of the person."""

    request_id: str = ""
    address: str = ""


_NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def current_origin() -> Origin:
    """Return the origin of the request under way; empty outside of one, as on the command line."""
    return _origin.get()


class RequestIdentity:
    """Middleware that names each request and answers with the name in `X-Request-ID`.

    A name that came along is kept where it is a sane one, so that a proxy's log and ours can be read together.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its own name."""
        came = request.META.get("HTTP_X_REQUEST_ID", "")
        name = came if _SANE.fullmatch(came) else secrets.token_hex(8)
        token = _origin.set(Origin(name, request.META.get("REMOTE_ADDR", "")))
        try:
            response = self.get_response(request)
        finally:
            _origin.reset(token)
        response["X-Request-ID"] = name
        return response


def route_of(request: HttpRequest) -> str:
    """Return the name of the address a request asked for, never the address itself: that may hold a secret."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or match.route
    return "static" if request.path_info.startswith("/static/") else "unmatched"


def person_id_of(request: HttpRequest) -> int | None:
    """Return the key of the person of a request, if it was asked for already; asks no database."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    key = getattr(user, "pk", None)
    return key if isinstance(key, int) else None
