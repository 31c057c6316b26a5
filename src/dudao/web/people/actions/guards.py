"""What writes about people check before they do anything."""

from django.utils import timezone
from django.utils.translation import gettext as _

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
        raise InvalidValueError(_("请填写理由，至少 %(reason_length)s 个字。") % {"reason_length": REASON_LENGTH})
    if len(text) > 500:
        raise InvalidValueError(_("理由最多 500 个字。"))
    return text


def locked_person(user_id: int) -> User:
    """Return a person's row, held until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=user_id)


def require_manage(by: User, user: User) -> Subject:
    """Let a change of a person's account pass only for an administrator whose reach covers all their roles.

    Raises:
        NotAllowedError: it is the own account, or a role of the person lies outside of the reach.
    """
    subject = subject_of(by)
    if user.pk == by.pk:
        raise NotAllowedError(_("不能修改自己的账号和权限。"), advice=_("请由另一位管理员办理。"))
    if not may_manage(subject, user, user.grants.select_related("region")):
        raise NotAllowedError(
            _("您没有管理“%(user)s”账号的权限。") % {"user": user}, advice=_("该人员的角色或地区不在您的管理范围内。")
        )
    return subject


def require_region(by: User, region: Region) -> Subject:
    """Let a change of a region's departments and places pass only for its administrators.

    Raises:
        NotAllowedError: the region lies outside of the reach.
    """
    subject = subject_of(by)
    if not may_administer(subject, region):
        raise NotAllowedError(_("%(region)s不在您的管理范围内。") % {"region": region})
    return subject


def hold_system_administrators() -> None:
    """Hold every system administrator's grant and account, so that two removals cannot pass each other."""
    grants = Grant.objects.select_for_update(no_key=True).filter(role=Role.SYSTEM_ADMINISTRATOR).order_by("pk")
    people = [grant.user_id for grant in grants]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))


def require_one_system_administrator() -> None:
    """Refuse what has just been written if it leaves nobody to administer the system; the transaction ends.

    Raises:
        NotPossibleError: no open account with the role and without an end is left.
    """
    if remaining_system_administrators(timezone.localdate()) == 0:
        raise NotPossibleError(
            _("这是最后一位系统管理员，不能停用、移除或设置截止日期。"), advice=_("请先另设一位系统管理员。")
        )
