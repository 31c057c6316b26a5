"""Schemes: versions, and the tree with every rule in words."""

from functools import partial
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema

from dudao.provenance import SourceStatus
from dudao.scheme.model import Indicator, Point, Scheme
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_rows
from dudao.web.api.shapes.common import Key, Name, NamedRegion, plain
from dudao.web.api.shapes.schemes import (
    ClauseShape,
    FactDeclarationShape,
    IndicatorShape,
    PointShape,
    SchemeShape,
    SchemeTree,
)
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.models import PublishedScheme
from dudao.web.evaluations.queries import visible_schemes
from dudao.web.evaluations.rule_words import rule_words
from dudao.web.people.access import reads_schemes, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told

_offers = partial(offers, "评价方案")


class SchemeQuestion(Schema):
    """Which schemes are asked for."""

    year: Annotated[int | None, Field(ge=1985, le=2100, description="年度")] = None
    level: Annotated[str, Field(pattern="^(province|city|county)?$", description="评价对象")] = ""


@router.get(
    "/schemes",
    response=Page[SchemeShape],
    operation_id="list_schemes",
    **_offers(Scope.READ, reads_schemes, "评价方案的各个版本"),
)
def list_schemes(request: HttpRequest, asked: Query[SchemeQuestion], paging: Query[Paging]) -> dict[str, object]:
    """List the versions of schemes that the subject may read."""
    rows = visible_schemes(subject(request)).defer("files")
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    if asked.level:
        rows = rows.filter(level=asked.level)
    return page_of_rows(rows, paging, lambda row: SchemeShape(**_head(row)))


@router.get(
    "/schemes/{slug}/{version}",
    response=SchemeTree,
    operation_id="get_scheme",
    **_offers(Scope.READ, reads_schemes, "一个方案的全部内容", "指标、测评点、规则（文字说明）、依据和所需数据。"),
)
def get_scheme(request: HttpRequest, slug: Name, version: Key) -> SchemeTree:
    """Return one version with its tree."""
    row = get_object_or_404(visible_schemes(subject(request)), slug=slug, version=version)
    core = scheme_of(row)
    return SchemeTree(
        **_head(row),
        full_points=plain(core.full_points),
        indicators=[_indicator(each, core) for each in core.indicators],
        facts=[
            FactDeclarationShape(
                name=each.name, title=each.title, unit=each.unit, kind=each.kind, parts=dict(each.parts)
            )
            for each in core.facts
        ],
    )


def _head(row: PublishedScheme) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "version": row.version,
        "name": row.name,
        "year": row.year,
        "level": row.level,
        "region": NamedRegion(code=row.region.code, name=row.region.name),
        "state": row.state,
        "published_at": row.published_at,
        "content_hash": row.content_hash,
    }


def _indicator(indicator: Indicator, scheme: Scheme) -> IndicatorShape:
    return IndicatorShape(
        id=indicator.id,
        name=indicator.name,
        level=indicator.level,
        full_points=plain(indicator.full_points),
        indicators=[_indicator(each, scheme) for each in indicator.children if isinstance(each, Indicator)],
        points=[_point(each, scheme) for each in indicator.children if isinstance(each, Point)],
    )


def _point(point: Point, scheme: Scheme) -> PointShape:
    declared = {each.name: each for each in scheme.facts}
    source = point.source
    return PointShape(
        id=point.id,
        name=point.name,
        full_points=plain(point.full_points),
        rule=told(rule_words(point, declared)),
        rule_kind=point.rule.kind if point.rule else None,
        inputs=list(point.inputs),
        evidence=[each.name for each in point.evidence],
        lead_department=point.lead_department,
        departments=list(point.departments),
        source=ClauseShape(
            document=source.document,
            number=source.number,
            clause=source.clause,
            quote=source.quote,
            confirmed=source.status is SourceStatus.CONFIRMED,
        ),
    )
