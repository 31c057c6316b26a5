"""Shapes of what the school tables compute: facts of a region, and figures of an item beside what is filled in."""

from datetime import datetime

from ninja import Schema


class SnapshotName(Schema):
    """A snapshot of a school table (快照): its number on the pages and the SHA-256 of its rows."""

    id: int
    sha256: str


class ComputedFactShape(Schema):
    """A fact that the tables in use of a region compute.

    `value` is text as computed (是 and 否 for a boolean), null where something is missing, which is not zero;
    `method` is the formula, `source` the clause, `snapshots` the rows it comes from.
    """

    name: str
    period: str
    part: str
    kind: str
    value: str | None
    unit: str
    method: str
    source: str
    snapshots: list[SnapshotName]


class TakenShape(Schema):
    """That the figure was taken over from the tables before: which value, by whom, when."""

    value: str
    by: str
    at: datetime


class ComputedFigureShape(Schema):
    """A figure of an item as the tables compute it, in the unit of the answer, beside what is filled in.

    `standing` is empty, same, differs (something else was typed), newer (taken over, and the tables say something
    else by now) or unknown (cannot be computed).
    """

    fact: int
    name: str
    title: str
    part: str
    period: str
    value: str | None
    unit: str
    filled_in: str
    standing: str
    method: str
    source: str
    snapshots: list[SnapshotName]
    taken: TakenShape | None
    version: int
