"""The row of an answer while it is written: held to the end of the transaction, begun, and put on the trail."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.permissions import require_transition
from dudao.web.evaluations.models import Answer, FactValue
from dudao.web.evaluations.refusals import Theirs
from dudao.web.people.models import User
from dudao.web.prepared import prepared

SHORTEST_REASON = 5  # characters


def held(answer: Answer) -> Answer:
    """Return the answer as it stands now, held until the end of the transaction.

    Raises:
        Answer.DoesNotExist: it was deleted meanwhile.
    """
    row = _held.first(answer.pk)
    if row is None:
        raise Answer.DoesNotExist
    return row


@prepared
def _held(answer_id: int) -> QuerySet[Answer]:
    rows = Answer.objects.select_for_update(no_key=True, of=("self",)).filter(pk=answer_id)
    whole = rows.select_related("assessment", "assessment__region", "assessment__round", "assessment__round__scheme")
    return whole.defer("assessment__round__scheme__files")  # the text of a whole scheme; `convert` reads it once


def theirs(row: Answer | FactValue, value: Any, by: User) -> Theirs:
    """Return what stands there now and who wrote it; the same person in another window is told so."""
    at = f"{timezone.localtime(row.changed_at):%H:%M}" if row.changed_at else ""
    return Theirs(value, writer(row.changed_by, by), at, row.version)


def writer(wrote: User | None, by: User) -> str:
    """Return what somebody is told of who wrote what stands there now."""
    if wrote is None:
        return _("其他人")
    return _("您在另一窗口") if wrote.pk == by.pk else str(wrote)


def begin(answer: Answer, by: User) -> None:
    """Move an untouched answer to being filled in."""
    if answer.state == "not_started":
        require_transition(by, answer, "start")
        answer.state = "drafting"


def touched(answer: Answer, by: User) -> None:
    """Keep that something of an answer was changed now, and by whom."""
    begin(answer, by)
    answer.changed_at, answer.changed_by = timezone.now(), by
    answer.save()


def on_the_trail(answer: Answer, by: User, action: str, summary: str, **more: Any) -> None:
    """Record what was done to an answer."""
    record(
        by=by,
        action=f"evaluations.answer.{action}",
        summary=summary,
        object_type="answer",
        object_id=answer.pk,
        region=answer.assessment.region.code,
        **more,
    )
