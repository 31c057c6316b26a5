"""Shapes of rounds and of how far they are."""

from datetime import date, datetime

from ninja import Schema

from dudao.web.api.shapes.common import NamedRegion


class StageShape(Schema):
    """A stage of a round with its first and last day."""

    kind: str
    title: str
    starts: date
    due: date


class SchemeName(Schema):
    """A scheme by slug, version and name."""

    slug: str
    version: int
    name: str


class RoundShape(Schema):
    """A round (评价任务)."""

    id: int
    title: str
    task: str
    year: int
    region: NamedRegion
    scheme: SchemeName
    opened_at: datetime
    closed_at: datetime | None
    stages: list[StageShape]


class CellShape(Schema):
    """One item in a row: its state, None where the row has nothing to do with it, and the points given and full."""

    item: str
    state: str | None
    lead: bool
    self_points: str | None
    full_points: str | None


class RowShape(Schema):
    """A department or a region with its items; how many are handed in of how many."""

    name: str
    done: int
    asked: int
    cells: list[CellShape]


class RegionRowShape(RowShape):
    """A region of a round; its points are None where they are not to be seen from above yet."""

    code: str
    assessment: int
    state: str
    submissions: int
