"""What of school data a subject may see; every list starts here."""

from collections.abc import Iterable

import polars as pl
from django.db.models import QuerySet
from django.http import Http404

from dudao.web.people.access import Subject
from dudao.web.people.models import Region
from dudao.web.schools.files import frame_of
from dudao.web.schools.models import Import, InUse, Proposal, Scenario, Snapshot
from dudao.web.schools.permissions import is_officer_of, may_read_balance, reads_every_import


def region_to_read(subject: Subject, code: str) -> Region:
    """Return a region whose balance the subject may read.

    Raises:
        Http404: there is none, or it lies outside of what the subject may see.
    """
    region: Region | None = Region.objects.filter(code=code).exclude(level="nation").first()
    if region is None or not may_read_balance(subject, region):
        raise Http404
    return region


def region_of_imports(subject: Subject, code: str) -> Region:
    """Return a region of whose imports the subject may read at least their own.

    Raises:
        Http404: there is none, or it lies outside of what the subject may see.
    """
    region: Region | None = Region.objects.filter(code=code).exclude(level="nation").first()
    if region is None or not (reads_every_import(subject, region) or is_officer_of(subject, region)):
        raise Http404
    return region


def visible_imports(subject: Subject, region: Region, year: int) -> QuerySet[Import]:
    """Return the imports of a region and year that the subject may read: officers see those they brought."""
    rows = Import.objects.filter(region=region, year=year)
    if not reads_every_import(subject, region):
        rows = rows.filter(by_id=subject.user_id)
    return rows.select_related("by", "region", "snapshot", "job")


def visible_snapshots(subject: Subject, region: Region, year: int) -> QuerySet[Snapshot]:
    """Return the snapshots that hold rows of a region or of those below it, newest first."""
    if not reads_every_import(subject, region):
        return Snapshot.objects.none()
    rows = Snapshot.objects.filter(year=year, parts__region__path__startswith=region.path).distinct()
    return rows.select_related("by", "region", "origin")


def in_use(region: Region, year: int) -> QuerySet[InUse]:
    """Return which snapshots count in a region and below it in a year."""
    rows = InUse.objects.filter(year=year, region__path__startswith=region.path)
    return rows.select_related("region", "snapshot", "snapshot__by").order_by("kind", "region__code")


def rows_in_use(units: Iterable[Region], kind: str, year: int) -> pl.DataFrame:
    """Return the rows of a kind that count in some regions at the foot of the tree; empty where none do."""
    by_file: dict[str, list[str]] = {}
    found = InUse.objects.filter(region__in=list(units), kind=kind, year=year).select_related("snapshot", "region")
    for each in found.order_by("snapshot_id", "region__code"):
        by_file.setdefault(each.snapshot.frame, []).append(each.region.code)
    frames = [frame_of(digest).filter(pl.col("region").is_in(codes)) for digest, codes in by_file.items()]
    return pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame()


def visible_scenarios(region: Region) -> QuerySet[Scenario]:
    """Return the saved what-ifs of a region, newest first."""
    return Scenario.objects.filter(region=region).select_related("by", "snapshot")


def visible_proposals(region: Region) -> QuerySet[Proposal]:
    """Return the proposals that were asked for in a region, newest first."""
    return Proposal.objects.filter(region=region).select_related("by", "snapshot")
