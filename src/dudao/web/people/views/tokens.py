"""我的令牌: the own tokens of the API, made and ended here; a new one is shown once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dudao.web.people.access import requires, signed_in
from dudao.web.people.actions import tokens as actions
from dudao.web.people.forms import TokenForm
from dudao.web.people.limits import limited
from dudao.web.people.models import ApiToken
from dudao.web.people.scopes import SCOPE_TITLES, Scope
from dudao.web.people.views.signing_in import person
from dudao.web.refusals import InvalidValueError, NotPossibleError

_SHOWN = 100


@sensitive_post_parameters("password")
@never_cache
@requires(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("token", times=10, seconds=300)
def tokens(request: HttpRequest) -> HttpResponse:
    """List the own tokens; make one and show its secret, this once."""
    user = person(request)
    form = TokenForm(request.POST or None)
    made, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = actions.create(
                    by=user, name=data["name"], scopes=data["scopes"], days=data["days"], password=data["password"]
                )
            except (InvalidValueError, NotPossibleError) as refusal:
                form.add_error(None, str(refusal))
            else:
                form, status = TokenForm(), 200
    now = timezone.now()
    rows = [
        (row, [SCOPE_TITLES[Scope(name)] for name in row.scopes], row.revoked_at is None and row.expires_at > now)
        for row in user.api_tokens.all()[:_SHOWN]
    ]
    return render(request, "people/tokens.html", {"form": form, "made": made, "rows": rows}, status=status)


@requires(signed_in)
@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """End one of the own tokens."""
    found = get_object_or_404(ApiToken, pk=token, user=person(request))
    actions.revoke(by=person(request), token=found)
    messages.success(request, _("令牌已吊销，立即失效。"))
    return redirect("people:tokens")
