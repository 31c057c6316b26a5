"""Shapes of people and places."""

from datetime import date, datetime

from ninja import Schema

from dudao.web.api.shapes.common import NamedRegion


class RegionShape(Schema):
    """A region; `above` is the code of the one it belongs to, None at the top."""

    code: str
    name: str
    level: str
    above: str | None


class HeldRole(Schema):
    """A role held now: over a region with all below it, and for officers within one department."""

    role: str
    title: str
    region: NamedRegion
    department: str | None
    until: date | None


class OwnAccount(Schema):
    """Who the token acts for, and what it may be used for."""

    username: str
    name: str
    roles: list[HeldRole]
    token: str
    scopes: list[str]
    expires_at: datetime


class PersonShape(Schema):
    """A person with the roles held, present and past, within the reader's reach."""

    id: int
    username: str
    name: str
    active: bool
    roles: list[HeldRole]
