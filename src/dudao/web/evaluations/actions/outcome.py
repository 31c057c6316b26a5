"""Stating the facts that only the rules on the whole ask for: by the supervision office, guarded by their version."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.answer_rows import writer
from dudao.web.evaluations.actions.permissions import require_open, require_scheme_in_use, roles_on_assessment
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.figures import FigureError, read_value
from dudao.web.evaluations.models import Assessment, FactValue, PointScore
from dudao.web.evaluations.outcome import asked_keys
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, NotAllowedError, Theirs
from dudao.web.evaluations.scores import fact_rows, score_rows
from dudao.web.people.access import Subject, subject_of
from dudao.web.people.models import Region, User
from dudao.workflow.machine import Role
from dudao.workflow.transitions import ASSESSMENT


def may_state_outcome(subject: Subject, assessment: Assessment) -> bool:
    """Return whether somebody may state these facts now: the office of the region, while it may be written to."""
    roles = roles_on_assessment(subject, assessment) & {Role.SUPERVISION_CLERK}
    return bool(roles & ASSESSMENT.state(assessment.state).editors) and not assessment.round.closed_at


@transaction.atomic
def save_outcome_fact(
    *, by: User, assessment: Assessment, place: str, name: str, period: str, part: str, value: str, version: int
) -> FactValue:
    """Save a fact that a rule on the whole, or a rule over the regions below, looks at.

    Args:
        place: code of the region the fact is of: the region itself or one below it.
        version: what the value was written on; 0 where nobody had stated it.

    Raises:
        ConflictError: somebody saved another value since that version.
        InvalidValueError: no rule asks for it here, or it is no figure of the kind asked for.
        NotAllowedError: the person is not of the office of the region, or it was sent upwards.
        NotPossibleError: the round is closed, or the scheme was withdrawn.
    """
    row = Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)
    require_open(row)
    require_scheme_in_use(row)
    if not may_state_outcome(subject_of(by), row):
        raise NotAllowedError(_("您现在不能填写等次判定的数据。"), advice=_("由督导室在报送以前填写。"))
    fact = _row(row, place, name, period, part)
    declared = next(each for each in scheme_of(row.round.scheme).facts if each.name == name)
    text = value.strip()
    if len(text) > 60 or "\x00" in text:
        raise InvalidValueError(_("数值过长或含有不能保存的字符（最多 60 字）。"), advice=_("请检查后重填。"))
    try:
        read_value(text, fact.unit, declared)
    except FigureError as error:
        raise InvalidValueError(error.message, advice=error.advice) from error
    if text == fact.value:
        return fact
    if version != fact.version:
        at = f"{timezone.localtime(fact.changed_at):%H:%M}" if fact.changed_at else ""
        raise ConflictError(Theirs(fact.value, writer(fact.changed_by, by), at, fact.version), text)
    before = fact.value
    fact.value, fact.version = text, fact.version + 1
    fact.changed_at, fact.changed_by = timezone.now(), by
    fact.save()
    record(
        by=by,
        action="evaluations.fact.save",
        summary=f"修改数据：{fact.region}{declared.title} {period} {part}".strip(),
        object_type="fact",
        object_id=fact.pk,
        region=row.region.code,
        before={"value": before},
        after={"value": text},
    )
    return fact


def _row(assessment: Assessment, place: str, name: str, period: str, part: str) -> FactValue:
    """Return the row of a fact that is asked here, held; made empty where there is none.

    Raises:
        InvalidValueError: no rule asks for it here.
    """
    held = fact_rows(assessment)
    points = list(PointScore.objects.filter(answer__assessment=assessment).select_related("answer"))
    if (place, name, period, part) not in asked_keys(assessment, held, score_rows(assessment, held, points)):
        raise InvalidValueError(_("没有规则在这里问这项数据。"), advice=_("请刷新页面后重填。"))
    region = Region.objects.get(code=place)
    declared = next(each for each in scheme_of(assessment.round.scheme).facts if each.name == name)
    FactValue.objects.get_or_create(
        region=region, name=name, period=period, part=part, defaults={"unit": declared.unit}
    )
    return (
        FactValue.objects.select_for_update(no_key=True, of=("self",))
        .select_related("region", "changed_by")
        .get(region=region, name=name, period=period, part=part)
    )
