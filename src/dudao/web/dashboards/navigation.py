"""What every page's frame shows: the context, the menu a role can open, counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from dudao.web.dashboards import context
from dudao.web.document_checks.permissions import may_work
from dudao.web.document_checks.queries import visible_reports
from dudao.web.evaluations.in_view import Choice, choices
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.progress import DONE
from dudao.web.evaluations.queries import visible_stands
from dudao.web.help.topics import help_url
from dudao.web.notices.queries import unread_count
from dudao.web.people.access import (
    Rule,
    Subject,
    administers_people,
    reads_audit,
    reads_balance,
    reads_checks,
    reads_content,
    reads_evidence,
    reads_imports,
    reads_schemes,
    signed_in,
    subject,
)
from dudao.web.people.models import ROLE_TITLES
from dudao.web.people.session_ends import seconds_left
from dudao.web.publications.views import reads_whole

_HERE = ' aria-current="true" class="b"'


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the menu: group, title, icon, url name and the rule of the page it opens.

    `of_task` says that its address names the task in view; without one in view the page is absent.
    """

    group: str
    title: str
    icon: str
    url_name: str
    rule: Rule
    of_task: bool = False


@dataclass(slots=True)
class Entry:
    """A menu entry as drawn."""

    title: str
    icon: str
    url: str
    current: bool = False
    count: str = ""
    hot: bool = False


@dataclass(slots=True)
class Group:
    """A group of menu entries under its title."""

    title: str
    entries: list[Entry] = field(default_factory=list)


PLACES: tuple[Place, ...] = (
    Place("", gettext_noop("工作台"), "layout-dashboard", "dashboards:home", signed_in),
    Place(gettext_noop("自评"), gettext_noop("评价任务"), "list-details", "evaluations:tasks", reads_content),
    Place(
        gettext_noop("自评"), gettext_noop("自评填报"), "edit", "evaluations:self_start", reads_content, of_task=True
    ),
    Place(
        gettext_noop("自评"), gettext_noop("部门职责清单"), "sitemap", "evaluations:duties", reads_content, of_task=True
    ),
    Place(gettext_noop("自评"), gettext_noop("佐证材料库"), "folders", "evidence:start", reads_evidence),
    Place(
        gettext_noop("自评"),
        gettext_noop("报告核验"),
        "file-search",
        "document_checks:reports",
        reads_checks,
        of_task=True,
    ),
    Place(gettext_noop("监测"), gettext_noop("均衡监测"), "chart-dots", "schools:balance_start", reads_balance),
    Place(
        gettext_noop("监测"), gettext_noop("数据导入与校验"), "database-import", "schools:imports_start", reads_imports
    ),
    Place(
        gettext_noop("输出"), gettext_noop("文件输出"), "file-export", "publications:outputs", reads_whole, of_task=True
    ),
    Place(gettext_noop("管理"), gettext_noop("评价方案"), "binary-tree", "evaluations:schemes", reads_schemes),
    Place(gettext_noop("管理"), gettext_noop("人员"), "users", "people:people", administers_people),
    Place(gettext_noop("管理"), gettext_noop("地区与部门"), "map-2", "people:regions", administers_people),
    Place(gettext_noop("管理"), gettext_noop("后台任务"), "clock", "background:jobs", signed_in),
    Place(gettext_noop("管理"), gettext_noop("审计日志"), "history", "dashboards:audit", reads_audit),
)


@dataclass(frozen=True, slots=True)
class Count:
    """A count beside a menu entry; hot when something must be done."""

    text: str
    hot: bool = False


def menu(
    holder: Subject,
    current: str,
    title: Callable[[str], str] = _,
    task: tuple[int, str, str] | None = None,
    counts: Mapping[str, Count] | None = None,
) -> list[Group]:
    """Return the groups of the menu with what the subject may open; entries it may not are absent.

    Args:
        holder: who looks.
        current: the address of the page in view.
        title: translates titles.
        task: year, region code and slug of the task in view.
        counts: counts by url name.
    """
    groups: list[Group] = []
    for place in PLACES:
        if not place.rule(holder) or (place.of_task and task is None):
            continue
        url = reverse(place.url_name, args=task if place.of_task else None)
        if not groups or groups[-1].title != (title(place.group) if place.group else ""):
            groups.append(Group(title(place.group) if place.group else ""))
        here = current == url if url == "/" else url in current
        count = (counts or {}).get(place.url_name, Count(""))
        groups[-1].entries.append(Entry(title(place.title), place.icon, url, here, count.text, count.hot))
    return groups


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's part of a page's context; three queries for the task in view, its counts, unread notices."""
    holder = subject(request) if hasattr(request, "user") else None
    if holder is None or holder.user_id is None:
        return {"shell": {"menu": [], "roles": ""}}
    frame = {
        "roles": _("、").join(_(ROLE_TITLES[role]) for role in sorted(holder.roles)),
        "administers": administers_people(holder),
        "help_url": help_url(request.resolver_match),
        "search_url": reverse("search:search") if reads_content(holder) else "",
        "unread": SimpleLazyObject(partial(unread_count, holder)),  # parts of a page show no frame and do not ask
        "theme": getattr(request.user, "preferences", {}).get("theme", "light"),
        "session": {"idle": settings.SESSION_IDLE_SECONDS, "left": seconds_left(request)},
    }
    parts = _Parts(request, holder)
    return {"shell": frame | {"menu": SimpleLazyObject(parts.menu), "context": SimpleLazyObject(parts.view)}}


class _Parts:
    """The parts of the frame that ask the database: read when they are drawn, so not by a partial update."""

    def __init__(self, request: HttpRequest, holder: Subject) -> None:
        self._request, self._holder = request, holder

    @cached_property
    def _row(self) -> Assessment | None:
        return context.current(self._request) if reads_content(self._holder) else None

    def menu(self) -> list[Group]:
        """Return the menu; with the pages of the task in view, where there is one."""
        row = self._row
        if row is None:
            return menu(self._holder, self._request.path)
        task = (row.round.year, row.region.code, row.round.slug)
        return menu(self._holder, self._request.path, task=task, counts=_counts(self._holder, row))

    def view(self) -> dict[str, Any] | None:
        """Return the task in view and those to change to; None without one."""
        row = self._row
        if row is None:
            return None
        language = get_language()
        others = SafeString("".join([_other(each, each.pk == row.pk, language) for each in choices(self._request)]))
        task = context.task_title(row.region.level, row.round.title)
        return {"year": row.round.year, "region": row.region.name, "task": task, "others": others}


@lru_cache(maxsize=4096)
def _other(each: Choice, here: bool, language: str | None) -> str:
    """Return an assessment to change to as the frame lists it, in the language that is active.

    There may be sixty on every page; the line depends on nothing but what is given here.
    """
    address, task = reverse("evaluations:progress", args=each.address), context.task_title(each.level, each.title)
    words = f"{each.year} {escape(each.region_name)} {escape(task)}"
    return f'<a href="{escape(address)}"{_HERE if here else ""}>{words}</a>'


def _counts(holder: Subject, row: Assessment) -> dict[str, Count]:
    """Return how many of the items the subject answers for are handed in, hot while any was sent back; and how many
    findings in reports wait for whoever decides on them.
    """
    states = [each.state for each in visible_stands(holder, row)]
    counts: dict[str, Count] = {}
    if states:
        done = sum(state in DONE for state in states)
        counts["evaluations:self_start"] = Count(f"{done}/{len(states)}", "returned" in states)
    if may_work(holder, row.region):
        findings = visible_reports(holder, row).values_list("counts", flat=True)
        waiting = sum(each.get("open", 0) for each in findings)
        counts["document_checks:reports"] = Count(str(waiting or ""), hot=True)
    return counts
