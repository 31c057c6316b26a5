"""系统管理: the people of a subtree, their accounts and roles."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.web.people.access import administers_people, requires, subject
from dudao.web.people.actions import accounts, grants, invitations, second_factor, sessions
from dudao.web.people.forms import DetailsForm, GrantForm, NewPersonForm, ReasonForm, region_named
from dudao.web.people.models import ROLE_TITLES, Grant, SignedInDevice, User
from dudao.web.people.queries import administered_regions, search_people, visible_people
from dudao.web.people.reach import ADMINISTRATORS, may_manage
from dudao.web.people.views.signing_in import person
from dudao.web.refusals import InvalidValueError, NotAllowedError, NotPossibleError

_PAGE = 50
Refusal = InvalidValueError | NotAllowedError | NotPossibleError


def status_of(refusal: Refusal) -> int:
    """Return the status that answers a refusal."""
    if isinstance(refusal, InvalidValueError):
        return 422
    return 409 if isinstance(refusal, NotPossibleError) else 403


@requires(administers_people)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the subject's regions with their roles there."""
    holder = subject(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "role", "region", "state")}
    region, unknown = None, ""
    if asked["region"]:
        try:
            region = region_named(holder, asked["region"])
        except InvalidValueError as refusal:
            unknown = str(refusal)
    page = Paginator(search_people(holder, asked, region), _PAGE).get_page(request.GET.get("page"))
    within = tuple(held.path for held in holder.held if held.role in ADMINISTRATORS)
    today = timezone.localdate()
    rows = [
        (user, [grant for grant in user.grants.all() if grant.region.path.startswith(within)], user.pk) for user in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "asked": asked,
        "unknown": unknown,
        "roles": ROLE_TITLES.items(),
        "today": today,
    }
    return render(request, "people/people.html", context)


@requires(administers_people)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Make an account with its first role, then go on to invite."""
    form = NewPersonForm(subject(request), request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                user = accounts.create_person(
                    by=person(request),
                    username=data["username"],
                    name=data["name"],
                    email=data["email"],
                    phone=data["phone"],
                    role=form.new_grant(),
                    reason=data["reason"],
                )
            except (InvalidValueError, NotAllowedError, NotPossibleError) as refusal:
                form.add_error(None, str(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("账号已建立。请生成邀请链接，由本人设置密码。"))
                return redirect("people:person", key=user.pk)
    return render(request, "people/new_person.html", {"form": form}, status=status)


def find_person(request: HttpRequest, key: int) -> User:
    """Return a person within the subject's reach, 404 otherwise."""
    return get_object_or_404(visible_people(subject(request)), pk=key)


@never_cache
@requires(administers_people)
@require_safe
def person_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a person: roles, account, sessions."""
    return _page(request, find_person(request, key))


def _page(request: HttpRequest, user: User, status: int = 200, **bound: Any) -> HttpResponse:
    holder = subject(request)
    within = tuple(held.path for held in holder.held if held.role in ADMINISTRATORS)
    all_grants = list(user.grants.all())
    shown = [grant for grant in all_grants if grant.region.path.startswith(within)]
    manageable = may_manage(holder, user, all_grants)
    details = DetailsForm(initial={"name": user.name, "email": user.email, "phone": user.phone}, prefix="details")
    context = {
        "whose": user,
        "grants": shown,
        "has_more": len(shown) < len(all_grants),
        "manageable": manageable,
        "own": user.pk == holder.user_id,
        "today": timezone.localdate(),
        "details": details,
        "grant_form": GrantForm(holder, prefix="grant"),
        "devices": user.devices.all()[:20] if manageable else [],
        "enrolled": second_factor.enrolled(user),
        "invitation": user.invitations.order_by("-created_at").first(),
        "mails": settings.MAIL_CONFIGURED and bool(user.email),
        "now": timezone.now(),
        **bound,
    }
    return render(request, "people/person.html", context, status=status)


def _do(request: HttpRequest, key: int, form: ReasonForm, name: str, act: Callable[[User], str]) -> HttpResponse:
    """Carry out what a form asks and go back to the person; refused, show the page with what was typed."""
    user = find_person(request, key)
    if not form.is_valid():
        errors = [str(error) for each in form.errors.values() for error in each]
        return _page(request, user, 422, **{name: form}, refusal=" ".join(dict.fromkeys(errors)))
    try:
        done = act(user)
    except (InvalidValueError, NotAllowedError, NotPossibleError) as refusal:
        return _page(request, user, status_of(refusal), **{name: form}, refusal=str(refusal))
    messages.success(request, done)
    return redirect("people:person", key=key)


@requires(administers_people)
@require_POST
def change_person(request: HttpRequest, key: int) -> HttpResponse:
    """Change name, mail address and telephone number."""
    form = DetailsForm(request.POST, prefix="details")

    def act(user: User) -> str:
        accounts.change_details(by=person(request), user=user, **form.cleaned_data)
        return _("已保存。")

    return _do(request, key, form, "details", act)


@requires(administers_people)
@require_POST
def give_role(request: HttpRequest, key: int) -> HttpResponse:
    """Give a role to a person."""
    form = GrantForm(subject(request), request.POST, prefix="grant")

    def act(user: User) -> str:
        grants.give_role(by=person(request), user=user, new=form.new_grant(), reason=form.cleaned_data["reason"])
        return _("已授权。")

    return _do(request, key, form, "grant_form", act)


@requires(administers_people)
@require_POST
def end_role(request: HttpRequest, key: int, grant: int) -> HttpResponse:
    """End a role of a person."""
    form = ReasonForm(request.POST)

    def act(user: User) -> str:
        found = get_object_or_404(
            Grant.objects.filter(subject(request).regions("region", ADMINISTRATORS)), pk=grant, user=user
        )
        grants.end_role(by=person(request), grant=found, reason=form.cleaned_data["reason"])
        return _("已收回。")

    return _do(request, key, form, "reason_form", act)


@requires(administers_people)
@require_POST
def set_active(request: HttpRequest, key: int) -> HttpResponse:
    """Close an account or open it again."""
    form = ReasonForm(request.POST)
    active = request.POST.get("active") == "1"

    def act(user: User) -> str:
        accounts.set_active(by=person(request), user=user, active=active, reason=form.cleaned_data["reason"])
        return _("账号已启用。") if active else _("账号已停用，登录已全部结束。")

    return _do(request, key, form, "reason_form", act)


@never_cache
@requires(administers_people)
@require_POST
def invite(request: HttpRequest, key: int) -> HttpResponse:
    """Make an invitation and show its link this once."""
    user, form = find_person(request, key), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, user, 422, refusal=_("请填写理由，至少 5 个字。"))
    try:
        made, secret = invitations.invite(by=person(request), user=user, reason=form.cleaned_data["reason"])
    except (InvalidValueError, NotAllowedError, NotPossibleError) as refusal:
        return _page(request, user, status_of(refusal), refusal=str(refusal))
    link = request.build_absolute_uri(invitations.address_of(secret))
    expires = f"{timezone.localtime(made.expires_at):%Y-%m-%d %H:%M}"
    mailed = invitations.mail_invitation(user=user, link=link, expires=expires)
    return _page(request, user, link=link, mailed=mailed)


@requires(administers_people)
@require_POST
def reset_second_factor(request: HttpRequest, key: int) -> HttpResponse:
    """Take away a person's second factor."""
    form = ReasonForm(request.POST)

    def act(user: User) -> str:
        second_factor.reset(by=person(request), user=user, reason=form.cleaned_data["reason"])
        return _("已重置。本人下次登录时可重新启用。")

    return _do(request, key, form, "reason_form", act)


@requires(administers_people)
@require_POST
def end_device(request: HttpRequest, key: int, device: int) -> HttpResponse:
    """End a session of a person whose account the subject manages."""
    user = find_person(request, key)
    if not may_manage(subject(request), user, user.grants.all()):
        return _page(request, user, 403, refusal=_("您没有管理该账号的权限。"))
    found = get_object_or_404(SignedInDevice.objects.select_related("user"), pk=device, user=user)
    sessions.end_session(by=person(request), device=found)
    messages.success(request, _("已结束该处登录。"))
    return redirect("people:person", key=key)


@requires(administers_people)
@require_safe
def region_options(request: HttpRequest) -> HttpResponse:
    """Suggest regions within reach for what is being typed."""
    words = next((str(value).strip() for name, value in request.GET.items() if name.endswith("region")), "")
    found = administered_regions(subject(request)).filter(valid_to__isnull=True)
    if words:
        found = found.filter(name__contains=words) | found.filter(code__startswith=words)
    return render(request, "people/region_options.html", {"regions": found[:20]})
