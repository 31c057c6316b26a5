"""推演: what would follow from other figures; the address holds them, so that the link can be sent on."""

from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.balance.model import VERDICT_NAMES
from dudao.errors import DudaoError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import plans_balance, reads_balance, requires, subject
from dudao.web.people.models import Region
from dudao.web.schools import queries
from dudao.web.schools.actions import scenarios as actions
from dudao.web.schools.balance_page import Choice, choice_of, is_unit
from dudao.web.schools.files import frame_of
from dudao.web.schools.models import InUse, Scenario
from dudao.web.schools.results import standard_of
from dudao.web.schools.scenarios import (
    AskedChange,
    address_query,
    asked_changes,
    changeable,
    compared,
    outcome_of,
    read_changes,
    tried,
)
from dudao.web.schools.views.balance import frame_of_pages

_EMPTY_LINES = 2


@requires(reads_balance)
@require_safe
@tells_refusals
def try_out(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Show the form, and what follows from the changes that the address names."""
    place = queries.region_to_read(subject(request), region)
    choice = choice_of(request.GET)
    rows = queries.rows_in_use([place], "schools", year) if is_unit(place) else pl.DataFrame()
    if rows.is_empty():
        return redirect("schools:balance", year, region)
    changes = asked_changes(request.GET)
    return render(request, "schools/whatif.html", _page(request, place, year, choice, rows, changes))


def _page(
    request: HttpRequest, place: Region, year: int, choice: Choice, rows: pl.DataFrame, changes: list[AskedChange]
) -> dict[str, Any]:
    context = frame_of_pages(subject(request), place, year, choice) | {
        "changes": [*changes, *[AskedChange("", "", "")] * (_EMPTY_LINES if changes else 3)],
        "asked": changes,
        "columns": changeable(standard_of(choice.standard)),
        "school_names": _school_names(rows),
        "scenarios": queries.visible_scenarios(place).filter(year=year)[:20],
        "query": address_query(changes, choice),
        "tab": "whatif",
    }
    if changes:
        context |= _outcome(rows, changes, choice)
    return context


def _outcome(rows: pl.DataFrame, changes: list[AskedChange], choice: Choice) -> dict[str, Any]:
    try:
        found = tried(rows, changes, choice)
    except DudaoError as error:
        return {"refusal": str(error)}
    before, after = found.before.counties[0], found.after.counties[0]
    return {
        "found": outcome_of(found),
        "compared": compared(found),
        "verdict_before": VERDICT_NAMES[before.verdict],
        "verdict_after": VERDICT_NAMES[after.verdict],
        "reasons_after": after.reasons,
    }


def _school_names(rows: pl.DataFrame) -> list[str]:
    """Return what schools may be called by: their names, their identifiers where a name is not the only one."""
    names = rows["school_name"].fill_null("")
    twice = set(names.filter(names.is_duplicated()).to_list())
    ids = rows["school_id"].to_list() if "school_id" in rows.columns else [None] * rows.height
    return [str(id_) if name in twice and id_ else str(name) for name, id_ in zip(names.to_list(), ids, strict=True)]


@requires(plans_balance)
@require_POST
@tells_refusals
def save(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Keep the changes of the form under a name."""
    place = queries.region_to_read(subject(request), region)
    row = actions.save(
        by=person(request),
        region=place,
        year=year,
        choice=choice_of(request.POST),
        name=request.POST.get("name", ""),
        changes=asked_changes(request.POST),
    )
    messages.success(request, _("方案已保存，可以把本页地址发给同事。"))
    return redirect("schools:scenario", year, region, row.pk)


@requires(reads_balance)
@require_safe
@tells_refusals
def scenario(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Show a saved what-if on the data it was made with, and say when other data are in use by now."""
    place = queries.region_to_read(subject(request), region)
    row: Scenario = get_object_or_404(queries.visible_scenarios(place), pk=pk, year=year)
    choice = Choice(row.standard, row.method)
    rows = frame_of(row.snapshot.frame).filter(pl.col("region") == place.code)
    changes = read_changes(row.changes)
    held = InUse.objects.filter(region=place, kind="schools", year=year).first()
    context = _page(request, place, year, choice, rows, changes) | {
        "scenario": row,
        "moved_on": held is None or held.snapshot_id != row.snapshot_id,
    }
    return render(request, "schools/whatif.html", context)
