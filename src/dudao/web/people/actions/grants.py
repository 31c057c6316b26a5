"""Roles: given for a time or without end, and ended; an ended role stays on record."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.access import subject_of
from dudao.web.people.actions.guards import (
    hold_system_administrators,
    locked_person,
    require_manage,
    require_one_system_administrator,
    require_reason,
)
from dudao.web.people.models import ROLE_TITLES, Department, Grant, Region, User
from dudao.web.people.reach import may_give
from dudao.web.refusals import InvalidValueError, NotAllowedError
from dudao.workflow.machine import Role


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to be given: where, for officers in which department, and for how long (None is open)."""

    role: Role
    region: Region
    department: Department | None = None
    starts: date | None = None
    ends: date | None = None


@transaction.atomic
def give_role(*, by: User, user: User, new: NewGrant, reason: str) -> Grant:
    """Give a role to a person whose account the administrator manages; the same role anew changes its dates.

    Raises:
        InvalidValueError: the role, place, department and dates do not go together, or nothing would change.
        NotAllowedError: the person or the role is not the administrator's to manage.
        NotPossibleError: it would set an end to the last system administrator.
    """
    reason = require_reason(reason)
    hold_system_administrators()
    row = locked_person(user.pk)
    require_manage(by, row)
    return give(by=by, user=row, new=new, reason=reason)


def give(*, by: User, user: User, new: NewGrant, reason: str) -> Grant:
    """Write the grant; part of a transaction that holds the person's row."""
    _check(new)
    if user.pk == by.pk or not may_give(subject_of(by), new.role, new.region):
        raise NotAllowedError(
            _("您不能在%(region)s授予“%(n)s”。") % {"region": new.region, "n": _(ROLE_TITLES[new.role])},
            advice=_("请由上一级管理员办理。"),
        )
    found = Grant.objects.filter(user=user, role=new.role, region=new.region, department=new.department).first()
    before = _dates(found) if found else {}
    if found and (found.starts, found.ends) == (new.starts, new.ends):
        raise InvalidValueError(_("%(user)s已有%(found)s，起止日期相同。") % {"user": user, "found": _words(found)})
    grant = found or Grant(user=user, role=new.role, region=new.region, department=new.department)
    grant.starts, grant.ends = new.starts, new.ends
    grant.save()
    if found and new.role is Role.SYSTEM_ADMINISTRATOR:
        require_one_system_administrator()
    record(
        by=by,
        action="people.give_role",
        summary=f"授予 {user} {_words(grant)}{_span(grant)}",
        object_type="user",
        object_id=user.pk,
        region=new.region.code,
        department=new.department.name if new.department else "",
        reason=reason,
        before=before,
        after={"role": new.role.value, "region": new.region.code, **_dates(grant)},
    )
    return grant


@transaction.atomic
def end_role(*, by: User, grant: Grant, reason: str) -> Grant:
    """End a role as of yesterday; it stays on record.

    Raises:
        InvalidValueError: no reason, or it ended before.
        NotAllowedError: the person is not the administrator's to manage.
        NotPossibleError: it is the last system administrator's role.
    """
    reason = require_reason(reason)
    hold_system_administrators()
    user = locked_person(grant.user_id)
    require_manage(by, user)
    row = (
        Grant.objects.select_for_update(no_key=True, of=("self",))
        .select_related("region", "department")
        .get(pk=grant.pk)
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    if row.ends is not None and row.ends <= yesterday:
        raise InvalidValueError(
            _("%(user)s的%(row)s已于 %(ends)s 结束。") % {"user": user, "row": _words(row), "ends": row.ends}
        )
    before = _dates(row)
    row.ends = yesterday
    if row.starts is not None and row.starts > yesterday:
        row.starts = yesterday
    row.save(update_fields=["starts", "ends"])
    if row.role == Role.SYSTEM_ADMINISTRATOR:
        require_one_system_administrator()
    record(
        by=by,
        action="people.end_role",
        summary=f"收回 {user} 的{_words(row)}",
        object_type="user",
        object_id=user.pk,
        region=row.region.code,
        department=row.department.name if row.department else "",
        reason=reason,
        before={"role": row.role, "region": row.region.code, **before},
        after=_dates(row),
    )
    return row


def _check(new: NewGrant) -> None:
    title = ROLE_TITLES[new.role]
    if new.role is Role.DEPARTMENT_OFFICER and new.department is None:
        raise InvalidValueError(_("“%(title)s”须选择所在部门。") % {"title": title})
    if new.role is not Role.DEPARTMENT_OFFICER and new.department is not None:
        raise InvalidValueError(_("“%(title)s”不按部门授权，请不要选择部门。") % {"title": title})
    if new.department is not None and new.department.region_id != new.region.pk:
        raise InvalidValueError(
            _("“%(department)s”不是%(region)s的部门。") % {"department": new.department, "region": new.region}
        )
    if new.department is not None and not new.department.active:
        raise InvalidValueError(_("“%(department)s”已停用。") % {"department": new.department})
    if new.starts and new.ends and new.ends < new.starts:
        raise InvalidValueError(
            _("截止日期 %(ends)s 早于开始日期 %(starts)s。") % {"ends": new.ends, "starts": new.starts}
        )
    if new.ends and new.ends < timezone.localdate():
        raise InvalidValueError(_("截止日期 %(ends)s 已经过去。") % {"ends": new.ends})


def _dates(grant: Grant) -> dict[str, str | None]:
    return {
        "starts": grant.starts.isoformat() if grant.starts else None,
        "ends": grant.ends.isoformat() if grant.ends else None,
    }


def _words(grant: Grant) -> str:
    where = f"{grant.region}{grant.department}" if grant.department else f"{grant.region}"
    return f"“{ROLE_TITLES[Role(grant.role)]}”（{where}）"


def _span(grant: Grant) -> str:
    if grant.starts and grant.ends:
        return f"，{grant.starts} 至 {grant.ends}"
    if grant.ends:
        return f"，至 {grant.ends}"
    return f"，自 {grant.starts} 起" if grant.starts else ""
