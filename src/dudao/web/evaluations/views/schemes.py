"""评价方案: list, tree with the source of every point, take over a shipped pack, publish, withdraw, compare."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.issues import Level, has_errors
from dudao.packs.find import find_packs, name_of
from dudao.pipelines.check_scheme import CheckedPack
from dudao.scheme.compare import ItemView, compare_schemes, side_by_side
from dudao.scheme.model import Indicator, Point
from dudao.scheme.summary import is_unconfirmed, summarise
from dudao.web.evaluations.actions import schemes as actions
from dudao.web.evaluations.convert import check_files, files_of_pack, scheme_of
from dudao.web.evaluations.models import PublishedScheme
from dudao.web.evaluations.queries import visible_assessments, visible_schemes
from dudao.web.evaluations.reckoned import effects
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import Subject, publishes_schemes, reads_schemes, requires, subject
from dudao.web.people.models import Region
from dudao.workflow.machine import Role

_MOST_EFFECTS = 20


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree: depth from 0, and either an indicator or a point."""

    depth: int
    indicator: Indicator | None
    point: Point | None

    @property
    def unconfirmed(self) -> bool:
        """Whether the point or its rule rests on something nobody has seen in the original."""
        return self.point is not None and is_unconfirmed(self.point)


def branches(indicators: tuple[Indicator, ...], depth: int = 0) -> list[Branch]:
    """Return the lines of the tree in order."""
    lines = []
    for indicator in indicators:
        lines.append(Branch(depth, indicator, None))
        for child in indicator.children:
            if isinstance(child, Point):
                lines.append(Branch(depth + 1, None, child))
            else:
                lines.extend(branches((child,), depth + 1))
    return lines


def own_regions(request: HttpRequest) -> list[Region]:
    """Return the regions whose schemes the subject keeps."""
    return list(own_regions_query(request).order_by("path"))


def _administered(request: HttpRequest) -> list[int]:
    paths = [held.path for held in subject(request).held if held.role is Role.PROVINCIAL_ADMINISTRATOR]
    return list(Region.objects.filter(path__in=paths).values_list("pk", flat=True))


@requires(reads_schemes)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the schemes the subject may read, and the packs it may take over."""
    regions = own_regions(request)
    packs = [(pack.id, name_of(pack)) for pack in find_packs()] if regions else []
    context = {"schemes": visible_schemes(subject(request))[:200], "regions": regions, "packs": packs}
    return render(request, "evaluations/schemes.html", context)


@requires(publishes_schemes)
@require_POST
@tells_refusals
def take_over(request: HttpRequest) -> HttpResponse:
    """Keep a shipped pack as a draft of one's region."""
    region = get_object_or_404(own_regions_query(request), code=request.POST.get("region", ""))
    wanted = request.POST.get("pack", "")
    # by its id alone: a path that somebody sends must not be read
    folder = next((pack.folder for pack in find_packs() if pack.id == wanted), None)
    if folder is None:
        raise InvalidValueError(_("没有这个方案包。"), advice=_("请从列表中选择。"))
    row = actions.keep_draft(by=person(request), region=region, files=files_of_pack(folder))
    messages.success(request, _("已存为草稿，请核对后发布。"))
    return redirect("evaluations:scheme", slug=row.slug, version=row.version)


def own_regions_query(request: HttpRequest) -> QuerySet[Region]:
    """Return the regions whose schemes the subject keeps, as a query."""
    regions: QuerySet[Region] = Region.objects.filter(pk__in=_administered(request))
    return regions


def find_scheme(request: HttpRequest, slug: str, version: int) -> PublishedScheme:
    """Return a scheme the subject may read; else 404."""
    return get_object_or_404(visible_schemes(subject(request)), slug=slug, version=version)


@requires(reads_schemes)
@require_safe
def scheme(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Show a scheme: its tree, the source of every point, what checks say of a draft."""
    row = find_scheme(request, slug, version)
    core = scheme_of(row)
    checked: CheckedPack | None = check_files(row.files) if row.state == "draft" else None
    others = visible_schemes(subject(request)).exclude(pk=row.pk).filter(level=row.level)
    context = {
        "row": row,
        "scheme": core,
        "branches": branches(core.indicators),
        "summary": summarise(core),
        "issues": checked.issues if checked else (),
        "others": others.order_by("-year", "-version")[:30],
        "last_year": others.filter(year=row.year - 1).order_by("-version").first(),
        "may_publish": row.region_id in _administered(request),
    }
    return render(request, "evaluations/scheme.html", context)


@requires(publishes_schemes)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def publish(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Say what publishing freezes, then publish a draft."""
    row = find_scheme(request, slug, version)
    if row.region_id not in _administered(request):
        raise PermissionDenied
    if request.method != "POST":
        checked = check_files(row.files)
        context = {
            "row": row,
            "summary": summarise(scheme_of(row)),
            "errors": [issue for issue in checked.issues if issue.level is Level.ERROR],
            "warnings": [issue for issue in checked.issues if issue.level is Level.WARNING],
        }
        return render(request, "evaluations/scheme_publish.html", context)
    seen = request.POST.get("seen", "")
    if seen and seen != row.content_hash:
        raise NotPossibleError(_("草稿在您确认前又有改动，没有发布。"), advice=_("请重新核对后发布。"))
    actions.publish(by=person(request), row=row, reason=request.POST.get("reason", "").strip())
    messages.success(request, _("已发布。发布的内容不再改变。"))
    return redirect("evaluations:scheme", slug=slug, version=version)


@requires(publishes_schemes)
@require_POST
@tells_refusals
def withdraw(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Withdraw a published scheme."""
    row = find_scheme(request, slug, version)
    actions.withdraw(by=person(request), row=row, reason=request.POST.get("reason", ""))
    return redirect("evaluations:scheme", slug=slug, version=version)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """An item beside its counterpart of the other scheme, with the kinds of changes."""

    old: ItemView | None
    new: ItemView | None
    changes: tuple[str, ...]

    @property
    def level(self) -> int:
        """The level of the item, from 1."""
        view = self.new or self.old
        return view.level if view else 1


def _reckonable(holder: Subject) -> Q:
    """Return the condition that an assessment's present content is open to the subject.

    The level above knows what was sent; while it is being changed again, only its own side knows more. Officers
    know their own items, not totals.
    """
    own = holder.regions("region", {Role.SUPERVISION_CLERK, Role.LEADER})
    above = holder.regions("region", {Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})
    return own | (above & Q(state__in=("submitted", "confirmed")))


@requires(reads_schemes)
@require_http_methods(["GET", "HEAD"])
def compare(request: HttpRequest, slug: str, version: int, other: int) -> HttpResponse:
    """Show two schemes side by side, and what the change would have made of what was answered under the older."""
    row = find_scheme(request, slug, version)
    old = get_object_or_404(visible_schemes(subject(request)), pk=other)
    before, after = scheme_of(old), scheme_of(row)
    comparison = compare_schemes(before, after)
    kinds: dict[tuple[str, str], list[str]] = {}
    for change in comparison.changes:
        place = (change.old.id if change.old else "", change.new.id if change.new else "")
        kinds.setdefault(place, []).append(change.kind.value)
    only = request.GET.get("show") != "all"
    rows = [
        ComparedRow(one, two, tuple(kinds.get((one.id if one else "", two.id if two else ""), ())))
        for one, two in side_by_side(before, after)
    ]
    answered = visible_assessments(subject(request)).filter(round__scheme=old).filter(_reckonable(subject(request)))
    sound = not has_errors(check_files(row.files).issues)
    context = {
        "row": row,
        "old": old,
        "comparison": comparison,
        "rows": [each for each in rows if each.changes or not only],
        "only": only,
        "effects": effects(old, row, list(answered[:_MOST_EFFECTS])) if sound else [],
        "sound": sound,
    }
    return render(request, "evaluations/scheme_compare.html", context)
