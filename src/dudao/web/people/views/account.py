"""The own account: password, sessions, second factor."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dudao.web.people.access import anyone, page_of, requires, signed_in, subject
from dudao.web.people.actions import second_factor, sessions
from dudao.web.people.forms import OwnPasswordForm, SecondFactorForm
from dudao.web.people.languages import LANGUAGES, PREFERENCE, keep_in_browser
from dudao.web.people.limits import limited
from dudao.web.people.models import SignedInDevice, User
from dudao.web.people.session_ends import confirm, seconds_left
from dudao.web.people.sign_in import PASSED, STEP, page_to_do
from dudao.web.people.views.signing_in import person
from dudao.web.refusals import InvalidValueError, NotPossibleError

THEMES = frozenset({"light", "dark"})
TOUR = frozenset({"done", "again"})


@sensitive_post_parameters()
@never_cache
@requires(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("password", times=10, seconds=300)
def account(request: HttpRequest) -> HttpResponse:
    """Show the own account: password, second factor, where signed in."""
    user = person(request)
    form = OwnPasswordForm(user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, user)
        sessions.note_password_change(by=user, request=request)
        messages.success(request, _("密码已修改。"))
        return redirect("people:account")
    return _account_page(request, form, 422 if request.method == "POST" else 200)


def _account_page(request: HttpRequest, form: OwnPasswordForm, status: int) -> HttpResponse:
    user = person(request)
    context = {
        "form": form,
        "devices": user.devices.all()[:50],
        "this_session": request.session.session_key,
        "enrolled": second_factor.enrolled(user),
        "required": second_factor.required_of(subject(request)),
        "codes_left": user.recovery_codes.filter(used_at__isnull=True).count(),
        "grants": user.grants.select_related("region", "department").order_by("region__path", "id"),
    }
    return render(request, "people/account.html", context, status=status)


@sensitive_post_parameters("password")
@requires(signed_in)
@require_POST
@limited("end-device", times=20, seconds=600)
def end_device(request: HttpRequest, device: int) -> HttpResponse:
    """End one of the own sessions, against the password."""
    found = get_object_or_404(SignedInDevice.objects.select_related("user"), pk=device, user=person(request))
    try:
        sessions.end_own_session(by=person(request), device=found, password=request.POST.get("password", ""))
    except InvalidValueError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已结束该处登录。"))
    return redirect("people:account")


@never_cache
@requires(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("enrol", times=20, seconds=600)
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the secret of a new second factor and take its first code; then show the recovery codes once."""
    user = person(request)
    if second_factor.enrolled(user):
        return redirect("people:account")
    form = SecondFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm(by=user, token=form.cleaned_data["token"])
        except (InvalidValueError, NotPossibleError) as refusal:
            form.add_error("token", str(refusal))
        else:
            request.session[STEP] = PASSED
            goes_on = page_to_do(request) or "dashboards:home"
            return render(request, "people/recovery_codes.html", {"codes": codes, "goes_on": goes_on})
    context = {"form": form, "enrolment": second_factor.begin(by=user)}
    return render(request, "people/enrol.html", context, status=422 if request.method == "POST" else 200)


@sensitive_post_parameters("password")
@never_cache
@requires(signed_in)
@require_POST
@limited("password", times=10, seconds=300)
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    try:
        codes = second_factor.renew_codes(by=person(request), password=request.POST.get("password", ""))
    except (InvalidValueError, NotPossibleError) as refusal:
        messages.error(request, str(refusal))
        return redirect("people:account")
    return render(request, "people/recovery_codes.html", {"codes": codes, "goes_on": "people:account"})


@sensitive_post_parameters("password")
@requires(signed_in)
@require_POST
@limited("password", times=10, seconds=300)
def leave_second_factor(request: HttpRequest) -> HttpResponse:
    """Stop using a second factor where the role does not require one."""
    required = second_factor.required_of(subject(request))
    try:
        second_factor.leave(by=person(request), password=request.POST.get("password", ""), required=required)
    except (InvalidValueError, NotPossibleError) as refusal:
        messages.error(request, str(refusal))
    else:
        request.session.pop(STEP, None)
        messages.success(request, _("已停用动态验证码。"))
    return redirect("people:account")


@never_cache
@requires(signed_in)
@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Let the hours of the session begin anew, and say how many seconds it lasts now."""
    confirm(request)
    return HttpResponse(status=204, headers={"X-Session-Left": str(seconds_left(request))})


@requires(signed_in)
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep whether a person wants the light or the dark look; it is nobody else's, so it leaves no trace."""
    theme = request.POST.get("theme")
    if theme in THEMES:
        user = person(request)
        user.preferences = {**user.preferences, "theme": theme}
        user.save(update_fields=["preferences"])
    return redirect(page_of(request))


@requires(signed_in)
@require_POST
def choose_tour(request: HttpRequest) -> HttpResponse:
    """Put the first-run tour away or ask for it again; it leaves no trace, as the look."""
    wanted = request.POST.get("tour")
    if wanted in TOUR:
        user = person(request)
        user.preferences = {**user.preferences, "tour": wanted}
        user.save(update_fields=["preferences"])
    return redirect("dashboards:home")


@requires(anyone)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language a person wants, in this browser and with their account; it leaves no trace, as the look."""
    answer = redirect(page_of(request))
    language = request.POST.get("language")
    if language in LANGUAGES:
        if isinstance(request.user, User):
            request.user.preferences = {**request.user.preferences, PREFERENCE: language}
            request.user.save(update_fields=["preferences"])
        keep_in_browser(answer, language)
    return answer
