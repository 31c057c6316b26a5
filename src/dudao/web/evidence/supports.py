"""Writes about what evidence supports: an item, a point, or one thing that the scheme asks for."""

from django.db import transaction
from django.utils.translation import gettext as _

from dudao.web.evaluations.actions.permissions import require_edit
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Answer
from dudao.web.evaluations.refusals import InvalidValueError
from dudao.web.evidence.models import Evidence, Support
from dudao.web.evidence.trail import tell
from dudao.web.people.models import User


def item_of(answer: Answer) -> Item:
    """Return the item of the scheme that an answer answers.

    Raises:
        InvalidValueError: the scheme has no such item.
    """
    for item in items_of(scheme_of(answer.assessment.round.scheme)):
        if item.id == answer.item:
            return item
    raise InvalidValueError(_("方案中没有第 %(item)s 项。") % {"item": answer.item})


@transaction.atomic
def support(*, by: User, evidence: Evidence, answer: Answer, point: str = "", request: str = "") -> Support:
    """Say that a piece of evidence supports an item, one point of it, or one thing asked for there.

    Raises:
        InvalidValueError: the evidence is of another region or removed, or the scheme has no such point or request.
        NotAllowedError: the person may not edit the answer now.
    """
    require_edit(by, answer)
    held = Evidence.objects.select_for_update(no_key=True, of=("self",)).get(pk=evidence.pk)
    if held.region_id != answer.assessment.region_id or held.removed_at is not None:
        raise InvalidValueError(_("该材料不属于本地区，或已删除。"))
    _check_target(answer, point, request)
    made, created = Support.objects.get_or_create(evidence=held, answer=answer, point=point, request=request)
    if created:
        after = {"answer": answer.pk, "point": point, "request": request}
        tell(held, by, "support", f"材料“{held.title}”用于第 {answer.item} 项", after=after)
    return made


@transaction.atomic
def withdraw_support(*, by: User, support: Support) -> None:
    """Take back that a piece of evidence supports an item.

    Raises:
        NotAllowedError: the person may not edit the answer now.
    """
    require_edit(by, support.answer)
    before = {"answer": support.answer_id, "point": support.point, "request": support.request}
    summary = f"材料“{support.evidence.title}”不再用于第 {support.answer.item} 项"
    tell(support.evidence, by, "unsupport", summary, before=before)
    support.delete()


def _check_target(answer: Answer, point: str, request: str) -> None:
    if not point and not request:
        return
    found = next((each for each in item_of(answer).points if each.id == point), None)
    if found is None:
        raise InvalidValueError(
            _("第 %(item)s 项没有测评点 %(point)s。") % {"item": answer.item, "point": point},
            advice=_("请刷新页面后重选。"),
        )
    if request and request not in {each.name for each in found.evidence}:
        raise InvalidValueError(
            _("测评点 %(point)s 没有要求“%(request)s”。") % {"point": point, "request": request},
            advice=_("请刷新页面后重选。"),
        )
