"""Shapes of the audit trail."""

from datetime import datetime
from typing import Any

from ninja import Schema


class EventShape(Schema):
    """One event; `readable` is false where its content is not to be read, and its texts are then empty."""

    sequence: int
    at: datetime
    actor: str
    action: str
    readable: bool
    summary: str
    reason: str
    region: str
    department: str
    object_type: str
    object_id: str
    before: dict[str, Any]
    after: dict[str, Any]
    request_id: str
    hash: str


class EventPage(Schema):
    """Events, newest first; `before` continues with older ones, None at the end."""

    results: list[EventShape]
    before: int | None
