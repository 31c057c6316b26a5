"""数据导入与校验: upload, what the headings mean, every problem, what would change, taking it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.tables.catalogue import KINDS
from dudao.web.background.models import Job
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import brings_tables, reads_imports, requires, subject, takes_tables
from dudao.web.people.models import Region
from dudao.web.phrase_book import told
from dudao.web.refusals import InvalidValueError
from dudao.web.schools import queries
from dudao.web.schools.actions import imports as actions
from dudao.web.schools.actions import snapshots
from dudao.web.schools.actions.reading_later import in_background
from dudao.web.schools.actions.taking_later import take_in_background
from dudao.web.schools.files import frame_of, json_of
from dudao.web.schools.import_page import change_page, column_lines, preview_of, problem_groups
from dudao.web.schools.jobs import TAKING
from dudao.web.schools.models import KIND_CHOICES, Import
from dudao.web.schools.permissions import may_bring, may_take, reads_every_import
from dudao.web.schools.problem_report import lines, problems_of
from dudao.web.uploads.handlers import not_taken

PAGE = 50
AT_ONCE = 1024 * 1024
"""Files up to so many bytes are read while the person waits, larger ones in the background."""

TAKEN_AT_ONCE = 1000
"""Imports of up to so many rows are taken while the person waits, larger ones in the background."""

SHOWN = ("columns", "problems", "changes")
_MEGABYTE = 1024 * 1024
_PARTS = 20


def find_import(request: HttpRequest, year: int, region: str, pk: int) -> Import:
    """Return an import that the subject may read; else 404, as if there were none."""
    place = queries.region_of_imports(subject(request), region)
    return get_object_or_404(queries.visible_imports(subject(request), place, year), pk=pk)


@requires(reads_imports)
@require_safe
def listing(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """List what counts in a region and year, the imports and the snapshots, and offer the upload."""
    return _listing(request, year, region)


def _listing(
    request: HttpRequest, year: int, region: str, refusals: list[str] | None = None, status: int = 200
) -> HttpResponse:
    holder = subject(request)
    place = queries.region_of_imports(holder, region)
    rows = Paginator(queries.visible_imports(holder, place, year), PAGE)
    held = list(queries.in_use(place, year)) if reads_every_import(holder, place) else []
    context: dict[str, Any] = {
        "place": place,
        "year": year,
        "page": rows.get_page(request.GET.get("page")),
        "kinds": KIND_CHOICES,
        "kind": request.POST.get("kind", "schools"),
        "held": held[:PAGE],
        "held_count": len(held),
        "snapshots": queries.visible_snapshots(holder, place, year)[:PAGE],
        "used": {each.snapshot_id for each in held},
        "may_bring": may_bring(holder, place),
        "limit": settings.UPLOAD_LIMIT,
        "limit_mb": settings.UPLOAD_LIMIT // _MEGABYTE,
        "refusals": refusals or [],
    }
    return render(request, "schools/imports.html", context, status=status)


@requires(brings_tables)
@require_POST
@tells_refusals
def upload(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Take a file in, read it, and show what came out; a file that cannot be taken is told at the form."""
    place = queries.region_of_imports(subject(request), region)
    given = request.FILES.get("file")
    refused = [f"{each.message} {each.advice}" for each in not_taken(request)]
    if given is None and not refused:
        refused = [_("没有选择文件。请选择或拖入一份数据表。")]
    if given is None or refused:
        return _listing(request, year, region, refused, status=422)
    by = person(request)
    kind = request.POST.get("kind", "")
    try:
        row = actions.receive(by=by, region=place, year=year, kind=kind, raw=given.read(), name=given.name or "")
    except InvalidValueError as refusal:
        return _listing(request, year, region, [str(refusal)], status=422)
    if row.size > AT_ONCE:
        in_background(by=by, row=row)
    else:
        actions.read(by=by, row=row)
    return redirect("schools:import", year, region, row.pk)


@requires(reads_imports)
@require_safe
def show(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Show an import: its columns, its problems or what it would change, as the address says."""
    return _show(request, find_import(request, year, region, pk))


def _show(request: HttpRequest, row: Import, refusal: str = "", status: int = 200) -> HttpResponse:
    holder = subject(request)
    shown = request.GET.get("show", "")
    if shown not in SHOWN:
        shown = "problems" if row.errors or row.warnings else "changes" if not row.obstacles else "columns"
    context: dict[str, Any] = {
        "row": row,
        "year": row.year,
        "place": row.region,
        "shown": shown,
        "kind": KINDS[row.kind],
        "refusal": refusal,
        "may_bring": may_bring(holder, row.region),
        "may_take": may_take(holder, row.region),
        "taking": _taking(row) if may_take(holder, row.region) else None,
        "unmatched": sum(not each["meaning"] for each in row.columns),
        "snapshot": getattr(row, "snapshot", None),
        "parts": _parts(row),
    }
    if row.state in {"ready", "taken", "dropped"} and row.report:
        problems = problems_of(json_of(row.report))
        context["counts"] = {
            level: sum(p.count for p in problems if p.level == level) for level in ("error", "warning", "note")
        }
        if shown == "columns":
            frame = frame_of(row.frame) if row.frame else None
            context |= {"columns": column_lines(row), "preview": preview_of(frame, KINDS[row.kind])}
        elif shown == "problems":
            level, kind, words = (request.GET.get(name, "").strip() for name in ("level", "kind", "q"))
            found = lines(problems, level=level, kind=kind, words=words)
            context |= {
                "groups": problem_groups(problems, kind),
                "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
                "level": level,
                "chosen": kind,
                "words": words,
            }
        elif row.frame:
            context |= change_page(snapshots.change_of(row) if row.state == "ready" else None, request.GET)
    part = request.headers.get("HX-Request") == "true" and request.method == "GET"
    return render(request, f"schools/{'import_part' if part else 'import'}.html", context, status=status)


def _taking(row: Import) -> Job | None:
    """Return the job that takes an import, while it waits, runs, or has failed."""
    return row.job if row.state == "ready" and row.job is not None and row.job.kind == TAKING else None


def _parts(row: Import) -> list[tuple[str, int]]:
    """Return the names of the regions that an import holds rows of, the first ones, with how many."""
    codes = sorted(row.parts)[:_PARTS]
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    return [(names.get(code, code), row.parts[code]) for code in codes]


@requires(brings_tables)
@require_POST
@tells_refusals
def assign(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Read the table with the headings meaning what the form says."""
    row = find_import(request, year, region, pk)
    said = dict(zip(request.POST.getlist("heading"), request.POST.getlist("meaning"), strict=False))
    try:
        actions.assign(by=person(request), row=row, assigned=said)
    except InvalidValueError as refusal:
        return _show(request, row, str(refusal), status=422)
    messages.success(request, _("已按新的列名对应重新读取，下次相同表头自动沿用。"))
    return redirect("schools:import", year, region, pk)


@requires(takes_tables)
@require_POST
@tells_refusals
def take(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Make the import what counts."""
    row = find_import(request, year, region, pk)
    by, reason = person(request), request.POST.get("reason", "")
    try:
        if row.rows > TAKEN_AT_ONCE:
            take_in_background(by=by, row=row, reason=reason)
            return redirect("schools:import", year, region, pk)
        made = snapshots.take(by=by, row=row, reason=reason)
    except InvalidValueError as refusal:
        return _show(request, row, str(refusal), status=422)
    messages.success(request, _("已入库：%s。") % told(snapshots.change_words(made.change)))
    return redirect("schools:snapshot", year, region, made.pk)


@requires(brings_tables)
@require_POST
@tells_refusals
def drop(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Give the import up."""
    row = find_import(request, year, region, pk)
    actions.drop(by=person(request), row=row)
    messages.success(request, _("已放弃这次导入，文件和问题清单仍可查看。"))
    return redirect("schools:imports", year, region)
