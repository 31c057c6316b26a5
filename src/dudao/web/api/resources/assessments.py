"""Assessments: what regions answer, as it stands; items, points, figures, texts, progress."""

from functools import partial
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Schema

from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_list, page_of_rows
from dudao.web.api.reading import Reading
from dudao.web.api.resources.finding import find_answer, find_assessment
from dudao.web.api.resources.rounds import cell_of, scheme_name, stages_of
from dudao.web.api.shapes.answers import (
    AssessmentShape,
    FactShape,
    FullItem,
    ItemShape,
    NoteShape,
    ScoredAssessment,
    ScoreShape,
)
from dudao.web.api.shapes.common import Key, Name, NamedRegion, tag_of
from dudao.web.api.shapes.rounds import RowShape
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.progress import GridRow, by_department
from dudao.web.evaluations.queries import visible_assessments
from dudao.web.evaluations.views.duties import only_departments
from dudao.web.people.access import reads_content, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told
from dudao.workflow.transitions import ASSESSMENT

_offers = partial(offers, "自评")


class AssessmentQuestion(Schema):
    """Which assessments are asked for."""

    year: Annotated[int | None, Field(ge=1985, le=2100, description="年度")] = None
    region: Annotated[str, Field(max_length=12, pattern="^[0-9]*$", description="地区代码")] = ""
    task: Annotated[str, Field(max_length=40, pattern="^[A-Za-z0-9_-]*$", description="任务标识")] = ""


class FactQuestion(Schema):
    """Which figures are asked for."""

    name: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$", description="数据项")] = ""
    period: Annotated[str, Field(pattern="^([0-9]{4})?$", description="所属年")] = ""


@router.get(
    "/assessments",
    response=Page[AssessmentShape],
    operation_id="list_assessments",
    **_offers(Scope.READ, reads_content, "自评", "您可查看的自评，新的年度在前。"),
)
def list_assessments(
    request: HttpRequest, asked: Query[AssessmentQuestion], paging: Query[Paging]
) -> dict[str, object]:
    """List the assessments the subject may open."""
    rows = visible_assessments(subject(request)).prefetch_related("round__stages").defer("round__scheme__files")
    if asked.year is not None:
        rows = rows.filter(round__year=asked.year)
    if asked.region:
        rows = rows.filter(region__code=asked.region)
    if asked.task:
        rows = rows.filter(round__slug=asked.task)
    return page_of_rows(rows, paging, lambda row: AssessmentShape(**_head(row)))


@router.get(
    "/assessments/{key}",
    response=ScoredAssessment,
    operation_id="get_assessment",
    **_offers(Scope.READ, reads_content, "一份自评及其分数", "分数只含您可查看的指标。"),
)
def get_assessment(request: HttpRequest, key: Key) -> ScoredAssessment:
    """Return one assessment with its points as it stands."""
    row = find_assessment(request, key)
    reading = Reading(subject(request), row)
    return ScoredAssessment(**_head(row), items=len(reading.items), total=reading.total())


@router.get(
    "/assessments/{key}/items",
    response=Page[ItemShape],
    operation_id="list_items",
    **_offers(Scope.READ, reads_content, "一份自评的指标"),
)
def list_items(request: HttpRequest, key: Key, paging: Query[Paging]) -> dict[str, object]:
    """List the items the subject may read, in the order of the scheme."""
    reading = Reading(subject(request), find_assessment(request, key))
    return page_of_list(reading.items, paging, reading.item)


@router.get(
    "/assessments/{key}/items/{item}",
    response=FullItem,
    operation_id="get_item",
    **_offers(Scope.READ, reads_content, "一个指标的全部内容", "说明、自评分与测算、数据，以及现在可做的操作。"),
)
def get_item(request: HttpRequest, key: Key, item: Name) -> FullItem:
    """Return one item with everything in it."""
    return full_item(request, key, item)


@router.get(
    "/assessments/{key}/items/{item}/note",
    response=NoteShape,
    operation_id="get_note",
    **_offers(Scope.READ, reads_content, "自评说明", "ETag 头是它的版本，写入时放在 If-Match 头中。"),
)
def get_note(request: HttpRequest, response: HttpResponse, key: Key, item: Name) -> NoteShape:
    """Return the text of an item."""
    answer = find_answer(request, key, item)
    response["ETag"] = tag_of(answer.version)
    return Reading(subject(request), answer.assessment).note(answer)


@router.get(
    "/assessments/{key}/items/{item}/points/{point}",
    response=ScoreShape,
    operation_id="get_points",
    **_offers(Scope.READ, reads_content, "一个测评点的自评分与测算", "ETag 头是它的版本，写入时放在 If-Match 头中。"),
)
def get_points(request: HttpRequest, response: HttpResponse, key: Key, item: Name, point: Name) -> ScoreShape:
    """Return one point of an item."""
    answer = find_answer(request, key, item)
    found = Reading(subject(request), answer.assessment).point(answer, point)
    if found is None:
        raise Http404
    response["ETag"] = tag_of(found.version)
    return found


@router.get(
    "/assessments/{key}/facts",
    response=Page[FactShape],
    operation_id="list_facts",
    **_offers(Scope.READ, reads_content, "一份自评的数据", "您可查看的指标所用的当年和上年数据。"),
)
def list_facts(request: HttpRequest, key: Key, asked: Query[FactQuestion], paging: Query[Paging]) -> dict[str, object]:
    """List the figures that the readable items ask for."""
    reading = Reading(subject(request), find_assessment(request, key))
    rows = [row for row in reading.facts() if asked.name in ("", row.name) and asked.period in ("", row.period)]
    return page_of_list(rows, paging, reading.fact)


@router.get(
    "/assessments/{key}/items/{item}/facts/{fact}",
    response=FactShape,
    operation_id="get_fact",
    **_offers(Scope.READ, reads_content, "一项数据", "ETag 头是它的版本，写入时放在 If-Match 头中。"),
)
def get_fact(request: HttpRequest, response: HttpResponse, key: Key, item: Name, fact: Key) -> FactShape:
    """Return one figure that an item asks for."""
    found = readable_fact(request, key, item, fact)
    response["ETag"] = tag_of(found.version)
    return found


@router.get(
    "/assessments/{key}/progress",
    response=Page[RowShape],
    operation_id="get_progress",
    **_offers(Scope.READ, reads_content, "各部门的进度", "部门填报员只看到本部门。"),
)
def get_progress(request: HttpRequest, key: Key, paging: Query[Paging]) -> dict[str, object]:
    """Return a row for each department of an assessment's region."""
    assessment = find_assessment(request, key)
    only = only_departments(request, assessment)
    _items, every = by_department(assessment)
    return page_of_list([row for row in every if only is None or row.key in only], paging, _row)


def full_item(request: HttpRequest, key: int, item: str) -> FullItem:
    """Return an item with everything in it; 404 where the subject may not read it."""
    reading = Reading(subject(request), find_assessment(request, key))
    found = next((each for each in reading.items if each.id == item), None)
    if found is None:
        raise Http404
    return reading.full_item(found)


def readable_fact(request: HttpRequest, key: int, item: str, fact: int) -> FactShape:
    """Return a figure that an item asks for; 404 where the subject may not read it there."""
    answer = find_answer(request, key, item)
    reading = Reading(subject(request), answer.assessment)
    for row in reading.facts():
        if row.pk == fact:
            found = reading.fact(row)
            if item in found.items:
                return found
    raise Http404


def _head(row: Assessment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "year": row.round.year,
        "task": row.round.slug,
        "title": row.round.title,
        "region": NamedRegion(code=row.region.code, name=row.region.name),
        "scheme": scheme_name(row.round.scheme),
        "state": row.state,
        "state_title": told(ASSESSMENT.state(row.state).title),
        "submissions": row.version,
        "closed": row.round.closed_at is not None,
        "stages": stages_of(row.round),
    }


def _row(row: GridRow) -> RowShape:
    return RowShape(name=row.name, done=row.done, asked=row.asked, cells=[cell_of(cell) for cell in row.cells])
