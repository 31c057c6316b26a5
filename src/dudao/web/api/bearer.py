"""Who a request of the API is: the token of a person, its scope, the person's own rights, and how often they ask."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja.security import HttpBearer

from dudao.web.api.problems import ProblemError
from dudao.web.people.access import Rule, subject_of
from dudao.web.people.actions.second_factor import enrolled, required_of
from dudao.web.people.actions.tokens import hash_of, note_use
from dudao.web.people.languages import speak_to
from dudao.web.people.models import ApiToken, User
from dudao.web.people.scopes import Scope

_WINDOW = 60  # seconds


class Bearer(HttpBearer):
    """Lets an operation answer only those whose token has the scope and who pass the rule, as the pages ask it."""

    openapi_description = "“我的令牌”中建立的令牌，以 Authorization: Bearer 令牌 发送。"

    def __init__(self, scope: Scope, rule: Rule) -> None:
        super().__init__()
        self.scope = scope
        self.rule = rule

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """Return the token of a request whose person may do this.

        Raises:
            ProblemError: 401 for no valid token, 403 for too narrow a scope or role, 429 for too many requests.
        """
        row = ApiToken.objects.select_related("user").filter(secret_hash=hash_of(token)).first()
        if row is None or row.revoked_at is not None or row.expires_at <= timezone.now() or not row.user.is_active:
            count(f"api-refused:{request.META.get('REMOTE_ADDR', '')}", settings.API_PER_MINUTE)
            raise ProblemError(401, _("令牌不存在、已吊销或已到期。请在“账号与安全 → 我的令牌”中查看。"))
        speak_to(request, row.user)
        count(f"api:{row.pk}", settings.API_PER_MINUTE)
        holder = subject_of(row.user)
        if row.user.must_change_password:
            raise ProblemError(403, _("须先登录平台修改首次密码，令牌才能使用。"))
        if required_of(holder) and not enrolled(row.user):
            raise ProblemError(403, _("您的角色必须使用动态验证码。请先登录平台启用，令牌才能使用。"))
        if self.scope.value not in row.scopes:
            told = _("令牌没有“%(scope)s”范围。请建立含此范围的令牌。") % {"scope": self.scope.value}
            raise ProblemError(403, told)
        if not self.rule(holder):
            raise ProblemError(403, _("您本人的角色不能使用这项功能。"))
        request.user = row.user
        request.dudao_subject = holder  # type: ignore[attr-defined]  # as the pages keep it for the request
        request.api_token = row  # type: ignore[attr-defined]
        note_use(row, request.META.get("REMOTE_ADDR", ""))
        return row


def count(name: str, most: int) -> None:
    """Count one request under a name in the minute of the clock.

    Raises:
        ProblemError: 429 with the seconds to wait, beyond `most` in a minute.
    """
    now = time.time()
    key = f"{name}:{int(now) // _WINDOW}"
    cache.add(key, 0, 2 * _WINDOW)
    try:
        tries = cache.incr(key)
    except ValueError:  # dropped between the two lines
        return
    if tries > most:
        wait = _WINDOW - int(now) % _WINDOW
        told = ngettext(
            "每分钟最多 %(most)s 次，请 %(wait)s 秒后再试。", "每分钟最多 %(most)s 次，请 %(wait)s 秒后再试。", wait
        ) % {"most": most, "wait": wait}
        raise ProblemError(429, told, headers={"Retry-After": str(wait)})


def token_of(request: HttpRequest) -> ApiToken:
    """Return the token of a request that `Bearer` let pass."""
    row: Any = getattr(request, "api_token", None)
    if not isinstance(row, ApiToken):
        raise ProblemError(401)
    return row


def person_of(request: HttpRequest) -> User:
    """Return the person for whom a request that `Bearer` let pass acts."""
    return token_of(request).user
