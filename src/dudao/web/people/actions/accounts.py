"""Accounts of people: made, changed, closed, opened again."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.actions.grants import NewGrant, give
from dudao.web.people.actions.guards import (
    hold_system_administrators,
    locked_person,
    require_manage,
    require_one_system_administrator,
    require_reason,
)
from dudao.web.people.actions.sessions import end_all_sessions
from dudao.web.people.actions.tokens import revoke_all
from dudao.web.people.models import User
from dudao.web.people.queries import region_code_of
from dudao.web.refusals import InvalidValueError

_USERNAME = re.compile(r"[A-Za-z0-9_.@+\-\u4e00-\u9fff]{3,60}")


def checked_username(username: str) -> str:
    """Return an account name that can be used.

    Raises:
        InvalidValueError: its form is wrong, or somebody has it, capital letters aside.
    """
    text = username.strip()
    if not _USERNAME.fullmatch(text):
        raise InvalidValueError(_("账号“%(text)s”不合规则：3 至 60 个字母、数字、汉字或 _ . @ + -。") % {"text": text})
    if User.objects.filter(username__iexact=text).exists():
        raise InvalidValueError(_("账号“%(text)s”已被使用，请换一个。") % {"text": text})
    return text


def checked_details(name: str, email: str, phone: str) -> tuple[str, str, str]:
    """Return name, mail address and telephone number without idle spaces.

    Raises:
        InvalidValueError: no name, or one of them cannot be right.
    """
    name, email, phone = " ".join(name.split()), email.strip(), phone.strip()
    if not name or len(name) > 60:
        raise InvalidValueError(_("请填写姓名，最多 60 个字。"))
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise InvalidValueError(_("邮箱“%(email)s”不是有效的地址。") % {"email": email}) from error
    if phone and not re.fullmatch(r"[0-9+()（） \-转]{5,30}", phone):
        raise InvalidValueError(_("电话“%(phone)s”不是有效的号码。") % {"phone": phone})
    return name, email, phone


@transaction.atomic
def create_person(
    *, by: User, username: str, name: str, email: str = "", phone: str = "", role: NewGrant, reason: str
) -> User:
    """Make an account with its first role; it has no password until its invitation is used.

    Raises:
        InvalidValueError: a field cannot be taken.
        NotAllowedError: the role or its place is not the administrator's to give.
    """
    reason = require_reason(reason)
    name, email, phone = checked_details(name, email, phone)
    user = User(username=checked_username(username), name=name, email=email, phone=phone)
    user.set_unusable_password()
    user.save()
    record(
        by=by,
        action="people.create",
        summary=f"新建用户 {user}（{user.username}）",
        object_type="user",
        object_id=user.pk,
        region=role.region.code,
        reason=reason,
        after={"username": user.username, "name": name, "email": email, "phone": phone},
    )
    give(by=by, user=user, new=role, reason=reason)
    return user


@transaction.atomic
def change_details(*, by: User, user: User, name: str, email: str, phone: str, reason: str) -> User:
    """Change name, mail address and telephone number of a person.

    Raises:
        InvalidValueError: a field cannot be taken.
        NotAllowedError: the account is not the administrator's to change.
    """
    reason = require_reason(reason)
    row = locked_person(user.pk)
    require_manage(by, row)
    before = {"name": row.name, "email": row.email, "phone": row.phone}
    row.name, row.email, row.phone = checked_details(name, email, phone)
    row.save(update_fields=["name", "email", "phone"])
    record(
        by=by,
        action="people.change",
        summary=f"修改用户 {row} 的资料",
        object_type="user",
        object_id=row.pk,
        region=region_code_of(row),
        reason=reason,
        before=before,
        after={"name": row.name, "email": row.email, "phone": row.phone},
    )
    return row


@transaction.atomic
def set_active(*, by: User, user: User, active: bool, reason: str) -> User:
    """Close an account, which ends all its sessions and tokens, or open it again.

    Raises:
        InvalidValueError: no reason.
        NotAllowedError: the account is not the administrator's to change.
        NotPossibleError: it is that of the last system administrator.
    """
    reason = require_reason(reason)
    if not active:
        hold_system_administrators()
    row = locked_person(user.pk)
    require_manage(by, row)
    if row.is_active == active:
        return row
    row.is_active = active
    row.save(update_fields=["is_active"])
    if not active:
        end_all_sessions(user=row)
        revoke_all(user=row)
        row.invitations.filter(used_at__isnull=True).delete()
        if row.grants.filter(role="system_administrator").exists():
            require_one_system_administrator()
    record(
        by=by,
        action="people.open" if active else "people.close",
        summary=f"{'启用' if active else '停用'}用户 {row}",
        object_type="user",
        object_id=row.pk,
        region=region_code_of(row),
        reason=reason,
        before={"active": not active},
        after={"active": active},
    )
    return row
