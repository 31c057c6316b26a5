"""Signing in and out: password, first password, second factor, invitations."""

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.web.people.access import anyone, requires, signed_in
from dudao.web.people.actions import invitations, second_factor, sessions
from dudao.web.people.forms import InvitedPasswordForm, OwnPasswordForm, SecondFactorForm, SignInForm
from dudao.web.people.limits import limited
from dudao.web.people.models import User
from dudao.web.people.session_ends import confirm
from dudao.web.people.sign_in import PASSED, STEP, VERIFY, page_to_do, set_step
from dudao.web.refusals import NotPossibleError

_WANTED = "wanted_after_sign_in"
_WRONG_CODES = "wrong_codes"
_WRONG_CODES_ALLOWED = 5


def person(request: HttpRequest) -> User:
    """Return the person of a request behind a rule.

    Raises:
        PermissionDenied: nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@sensitive_post_parameters("password")
@never_cache
@requires(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("sign-in", times=60, seconds=300)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for account and password; go on to where the person wanted to."""
    if request.user.is_authenticated:
        wanted = request.GET.get("next", "")
        return redirect(page_to_do(request) or (wanted if is_own_address(wanted) else "dashboards:home"))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        assert isinstance(user, User)  # the model of AUTH_USER_MODEL
        login(request, user)
        request.__dict__.pop("dudao_subject", None)  # what nobody held is not what this person holds
        confirm(request)
        set_step(request, user)
        sessions.note_sign_in(by=user, request=request)
        wanted = request.POST.get("next", "")
        request.session[_WANTED] = wanted if is_own_address(wanted) else ""
        return _go_on(request)
    if form.is_bound and not getattr(request, "axes_locked_out", False):  # a lockout is noted once, as a lockout
        sessions.note_failed_sign_in(username=form.data.get("username", "").replace("\x00", "")[:150])
    # the throttle answers a post that it locked
    status = 422 if request.method == "POST" else 200
    return render(request, "people/sign_in.html", {"form": form, "next": request.GET.get("next", "")}, status=status)


def is_own_address(address: str) -> bool:
    """Return whether an address leads to a page of ours: a path from the root, without host and control characters."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def _go_on(request: HttpRequest) -> HttpResponse:
    to_do = page_to_do(request)
    if to_do:
        return redirect(to_do)
    return redirect(request.session.pop(_WANTED, "") or "dashboards:home")


@requires(anyone)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        sessions.note_sign_out(by=request.user, session_key=request.session.session_key)
    logout(request)
    answer = redirect("people:sign_in")
    answer["Clear-Site-Data"] = '"cache", "storage"'  # the next person at this computer finds nothing
    return answer


@sensitive_post_parameters()
@never_cache
@requires(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("password", times=10, seconds=300)
def first_password(request: HttpRequest) -> HttpResponse:
    """Ask for a new password at the first sign-in; nothing else opens before."""
    user = person(request)
    if not user.must_change_password:
        return _go_on(request)
    form = OwnPasswordForm(user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, user)
        sessions.note_password_change(by=user, request=request)
        user.must_change_password = False
        messages.success(request, _("密码已修改。"))
        return _go_on(request)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/first_password.html", {"form": form}, status=status)


@never_cache
@requires(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("verify", times=20, seconds=600)
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor; after five wrong codes the session ends."""
    user = person(request)
    if request.session.get(STEP) != VERIFY:
        return _go_on(request)
    form = SecondFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.passes(by=user, token=form.cleaned_data["token"]):
            request.session.cycle_key()
            request.session[STEP] = PASSED
            request.session.pop(_WRONG_CODES, None)
            sessions.move_session(by=user, request=request)
            return _go_on(request)
        wrong = request.session.get(_WRONG_CODES, 0) + 1
        request.session[_WRONG_CODES] = wrong
        if wrong >= _WRONG_CODES_ALLOWED:
            sessions.note_sign_out(by=user, session_key=request.session.session_key)
            logout(request)
            messages.error(request, _("验证码多次不正确，已退出。请重新登录。"))
            return redirect("people:sign_in")
        form.add_error("token", _("验证码不正确或已用过。请等待下一个 6 位数字，或使用恢复码。"))
    status = 422 if request.method == "POST" else 200
    return render(request, "people/verify.html", {"form": form}, status=status)


@sensitive_post_parameters()
@never_cache
@requires(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation", times=20, seconds=600)
def invitation(request: HttpRequest) -> HttpResponse:
    """Let somebody invited set a password, once.

    The secret of the link stands behind its #, which browsers keep to themselves: it comes in the body, and is in
    no address that a proxy, a log or the history of a browser could keep.
    """
    if request.method != "POST":
        return render(request, "people/invitation_code.html")
    secret = request.POST.get("secret", "").rpartition("#")[2].strip()  # of a link that was pasted whole as well
    found = invitations.open_invitation(secret)
    if found is None:
        return render(request, "people/invitation_gone.html", status=404)
    setting = "new_password1" in request.POST
    form = InvitedPasswordForm(found.user, data=request.POST if setting else None)
    if setting and form.is_valid():
        try:
            invitations.accept(secret=secret, password=form.cleaned_data["new_password1"])
        except NotPossibleError:
            return render(request, "people/invitation_gone.html", status=409)
        except ValidationError as error:
            form.add_error("new_password1", error)
        else:
            messages.success(request, _("密码已设置，请登录。"))
            return redirect("people:sign_in")
    context = {"form": form, "invited": found.user, "secret": secret}
    return render(request, "people/invitation.html", context, status=422 if setting else 200)


@never_cache
@requires(anyone)
@require_safe
def earlier_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Lead a link made before secrets moved behind the # to where it is good; such links end after three days."""
    return redirect(invitations.address_of(secret))
