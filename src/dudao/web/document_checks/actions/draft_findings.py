"""Handling a finding: taken up, or set aside with a reason that is kept with the finding's own words."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from dudao.web.audit.actions import record
from dudao.web.document_checks.models import Handling
from dudao.web.evaluations.actions.permissions import roles_on_answer
from dudao.web.evaluations.models import Answer
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Role

_HANDLERS = frozenset({Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER})
_REASON = 5
_WORDS = {"accepted": "采纳", "dismissed": "不采纳", "open": "重新打开"}


@transaction.atomic
def handle(*, by: User, answer: Answer, key: str, quote: str, state: str, reason: str = "") -> Handling | None:
    """Keep how a finding in the text of an answer was handled; `open` takes an earlier handling back.

    Raises:
        InvalidValueError: no such way, or a dismissal without a reason.
        NotAllowedError: the person does not work on the answer.
    """
    if not roles_on_answer(subject_of(by), answer) & _HANDLERS:
        raise NotAllowedError(gettext("您不能处理这条核验发现。"), advice=gettext("请由填报部门或督导室处理。"))
    if state not in _WORDS:
        raise InvalidValueError(gettext("请选择“采纳”或“不采纳”。"))
    why = reason.strip()
    if state == "dismissed" and len(why) < _REASON:
        raise InvalidValueError(
            gettext("不采纳须说明理由（至少 %(reason)s 个字）。") % {"reason": _REASON},
            advice=gettext("例如：已核对统计年鉴，原数无误。"),
        )
    region = answer.assessment.region
    before = Handling.objects.select_for_update(no_key=True).filter(region=region, report=None, key=key).first()
    told = {"state": before.state, "reason": before.reason} if before else {}
    row: Handling | None = None
    if state == "open":
        if before is not None:
            before.delete()
    else:
        values = {"state": state, "reason": why, "by": by, "at": timezone.now()}
        row, _ = Handling.objects.update_or_create(region=region, report=None, key=key, defaults=values)
    record(
        by=by,
        action=f"document_checks.finding.{state}",
        summary=f"{_WORDS[state]}第 {answer.item} 项的核验发现：{quote[:60]}",
        object_type="finding",
        object_id=key,
        region=region.code,
        reason=why,
        before=told,
        after={} if state == "open" else {"state": state, "reason": why},
    )
    return row
