"""工作台: the home page of each role."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dudao.web.audit.models import Event
from dudao.web.audit.queries import named
from dudao.web.dashboards import tour
from dudao.web.dashboards.audit_events import visible_events
from dudao.web.dashboards.context import current
from dudao.web.dashboards.workbench.regions import counted_below, regions_below
from dudao.web.dashboards.workbench.standing import Standing, standing_of
from dudao.web.dashboards.workbench.supervisor import recent_pieces, rounds_to_support
from dudao.web.dashboards.workbench.system import system_standing
from dudao.web.dashboards.workbench.to_do import for_clerk, for_officer, in_order, lacking
from dudao.web.evaluations.calendar import working_days_between
from dudao.web.evaluations.in_view import choices
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.notices.queries import visible_notices
from dudao.web.people.access import Subject, requires, signed_in, subject
from dudao.web.people.models import ROLE_TITLES, Region
from dudao.workflow.machine import Role

_NEWS = 5
_ORDER = (
    Role.SUPERVISION_CLERK,
    Role.DEPARTMENT_OFFICER,
    Role.LEADER,
    Role.PROVINCIAL_ADMINISTRATOR,
    Role.REVIEWER,
    Role.SCHOOL_SUPERVISOR,
    Role.SYSTEM_ADMINISTRATOR,
)


@requires(signed_in)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what there is to do, by the role that works most; `as` shows another role of the same person."""
    holder = subject(request)
    held = [role for role in _ORDER if role in holder.roles]
    wanted = request.GET.get("as", "")
    role = next((each for each in held if each == wanted), held[0] if held else None)
    context: dict[str, Any] = {
        "role": role,
        "other_roles": [(each, ROLE_TITLES[each]) for each in held] if len(held) > 1 else [],
        "today": timezone.localdate(),
        "news": visible_notices(holder).filter(read_at__isnull=True)[:_NEWS],
    }
    if role is None:
        return render(request, "dashboards/home.html", context)
    context["tour"] = tour.shown_to(holder, role, getattr(request.user, "preferences", {}))
    if role is Role.SCHOOL_SUPERVISOR:
        places = Region.objects.filter(holder.regions("", {role})).filter(path__in=[each.path for each in holder.held])
        context |= {
            "places": list(places.order_by("path")),
            "rounds": rounds_to_support(holder, timezone.localdate()),
            "pieces": recent_pieces(holder),
        }
        return render(request, "dashboards/home_supervisor.html", context)
    if role is Role.SYSTEM_ADMINISTRATOR:
        events = Event.objects.filter(visible_events(holder), action__startswith="people.").order_by("-sequence")[:12]
        context |= {"system": system_standing(holder), "events": events}
        return render(request, "dashboards/home_system.html", context)
    watches = role is Role.SUPERVISION_CLERK and _only_watches(request, holder)
    if role in {Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER} or watches:
        roles = {Role.SUPERVISION_CLERK} if watches else {Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER}
        rows = regions_below(holder, timezone.localdate(), roles)
        context |= {
            "opens_drafts": watches,
            "rows": rows,
            "counted": counted_below(holder, timezone.localdate(), roles),
        }
        return render(request, "dashboards/home_regions.html", context)
    assessment = current(request)
    if assessment is None:
        return render(request, "dashboards/home.html", context)
    template, fill = _BY_ROLE[role]
    context |= _common(assessment) | fill(request, holder, assessment)
    if role is Role.LEADER and request.GET.get("print"):
        template = "dashboards/leader_sheet.html"
    return render(request, template, context)


def _only_watches(request: HttpRequest, holder: Subject) -> bool:
    """Return whether a clerk's own region answers no round, while regions below it do."""
    own = {each.region_code for each in holder.held if each.role is Role.SUPERVISION_CLERK}
    rows = choices(request)
    return bool(rows) and not any(row.region in own for row in rows)


def _common(assessment: Assessment) -> dict[str, Any]:
    today = timezone.localdate()
    stages = list(assessment.round.stages.all())
    last = next((stage for stage in stages if stage.kind == "submission"), stages[-1] if stages else None)
    return {
        "assessment": assessment,
        "last_stage": last,
        "days_left": working_days_between(today, last.due) if last else None,
        "address": (assessment.round.year, assessment.region.code, assessment.round.slug),
    }


def _summary(standing: Standing) -> dict[str, Any]:
    total = standing.scores.total
    sections = {section.indicator.id: section for section in standing.scores.indicators}
    shown = {row.item.section.id for row in standing.items if not row.item.is_bonus}
    tops = [section for key, section in sections.items() if key in shown]
    gap = None
    if total.self_points is not None and total.self_complete:
        gap = total.self_points - (total.points if total.points is not None else total.high)
    return {
        "standing": standing,
        "total": total,
        "bonus": standing.scores.bonus,
        "gap": gap,
        "sections": tops,
        "counts": standing.counts(),
        "losing": standing.losing(),
        "deducted": sum(row.deducted for row in standing.items),
        "at_risk": sum(row.at_risk for row in standing.items),
    }


def _clerk(request: HttpRequest, holder: Subject, assessment: Assessment) -> dict[str, Any]:
    standing = standing_of(assessment, timezone.localdate())
    by = "points" if request.GET.get("by") == "points" else "due"
    to_dos = in_order(for_clerk(standing), by)
    events = Event.objects.filter(region=assessment.region.code).exclude(
        Q(action__startswith="people.") | Q(action__startswith="audit.")
    )
    return _summary(standing) | {
        "by": by,
        "to_dos": to_dos,
        "due_today": sum(each.due == standing.today for each in to_dos),
        "events": named(events).order_by("-sequence")[:8],
    }


def _officer(request: HttpRequest, holder: Subject, assessment: Assessment) -> dict[str, Any]:
    standing = standing_of(assessment, timezone.localdate())
    own = holder.departments()
    mine = [
        row
        for row in standing.items
        if (row.lead and row.lead.pk in own) or any(each.pk in own for each in row.helpers)
    ]
    opinions = dict(
        Answer.objects.filter(
            assessment__region_id=assessment.region_id,
            assessment__round__slug=assessment.round.slug,
            assessment__round__year=assessment.round.year - 1,
            item__in=[row.item.id for row in mine],
        )
        .exclude(return_reason="")
        .values_list("item", "return_reason")
    )
    by = "points" if request.GET.get("by") == "points" else "due"
    return {
        "standing": standing,
        "by": by,
        "to_dos": in_order(for_officer(standing, own), by),
        "mine": [
            (row, lacking(row), opinions.get(row.item.id, ""), bool(row.lead and row.lead.pk in own)) for row in mine
        ],
        "done": sum(row.done for row in mine),
    }


def _leader(request: HttpRequest, holder: Subject, assessment: Assessment) -> dict[str, Any]:
    standing = standing_of(assessment, timezone.localdate())
    contradictions = sorted(
        ((score, row) for row in standing.items for score in row.contradicting),
        key=lambda pair: -abs(pair[0].difference or Decimal(0)),
    )
    return _summary(standing) | {
        "contradictions": contradictions[:3],
        "late": [each for each in standing.departments if each.late],
    }


_BY_ROLE: dict[Role, tuple[str, Callable[[HttpRequest, Subject, Assessment], dict[str, Any]]]] = {
    Role.SUPERVISION_CLERK: ("dashboards/home_clerk.html", _clerk),
    Role.DEPARTMENT_OFFICER: ("dashboards/home_officer.html", _officer),
    Role.LEADER: ("dashboards/home_leader.html", _leader),
}
