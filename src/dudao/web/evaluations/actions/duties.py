"""Writes about the duty list: one cell, or a whole table at once."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.permissions import require_open
from dudao.web.evaluations.actions.rounds import require_runner
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.duty_list import WORDS, duty_matrix
from dudao.web.evaluations.duty_table import WantedDuty, changes
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment, Duty, FactValue
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.people.models import Department, User
from dudao.workflow.transitions import ASSESSMENT


def _held(by: User, assessment: Assessment) -> Assessment:
    """Return the assessment held for a change of its duties, if the person may change them now."""
    require_runner(by, assessment.region)
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",)).select_related("region", "round__scheme")
    held = rows.get(pk=assessment.pk)
    require_open(held)
    if not ASSESSMENT.state(held.state).editors:
        state = ASSESSMENT.state(held.state).title
        raise NotPossibleError(
            _("%(region)s的自评现为“%(state)s”，分工不再改变。") % {"region": held.region, "state": state},
            advice=_("如需修改，请上级退回。"),
        )
    return held


def _hand_over_facts(assessment: Assessment, item: str) -> None:
    """Give the figures of an item to its lead where their owner has nothing more to do with it."""
    rows = Duty.objects.filter(assessment=assessment, item=item)
    lead = rows.filter(lead=True).first()
    asked = next((each.inputs for each in items_of(scheme_of(assessment.round.scheme)) if each.id == item), ())
    if lead is None or not asked:
        return
    figures = FactValue.objects.filter(
        region_id=assessment.region_id, period=str(assessment.round.year), name__in=asked
    )
    concerned = rows.values("department_id")
    (figures.filter(owner__isnull=True) | figures.exclude(owner_id__in=concerned)).update(owner=lead.department)


@transaction.atomic
def set_duty(*, by: User, assessment: Assessment, item: str, department: Department, duty: str) -> None:
    """Make a department lead an item (`lead`), help with it (`help`), or neither (`none`).

    Raises:
        InvalidValueError: the item or department does not belong here, or the item has another lead.
        NotPossibleError: the assessment was sent upwards or its round is closed.
        NotAllowedError: the person does not run the round there.
    """
    held = _held(by, assessment)
    if duty not in WORDS:
        raise InvalidValueError(_("职责只能是牵头、配合或不承担。"))
    if item not in {each.id for each in items_of(scheme_of(held.round.scheme))}:
        raise InvalidValueError(_("方案中没有第 %(item)s 项。") % {"item": item})
    if department.region_id != held.region_id:
        raise InvalidValueError(
            _("%(department)s不是%(region)s的部门。") % {"department": department, "region": held.region}
        )
    rows = Duty.objects.filter(assessment=held, item=item)
    before = {str(row.department_id): "lead" if row.lead else "help" for row in rows}
    if duty == "lead":
        other = rows.filter(lead=True).exclude(department=department).select_related("department").first()
        if other is not None:
            raise InvalidValueError(
                _("第 %(item)s 项已有牵头单位%(department)s，每项只能有一个牵头单位。")
                % {"item": item, "department": other.department}
            )
    if duty == "none":
        rows.filter(department=department).delete()
    else:
        Duty.objects.update_or_create(
            assessment=held, item=item, department=department, defaults={"lead": duty == "lead"}
        )
    _hand_over_facts(held, item)
    record(
        by=by,
        action="evaluations.duty.set",
        summary=f"第 {item} 项：{department}{WORDS[duty]}",
        object_type="assessment",
        object_id=held.pk,
        region=held.region.code,
        department=department.name,
        before=before,
        after={str(department.pk): duty},
    )


@transaction.atomic
def replace_duties(*, by: User, assessment: Assessment, wanted: Sequence[WantedDuty], seen: str) -> int:
    """Put the duties of a table in the place of those of the items it names, and return how many cells changed.

    Args:
        seen: fingerprint of the list that the person looked at in the preview.

    Raises:
        NotPossibleError: the list has changed since, or the assessment no longer does.
        InvalidValueError: an item has two leads, or something does not belong here.
    """
    held = _held(by, assessment)
    matrix = duty_matrix(held)
    if matrix.fingerprint != seen:
        raise NotPossibleError(_("预览之后有人改过分工，没有导入。"), advice=_("请重新上传，核对预览后再确认。"))
    leads: dict[str, int] = {}
    items, departments = {each.id for each in matrix.items}, {each.pk for each in matrix.departments}
    for each in wanted:
        if each.item not in items or each.department not in departments:
            raise InvalidValueError(
                _("第 %(row)s 行的指标或部门已不在本任务中。") % {"row": each.row}, advice=_("请重新上传。")
            )
        if each.lead and leads.setdefault(each.item, each.department) != each.department:
            raise InvalidValueError(_("第 %(item)s 项有两个牵头单位，每项只能有一个牵头单位。") % {"item": each.item})
    found = changes(wanted, matrix)
    named = {each.item for each in wanted}
    Duty.objects.filter(assessment=held, item__in=named).delete()
    Duty.objects.bulk_create(
        Duty(
            assessment=held,
            item=each.item,
            department_id=each.department,
            lead=each.lead,
            text=each.text,
            source=each.source,
        )
        for each in wanted
    )
    for item in sorted({change.item for change in found}):
        _hand_over_facts(held, item)
    record(
        by=by,
        action="evaluations.duty.import",
        summary=f"导入部门职责清单：{len(wanted)} 行，变动 {len(found)} 处",
        object_type="assessment",
        object_id=held.pk,
        region=held.region.code,
        before={"changes": [f"{each.item} {each.department} {each.before}" for each in found]},
        after={"changes": [f"{each.item} {each.department} {each.after}" for each in found]},
    )
    return len(found)
