"""佐证材料库: the list with its facets, how it covers the items, and what is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.queries import departments_read, visible_answers
from dudao.web.evidence import queries
from dudao.web.evidence.coverage import Coverage, coverage_of
from dudao.web.evidence.listing import Cell, Line, Listing, Narrowing
from dudao.web.evidence.models import Evidence, Support
from dudao.web.evidence.preview import preview
from dudao.web.people.access import Subject, reads_content, reads_evidence, requires, subject
from dudao.web.states import look
from dudao.workflow.machine import Role

PAGE = 50
_LONGEST_KEY = 10  # digits; no longer number is the key of a department


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


def _addresses(request: HttpRequest, name: str) -> Callable[[str], str]:
    """Return what gives the address of this list with one parameter set, or cleared for an empty value."""
    kept = [(key, each) for key, given in request.GET.lists() if key not in {"page", "show", name} for each in given]
    rest = urlencode(kept)

    def address(value: str) -> str:
        parts = [part for part in (rest, urlencode({name: value}) if value else "") if part]
        return f"{request.path}?{'&'.join(parts)}" if parts else request.path

    return address


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
    shelf = queries.shelf_of(holder, assessment, removed=removed)
    words = request.GET.get("q", "").strip()[:100]
    found = queries.holding(queries.on_shelf(*shelf.values, **shelf.shape), words)
    period = queries.evaluation_period(assessment)
    listing = Listing(shelf, found, period, assessment.pk, departments_read(holder, assessment))
    facets = _facets(request, listing, assessment)
    lines = listing.narrowed(_narrowing(request))
    paginator: Paginator[Line] = Paginator(lines, PAGE)  # type: ignore[arg-type]  # it asks for a count and slices alone
    page = paginator.get_page(request.GET.get("page"))
    roles = holder.roles_at(assessment.region.path)
    may_upload = queries.may_bring(holder, assessment)
    context = {
        "assessment": assessment,
        "page": page,
        "facets": facets,
        "total": listing.count(),
        "words": words,
        "removed": removed,
        "period": period,
        "may_upload": may_upload,
        "without_departments": Role.SUPERVISION_CLERK in roles and not may_upload,
        "filtered": bool(words) or any(facet.chosen for facet in facets),
        "may_cover": not roles <= {"school_supervisor"},
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


def _facets(request: HttpRequest, listing: Listing, assessment: Assessment) -> list[Facet]:
    items = listing.items()
    names = {item.id: item.name for item in items_of(scheme_of(assessment.round.scheme))}
    departments = {str(cell.department): cell.department_name for cell in listing.cells}

    def of(name: str, title: str, choices: Iterable[tuple[str, str, int]]) -> Facet:
        chosen, address = request.GET.get(name, ""), _addresses(request, name)
        links = tuple(
            Link(words, count, address("" if key == chosen else key), key == chosen)
            for key, words, count in choices
            if count or key == chosen
        )
        return Facet(name, title, links, chosen)

    def counted(choices: Mapping[str, str], key: Callable[[Cell], str]) -> Iterator[tuple[str, str, int]]:
        numbers = dict.fromkeys(choices, 0)
        for cell in listing.cells:
            numbers[key(cell)] += cell.pieces
        return ((each, words, numbers[each]) for each, words in choices.items())

    mend = (
        ("no_number", _("无文号"), listing.count(lambda cell: cell.unnumbered)),
        ("personal", _("建议遮盖个人信息"), listing.count(lambda cell: cell.personal)),
    )
    standings = {name: look("evidence", name).word for name in queries.STANDINGS}
    secrecy = {key: _(title) for key, title in Evidence.SECRECY}
    facets = [
        of("standing", _("所属期间"), counted(standings, lambda cell: cell.standing)),
        of("mend", _("需要注意"), mend),
        of("department", _("部门"), counted(departments, lambda cell: str(cell.department))),
        of("secrecy", _("公开属性"), counted(secrecy, lambda cell: cell.secrecy)),
        of("item", _("支撑指标"), ((key, f"{key} {names[key]}", items[key]) for key in names if key in items)),
    ]
    return [facet for facet in facets if facet.links]


def _narrowing(request: HttpRequest) -> Narrowing:
    """Return what the address narrows the list to; what no list can be narrowed to leaves it as it is."""
    given = request.GET
    standing, secrecy, department = (given.get(name, "") for name in ("standing", "secrecy", "department"))
    return Narrowing(
        standing if standing in queries.STANDINGS else None,
        secrecy if secrecy in dict(Evidence.SECRECY) else None,
        int(department) if department.isdecimal() and len(department) < _LONGEST_KEY else None,
        given.get("item") or None,
        given.get("mend") == "no_number",
        given.get("mend") == "personal",
    )


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
