"""The audit trail, as its page shows it; looking at it is itself an event."""

from functools import partial
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Schema

from dudao.web.api.bearer import person_of
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import LARGEST_PAGE, PAGE
from dudao.web.api.shapes.common import Words
from dudao.web.api.shapes.trail import EventPage, EventShape
from dudao.web.audit.models import Event
from dudao.web.dashboards.audit_events import FILTERS, MASKED, events_for, note_reading
from dudao.web.people.access import reads_audit, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told

_offers = partial(offers, "审计日志")
_DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"


class TrailQuestion(Schema):
    """Which events are asked for, and from which on."""

    words: Annotated[Words, Field(description="内容或理由中的文字")] = ""
    action: Annotated[str, Field(max_length=80, pattern="^[a-z_.]*$", description="动作，例如 evaluations.answer")] = ""
    actor: Annotated[Words, Field(description="账号")] = ""
    region: Annotated[str, Field(max_length=12, pattern="^[0-9]*$", description="地区代码")] = ""
    since: Annotated[str, Field(pattern=_DAY, description="起日，例如 2022-08-01")] = ""
    until: Annotated[str, Field(pattern=_DAY, description="止日")] = ""
    before: Annotated[int | None, Field(ge=1, le=2**53, description="只要序号小于此数的")] = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="最多几条")] = PAGE


@router.get(
    "/audit",
    response=EventPage,
    operation_id="list_events",
    **_offers(Scope.ADMIN, reads_audit, "审计日志", "新的在前；用 before 继续读更早的。读取本身也记入日志。"),
)
def list_events(request: HttpRequest, asked: Query[TrailQuestion]) -> EventPage:
    """List events, newest first."""
    holder = subject(request)
    filters = {name: str(getattr(asked, name, "") or "") for name in FILTERS}
    events = events_for(holder, filters)
    if asked.before is None:
        note_reading(person_of(request), holder, "audit.read", "查看审计日志", filters)
    else:
        events = events.filter(sequence__lt=asked.before)
    rows = list(events[: asked.limit + 1])
    shown = rows[: asked.limit]
    more = len(rows) > len(shown)
    return EventPage(results=[_event(row) for row in shown], before=shown[-1].sequence if more else None)


def _event(row: Event) -> EventShape:
    readable = not row.hidden  # type: ignore[attr-defined]  # annotated
    return EventShape(
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        action=row.action,
        readable=readable,
        summary=told(row.summary if readable else MASKED),
        reason=row.reason if readable else "",
        region=row.region,
        department=row.department,
        object_type=row.object_type,
        object_id=row.object_id,
        before=row.before if readable else {},
        after=row.after if readable else {},
        request_id=row.request_id,
        hash=row.hash,
    )
