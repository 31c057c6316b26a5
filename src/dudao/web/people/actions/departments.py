"""Departments of a region: added, renamed, put in order, closed."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.actions.guards import require_reason, require_region
from dudao.web.people.models import Department, Region, User
from dudao.web.refusals import InvalidValueError


def checked_name(name: str, limit: int = 120) -> str:
    """Return a name without idle spaces.

    Raises:
        InvalidValueError: it is empty or too long.
    """
    text = "".join(name.split())
    if not text or len(text) > limit:
        raise InvalidValueError(_("请填写名称，最多 %(limit)s 个字。") % {"limit": limit})
    return text


@transaction.atomic
def add_department(
    *, by: User, region: Region, name: str, short_name: str = "", position: int | None = None, reason: str
) -> Department:
    """Add a department to a region, at the end of the list unless a position is given.

    Raises:
        InvalidValueError: the name is missing or taken there.
        NotAllowedError: the region is not the administrator's.
    """
    reason = require_reason(reason)
    place = Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    require_region(by, place)
    name = _free_name(place, name)
    if position is None:
        last = Department.objects.filter(region=place).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    row = Department.objects.create(
        region=place, name=name, short_name="".join(short_name.split())[:40], position=position
    )
    _record(by, row, "people.department.add", f"增加部门 {row}", reason, {}, _content(row))
    return row


@transaction.atomic
def change_department(
    *, by: User, department: Department, name: str, short_name: str, position: int, active: bool, reason: str
) -> Department:
    """Rename a department, move it in the list, close it or open it again.

    Raises:
        InvalidValueError: the name is missing or taken, or the position is no place in a list.
        NotAllowedError: the region is not the administrator's.
    """
    reason = require_reason(reason)
    row = Department.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=department.pk)
    require_region(by, row.region)
    if not 0 <= position <= 9999:
        raise InvalidValueError(_("排序“%(position)s”应在 0 至 9999 之间。") % {"position": position})
    before = _content(row)
    row.name = _free_name(row.region, name, but=row.pk)
    row.short_name = "".join(short_name.split())[:40]
    row.position, row.active = position, active
    row.save()
    summary = f"修改部门 {before['name']}" if before["name"] == row.name else f"部门 {before['name']} 改名为 {row.name}"
    if before["active"] != active:
        summary = f"{'启用' if active else '停用'}部门 {row.name}"
    _record(by, row, "people.department.change", summary, reason, before, _content(row))
    return row


def _free_name(region: Region, name: str, but: int | None = None) -> str:
    text = checked_name(name)
    others = Department.objects.filter(region=region, name=text)
    if (others if but is None else others.exclude(pk=but)).exists():
        raise InvalidValueError(
            _("%(region)s已有部门“%(text)s”。") % {"region": region, "text": text}, advice=_("同一地区的部门不能重名。")
        )
    return text


def _content(row: Department) -> dict[str, str | int | bool]:
    return {"name": row.name, "short_name": row.short_name, "position": row.position, "active": row.active}


def _record(
    by: User,
    row: Department,
    action: str,
    summary: str,
    reason: str,
    before: dict[str, str | int | bool],
    after: dict[str, str | int | bool],
) -> None:
    record(
        by=by,
        action=action,
        summary=f"{row.region} {summary}",
        object_type="department",
        object_id=row.pk,
        region=row.region.code,
        department=row.name,
        reason=reason,
        before=before,
        after=after,
    )
