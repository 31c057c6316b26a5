"""佐证材料库: the list with its facets, how it covers the items, and what is missing."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.queries import visible_answers
from dudao.web.evidence import queries
from dudao.web.evidence.coverage import Coverage, coverage_of
from dudao.web.evidence.models import Evidence, Support
from dudao.web.evidence.preview import icon_of, preview
from dudao.web.people.access import Subject, reads_content, reads_evidence, requires, subject
from dudao.web.states import look
from dudao.workflow.machine import Role

PAGE = 50


@dataclass(frozen=True, slots=True)
class Link:
    """A choice of a facet as drawn: where it leads, and whether it is the chosen one."""

    title: str
    count: int
    address: str
    on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the query parameter it sets, its title, its choices and the chosen one."""

    name: str
    title: str
    links: tuple[Link, ...]
    chosen: str


def _address(request: HttpRequest, name: str, value: str) -> str:
    """Return the address of this list with one parameter set, or cleared when the value is empty."""
    given = request.GET.copy()
    for each in ("page", "show", name):
        given.pop(each, None)
    if value:
        given[name] = value
    return f"{request.path}?{given.urlencode()}" if given else request.path


def find_library(request: HttpRequest, year: int, region: str, task: str) -> Assessment:
    """Return the assessment whose library an address names, if the subject may open it; else 404."""
    row = queries.open_assessment(subject(request), year, region, task)
    if row is None:
        raise Http404
    return row


@requires(reads_evidence)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead on to the library of the newest assessment the subject may open."""
    newest = queries.open_assessments(subject(request)).first()
    if newest is None:
        return render(request, "evidence/none.html")
    return redirect("evidence:library", newest.round.year, newest.region.code, newest.round.slug)


@requires(reads_evidence)
@require_safe
def library(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """List the evidence; `removed=1` lists what was removed and can be restored."""
    assessment = find_library(request, year, region, task)
    holder = subject(request)
    removed = request.GET.get("removed") == "1"
    visible = (queries.removed_evidence if removed else queries.visible_evidence)(holder, assessment)
    words = request.GET.get("q", "").strip()[:100]
    found = queries.with_standing(queries.search(visible, words), *queries.evaluation_period(assessment))
    facets, total = _facets(request, found, holder, assessment)
    rows = queries.with_personal(queries.with_files(_chosen(request, found, assessment), holder, assessment))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for row in page:
        newest = next(iter(row.revisions.all()), None)
        row.icon = icon_of(newest.file.media if newest else "")  # type: ignore[attr-defined]  # for the template
    context = {
        "assessment": assessment,
        "page": page,
        "facets": facets,
        "total": total,
        "words": words,
        "removed": removed,
        "period": queries.evaluation_period(assessment),
        "may_upload": queries.upload_departments(holder, assessment).exists(),
        "without_departments": Role.SUPERVISION_CLERK in holder.roles_at(assessment.region.path)
        and not assessment.region.departments.filter(active=True).exists(),
        "filtered": bool(words) or any(facet.chosen for facet in facets),
        "may_cover": not holder.roles_at(assessment.region.path) <= {"school_supervisor"},
    } | shown(request, holder, assessment)
    template = "evidence/library_part.html" if _swaps(request) else "evidence/library.html"
    return render(request, template, context)


def shown(request: HttpRequest, holder: Subject, assessment: Assessment) -> dict[str, object]:
    """Return what the pane on the right shows: the piece of `?show=`, if the subject may read it."""
    wanted = request.GET.get("show", "")
    if not wanted.isdigit():
        return {}
    visible = queries.with_standing(
        queries.visible_evidence(holder, assessment), *queries.evaluation_period(assessment)
    )
    piece = queries.with_files(visible, holder, assessment).filter(pk=int(wanted)).first()
    if piece is None:
        return {}
    revision = queries.visible_revisions(holder, assessment, piece).first()
    return {"piece": piece, "revision": revision, "preview": preview(revision) if revision else None}


def _swaps(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def _facets(
    request: HttpRequest, rows: QuerySet[Evidence], holder: Subject, assessment: Assessment
) -> tuple[list[Facet], int]:
    numbers = queries.counts(rows)
    items = queries.items_facet(rows, holder, assessment)
    names = {item.id: item.name for item in items_of(scheme_of(assessment.round.scheme))}
    used = tuple(queries.Choice(key, f"{key} {names[key]}", items[key]) for key in names if key in items)
    given = request.GET

    def of(name: str, title: str, choices: tuple[queries.Choice, ...]) -> Facet:
        chosen = given.get(name, "")
        links = tuple(
            Link(
                each.title,
                each.count,
                _address(request, name, "" if each.key == chosen else each.key),
                each.key == chosen,
            )
            for each in choices
            if each.count or each.key == chosen
        )
        return Facet(name, title, links, chosen)

    standings = tuple(queries.Choice(name, look("evidence", name).word, numbers[name]) for name in queries.STANDINGS)
    secrecy = tuple(queries.Choice(key, _(title), numbers[key]) for key, title in Evidence.SECRECY)
    mend = (
        queries.Choice("no_number", _("无文号"), numbers["no_number"]),
        queries.Choice("personal", _("建议遮盖个人信息"), numbers["personal"]),
    )
    facets = [
        of("standing", _("所属期间"), standings),
        of("mend", _("需要注意"), mend),
        of("department", _("部门"), tuple(queries.departments_facet(rows))),
        of("secrecy", _("公开属性"), secrecy),
        of("item", _("支撑指标"), used),
    ]
    return [facet for facet in facets if facet.links], numbers["all"]


def _link(request: HttpRequest, name: str, choice: queries.Choice, on: bool) -> Link:
    """Return a choice as a link that sets it, or clears it when it is the chosen one."""
    return Link(choice.title, choice.count, _address(request, name, "" if on else choice.key), on)


def _chosen(request: HttpRequest, rows: QuerySet[Evidence], assessment: Assessment) -> QuerySet[Evidence]:
    given = request.GET
    if given.get("standing") in queries.STANDINGS:
        rows = rows.filter(Q(standing=given["standing"]))
    if given.get("secrecy") in dict(Evidence.SECRECY):
        rows = rows.filter(secrecy=given["secrecy"])
    if given.get("department", "").isdigit():
        rows = rows.filter(department_id=int(given["department"]))
    if given.get("item"):
        readable = visible_answers(subject(request), assessment).filter(item=given["item"])
        rows = rows.filter(pk__in=Support.objects.filter(answer__in=readable).values("evidence_id"))
    if given.get("mend") == "no_number":
        rows = rows.filter(number="")
    if given.get("mend") == "personal":
        rows = queries.with_personal(rows).filter(Q(found_personal__gt=0))
    return rows.order_by("-received_at", "-pk")


def covered(holder: Subject, assessment: Assessment, only: str = "") -> list[Coverage]:
    """Return how the items that the subject may read are covered, in the order of the scheme."""
    answers = visible_answers(holder, assessment)
    if only:
        answers = answers.filter(item=only)
    items = {answer.pk: answer.item for answer in answers}
    supports: dict[str, list[Support]] = {}
    for row in Support.objects.filter(answer__in=list(items), evidence__removed_at__isnull=True).order_by("pk"):
        supports.setdefault(items[row.answer_id], []).append(row)
    wanted = {row.evidence_id for rows in supports.values() for row in rows}
    readable = {row.pk: row for row in queries.visible_evidence(holder, assessment).filter(pk__in=wanted)}
    order = items_of(scheme_of(assessment.round.scheme))
    year = assessment.round.year
    mine = set(items.values())
    return [coverage_of(item, supports.get(item.id, ()), readable, year) for item in order if item.id in mine]


@requires(reads_content)
@require_safe
def coverage(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show items × evidence: what each item asks for, what is there, and what is missing."""
    assessment = find_assessment(request, year, region, task)
    rows = covered(subject(request), assessment)
    return render(request, "evidence/coverage.html", {"assessment": assessment, "rows": rows} | _sums(rows))


@requires(reads_content)
@require_safe
def gaps(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """List what the scheme asks for and nothing supports; `print=1` is the sheet for paper."""
    assessment = find_assessment(request, year, region, task)
    rows = covered(subject(request), assessment)
    duties = assessment.duties.filter(lead=True).select_related("department")
    leads = {duty.item: duty.department for duty in duties}
    lines = [
        (row.item, leads.get(row.item.id), request_, request_.state)
        for row in rows
        for request_ in (*row.gaps, *row.unnamed)
    ]
    template = "evidence/gaps_print.html" if request.GET.get("print") == "1" else "evidence/gaps.html"
    return render(request, template, {"assessment": assessment, "lines": lines} | _sums(rows))


def _sums(rows: list[Coverage]) -> dict[str, int]:
    return {
        "asked": sum(len(row.requests) for row in rows),
        "met": sum(row.met for row in rows),
        "unnamed": sum(len(row.unnamed) for row in rows),
        "missing": sum(len(row.gaps) for row in rows),
        "without": sum(not row.pieces and not row.hidden for row in rows),
    }
