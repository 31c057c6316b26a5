"""Shapes of evidence."""

from datetime import date, datetime

from ninja import Schema


class FileShape(Schema):
    """One state of a piece's file; the newest counts."""

    id: int
    name: str
    media: str
    size: int
    sha256: str
    received_at: datetime


class EvidenceShape(Schema):
    """A piece of evidence; `standing` tells how its period stands to the evaluation period."""

    id: int
    title: str
    number: str
    issuer: str
    department: str
    effective_from: date | None
    effective_to: date | None
    standing: str
    secrecy: str
    received_at: datetime
    items: list[str]
    removed: bool


class FullEvidence(EvidenceShape):
    """A piece of evidence with its files, newest first."""

    files: list[FileShape]


class DepartmentShape(Schema):
    """A department for which evidence may be uploaded."""

    id: int
    name: str
