"""Shapes of reports that were checked in the platform, and of what was found in them."""

from datetime import datetime

from ninja import Schema


class ReportShape(Schema):
    """A report with its newest version; `counts` is how many findings stand in which state of handling,
    empty for who reads only what was passed to their department.
    """

    id: int
    title: str
    shared: bool
    version: int | None
    checked_at: datetime | None
    counts: dict[str, int]


class ReportFindingShape(Schema):
    """One finding: where it stands in the text (`start`, `end`), what it says, and how it was handled.

    `standing` tells it from the version before; `other` names the place outside of the report that it contradicts.
    """

    number: int
    key: str
    look: str
    level: str
    code: str
    quote: str
    sentence: str
    message: str
    remedy: str
    heading: str
    page: int | None
    start: int
    end: int
    standing: str
    other: str | None
    state: str
    reason: str
