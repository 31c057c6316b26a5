"""A snapshot: who took it and when, its hash, what it changed against another one, and going back to it."""

from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.web.audit.queries import history
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_imports, requires, subject, takes_tables
from dudao.web.people.models import Region
from dudao.web.schools import queries
from dudao.web.schools.actions import snapshots as actions
from dudao.web.schools.differences import difference
from dudao.web.schools.files import frame_of
from dudao.web.schools.import_page import change_page
from dudao.web.schools.models import InUse, Snapshot
from dudao.web.schools.permissions import may_take

_EVENTS = 20


def find_snapshot(request: HttpRequest, year: int, region: str, pk: int) -> tuple[Region, Snapshot]:
    """Return the region of an address and a snapshot with rows of it that the subject may read; else 404."""
    place = queries.region_of_imports(subject(request), region)
    return place, get_object_or_404(queries.visible_snapshots(subject(request), place, year), pk=pk)


@requires(reads_imports)
@require_safe
def show(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Show a snapshot beside another one: the one before it, or the one the address names."""
    return _show(request, *find_snapshot(request, year, region, pk))


def _show(request: HttpRequest, place: Region, row: Snapshot, refusal: str = "", status: int = 200) -> HttpResponse:
    others = queries.visible_snapshots(subject(request), place, row.year).filter(kind=row.kind).exclude(pk=row.pk)
    against = _against(others, row, request.GET.get("against", ""))
    parts = list(
        row.parts.filter(region__path__startswith=place.path).select_related("region").order_by("region__code")
    )
    codes = [part.region.code for part in parts]
    found = difference(_rows(against, codes), _rows(row, codes), row.kind) if against else None
    in_use = InUse.objects.filter(snapshot=row, region__path__startswith=place.path).count()
    context: dict[str, Any] = {
        "place": place,
        "year": row.year,
        "row": row,
        "parts": parts,
        "others": others[:_EVENTS],
        "against": against,
        "in_use": in_use,
        "partly": 0 < in_use < len(parts),
        "may_take": may_take(subject(request), place),
        "events": history("table_snapshot", row.pk)[:_EVENTS],
        "refusal": refusal,
        **change_page(found, request.GET),
    }
    return render(request, "schools/snapshot.html", context, status=status)


def _against(others: Any, row: Snapshot, named: str) -> Snapshot | None:
    """Return the snapshot that the address names, else the one taken before; None where there is none."""
    chosen: Snapshot | None = others.filter(pk=named).first() if named.isdigit() and len(named) < 10 else None
    if chosen is None:
        chosen = others.filter(pk__lt=row.pk).order_by("-pk").first()
    return chosen


def _rows(row: Snapshot, codes: list[str]) -> pl.DataFrame:
    return frame_of(row.frame).filter(pl.col("region").is_in(codes))


@requires(takes_tables)
@require_POST
@tells_refusals
def restore(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Go back to a snapshot."""
    place, row = find_snapshot(request, year, region, pk)
    regions = actions.restore(by=person(request), snapshot=row, region=place, reason=request.POST.get("reason", ""))
    names = _("、").join(each.name for each in regions[:5])
    messages.success(request, _("已回退，%s 现用第 %d 号快照。") % (names, row.pk))
    return redirect("schools:snapshot", year, region, pk)
