"""The pages that answer when something is refused, missing, too large, broken, or away for a while."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from dudao.web.failures import RETRY_AFTER, is_too_large, status_of
from dudao.web.requests import current_origin


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 in words; 413 where the request was too large."""
    if is_too_large(exception):
        return _plain("too_large", 413)
    return _plain("bad_request", 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 in words."""
    return render(request, "dashboards/refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in words; to whoever has no session without one, so that asking at random writes nothing."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return _plain("nothing_here", 404)
    return render(request, "dashboards/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 in words with the number that the log carries; 503 while the database is away or the disk full."""
    if status_of(sys.exc_info()[1]) == 503:
        answer = _plain("unavailable", 503)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    return _plain("failed", 500)


def _plain(name: str, status: int) -> HttpResponse:
    """Return a page that asks neither session nor database: those may be what is broken."""
    context = {"request_id": current_origin().request_id}
    return HttpResponse(render_to_string(f"dashboards/{name}.html", context), status=status)
