"""The points an office gives itself and what it states for them, each guarded by the version of the point."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.scheme.model import Point
from dudao.web.audit.queries import history
from dudao.web.evaluations.actions.answer_rows import SHORTEST_REASON, held, on_the_trail, touched, writer
from dudao.web.evaluations.actions.permissions import require_edit
from dudao.web.evaluations.choice_fields import Given, choice_of, choice_words
from dudao.web.evaluations.convert import asked_by, scheme_of
from dudao.web.evaluations.models import Answer, PointScore
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, Theirs
from dudao.web.people.models import User

REASON_LIMIT = 20000


def _points_summary(point: str) -> str:
    return f"修改测评点 {point} 自评分"


def _choice_summary(point: str) -> str:
    return f"修改测评点 {point} 判定"


def _theirs(row: PointScore, shown: str, by: User) -> Theirs:
    """Return what stands there now; who wrote it last is told by the trail of the answer."""
    summaries = (_points_summary(row.point), _choice_summary(row.point))
    last = history("answer", row.answer_id).filter(summary__in=summaries).first()
    if last is None:
        return Theirs(shown, _("其他人"), "", row.version)
    wrote = User.objects.filter(pk=last.actor_id).first() if last.actor_id else None
    return Theirs(shown, writer(wrote, by), f"{timezone.localtime(last.at):%H:%M}", row.version)


def _points_of(text: str, point: Point, step: Decimal | None) -> Decimal | None:
    plain = text.strip()
    if not plain:
        return None
    try:
        points = Decimal(plain)
    except InvalidOperation:
        raise InvalidValueError(
            _("自评分“%(text)s”不是数字。") % {"text": text}, advice=_("请填数字，例如 4.8。")
        ) from None
    full = point.full_points
    if not points.is_finite() or points < 0 or (full is not None and points > full):
        advice = _("请填不小于 0 的数。")
        if full is not None:
            advice = _("请填 0 至 %(full)s 之间的数。") % {"full": f"{full:f}"}
        raise InvalidValueError(_("自评分 %(plain)s 超出范围。") % {"plain": plain}, advice=advice)
    finest = point.step or step
    if finest and points % finest:
        raise InvalidValueError(
            _("自评分 %(plain)s 不是 %(finest)s 分的整数倍。") % {"plain": plain, "finest": f"{finest:f}"},
            advice=_("方案规定最小分差为 %(finest)s 分。") % {"finest": f"{finest:f}"},
        )
    if -points.as_tuple().exponent > 3:  # type: ignore[operator]  # finite, so the exponent is a number
        raise InvalidValueError(_("自评分 %(plain)s 的小数位过多。") % {"plain": plain}, advice=_("最多 3 位小数。"))
    return points


def _editable(by: User, score: PointScore) -> tuple[Answer, PointScore, Point]:
    """Return the answer and the score, both held, and the point of the scheme, once the person may edit them."""
    answer = held(score.answer)
    require_edit(by, answer)
    row = PointScore.objects.select_for_update(no_key=True).get(pk=score.pk)
    scheme = scheme_of(answer.assessment.round.scheme)
    point = next((each for each in scheme.points() if each.id == row.point), None)
    if point is None:
        raise InvalidValueError(_("方案中没有测评点 %(point)s。") % {"point": row.point})
    return answer, row, point


@transaction.atomic
def save_points(
    *,
    by: User,
    score: PointScore,
    points: str,
    version: int,
    not_applicable: bool = False,
    reason: str | None = None,
) -> PointScore:
    """Save the self-evaluated points of a point; an empty text takes them back, which is not zero.

    Args:
        reason: why it is not applicable, or why the points lie above what the facts support; None keeps the one given.

    Raises:
        ConflictError: somebody saved other points since that version.
        InvalidValueError: no number, out of range, finer than the scheme allows, or 不适用 without a reason.
        NotAllowedError: the person may not edit the answer now.
    """
    answer, row, point = _editable(by, score)
    given = _points_of(points, point, scheme_of(answer.assessment.round.scheme).step)
    if not_applicable and point.not_applicable is None:
        raise InvalidValueError(_("方案没有规定“%(name)s”可以不适用。") % {"name": point.name})
    why = (row.reason if reason is None else reason).strip()
    if not_applicable and len(why) < SHORTEST_REASON:
        raise InvalidValueError(
            _("选择“不适用”须说明理由（至少 %(shortest_reason)s 个字）。") % {"shortest_reason": SHORTEST_REASON}
        )
    if len(why) > REASON_LIMIT:
        raise InvalidValueError(
            _("理由有 %(count)s 字，超过 %(reason_limit)s 字。") % {"count": len(why), "reason_limit": REASON_LIMIT},
            advice=_("请精简。"),
        )
    wanted = (given, not_applicable, why)
    if wanted == (row.points, row.not_applicable, row.reason):
        return row
    if version != row.version:
        shown = "" if row.points is None else f"{row.points.normalize():f}"
        raise ConflictError(_theirs(row, shown, by), points)
    before = {"points": row.points, "not_applicable": row.not_applicable, "reason": row.reason}
    row.points, row.not_applicable, row.reason = wanted
    row.version += 1
    row.save()
    touched(answer, by)
    after = {"points": row.points, "not_applicable": row.not_applicable, "reason": row.reason}
    on_the_trail(answer, by, "points", _points_summary(row.point), before=before, after=after)
    return row


@transaction.atomic
def save_choice(*, by: User, score: PointScore, given: Mapping[str, Given], version: int) -> PointScore:
    """Save what the rule of a point asks people: grade, items, cases, points within a range.

    Args:
        given: key of a field (`choice_fields`) → what was typed and its reason; fields left out stay as they are.

    Raises:
        ConflictError: somebody stated something else since that version.
        InvalidValueError: the rule asks nothing of the kind, or the answer cannot be.
        NotAllowedError: the person may not edit the answer now.
    """
    answer, row, point = _editable(by, score)
    asked = asked_by(answer.assessment.round.scheme, point.id)
    if not asked.anything:
        raise InvalidValueError(_("“%(name)s”的规则不需要填判定。") % {"name": point.name})
    wanted = choice_of(asked, given, row.choice, f"{by}（自评）")
    if wanted == row.choice:
        return row
    before, after = choice_words(asked, row.choice), choice_words(asked, wanted)
    if version != row.version:
        raise ConflictError(_theirs(row, before, by), after)
    row.choice, row.version = wanted, row.version + 1
    row.save()
    touched(answer, by)
    trail = {"before": {"choice": before}, "after": {"choice": after}}
    on_the_trail(answer, by, "choice", _choice_summary(row.point), **trail)
    return row
