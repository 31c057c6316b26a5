"""A round under way: deadlines moved with a reason, the round closed and opened again."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.rounds import check_stage, require_runner
from dudao.web.evaluations.concerned import everyone_in
from dudao.web.evaluations.happenings import Kind, tell
from dudao.web.evaluations.models import Round, Stage
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.people.models import User

SHORTEST_REASON = 5


def _require_reason(reason: str, what: str) -> str:
    text = reason.strip()
    if len(text) < SHORTEST_REASON:
        raise InvalidValueError(
            _("请填写%(what)s理由（至少 %(shortest_reason)s 个字）。")
            % {"what": what, "shortest_reason": SHORTEST_REASON}
        )
    return text


@transaction.atomic
def set_stage(*, by: User, round: Round, kind: str, starts: date, due: date, reason: str, today: date) -> Stage:
    """Move the days of a stage, or add a stage the round did not have.

    Raises:
        InvalidValueError: no reason is given, or the deadline cannot be.
        NotPossibleError: the round is closed.
        NotAllowedError: the person does not run the round.
    """
    require_runner(by, round.region)
    text = _require_reason(reason, "调整")
    check_stage(kind, starts, due, today)
    held = Round.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=round.pk)
    if held.closed_at:
        raise NotPossibleError(
            _("“%(title)s”已结束，不能调整期限。") % {"title": held.title}, advice=_("如需调整，请先恢复任务。")
        )
    stage = Stage.objects.filter(round=held, kind=kind).first()
    before = {"starts": stage.starts, "due": stage.due} if stage else {}
    if stage is None:
        stage = Stage(round=held, kind=kind)
    stage.starts, stage.due = starts, due
    stage.save()
    record(
        by=by,
        action="evaluations.deadline.move",
        summary=f"“{held.title}”{stage.get_kind_display()}截止日期改为 {due}",
        object_type="round",
        object_id=held.pk,
        region=held.region.code,
        reason=text,
        before=before,
        after={"starts": starts, "due": due},
    )
    for assessment in held.assessments.select_related("region", "round"):
        tell(
            Kind.DEADLINE_MOVED,
            assessment,
            f"“{held.title}”{stage.get_kind_display()}截止日期改为 {due}",
            key=f"stage:{stage.pk}:{assessment.pk}:{due}",
            told=partial(everyone_in, assessment),
            by=by,
            words=text,
        )
    return stage


@transaction.atomic
def close_round(*, by: User, round: Round, reason: str, now: datetime) -> None:
    """Close a round: what was filled in stays readable and no longer changes.

    Raises:
        InvalidValueError: no reason is given.
        NotPossibleError: it is closed already.
        NotAllowedError: the person does not run the round.
    """
    require_runner(by, round.region)
    text = _require_reason(reason, "结束")
    held = Round.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=round.pk)
    if held.closed_at:
        raise NotPossibleError(_("“%(title)s”已经结束。") % {"title": held.title})
    _close(by, held, now, text, "close", "结束评价任务")


@transaction.atomic
def reopen_round(*, by: User, round: Round, reason: str) -> None:
    """Open a closed round again.

    Raises:
        InvalidValueError: no reason is given.
        NotPossibleError: it is not closed.
        NotAllowedError: the person does not run the round.
    """
    require_runner(by, round.region)
    text = _require_reason(reason, "恢复")
    held = Round.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=round.pk)
    if not held.closed_at:
        raise NotPossibleError(_("“%(title)s”没有结束。") % {"title": held.title})
    _close(by, held, None, text, "reopen", "恢复评价任务")


def _close(by: User, held: Round, at: datetime | None, reason: str, event: str, word: str) -> None:
    before = held.closed_at
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    record(
        by=by,
        action=f"evaluations.round.{event}",
        summary=f"{word}：{held.title}",
        object_type="round",
        object_id=held.pk,
        region=held.region.code,
        reason=reason,
        before={"closed_at": before},
        after={"closed_at": at},
    )
