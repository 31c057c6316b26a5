"""Keeps sessions honest: they end when idle, and lead nowhere until sign-in is finished."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.people.models import SignedInDevice
from dudao.web.people.session_ends import seconds_left
from dudao.web.people.sign_in import page_to_do
from dudao.web.prepared import prepared

_NOTED_EVERY = timedelta(minutes=1)
_ALWAYS = frozenset({"people:sign_out", "people:sign_in"})


@prepared
def _seen(session_key: str) -> "QuerySet[SignedInDevice, datetime]":
    return SignedInDevice.objects.filter(session_key=session_key).order_by().values_list("seen_at", flat=True)


class SignedIn:
    """Middleware that ends idle sessions, moves `seen_at` forward, and holds people at unfinished steps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request of a session that is still alive."""
        if request.session.session_key and request.user.is_authenticated:
            self._note(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead to the page that has to be finished first, if there is one."""
        if not request.user.is_authenticated or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        wanted = "" if name in _ALWAYS else page_to_do(request)
        if not wanted or wanted == name:
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(wanted)})
        return redirect(wanted)

    def _note(self, request: HttpRequest) -> None:
        now = timezone.now()
        key = str(request.session.session_key)
        seen = _seen.first(key)
        if seen is None:
            return
        devices = SignedInDevice.objects.filter(session_key=key)
        if (now - seen).total_seconds() > settings.SESSION_IDLE_SECONDS or seconds_left(request) <= 0:
            devices.delete()
            logout(request)
            if hasattr(request, "dudao_subject"):
                del request.dudao_subject
            messages.info(request, _("长时间没有操作或登录时间已到，已退出，请重新登录。已保存的内容不受影响。"))
        elif now - seen > _NOTED_EVERY:
            devices.update(seen_at=now)
