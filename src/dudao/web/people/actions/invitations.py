"""Invitations: a link that sets a password once; only the hash of its secret is kept."""

import hashlib
import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.actions.guards import locked_person, require_manage, require_reason
from dudao.web.people.actions.sessions import end_all_sessions
from dudao.web.people.models import Invitation, User
from dudao.web.people.queries import region_code_of
from dudao.web.refusals import NotPossibleError

LASTS = timedelta(days=3)
_logger = logging.getLogger(__name__)


@transaction.atomic
def invite(*, by: User, user: User, reason: str) -> tuple[Invitation, str]:
    """Return a new invitation and its secret, which is not kept; earlier ones no longer work.

    Raises:
        InvalidValueError: no reason.
        NotAllowedError: the account is not the administrator's to change.
        NotPossibleError: the account is closed.
    """
    reason = require_reason(reason)
    row = locked_person(user.pk)
    require_manage(by, row)
    if not row.is_active:
        raise NotPossibleError(_("%(row)s的账号已停用，不能邀请。") % {"row": row}, advice=_("请先启用账号。"))
    row.invitations.filter(used_at__isnull=True).delete()
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(user=row, secret_hash=secret_hash(secret), expires_at=timezone.now() + LASTS)
    record(
        by=by,
        action="people.invite",
        summary=f"邀请 {row} 设置密码，有效至 {timezone.localtime(invitation.expires_at):%Y-%m-%d %H:%M}",
        object_type="user",
        object_id=row.pk,
        region=region_code_of(row),
        reason=reason,
    )
    return invitation, secret


def mail_invitation(*, user: User, link: str, expires: str) -> bool:
    """Mail the link where mail is configured and the person has an address; return whether it went out."""
    if not settings.MAIL_CONFIGURED or not user.email:
        return False
    text = (
        f"{user.name}：\n\n您的账号“{user.username}”已建立。请打开下面的链接设置密码，{expires} 前有效，"
        f"只能使用一次：\n{link}\n\n如果您不知道这件事，请不要打开链接，并告诉督导室。\n"
    )
    try:
        send_mail("设置督导平台的密码", text, None, [user.email])
    except (OSError, SMTPException):
        _logger.exception("an invitation could not be mailed")
        return False
    return True


def address_of(secret: str) -> str:
    """Return the address of an invitation on the platform: what stands behind the # is never sent to a server."""
    return f"{reverse('people:invitation')}#{secret}"


def open_invitation(secret: str) -> Invitation | None:
    """Return the invitation of a secret that can still be used, None otherwise."""
    return (
        Invitation.objects.select_related("user")
        .filter(
            secret_hash=secret_hash(secret), used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )
        .first()
    )


@transaction.atomic
def accept(*, secret: str, password: str) -> User:
    """Set the password of an invitation's person and use the invitation up; sessions elsewhere end.

    Raises:
        NotPossibleError: the invitation was used, has expired, or never was.
        ValidationError: the password is too weak; the invitation stays.
    """
    found = Invitation.objects.filter(secret_hash=secret_hash(secret)).first()
    user = locked_person(found.user_id) if found else None
    invitation = Invitation.objects.select_for_update(no_key=True).filter(pk=found.pk).first() if found else None
    usable = invitation is not None and invitation.used_at is None and invitation.expires_at > timezone.now()
    if user is None or invitation is None or not usable or not user.is_active:
        raise NotPossibleError(_("邀请链接已使用或已过期。"), advice=_("请联系管理员重新邀请。"))
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    end_all_sessions(user=user)
    record(
        by=user,
        action="people.accept_invitation",
        summary=f"{user} 通过邀请设置了密码",
        object_type="user",
        object_id=user.pk,
        region=region_code_of(user),
    )
    return user


def secret_hash(secret: str) -> str:
    """Return what is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
