"""Shapes of assessments, items, points, facts and notes."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from dudao.web.api.shapes.common import Given, NamedRegion
from dudao.web.api.shapes.rounds import SchemeName, StageShape


class AssessmentShape(Schema):
    """What one region answers in one round; `submissions` counts how often it was sent upwards."""

    id: int
    year: int
    task: str
    title: str
    region: NamedRegion
    scheme: SchemeName
    state: str
    state_title: str
    submissions: int
    closed: bool
    stages: list[StageShape]


class TotalShape(Schema):
    """Points of the items that the person may read: full, given, and the least and most the figures support."""

    full_points: str | None
    self_points: str | None
    low: str
    high: str


class ScoredAssessment(AssessmentShape):
    """An assessment with its points as it stands."""

    items: int
    total: TotalShape


class ItemShape(Schema):
    """An item (指标) as it stands."""

    item: str
    name: str
    section: str
    state: str
    state_title: str
    full_points: str | None
    self_points: str | None
    low: str
    high: str
    note_version: int
    changed_at: datetime | None


class ChoiceShape(Schema):
    """One thing that the rule of a point asks a person: what was stated, empty when nobody did."""

    key: str
    title: str
    kind: str
    options: list[str]
    hint: str
    part: str
    value: str
    reason: str


class ScoreShape(Schema):
    """A point as it stands: what was given, what the figures support and why, what would win points back."""

    point: str
    name: str
    full_points: str | None
    self_points: str | None
    not_applicable: bool
    reason: str
    forecast: str | None
    low: str
    high: str
    standing: str
    why: list[str]
    missing: list[str]
    improvements: list[str]
    choices: list[ChoiceShape]
    rule: str
    version: int


class FactShape(Schema):
    """A figure as typed, in its unit; an empty value is not filled in, which is not zero."""

    id: int
    name: str
    title: str
    period: str
    part: str
    part_title: str
    value: str
    unit: str
    source: str
    cut_off: date | None
    owner: str | None
    items: list[str]
    version: int
    changed_at: datetime | None


class NoteShape(Schema):
    """The self-evaluation text as written and, with its figures put in, as it reads."""

    item: str
    note: str
    text: str
    version: int


class FullItem(ItemShape):
    """An item with everything in it."""

    note: str
    text: str
    return_reason: str
    lead_department: str | None
    events: list[str]
    points: list[ScoreShape]
    facts: list[FactShape]


class NoteGiven(Given):
    """A new self-evaluation text."""

    note: Annotated[str, Field(max_length=20000, pattern=r"^[^\x00]*$")]


class PointsGiven(Given):
    """New self points: a number as text or empty, to take them back."""

    points: Annotated[str, Field(max_length=20, pattern=r"^([0-9]{1,6}(\.[0-9]{1,3})?)?$")]
    not_applicable: bool = False
    reason: Annotated[str | None, Field(max_length=20000)] = None


class ChoiceGiven(Given):
    """What is stated for one thing that the rule asks; points within a range need a reason."""

    key: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    value: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


class ChoicesGiven(Given):
    """What is stated for a point; what is left out stays as it is."""

    choices: Annotated[list[ChoiceGiven], Field(min_length=1, max_length=200)]


class FactGiven(Given):
    """A new figure: digits as text or 是/否, empty for none; unit and source stay as they are where not given."""

    value: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
    unit: Annotated[str | None, Field(max_length=20, pattern=r"^[^\x00]*$")] = None
    source: Annotated[str | None, Field(max_length=200, pattern=r"^[^\x00]*$")] = None


class EventGiven(Given):
    """What is to happen to an item: submit, withdraw, return, accept; some need a reason."""

    event: Literal["submit", "withdraw", "return", "accept"]
    reason: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")] = ""


class RowErrorShape(Schema):
    """A line of a worksheet that cannot be taken."""

    row: int
    name: str
    message: str


class ChangeShape(Schema):
    """A line of a worksheet that says something new."""

    row: int
    item: str
    name: str
    before: str
    after: str


class ImportResult(Schema):
    """What a worksheet changes; nothing is saved of a trial, nor while any line cannot be taken."""

    saved: bool
    changes: list[ChangeShape]
    errors: list[RowErrorShape]
    same: int
