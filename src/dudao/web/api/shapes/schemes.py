"""Shapes of schemes."""

from datetime import datetime

from ninja import Schema

from dudao.web.api.shapes.common import NamedRegion


class SchemeShape(Schema):
    """One version of a scheme (评价方案)."""

    slug: str
    version: int
    name: str
    year: int
    level: str
    region: NamedRegion
    state: str
    published_at: datetime | None
    content_hash: str


class ClauseShape(Schema):
    """The document and clause behind a point; `confirmed` is false where nobody has seen the original."""

    document: str
    number: str
    clause: str
    quote: str
    confirmed: bool


class PointShape(Schema):
    """A point (测评点) with its rule in words and what it asks for."""

    id: str
    name: str
    full_points: str | None
    rule: str
    rule_kind: str | None
    inputs: list[str]
    evidence: list[str]
    lead_department: str
    departments: list[str]
    source: ClauseShape


class IndicatorShape(Schema):
    """An indicator (指标) of a level, with the indicators and points below it."""

    id: str
    name: str
    level: int
    full_points: str | None
    indicators: list["IndicatorShape"]
    points: list[PointShape]


class FactDeclarationShape(Schema):
    """A figure that the scheme asks for: its key, its name, its unit and its parts (key → name)."""

    name: str
    title: str
    unit: str
    kind: str
    parts: dict[str, str]


class SchemeTree(SchemeShape):
    """A scheme with everything in it."""

    full_points: str | None
    indicators: list[IndicatorShape]
    facts: list[FactDeclarationShape]
