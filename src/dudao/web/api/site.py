"""The API put together: its routers, and how everything that goes wrong is told."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from dudao.errors import DudaoError
from dudao.web.api.bearer import Bearer
from dudao.web.api.offers import router
from dudao.web.api.problems import ProblemError, answer, of_refusal
from dudao.web.api.resources import (
    answering,
    assessments,
    balance,
    checks,
    computed,
    evidence,
    jobs,
    outcome,
    people,
    reports,
    rounds,
    schemes,
    trail,
)
from dudao.web.api.validation import invalid
from dudao.web.failures import RETRY_AFTER, status_of
from dudao.web.requests import route_of

VERSION = "1.0.0"
PREFIX = "api/v1/"
log = logging.getLogger("dudao.api")


class PlainRenderer(JSONRenderer):
    """JSON whose Chinese can be read as it is."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=PlainRenderer(),
    title="dudao API",
    version=VERSION,
    description="督导平台的接口：与页面相同的数据、相同的权限、相同的审计。",
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
)
RESOURCES = (
    people,
    schemes,
    rounds,
    assessments,
    answering,
    outcome,
    computed,
    evidence,
    reports,
    balance,
    checks,
    jobs,
    trail,
)
"""The modules that declare the operations; importing them is what declares."""

api.add_router("", router)

_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (AuthenticationError, 401),
    (Http404, 404),
    (PermissionDenied, 403),
    (RequestDataTooBig, 413),
    (TooManyFieldsSent, 413),
    (SuspiciousOperation, 400),
    (MultiPartParserError, 400),
    (UnreadablePostError, 400),
)


def problem_of(error: Exception) -> ProblemError:
    """Return the problem that an error of an operation is; what nobody foresaw is a failure."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, ValidationError):
        return invalid(error.errors)
    if isinstance(error, DudaoError):
        return of_refusal(error)
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return ProblemError(status)
    if isinstance(error, HttpError):
        return ProblemError(error.status_code)
    if status_of(error) == 503:
        return ProblemError(503, headers={"Retry-After": str(RETRY_AFTER)})
    return ProblemError(500)


def _tell(request: HttpRequest, error: Any) -> HttpResponse:
    problem = problem_of(error)
    if problem.status >= 500:
        log.error("%s failed", route_of(request), exc_info=error)
    return answer(problem)


for _kind in (Exception, HttpError, ValidationError, Http404):
    api.add_exception_handler(_kind, _tell)


def bearers() -> dict[str, Bearer]:
    """Return who is let in to each operation, by the id of the operation."""
    return {
        operation.operation_id or "": bearer
        for view in router.path_operations.values()
        for operation in view.operations
        for bearer in operation.auth_callbacks
        if isinstance(bearer, Bearer)
    }


def guarded_patterns() -> list[URLPattern]:
    """Return the addresses of the operations, each with the rule that lets somebody in."""
    known = bearers()
    patterns = [entry for entry in api.urls[0] if isinstance(entry, URLPattern) and entry.name in known]
    for entry in patterns:
        # told to whoever walks the addresses; it is asked once a token says who is there, for each operation its own
        entry.callback.access_rule = known[entry.name or ""].rule  # type: ignore[attr-defined]
    return patterns
