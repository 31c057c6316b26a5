"""Rounds, and how far their regions are."""

from functools import partial

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query

from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_list, page_of_rows
from dudao.web.api.shapes.common import Key, NamedRegion, plain
from dudao.web.api.shapes.rounds import CellShape, RegionRowShape, RoundShape, SchemeName, StageShape
from dudao.web.evaluations.models import PublishedScheme, Round
from dudao.web.evaluations.progress import GridCell
from dudao.web.evaluations.queries import visible_rounds
from dudao.web.evaluations.round_progress import RegionRow, region_rows
from dudao.web.evaluations.views.rounds import find_round, watched_assessments, watches_rounds
from dudao.web.people.access import reads_content, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told

_offers = partial(offers, "评价任务")


@router.get(
    "/rounds", response=Page[RoundShape], operation_id="list_rounds", **_offers(Scope.READ, reads_content, "评价任务")
)
def list_rounds(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the rounds that concern the subject's regions."""
    rows = visible_rounds(subject(request)).prefetch_related("stages").defer("scheme__files").order_by("-year", "pk")
    return page_of_rows(rows, paging, _round)


@router.get(
    "/rounds/{key}", response=RoundShape, operation_id="get_round", **_offers(Scope.READ, reads_content, "一个评价任务")
)
def get_round(request: HttpRequest, key: Key) -> RoundShape:
    """Return one round."""
    return _round(get_object_or_404(visible_rounds(subject(request)).prefetch_related("stages"), pk=key))


@router.get(
    "/rounds/{key}/progress",
    response=Page[RegionRowShape],
    operation_id="get_round_progress",
    **_offers(Scope.READ, watches_rounds, "各地区的进度", "尚未报送的地区只有状态和数量，没有分数。"),
)
def get_round_progress(request: HttpRequest, key: Key, paging: Query[Paging]) -> dict[str, object]:
    """Return a row for each region of a round that the subject watches."""
    _items, rows = region_rows(subject(request), watched_assessments(request, find_round(request, key)))
    return page_of_list(rows, paging, _region_row)


def scheme_name(row: PublishedScheme) -> SchemeName:
    """Return a scheme by its name."""
    return SchemeName(slug=row.slug, version=row.version, name=row.name)


def stages_of(row: Round) -> list[StageShape]:
    """Return the stages of a round, loaded with it."""
    return [
        StageShape(kind=each.kind, title=told(each.get_kind_display()), starts=each.starts, due=each.due)
        for each in row.stages.all()
    ]


def cell_of(cell: GridCell) -> CellShape:
    """Return a cell of a grid."""
    return CellShape(
        item=cell.item,
        state=cell.state,
        lead=cell.lead,
        self_points=plain(cell.self_points),
        full_points=plain(cell.full_points),
    )


def _round(row: Round) -> RoundShape:
    return RoundShape(
        id=row.pk,
        title=row.title,
        task=row.slug,
        year=row.year,
        region=NamedRegion(code=row.region.code, name=row.region.name),
        scheme=scheme_name(row.scheme),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        stages=stages_of(row),
    )


def _region_row(each: RegionRow) -> RegionRowShape:
    return RegionRowShape(
        name=each.row.name,
        code=each.assessment.region.code,
        assessment=each.assessment.pk,
        state=each.assessment.state,
        submissions=each.assessment.version,
        done=each.row.done,
        asked=each.row.asked,
        cells=[cell_of(cell) for cell in each.row.cells],
    )
