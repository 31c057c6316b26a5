"""Shapes of background jobs."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class JobShape(Schema):
    """A job of background work; `total` is None while it is not known how much there is to do."""

    id: UUID
    kind: str
    title: str
    region: str | None
    state: str
    done: int
    total: int | None
    words: str
    result_words: str
    result: str
    error: str
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
