"""Rounds: open one, watch it over its regions, move its deadlines, remind, close."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.web.evaluations.actions import deadlines, rounds
from dudao.web.evaluations.calendar import not_working_warning, working_days_between
from dudao.web.evaluations.forms import OpenRoundForm
from dudao.web.evaluations.models import Assessment, PublishedScheme, Round, Stage
from dudao.web.evaluations.queries import visible_schemes
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evaluations.round_progress import region_reminders, region_rows
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import holds, requires, runs_rounds, subject
from dudao.web.people.models import Region
from dudao.web.people.regions import COLLECTIVE
from dudao.workflow.machine import Role

watches_rounds = holds(Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER, Role.LEADER)
_RUNNERS = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR})
_WATCHERS = _RUNNERS | {Role.REVIEWER, Role.LEADER}
_MOST_REGIONS = 400


def watched_rounds(request: HttpRequest) -> QuerySet[Round]:
    """Return the rounds run at or below a region that the subject watches over."""
    return (
        Round.objects.filter(subject(request).regions("region", _WATCHERS))
        .select_related("region", "scheme")
        .defer("scheme__files")
    )


def find_round(request: HttpRequest, key: int) -> Round:
    """Return a round the subject watches; else 404."""
    return get_object_or_404(watched_rounds(request).prefetch_related("stages"), pk=key)


def shown_in_grid(request: HttpRequest) -> str:
    """Return what the cells of a progress grid show: state, share of the points, or the change since last year."""
    asked = request.GET.get("show", "")
    return asked if asked in {"rate", "change"} else "state"


def parsed_day(text: str, what: str) -> date:
    """Return the day that a field holds.

    Raises:
        InvalidValueError: it holds none.
    """
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None:
        raise InvalidValueError(
            _("%(what)s“%(n)s”不是日期。") % {"what": what, "n": text.strip() or _("（空）")},
            advice=_("请填如 2022-08-31 的日期。"),
        )
    return day


def _runner_regions(request: HttpRequest) -> QuerySet[Region]:
    paths = [grant.path for grant in subject(request).held if grant.role in _RUNNERS]
    rows: QuerySet[Region] = (
        Region.objects.filter(path__in=paths, valid_to__isnull=True).exclude(level="nation").order_by("path")
    )
    return rows


def _regions_below(request: HttpRequest, runner: Region | None, level: str) -> QuerySet[Region]:
    rows: QuerySet[Region] = Region.objects.filter(
        subject(request).regions("", _RUNNERS), valid_to__isnull=True
    ).order_by("path")
    if runner is not None:
        rows = rows.filter(path__startswith=runner.path)
    rows = rows.exclude(name__in=COLLECTIVE).exclude(valid_to__lt=timezone.localdate())
    return rows.filter(level=level) if level else rows


def _grouped(regions: QuerySet[Region]) -> list[tuple[str, list[Region]]]:
    """Return regions under the name of the region above them, in their order."""
    found = list(regions)
    above = {each.path[:-4] for each in found}
    names = dict(Region.objects.filter(path__in=above).values_list("path", "name"))
    groups: dict[str, list[Region]] = {}
    for each in found:
        groups.setdefault(each.path[:-4], []).append(each)
    return [(names.get(path, _("各地区")), members) for path, members in groups.items()]


@requires(runs_rounds)
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round: scheme, year, title, regions, stages; refused deadlines are told at their field."""
    today = timezone.localdate()
    given = request.POST if request.method == "POST" else request.GET
    schemes = visible_schemes(subject(request)).filter(state="published")
    chosen = None
    if given.get("scheme", "").isdecimal():
        # One withdrawn while somebody types is still shown, so that what was typed is not lost.
        seen = schemes if request.method != "POST" else visible_schemes(subject(request))
        chosen = seen.filter(pk=given["scheme"]).first()
    runners = _runner_regions(request)
    runner = runners.filter(code=given.get("region", "")).first() or (runners[0] if runners else None)
    regions = _regions_below(request, runner, chosen.level if chosen else "")[:_MOST_REGIONS]
    allowed = _regions_below(request, runner, "")
    context: dict[str, Any] = {"chosen": chosen, "runner": runner, "regions": regions, "today": today}
    context["region_groups"] = _grouped(regions)
    choices: dict[str, Any] = {"schemes": schemes, "runners": runners, "regions": allowed, "today": today}
    if request.method != "POST":
        form = OpenRoundForm(initial=_suggestions(chosen, runner), **choices)
        context["picked"] = {each.code for each in regions} if len(regions) <= 30 else set()
        return render(request, "evaluations/round_open.html", context | {"form": form})
    form = OpenRoundForm(request.POST, **choices)
    context |= {"form": form, "picked": set(request.POST.getlist("regions"))}
    if chosen is not None and chosen.state != "published":
        form.errors.pop("scheme", None)
        form.add_error(
            "scheme",
            _("“%(chosen)s”%(state)s，不能下发。请在下面改选方案，其余内容已保留。")
            % {"chosen": chosen, "state": _(chosen.get_state_display())},
        )
        context["replacements"] = schemes.filter(level=chosen.level)
    if not form.is_valid() or (form.warnings and not form.cleaned_data["accept_days"]):
        status = 422 if form.errors else 200
        return render(request, "evaluations/round_open.html", context, status=status)
    values = form.cleaned_data
    try:
        made = rounds.open_round(
            by=person(request),
            scheme=values["scheme"],
            region=values["region"],
            year=values["year"],
            title=values["title"],
            slug=values["slug"],
            stages=form.stages(),
            regions=values["regions"],
            today=today,
        )
    except (InvalidValueError, NotPossibleError) as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, NotPossibleError) else 422
        return render(request, "evaluations/round_open.html", context, status=status)
    messages.success(request, _("已下发。各地区的部门分工按方案所写责任单位预排，请督导室核对。"))
    return redirect("evaluations:round", key=made.pk)


def _suggestions(scheme: PublishedScheme | None, runner: Region | None) -> dict[str, Any]:
    start = {"region": runner.code if runner else None}
    if scheme is None:
        return start
    title = f"{scheme.year} 年度{scheme.get_level_display()}政府履行教育职责自评"
    return start | {"scheme": scheme.pk, "year": scheme.year, "title": title, "slug": _free_slug(scheme, runner)}


def _free_slug(scheme: PublishedScheme, runner: Region | None) -> str:
    """Return a name for addresses that no round of the place and year has: a province often runs two a year."""
    taken = set(Round.objects.filter(region=runner, year=scheme.year).values_list("slug", flat=True))
    by_level = f"duty-{scheme.level}"
    names = ("duty", by_level, *(f"{by_level}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def watched_assessments(request: HttpRequest, round: Round) -> list[Assessment]:
    """Return the assessments of a round whose regions the subject watches over."""
    rows = Assessment.objects.filter(subject(request).regions("region", _WATCHERS), round=round)
    found = list(rows.select_related("region").order_by("region__path"))
    for each in found:
        each.round = round
    return found


@requires(watches_rounds)
@require_safe
def round_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a round over its regions: the grid, deadlines, and for its runner the means to change them."""
    round = find_round(request, key)
    assessments = watched_assessments(request, round)
    show = shown_in_grid(request)
    items, rows = region_rows(subject(request), assessments, compare=show == "change")
    today = timezone.localdate()
    stages = {stage.kind: stage for stage in round.stages.all()}
    states = [each.assessment.state for each in rows]
    context = {
        "round": round,
        "items": items,
        "rows": rows,
        "show": show,
        "stages": [(stage, working_days_between(today, stage.due)) for stage in round.stages.all()],
        "stage_kinds": [(kind, title, stages.get(kind)) for kind, title in Stage.KINDS],
        "sent": sum(state in {"submitted", "confirmed"} for state in states),
        "sent_back": states.count("sent_back"),
        "done": sum(each.row.done for each in rows),
        "asked": sum(each.row.asked for each in rows),
        "columns": [_column(index, rows) for index in range(len(items))],
        "may_run": bool(subject(request).roles_at(round.region.path) & _RUNNERS),
    }
    return render(request, "evaluations/round.html", context)


def _column(index: int, rows: list[Any]) -> str:
    cells = [each.row.cells[index] for each in rows]
    return f"{sum(cell.state in {'submitted', 'accepted', 'locked'} for cell in cells)}/{len(cells)}"


@requires(watches_rounds)
@require_safe
def reminders(request: HttpRequest, key: int) -> HttpResponse:
    """Show the texts to remind regions with; nothing is sent from here."""
    round = find_round(request, key)
    _items, rows = region_rows(subject(request), watched_assessments(request, round))
    due = next((stage.due for stage in round.stages.all() if stage.kind == "submission"), None)
    until = f" {due.month} 月 {due.day} 日" if due else ""
    context = {"title": round.title, "reminders": region_reminders(rows, round.title, until)}
    return render(request, "evaluations/reminders.html", context)


@requires(runs_rounds)
@require_POST
@tells_refusals
def move_deadline(request: HttpRequest, key: int) -> HttpResponse:
    """Move or add a stage of a round, with the reason."""
    round = find_round(request, key)
    today = timezone.localdate()
    due = parsed_day(request.POST.get("due", ""), _("截止日期"))
    starts = parsed_day(request.POST.get("starts", "") or min(today, due).isoformat(), _("开始日期"))
    stage = deadlines.set_stage(
        by=person(request),
        round=round,
        kind=request.POST.get("kind", ""),
        starts=starts,
        due=due,
        reason=request.POST.get("reason", ""),
        today=today,
    )
    messages.success(request, _("期限已调整。"))
    if warning := not_working_warning(stage.get_kind_display(), due):
        messages.warning(request, warning)
    return redirect("evaluations:round", key=key)


@requires(runs_rounds)
@require_POST
@tells_refusals
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Close a round, or open it again."""
    round = find_round(request, key)
    reason = request.POST.get("reason", "")
    if request.POST.get("event") == "reopen":
        deadlines.reopen_round(by=person(request), round=round, reason=reason)
        messages.success(request, _("任务已恢复。"))
    else:
        deadlines.close_round(by=person(request), round=round, reason=reason, now=timezone.now())
        messages.success(request, _("任务已结束，内容不再改变。"))
    return redirect("evaluations:round", key=key)
