"""Every request gets an identity that its log lines, audit events and error page carry."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


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
    """Middleware that names each request and answers with the name in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its own name."""
        name = secrets.token_hex(8)
        token = _origin.set(Origin(name, request.META.get("REMOTE_ADDR", "")))
        try:
            response = self.get_response(request)
        finally:
            _origin.reset(token)
        response["X-Request-ID"] = name
        return response
