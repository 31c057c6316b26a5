"""Writing answers: text, points and figures on top of a version, the way of an item, worksheets."""

from functools import partial
from typing import Annotated

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from ninja import File, Form, Header, Schema
from ninja.files import UploadedFile

from dudao.reporting.fill_in_sheet import fill_in_sheet
from dudao.web.api.bearer import person_of
from dudao.web.api.files import as_attachment, only_file
from dudao.web.api.idempotency import Reply, once
from dudao.web.api.offers import offers, router
from dudao.web.api.problems import ProblemError
from dudao.web.api.reading import Reading
from dudao.web.api.resources.assessments import full_item, readable_fact
from dudao.web.api.resources.finding import find_answer, find_assessment
from dudao.web.api.shapes.answers import (
    ChangeShape,
    ChoicesGiven,
    EventGiven,
    FactGiven,
    FactShape,
    FullItem,
    ImportResult,
    NoteGiven,
    NoteShape,
    PointsGiven,
    RowErrorShape,
    ScoreShape,
)
from dudao.web.api.shapes.common import IdempotencyKey, Key, Name, VersionTag, tag_of, version_in
from dudao.web.evaluations.actions import answers as actions
from dudao.web.evaluations.actions import bulk, points
from dudao.web.evaluations.fill_in_file import SIZE_LIMIT, read_fill_in
from dudao.web.evaluations.models import FactValue, PointScore
from dudao.web.evaluations.queries import visible_answers
from dudao.web.people.access import reads_content, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told

_offers = partial(offers, "填报")
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERSION_GIVEN = "须在 If-Match 头中写所依据的版本（读取时的 ETag）。"
NOT_OVERWRITTEN = "已被他人修改时答 412 和现在的内容，不覆盖。"
_ON_TOP = VERSION_GIVEN + NOT_OVERWRITTEN

IfMatch = Annotated[VersionTag | None, Header(None, alias="If-Match")]
SentKey = Annotated[IdempotencyKey | None, Header(None, alias="Idempotency-Key")]


class ImportGiven(Schema):
    """How a worksheet is taken."""

    trial: bool = False


def based_on(tag: str | None) -> int:
    """Return the version that a write is based on.

    Raises:
        ProblemError: 428 where the request names none.
    """
    if tag is None:
        raise ProblemError(428)
    return version_in(tag)


@router.put(
    "/assessments/{key}/items/{item}/note",
    response=NoteShape,
    operation_id="save_note",
    **_offers(Scope.WRITE, reads_content, "保存自评说明", _ON_TOP),
)
def save_note(
    request: HttpRequest, key: Key, item: Name, given: NoteGiven, if_match: IfMatch, sent_key: SentKey
) -> HttpResponse:
    """Save the text of an item."""
    version = based_on(if_match)

    def write() -> Reply:
        answer = find_answer(request, key, item)
        row = actions.save_note(by=person_of(request), answer=answer, note=given.note, version=version)
        row.assessment = answer.assessment
        shape = Reading(subject(request), answer.assessment).note(row)
        return Reply(shape, headers={"ETag": tag_of(row.version)})

    return once(request, sent_key, write)


@router.put(
    "/assessments/{key}/items/{item}/points/{point}",
    response=ScoreShape,
    operation_id="save_points",
    **_offers(Scope.WRITE, reads_content, "保存自评分", "空的 points 表示撤回，不等于 0。" + _ON_TOP),
)
def save_points(
    request: HttpRequest, key: Key, item: Name, point: Name, given: PointsGiven, if_match: IfMatch, sent_key: SentKey
) -> HttpResponse:
    """Save the self points of a point."""
    version = based_on(if_match)

    def write() -> Reply:
        score = _score_of(request, key, item, point)
        saved = points.save_points(
            by=person_of(request),
            score=score,
            points=given.points,
            version=version,
            not_applicable=given.not_applicable,
            reason=given.reason,
        )
        return _as_saved(request, score, saved)

    return once(request, sent_key, write)


@router.put(
    "/assessments/{key}/items/{item}/points/{point}/choices",
    response=ScoreShape,
    operation_id="save_choices",
    **_offers(Scope.WRITE, reads_content, "保存测评点的判定", "key 和可选的词见测评点的 choices。" + _ON_TOP),
)
def save_choices(
    request: HttpRequest, key: Key, item: Name, point: Name, given: ChoicesGiven, if_match: IfMatch, sent_key: SentKey
) -> HttpResponse:
    """Save what the rule of a point asks people."""
    version = based_on(if_match)
    stated = {each.key: (each.value, each.reason) for each in given.choices}

    def write() -> Reply:
        score = _score_of(request, key, item, point)
        saved = points.save_choice(by=person_of(request), score=score, given=stated, version=version)
        return _as_saved(request, score, saved)

    return once(request, sent_key, write)


@router.put(
    "/assessments/{key}/items/{item}/facts/{fact}",
    response=FactShape,
    operation_id="save_fact",
    **_offers(Scope.WRITE, reads_content, "保存一项数据及其来源", "数字照写，不改位数。" + _ON_TOP),
)
def save_fact(
    request: HttpRequest, key: Key, item: Name, fact: Key, given: FactGiven, if_match: IfMatch, sent_key: SentKey
) -> HttpResponse:
    """Save a figure with its source."""
    version = based_on(if_match)

    def write() -> Reply:
        readable_fact(request, key, item, fact)
        answer = find_answer(request, key, item)
        row = FactValue.objects.get(pk=fact)
        saved = actions.save_fact(
            by=person_of(request),
            answer=answer,
            fact=row,
            value=given.value,
            unit=row.unit if given.unit is None else given.unit,
            version=version,
            source=given.source,
        )
        return Reply(readable_fact(request, key, item, fact), headers={"ETag": tag_of(saved.version)})

    return once(request, sent_key, write)


@router.post(
    "/assessments/{key}/items/{item}/events",
    response=FullItem,
    operation_id="move_item",
    **_offers(Scope.WRITE, reads_content, "提交、撤回、退回或接受一个指标", "现在可做的操作见指标的 events。"),
)
def move_item(request: HttpRequest, key: Key, item: Name, given: EventGiven, sent_key: SentKey) -> HttpResponse:
    """Cause an event on an item."""

    def write() -> Reply:
        answer = find_answer(request, key, item)
        actions.move(by=person_of(request), answer=answer, event=given.event, reason=given.reason)
        return Reply(full_item(request, key, item))

    return once(request, sent_key, write)


@router.get(
    "/assessments/{key}/worksheet",
    operation_id="get_worksheet",
    **_offers(Scope.IMPORT, reads_content, "批量填报模板（xlsx）", "只含您可填的数据和测评点。", media=_EXCEL),
)
def get_worksheet(request: HttpRequest, key: Key) -> HttpResponse:
    """Hand out the worksheet of the subject's items."""
    assessment = find_assessment(request, key)
    rows = bulk.worksheet_rows(assessment, list(visible_answers(subject(request), assessment)))
    title = f"{assessment.round.title} {assessment.region} 批量填报"
    return as_attachment(
        fill_in_sheet(title, rows), _EXCEL, f"{assessment.region}{assessment.round.year}年度填报模板.xlsx"
    )


@router.post(
    "/assessments/{key}/worksheet",
    response=ImportResult,
    operation_id="import_worksheet",
    **_offers(
        Scope.IMPORT,
        reads_content,
        "批量填报",
        "上传填好的模板（5 MB 以内）。全部能保存才保存；有一行不能保存时答 422，逐行说明，什么都不保存。"
        "trial 为 true 时只试算，不保存。",
    ),
)
def import_worksheet(
    request: HttpRequest, key: Key, file: File[UploadedFile], given: Form[ImportGiven], sent_key: SentKey
) -> HttpResponse:
    """Save what a worksheet says, all of it or nothing."""
    raw, name = only_file(request, file, SIZE_LIMIT)
    lines = read_fill_in(raw, name)

    def write() -> Reply:
        assessment = find_assessment(request, key)
        by = person_of(request)
        answers = list(visible_answers(subject(request), assessment))
        plan = bulk.plan(by=by, assessment=assessment, answers=answers, lines=lines)
        errors = plan.errors
        if not given.trial and not errors:
            with transaction.atomic():
                errors = bulk.save_plan(by=by, assessment=assessment, changes=list(plan.changes))
        if errors and not given.trial:
            said = [{"place": f"row {each.number}", "message": told(f"{each.name}：{each.message}")} for each in errors]
            many = ngettext(
                "有 %(count)s 行不能保存，没有保存任何内容。",
                "有 %(count)s 行不能保存，没有保存任何内容。",
                len(errors),
            ) % {"count": len(errors)}
            raise ProblemError(422, many, {"errors": said})
        return Reply(_result(plan, saved=not given.trial))

    return once(request, sent_key, write)


def _score_of(request: HttpRequest, key: int, item: str, point: str) -> PointScore:
    answer = find_answer(request, key, item)
    score = get_object_or_404(PointScore, answer=answer, point=point)
    score.answer = answer
    return score


def _as_saved(request: HttpRequest, score: PointScore, saved: PointScore) -> Reply:
    shape = Reading(subject(request), score.answer.assessment).point(score.answer, score.point)
    if shape is None:
        raise ProblemError(404)
    return Reply(shape, headers={"ETag": tag_of(saved.version)})


def _result(plan: bulk.Plan, *, saved: bool) -> ImportResult:
    return ImportResult(
        saved=saved,
        changes=[
            ChangeShape(row=each.number, item=each.item, name=each.name, before=each.before, after=each.value)
            for each in plan.changes
        ],
        errors=[RowErrorShape(row=each.number, name=each.name, message=told(each.message)) for each in plan.errors],
        same=plan.same,
    )
