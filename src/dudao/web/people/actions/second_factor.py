"""The second factor: a code of six digits that changes every half minute, and recovery codes for a lost device."""

import base64
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_otp.plugins.otp_totp.models import TOTPDevice

from dudao.web.audit.actions import record
from dudao.web.people.access import Subject
from dudao.web.people.actions.guards import locked_person, require_manage, require_reason
from dudao.web.people.actions.sessions import end_all_sessions
from dudao.web.people.models import RecoveryCode, User
from dudao.web.people.queries import region_code_of
from dudao.web.people.recovery_codes import fresh_code, fresh_salt, hashed, matching
from dudao.web.refusals import InvalidValueError, NotPossibleError

RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a person needs to enrol: the secret as text in groups of four, and the same as a QR code (svg)."""

    secret: str
    picture: str


def required_of(subject: Subject) -> bool:
    """Return whether the subject holds a role that must use a second factor here."""
    return bool(subject.roles & settings.SECOND_FACTOR_ROLES)


def enrolled(user: User) -> bool:
    """Return whether a person uses a second factor."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


@transaction.atomic
def begin(*, by: User) -> Enrolment:
    """Return the secret of the enrolment under way, made at the first call; it counts only once confirmed.

    Raises:
        NotPossibleError: the person is enrolled already.
    """
    locked_person(by.pk)
    if enrolled(by):
        raise NotPossibleError(gettext("您已启用动态验证码。"), advice=gettext("如需更换，请先停用。"))
    device = TOTPDevice.objects.filter(user=by, confirmed=False).first()
    if device is None:
        device = TOTPDevice.objects.create(user=by, name="default", confirmed=False)
    secret = base64.b32encode(device.bin_key).decode()
    issuer = quote(settings.OTP_TOTP_ISSUER)
    address = f"otpauth://totp/{issuer}:{quote(by.username)}?secret={secret}&issuer={issuer}&digits=6&period=30"
    picture = BytesIO()
    segno.make(address, error="m").save(
        picture, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, scale=4, border=4, omitsize=False
    )
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Enrolment(groups, picture.getvalue().decode())


@transaction.atomic
def confirm(*, by: User, token: str) -> list[str]:
    """Finish the enrolment with a code of the new device and return the recovery codes, which are not kept.

    Raises:
        InvalidValueError: the code is wrong.
        NotPossibleError: no enrolment is under way.
    """
    locked_person(by.pk)
    device = TOTPDevice.objects.select_for_update(no_key=True).filter(user=by, confirmed=False).first()
    if device is None:
        raise NotPossibleError(gettext("没有正在进行的启用。"), advice=gettext("请重新打开本页。"))
    if not device.verify_token(_digits(token)):
        raise InvalidValueError(gettext("验证码不正确。请核对手机时间后，输入当前显示的 6 位数字。"))
    device.confirmed = True
    device.save()
    codes = _fresh_codes(by)
    _record(by, by, "people.second_factor.enrol", f"{by} 启用动态验证码")
    return codes


def passes(*, by: User, token: str) -> bool:
    """Return whether a code of the device or an unused recovery code was given; a recovery code is used up."""
    with transaction.atomic():
        locked_person(by.pk)
        digits = _digits(token)
        for device in TOTPDevice.objects.select_for_update(no_key=True).filter(user=by, confirmed=True):
            _forget_what_lies_ahead(device)
            if len(digits) == 6 and device.verify_is_allowed()[0] and device.verify_token(digits):
                return True
        code = matching(by, token, by.recovery_codes.filter(used_at__isnull=True))
        if code is None:
            return False
        code.used_at = timezone.now()
        code.save(update_fields=["used_at"])
        _record(by, by, "people.second_factor.recovery", f"{by} 使用了一个恢复码登录")
        return True


@transaction.atomic
def renew_codes(*, by: User, password: str) -> list[str]:
    """Return new recovery codes; the old ones no longer work.

    Raises:
        InvalidValueError: the password is wrong.
        NotPossibleError: the person is not enrolled.
    """
    row = locked_person(by.pk)
    if not row.check_password(password):
        raise InvalidValueError(gettext("登录密码不正确。"))
    if not enrolled(row):
        raise NotPossibleError(gettext("尚未启用动态验证码。"))
    codes = _fresh_codes(row)
    _record(by, by, "people.second_factor.renew", f"{by} 重新生成恢复码")
    return codes


@transaction.atomic
def leave(*, by: User, password: str, required: bool) -> None:
    """Stop using a second factor.

    Raises:
        InvalidValueError: the password is wrong.
        NotPossibleError: the person's role requires one.
    """
    row = locked_person(by.pk)
    if required:
        raise NotPossibleError(
            gettext("您的角色必须使用动态验证码。"), advice=gettext("如需更换设备，请由管理员重置。")
        )
    if not row.check_password(password):
        raise InvalidValueError(gettext("登录密码不正确。"))
    _remove(row)
    _record(by, by, "people.second_factor.leave", f"{by} 停用动态验证码")


@transaction.atomic
def reset(*, by: User, user: User, reason: str) -> None:
    """Take away a person's second factor, as after a lost telephone, and end their sessions.

    Raises:
        InvalidValueError: no reason.
        NotAllowedError: the account is not the administrator's to change.
    """
    reason = require_reason(reason)
    row = locked_person(user.pk)
    require_manage(by, row)
    _remove(row)
    end_all_sessions(user=row)
    _record(by, row, "people.second_factor.reset", f"重置 {row} 的动态验证码", reason)


def _remove(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _fresh_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes, salt = [fresh_code() for _ in range(RECOVERY_CODES)], fresh_salt()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=hashed(user, code, salt)) for code in codes)
    return codes


def _forget_what_lies_ahead(device: TOTPDevice) -> None:
    """Count a wrong code as of now where the clock, set back since, says that it was given later."""
    now = timezone.now()
    if device.throttling_failure_timestamp is not None and device.throttling_failure_timestamp > now:
        device.throttling_failure_timestamp = now
        device.save(update_fields=["throttling_failure_timestamp"])


def _digits(token: str) -> str:
    return "".join(letter for letter in token if letter in "0123456789")


def _record(by: User, whose: User, action: str, summary: str, reason: str = "") -> None:
    record(
        by=by,
        action=action,
        summary=summary,
        object_type="user",
        object_id=whose.pk,
        region=region_code_of(whose),
        reason=reason,
    )
