"""What is answered when a form comes without the token of its session: mostly the session ran out during typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dudao.web.people.access import page_of, to_sign_in


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Lead to the sign-in page where nobody is signed in; else say that the page is stale and how to go on.

    Used as Django's CSRF_FAILURE_VIEW: the token lies in the session, so it is gone with it.
    """
    if not request.user.is_authenticated:
        return to_sign_in(request)
    text = _("登录状态已更新，这次修改没有保存。您填写的文字已暂存在本机，刷新页面后会自动找回。")
    partly = request.headers.get("HX-Request")
    template = "people/stale_part.html" if partly else "people/stale.html"
    return render(request, template, {"text": text, "page": page_of(request)}, status=403)
