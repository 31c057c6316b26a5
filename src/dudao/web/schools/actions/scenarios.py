"""Saving a what-if under a name, with the snapshot it rests on."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.models import Region, User
from dudao.web.refusals import InvalidValueError, NotPossibleError
from dudao.web.schools.balance_page import Choice
from dudao.web.schools.models import InUse, Scenario
from dudao.web.schools.permissions import require_plan
from dudao.web.schools.queries import rows_in_use
from dudao.web.schools.scenarios import AskedChange, outcome_of, tried

NAME_LENGTH = 80


@transaction.atomic
def save(*, by: User, region: Region, year: int, choice: Choice, name: str, changes: Sequence[AskedChange]) -> Scenario:
    """Keep changes to the data in use of a county as a named scenario; reported data are left alone.

    Raises:
        InvalidValueError: it has no name or no change, or the name is too long.
        NotAllowedError: the person does not plan for the region.
        NotPossibleError: the region has no school data of the year.
        WrongUseError: a change cannot be carried out.
    """
    require_plan(by, region)
    title = name.strip()
    if not title or len(title) > NAME_LENGTH:
        raise InvalidValueError(_("请填写方案名称（1 至 %(name_length)s 字）。") % {"name_length": NAME_LENGTH})
    if not changes:
        raise InvalidValueError(_("方案里没有改动。"), advice=_("请至少填写一处改动。"))
    held = InUse.objects.filter(region=region, kind="schools", year=year).first()
    if held is None:
        raise NotPossibleError(
            _("%(region)s%(year)s年没有学校数据。") % {"region": region, "year": year},
            advice=_("请先导入学校基本情况表。"),
        )
    found = tried(rows_in_use([region], "schools", year), changes, choice)
    row = Scenario.objects.create(
        region=region,
        year=year,
        snapshot_id=held.snapshot_id,
        standard=choice.standard,
        method=choice.method,
        name=title,
        changes=[change.text for change in changes],
        outcome=outcome_of(found),
        by=by,
    )
    record(
        by=by,
        action="schools.scenario.save",
        summary=f"保存{region}{year}年推演方案：{title}",
        object_type="scenario",
        object_id=row.pk,
        region=region.code,
        after={"changes": row.changes, "snapshot": row.snapshot_id},
    )
    return row
