"""Signing in and out, sessions, and the own password."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from dudao.web.audit.actions import record
from dudao.web.people.models import SignedInDevice, User
from dudao.web.people.queries import region_code_of
from dudao.web.refusals import InvalidValueError


@transaction.atomic
def note_sign_in(*, by: User, request: HttpRequest) -> None:
    """Keep note that a person signed in, and from where."""
    if request.session.session_key is None:
        request.session.create()
    move_session(by=by, request=request)
    _record(by, by, "people.sign_in", f"{by} 登录")


@transaction.atomic
def note_sign_out(*, by: User, session_key: str | None) -> None:
    """Keep note that a person signed out."""
    SignedInDevice.objects.filter(session_key=session_key or "").delete()
    _record(by, by, "people.sign_out", f"{by} 退出")


@transaction.atomic
def end_session(*, by: User, device: SignedInDevice) -> None:
    """End a session elsewhere: whoever sits there has to sign in again."""
    Session.objects.filter(session_key=device.session_key).delete()
    device.delete()
    _record(by, device.user, "people.end_session", f"{by} 结束了 {device.user} 在 {device.address} 的登录")


@transaction.atomic
def end_own_session(*, by: User, device: SignedInDevice, password: str) -> None:
    """End one of the own sessions; whoever sits at a screen left open does not end those of its owner.

    Raises:
        InvalidValueError: the password is wrong.
    """
    if not by.check_password(password):
        raise InvalidValueError(gettext("登录密码不正确。"))
    end_session(by=by, device=device)


def end_all_sessions(*, user: User, keep: str | None = None) -> int:
    """End every session of a person, save the one to keep; part of a write that records its own event."""
    devices = SignedInDevice.objects.filter(user=user).exclude(session_key=keep or "")
    keys = list(devices.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    devices.delete()
    return len(keys)


@transaction.atomic
def note_password_change(*, by: User, request: HttpRequest) -> None:
    """Keep note of a new own password (never of the password itself); sessions elsewhere end."""
    User.objects.filter(pk=by.pk).update(must_change_password=False)
    move_session(by=by, request=request)
    end_all_sessions(user=by, keep=request.session.session_key)
    _record(by, by, "people.change_password", f"{by} 修改密码")


@transaction.atomic
def note_failed_sign_in(*, username: str) -> None:
    """Keep note of a wrong sign-in; of an account that does not exist without the name, which may be a password."""
    user = User.objects.filter(username=username).first()
    record(
        by=None,
        action="people.sign_in.failed",
        summary=f"{user} 登录失败" if user else "以没有的账号登录失败",
        object_type="user",
        object_id=user.pk if user else "",
        region=region_code_of(user) if user else "",
    )


@transaction.atomic
def note_lockout(*, username: str, address: str) -> None:
    """Keep note that an account name was locked for a while; the name may be of nobody."""
    record(
        by=None,
        action="people.locked_out",
        summary=f"账号“{username[:150]}”从 {address} 连续登录失败，锁定 15 分钟",
        object_type="account",
        object_id=username[:120],
    )


def _record(by: User, whose: User, action: str, summary: str) -> None:
    record(
        by=by,
        action=action,
        summary=summary,
        object_type="user",
        object_id=whose.pk,
        region=region_code_of(whose),
    )


def move_session(*, by: User, request: HttpRequest) -> None:
    """Keep the note of a session whose key has changed; the old note is gone with the old key."""
    SignedInDevice.objects.filter(user=by, session_key=request.session.get("noted_as", "")).delete()
    SignedInDevice.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": by,
            "address": request.META.get("REMOTE_ADDR", ""),
            "browser": request.headers.get("User-Agent", "")[:200],
            "seen_at": timezone.now(),
        },
    )
    request.session["noted_as"] = request.session.session_key
