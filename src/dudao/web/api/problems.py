"""What the API answers when it cannot: problem details (RFC 9457) for everything, in the language of the caller."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_noop as _

from dudao.errors import DudaoError, UnreadableInputError, WrongUseError
from dudao.web.evaluations.refusals import ConflictError
from dudao.web.people.languages import asked_for
from dudao.web.phrase_book import told
from dudao.web.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.requests import current_origin

MEDIA = "application/problem+json"
ROOT = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in the address of the documentation, its status, its title, its usual sentence."""

    name: str
    status: int
    title: str
    detail: str


KINDS = (
    Kind("bad-request", 400, _("请求有误"), _("请求不完整或格式不对，读不出来。")),
    Kind("not-authenticated", 401, _("没有有效的令牌"), _("请在 Authorization 头中写“Bearer 令牌”。")),
    Kind("not-allowed", 403, _("没有权限"), _("令牌的范围或您本人的角色不允许这样做。")),
    Kind("not-found", 404, _("没有这项内容"), _("没有这个地址或这项内容，或者不在您的查看范围内。")),
    Kind("method-not-allowed", 405, _("不支持这种方法"), _("这个地址不支持所用的方法，支持的方法见 Allow 头。")),
    Kind("not-possible", 409, _("现在不能这样做"), _("现在的状态不允许这样做。")),
    Kind("version-conflict", 412, _("已被他人修改"), _("您读取以后内容已有改动，没有覆盖。请重新读取后再写。")),
    Kind("too-large", 413, _("内容过大"), _("请求超过允许的大小。")),
    Kind("invalid", 422, _("内容不合要求"), _("请求中有不合要求的值。")),
    Kind("version-required", 428, _("须说明所依据的版本"), _("请在 If-Match 头中写读取时得到的 ETag。")),
    Kind("too-many-requests", 429, _("请求过于频繁"), _("请按 Retry-After 头所说的秒数等待后再试。")),
    Kind("failed", 500, _("系统出错"), _("系统出错，已记录。已保存的内容不受影响。")),
    Kind("unavailable", 503, _("暂时不能服务"), _("系统正在维护或暂时不能服务，请稍后再试。")),
)
_BY_STATUS = {kind.status: kind for kind in KINDS}
_OTHER_STATUS = {415: 400, 406: 400, 431: 400, 502: 503, 504: 503}


@dataclass(eq=False)
class ProblemError(Exception):
    """A request of the API that is refused.

    Attributes:
        status: one of the statuses of `KINDS`.
        detail: the sentence; empty for the usual one.
        members: further members of the answer, as `errors` or `current`.
        headers: headers of the answer.
    """

    status: int
    detail: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def kind_of(status: int) -> Kind:
    """Return the kind that stands for a status; any unknown 4xx is a bad request, any unknown 5xx a failure."""
    known = _OTHER_STATUS.get(status, status)
    return _BY_STATUS.get(known) or _BY_STATUS[400 if known < 500 else 500]


def answer(problem: ProblemError) -> HttpResponse:
    """Return the response that tells a problem; it carries the name of the request that the log carries."""
    kind = kind_of(problem.status)
    content = {
        "type": f"/api/docs/#problem-{kind.name}",
        "title": told(kind.title),
        "status": problem.status,
        "detail": told(problem.detail or kind.detail),
        "request_id": current_origin().request_id,
        **problem.members,
    }
    text = json.dumps(content, ensure_ascii=False, default=str)
    response = HttpResponse(text, status=problem.status, content_type=MEDIA)
    for name, value in problem.headers.items():
        response[name] = value
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="dudao"'
    return response


def of_refusal(refusal: DudaoError) -> ProblemError:
    """Return the problem that a refused action is."""
    if isinstance(refusal, ConflictError):
        theirs = refusal.theirs
        current = {"value": theirs.value, "version": theirs.version, "by": theirs.by, "at": theirs.at}
        return ProblemError(412, str(refusal), {"current": current}, {"ETag": f'"{theirs.version}"'})
    if isinstance(refusal, NotAllowedError):
        return ProblemError(403, str(refusal))
    if isinstance(refusal, NotPossibleError):
        return ProblemError(409, str(refusal))
    if isinstance(refusal, InvalidValueError | UnreadableInputError | WrongUseError):
        return ProblemError(422, str(refusal))
    return ProblemError(409, str(refusal))


class ProblemAnswers:
    """Middleware that turns whatever else answers an address of the API with an error into problem details.

    A missing address, a method that is not offered, a host that is not ours, a failure: none answers with a page.
    The answer speaks the language that the Accept-Language header asks for; where it asks for none, that of the
    token's person, and Chinese to whoever has no valid token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; errors below the API as problem details."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        asked = asked_for(request)
        request.asked_language = asked  # type: ignore[attr-defined]  # as the middleware of languages reads it
        with translation.override(asked or settings.LANGUAGE_CODE):
            response = self._answer(request)
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return answer(ProblemError(404))  # no stored text holds NUL, and a database refuses to look for it
        response = self.get_response(request)
        if response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA):
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        return answer(ProblemError(response.status_code, headers=kept))
