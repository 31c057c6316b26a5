"""消息: what was told to the person, and how the person wants to be told."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.web.notices.forms import PreferenceForm
from dudao.web.notices.keeping import mark_read, set_preference
from dudao.web.notices.kinds import TITLES
from dudao.web.notices.models import Preference
from dudao.web.notices.queries import visible_notices
from dudao.web.people.access import requires, signed_in, subject
from dudao.web.people.models import User

PAGE = 50


@requires(signed_in)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices, newest first."""
    rows = visible_notices(subject(request))
    unread = request.GET.get("show") == "unread"
    kind = request.GET.get("kind", "")
    if unread:
        rows = rows.filter(read_at__isnull=True)
    if kind in TITLES:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [(row, TITLES.get(row.kind, row.kind)) for row in page]
    view = {"page": page, "rows": shown, "unread": unread, "kind": kind, "kinds": TITLES.items()}
    return render(request, "notices/notices.html", view)


@requires(signed_in)
@require_safe
def open_notice(request: HttpRequest, key: int) -> HttpResponse:
    """Go to the place a notice speaks of; it counts as read from then on."""
    row = get_object_or_404(visible_notices(subject(request)), pk=key)
    mark_read(by=_person(request), notices=[row.pk])
    safe = row.address.startswith("/") and url_has_allowed_host_and_scheme(row.address, allowed_hosts=None)
    return redirect(row.address if safe else "notices:notices")


@requires(signed_in)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(by=_person(request))
    messages.success(request, _("全部标为已读。"))
    return redirect("notices:notices")


@requires(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def preference(request: HttpRequest) -> HttpResponse:
    """Show and keep how the person wants to be told."""
    person = _person(request)
    row = Preference.objects.filter(person=person).first() or Preference(person=person)
    form = PreferenceForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        set_preference(by=person, preference=form.chosen())
        messages.success(request, _("消息设置已保存。"))
        return redirect("notices:preference")
    view = {"form": form, "mails": settings.MAIL_SENT, "mail_address": person.email}
    return render(request, "notices/preference.html", view, status=422 if request.method == "POST" else 200)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the rule let nobody else in
    return request.user
