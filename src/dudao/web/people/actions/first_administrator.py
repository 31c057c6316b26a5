"""The first administrator of an installation: made at the server's own keyboard, only while there is none."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from dudao.web.audit.actions import record
from dudao.web.people.actions.accounts import checked_details, checked_username
from dudao.web.people.actions.invitations import LASTS, secret_hash
from dudao.web.people.models import Grant, Invitation, Region, User
from dudao.web.people.queries import remaining_system_administrators
from dudao.web.refusals import InvalidValueError, NotPossibleError
from dudao.workflow.machine import Role

_LOCK = 0x6475_6469  # "dudi": one first administrator at a time


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """The account made, and the secret of the link that sets its password once, until `expires`."""

    user: User
    secret: str
    expires: datetime


@transaction.atomic
def make_first_administrator(*, username: str, name: str, email: str = "", region: str = "") -> FirstAdministrator:
    """Make an account with the system administrator's role, or give the role to an account that has none.

    Args:
        region: code of the region administered with all below it; empty for everything there is.

    Raises:
        InvalidValueError: a field cannot be taken, or there is no such region.
        NotPossibleError: there is a system administrator, there are no regions, or the account has other roles.
    """
    _one_at_a_time()
    if remaining_system_administrators(timezone.localdate()):
        raise NotPossibleError(
            gettext("已有系统管理员，不能再用这个命令新建。"),
            advice=gettext("请由系统管理员登录后，在“管理 → 人员”中新建用户。"),
        )
    regions = _regions(region.strip())
    name, email, _ = checked_details(name, email, "")
    user = _account(username, name, email)
    grants = [Grant(user=user, role=Role.SYSTEM_ADMINISTRATOR, region=each) for each in regions]
    Grant.objects.bulk_create(grants)
    user.invitations.filter(used_at__isnull=True).delete()
    secret, expires = secrets.token_urlsafe(32), timezone.now() + LASTS
    Invitation.objects.create(user=user, secret_hash=secret_hash(secret), expires_at=expires)
    record(
        by=None,
        action="people.first_administrator",
        summary=f"在服务器上设置首位系统管理员 {user}（{user.username}）",
        object_type="user",
        object_id=user.pk,
        region=regions[0].code,
        after={"username": user.username, "name": user.name, "regions": [each.code for each in regions]},
    )
    return FirstAdministrator(user, secret, expires)


def _one_at_a_time() -> None:
    """Let two commands started at once see each other; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _regions(code: str) -> list[Region]:
    found = list(Region.objects.filter(code=code)) if code else list(Region.objects.filter(depth=1).order_by("path"))
    if found:
        return found
    if code:
        raise InvalidValueError(
            gettext("没有代码为“%(code)s”的地区。") % {"code": code},
            advice=gettext("请核对代码，或不写地区以管理全部地区。"),
        )
    raise NotPossibleError(gettext("还没有地区。"), advice=gettext("请先运行 dudao manage load_regions。"))


def _account(username: str, name: str, email: str) -> User:
    found = User.objects.select_for_update(no_key=True).filter(username=username.strip()).first()
    if found is None:
        user = User(username=checked_username(username), name=name, email=email)
        user.set_unusable_password()
        user.save()
        return user
    if found.grants.exists():
        raise NotPossibleError(
            gettext("账号“%(username)s”已有其他角色。") % {"username": found.username}, advice=gettext("请换一个账号。")
        )
    found.name, found.email, found.is_active = name, email or found.email, True
    found.save(update_fields=["name", "email", "is_active"])
    return found
