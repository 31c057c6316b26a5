"""Taking over a computed figure into an answer: the value with its trace, only when somebody says so."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.answers import save_fact
from dudao.web.evaluations.models import Answer, FactValue
from dudao.web.people.models import User
from dudao.web.refusals import NotPossibleError
from dudao.web.schools.computed import computed_lines
from dudao.web.schools.models import TakenFact

_SOURCE_LENGTH = 200


@transaction.atomic
def take_over(*, by: User, answer: Answer, fact: FactValue, version: int) -> FactValue:
    """Write what the tables compute into a figure, its source saying from which snapshots and by which formula.

    Args:
        version: the version of the figure that the person saw.

    Raises:
        ConflictError: somebody saved another value since that version.
        NotAllowedError: the person may not edit the answer or the figure now.
        NotPossibleError: the tables compute nothing for it.
    """
    line = next(iter(computed_lines(answer, only=fact.pk)), None)
    if line is None or not line.value:
        raise NotPossibleError(_("学校数据没有算出这项数据。"), advice=_("请刷新页面查看缺少什么。"))
    numbers = "、".join(str(snapshot.pk) for snapshot in line.snapshots)
    source = f"由学校数据计算（快照 {numbers}）：{line.method}"[:_SOURCE_LENGTH]
    before = fact.value
    saved = save_fact(by=by, answer=answer, fact=fact, value=line.value, unit=line.unit, version=version, source=source)
    TakenFact.objects.update_or_create(
        fact=saved,
        defaults={
            "computed_name": line.computed_name,
            "value": line.value,
            "version": saved.version,
            "method": line.method,
            "snapshots": [snapshot.pk for snapshot in line.snapshots],
            "by": by,
            "at": timezone.now(),
        },
    )
    record(
        by=by,
        action="schools.fact.take_over",
        summary=f"第 {answer.item} 项取用学校数据：{line.title} {saved.period} {saved.part}".strip(),
        object_type="fact",
        object_id=saved.pk,
        region=answer.assessment.region.code,
        before={"value": before},
        after={
            "value": line.value,
            "unit": line.unit,
            "method": line.method,
            "snapshots": {str(snapshot.pk): snapshot.frame for snapshot in line.snapshots},
        },
    )
    return saved
