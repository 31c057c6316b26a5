"""What writes about people check before they do anything."""

from django.utils import timezone

from dudao.web.people.access import Subject, subject_of
from dudao.web.people.models import Grant, Region, User
from dudao.web.people.queries import remaining_system_administrators
from dudao.web.people.reach import may_administer, may_manage
from dudao.web.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role

REASON_LENGTH = 5


def require_reason(reason: str) -> str:
    """Return the reason without idle spaces.

    Raises:
        InvalidValueError: it is too short to say anything.
    """
    text = reason.strip()
    if len(text) < REASON_LENGTH:
        raise InvalidValueError(f"请填写理由，至少 {REASON_LENGTH} 个字。")
    if len(text) > 500:
        raise InvalidValueError("理由最多 500 个字。")
    return text


def locked_person(user_id: int) -> User:
    """Return a person's row, held until the transaction ends."""
    return User.objects.select_for_update().get(pk=user_id)


def require_manage(by: User, user: User) -> Subject:
    """Let a change of a person's account pass only for an administrator whose reach covers all their roles.

    Raises:
        NotAllowedError: it is the own account, or a role of the person lies outside of the reach.
    """
    subject = subject_of(by)
    if user.pk == by.pk:
        raise NotAllowedError("不能修改自己的账号和权限。", advice="请由另一位管理员办理。")
    if not may_manage(subject, user, user.grants.select_related("region")):
        raise NotAllowedError(f"您没有管理“{user}”账号的权限。", advice="该人员的角色或地区不在您的管理范围内。")
    return subject


def require_region(by: User, region: Region) -> Subject:
    """Let a change of a region's departments and places pass only for its administrators.

    Raises:
        NotAllowedError: the region lies outside of the reach.
    """
    subject = subject_of(by)
    if not may_administer(subject, region):
        raise NotAllowedError(f"{region}不在您的管理范围内。")
    return subject


def hold_system_administrators() -> None:
    """Hold every system administrator's grant and account, so that two removals cannot pass each other."""
    grants = Grant.objects.select_for_update().filter(role=Role.SYSTEM_ADMINISTRATOR).order_by("pk")
    people = [grant.user_id for grant in grants]
    list(User.objects.select_for_update().filter(pk__in=people).order_by("pk"))


def require_one_system_administrator() -> None:
    """Refuse what has just been written if it leaves nobody to administer the system; the transaction ends.

    Raises:
        NotPossibleError: no open account with the role and without an end is left.
    """
    if remaining_system_administrators(timezone.localdate()) == 0:
        raise NotPossibleError(
            "这是最后一位系统管理员，不能停用、移除或设置截止日期。", advice="请先另设一位系统管理员。"
        )
