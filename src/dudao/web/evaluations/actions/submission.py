"""Sending an assessment upwards: a snapshot that never changes; a correction is the next version."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.permissions import require_assessment_transition, require_scheme_in_use
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.concerned import clerks_running, people_with
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.happenings import Kind, tell
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore, Submission
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evaluations.scores import fact_rows, score_rows
from dudao.web.evaluations.stated import stated_in
from dudao.web.people.models import User
from dudao.workflow.machine import Transition


def not_accepted(assessment: Assessment) -> list[str]:
    """Return the items that are not accepted yet, in the order of the scheme."""
    waiting = set(assessment.answers.exclude(state__in=("accepted", "locked")).values_list("item", flat=True))
    return [item.id for item in items_of(scheme_of(assessment.round.scheme)) if item.id in waiting]


def snapshot(assessment: Assessment) -> dict[str, Any]:
    """Return everything an assessment says now, as it is kept with a submission."""
    scheme = scheme_of(assessment.round.scheme)
    held = fact_rows(assessment)
    points_given = list(PointScore.objects.filter(answer__assessment=assessment).select_related("answer"))
    scores = score_rows(assessment, held, points_given)
    judged = {each.point.id: each for each in scores.points}
    answers = {row.item: row for row in assessment.answers.prefetch_related("scores", "supports__evidence__revisions")}
    book = FigureBook(scheme, FactValue.objects.filter(region_id=assessment.region_id))
    items = []
    for item in items_of(scheme):
        answer = answers.get(item.id)
        if answer is None:
            continue
        points = {score.point: score for score in answer.scores.all()}
        stated = stated_in(assessment.round.scheme, points.values())
        items.append(
            {
                "item": item.id,
                "section": item.section.name,
                "name": item.name,
                "full_points": item.full_points,
                "note": book.stating(stated).render(answer.note),
                "note_as_written": answer.note,
                "points": [
                    {
                        "point": point.id,
                        "name": point.name,
                        "full_points": point.full_points,
                        "self_points": points[point.id].points if point.id in points else None,
                        "not_applicable": points[point.id].not_applicable if point.id in points else False,
                        "reason": points[point.id].reason if point.id in points else "",
                        "choice": points[point.id].choice if point.id in points else {},
                        "stated": stated[point.id].words if point.id in stated else "",
                        "forecast": judged[point.id].award.points if point.id in judged else None,
                    }
                    for point in item.points
                ],
                "evidence": _evidence(answer),
            }
        )
    facts = FactValue.objects.filter(region_id=assessment.region_id).order_by("name", "period", "part")
    content = {
        "scheme": {
            "id": scheme.id,
            "name": scheme.name,
            "version": assessment.round.scheme.version,
            "content_hash": assessment.round.scheme.content_hash,
        },
        "region": {"code": assessment.region.code, "name": assessment.region.name},
        "year": assessment.round.year,
        "items": items,
        "facts": list(facts.values("name", "period", "part", "value", "unit", "source")),
        "facts_below": [
            {"region": row.region.code, "name": row.name, "period": row.period, "part": row.part, "value": row.value}
            for row in sorted(held.below, key=lambda row: (row.region.code, row.name, row.period, row.part))
        ],
        "outcomes": [
            {"name": each.name, "effect": each.effect, "holds": each.holds, "steps": each.steps}
            for each in scores.outcomes
        ],
        "grades": list(scores.grade.possible) if scores.grade else [],
        "totals": {
            "full_points": scores.total.full,
            "self_points": scores.total.self_points,
            "forecast": scores.total.points,
            "forecast_low": scores.total.low,
            "forecast_high": scores.total.high,
        },
    }
    stored: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False))
    return stored


def _evidence(answer: Answer) -> list[dict[str, Any]]:
    rows = []
    for support in answer.supports.all():
        if support.evidence.removed_at is not None:
            continue
        newest = next(iter(support.evidence.revisions.all()), None)
        rows.append(
            {
                "evidence": support.evidence_id,
                "title": support.evidence.title,
                "number": support.evidence.number,
                "point": support.point,
                "sha256": newest.file_id if newest else "",
            }
        )
    return rows


def content_digest(content: dict[str, Any]) -> str:
    """Return the hash (hex SHA-256) of a snapshot."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def submit_assessment(*, by: User, assessment: Assessment, password: str) -> Submission:
    """Send an assessment upwards: every answer is locked and the whole is kept as it was.

    Raises:
        NotAllowedError: not possible now, or not for this person.
        InvalidValueError: the password is not the person's own.
        NotPossibleError: items are not accepted yet; names them.
    """
    row = _locked(assessment)
    transition = require_assessment_transition(by, row, "submit")
    require_scheme_in_use(row)
    if not by.check_password(password):
        raise InvalidValueError(_("密码不正确，没有报送。"), advice=_("请输入您本人的登录密码。"))
    if waiting := not_accepted(row):
        raise NotPossibleError(
            _("第 %(list)s 项尚未接受，不能报送。") % {"list": _("、").join(waiting)}, advice=_("请先接受全部指标。")
        )
    row.version += 1
    content = snapshot(row)
    submission = Submission.objects.create(
        assessment=row,
        version=row.version,
        content=content,
        content_hash=content_digest(content),
        by=by,
        at=timezone.now(),
    )
    row.answers.filter(state="accepted").update(state="locked")
    row.state = transition.target
    row.save()
    record(
        by=by,
        action="evaluations.assessment.submit",
        summary=f"{row.region}报送自评（第 {row.version} 次）",
        object_type="assessment",
        object_id=row.pk,
        region=row.region.code,
        after={"version": row.version, "content_hash": submission.content_hash},
    )
    _tell(Kind.ASSESSMENT_SUBMITTED, row, by, f"{row.region}报送了自评（第 {row.version} 次）", transition)
    return submission


def _tell(kind: Kind, row: Assessment, by: User, sentence: str, transition: Transition, words: str = "") -> None:
    tell(
        kind,
        row,
        sentence,
        key=f"assessment:{row.pk}:{kind}:{row.version}",
        told=lambda: _told(row, transition),
        by=by,
        words=words,
    )


def _told(row: Assessment, transition: Transition) -> set[int]:
    """Return who gets a notice; what is sent upwards reaches the office that runs the round as well."""
    told = set(people_with(row, transition.tells))
    if transition.event == "submit":
        told |= set(clerks_running(row).values_list("pk", flat=True))
    return told


@transaction.atomic
def send_back(*, by: User, assessment: Assessment, reason: str) -> Assessment:
    """Send a submitted assessment back for a corrected version; what was submitted stays as it was.

    Raises:
        NotAllowedError: not possible now, or not for this person.
        InvalidValueError: no reason is given.
    """
    row = _locked(assessment)
    transition = require_assessment_transition(by, row, "send_back")
    if len(reason.strip()) < 5:
        raise InvalidValueError(_("退回须说明理由（至少 5 个字）。"))
    row.state = transition.target
    row.save()
    row.answers.filter(state="locked").update(state="accepted")
    record(
        by=by,
        action="evaluations.assessment.send_back",
        summary=f"退回{row.region}的自评",
        object_type="assessment",
        object_id=row.pk,
        region=row.region.code,
        reason=reason.strip(),
    )
    _tell(Kind.ASSESSMENT_SENT_BACK, row, by, f"{row.region}的自评被上级退回", transition, reason.strip())
    return row


@transaction.atomic
def confirm(*, by: User, assessment: Assessment) -> Assessment:
    """Confirm a submitted assessment.

    Raises:
        NotAllowedError: not possible now, or not for this person.
    """
    row = _locked(assessment)
    transition = require_assessment_transition(by, row, "confirm")
    row.state = transition.target
    row.save()
    record(
        by=by,
        action="evaluations.assessment.confirm",
        summary=f"确认{row.region}的自评",
        object_type="assessment",
        object_id=row.pk,
        region=row.region.code,
    )
    _tell(Kind.ASSESSMENT_CONFIRMED, row, by, f"{row.region}的自评已经上级确认", transition)
    return row


def _locked(assessment: Assessment) -> Assessment:
    return (
        Assessment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("region", "round", "round__scheme")
        .get(pk=assessment.pk)
    )
