"""What the school tables compute: the facts of a region, and the figures of an item that may be taken over."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Schema

from dudao.web.api.bearer import person_of
from dudao.web.api.idempotency import Reply, once
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_list
from dudao.web.api.resources.answering import NOT_OVERWRITTEN, VERSION_GIVEN, IfMatch, SentKey, based_on
from dudao.web.api.resources.assessments import readable_fact
from dudao.web.api.resources.finding import find_answer
from dudao.web.api.shapes.answers import FactShape
from dudao.web.api.shapes.balance import Code
from dudao.web.api.shapes.common import Key, Name, tag_of
from dudao.web.api.shapes.computed import ComputedFactShape, ComputedFigureShape, SnapshotName, TakenShape
from dudao.web.evaluations.models import FactValue
from dudao.web.people.access import reads_balance, reads_content, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told
from dudao.web.schools.actions.take_over import take_over
from dudao.web.schools.computed import ComputedLine, computed_lines
from dudao.web.schools.facts import core_fact
from dudao.web.schools.models import ComputedFact, Snapshot
from dudao.web.schools.queries import region_to_read


class ComputedQuestion(Schema):
    """Which computed facts are asked for."""

    year: Annotated[int, Field(ge=1985, le=2100, description="年度")]
    name: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$", description="数据项")] = ""


@router.get(
    "/regions/{code}/facts",
    response=Page[ComputedFactShape],
    operation_id="list_computed_facts",
    **offers(
        "均衡",
        Scope.READ,
        reads_balance,
        "由学校数据计算的数据",
        "一个地区的学校数据算出的各项数据，写明算式、依据和所用的快照；算不出的 value 为空。",
    ),
)
def list_computed_facts(
    request: HttpRequest, code: Path[Code], asked: Query[ComputedQuestion], paging: Query[Paging]
) -> dict[str, object]:
    """List what the tables in use of a region compute for a year."""
    place = region_to_read(subject(request), code)
    rows = ComputedFact.objects.filter(region=place, period=str(asked.year)).order_by("name", "part")
    if asked.name:
        rows = rows.filter(name=asked.name)
    found = list(rows)
    numbers = {number for row in found for number in row.snapshots}
    snapshots = Snapshot.objects.in_bulk(numbers)
    return page_of_list(found, paging, lambda row: _fact(row, snapshots))


@router.get(
    "/assessments/{key}/items/{item}/computed",
    response=Page[ComputedFigureShape],
    operation_id="list_computed_figures",
    **offers(
        "自评",
        Scope.READ,
        reads_content,
        "学校数据为一个指标算出的数据",
        "与已填的并列；取用以前不写入自评，取用见“填报”。",
    ),
)
def list_computed_figures(request: HttpRequest, key: Key, item: Name, paging: Query[Paging]) -> dict[str, object]:
    """List the figures of an item that the tables compute."""
    return page_of_list(computed_lines(find_answer(request, key, item)), paging, _figure)


@router.put(
    "/assessments/{key}/items/{item}/facts/{fact}/computed",
    response=FactShape,
    operation_id="take_computed_figure",
    **offers(
        "填报",
        Scope.WRITE,
        reads_content,
        "取用学校数据算出的数据",
        "写入算出的数值，来源写明快照和算式。" + VERSION_GIVEN + NOT_OVERWRITTEN,
    ),
)
def take_computed_figure(
    request: HttpRequest, key: Key, item: Name, fact: Key, if_match: IfMatch, sent_key: SentKey
) -> HttpResponse:
    """Write what the tables compute into a figure, with its trace."""
    version = based_on(if_match)

    def write() -> Reply:
        readable_fact(request, key, item, fact)
        answer = find_answer(request, key, item)
        row = FactValue.objects.get(pk=fact)
        saved = take_over(by=person_of(request), answer=answer, fact=row, version=version)
        return Reply(readable_fact(request, key, item, fact), headers={"ETag": tag_of(saved.version)})

    return once(request, sent_key, write)


def _fact(row: ComputedFact, snapshots: dict[int, Snapshot]) -> ComputedFactShape:
    value = core_fact(row).value
    said = ("是" if value else "否") if isinstance(value, bool) else None if value is None else row.value
    return ComputedFactShape(
        name=row.name,
        period=row.period,
        part=row.part,
        kind=row.kind,
        value=said,
        unit=row.unit,
        method=told(row.method),
        source=told(row.source),
        snapshots=[_snapshot(snapshots[number]) for number in row.snapshots if number in snapshots],
    )


def _figure(line: ComputedLine) -> ComputedFigureShape:
    taken = line.taken
    return ComputedFigureShape(
        fact=line.row.pk,
        name=line.row.name,
        title=line.title,
        part=line.part,
        period=line.row.period,
        value=line.value or None,
        unit=line.unit,
        filled_in=line.row.value,
        standing=line.standing,
        method=told(line.method),
        source=told(line.source),
        snapshots=[_snapshot(each) for each in line.snapshots],
        taken=TakenShape(value=taken.value, by=taken.by.name, at=taken.at) if taken is not None else None,
        version=line.row.version,
    )


def _snapshot(row: Snapshot) -> SnapshotName:
    return SnapshotName(id=row.pk, sha256=row.frame)
