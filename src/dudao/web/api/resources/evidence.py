"""Evidence: the library of an assessment, its files, uploading."""

from functools import partial
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query
from ninja.files import UploadedFile

from dudao.web.api.bearer import person_of
from dudao.web.api.files import as_attachment, only_file
from dudao.web.api.idempotency import Reply, once
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_rows
from dudao.web.api.resources.answering import SentKey
from dudao.web.api.resources.finding import find_answer, find_library
from dudao.web.api.shapes.common import Day, Given, Key, Words
from dudao.web.api.shapes.evidence import DepartmentShape, EvidenceShape, FileShape, FullEvidence
from dudao.web.evaluations.models import Assessment
from dudao.web.evidence import actions, queries
from dudao.web.evidence.models import Evidence, Revision
from dudao.web.evidence.reading import recognised
from dudao.web.evidence.storage import content_of
from dudao.web.evidence.supports import support
from dudao.web.people.access import Subject, reads_evidence, subject
from dudao.web.people.scopes import Scope

_offers = partial(offers, "佐证材料")


class EvidenceQuestion(Given):
    """Which pieces are asked for."""

    words: Annotated[Words, Field(description="名称、文号、机关或正文中的文字")] = ""
    standing: Annotated[Literal["within", "partly", "outside", "unknown"] | None, Field(description="所属期间")] = None


class EvidenceGiven(Given):
    """What is said of a piece that is uploaded; title and number are read from the file where not given."""

    department: Key
    title: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    number: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""
    issuer: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    effective_from: Day | None = None
    effective_to: Day | None = None
    secrecy: Literal["public", "internal"] = "internal"
    item: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    point: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    request: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""


@router.get(
    "/assessments/{key}/evidence",
    response=Page[EvidenceShape],
    operation_id="list_evidence",
    **_offers(Scope.READ, reads_evidence, "佐证材料"),
)
def list_evidence(
    request: HttpRequest, key: Key, asked: Query[EvidenceQuestion], paging: Query[Paging]
) -> dict[str, object]:
    """List the evidence the subject may read."""
    assessment = find_library(request, key)
    rows = queries.search(_visible(request, assessment), asked.words)
    if asked.standing is not None:
        rows = rows.filter(Q(standing=asked.standing))
    return page_of_rows(rows, paging, lambda row: EvidenceShape(**_head(row)))


@router.get(
    "/assessments/{key}/evidence/departments",
    response=list[DepartmentShape],
    operation_id="list_upload_departments",
    **_offers(Scope.READ, reads_evidence, "可为其上传材料的部门"),
)
def list_upload_departments(request: HttpRequest, key: Key) -> list[DepartmentShape]:
    """List the departments for which the subject may upload."""
    rows = queries.upload_departments(subject(request), find_library(request, key))
    return [DepartmentShape(id=row.pk, name=row.name) for row in rows]


@router.get(
    "/assessments/{key}/evidence/{piece}",
    response=FullEvidence,
    operation_id="get_evidence",
    **_offers(Scope.READ, reads_evidence, "一份佐证材料及其文件"),
)
def get_evidence(request: HttpRequest, key: Key, piece: Key) -> FullEvidence:
    """Return one piece with its files."""
    assessment = find_library(request, key)
    found = get_object_or_404(_visible(request, assessment), pk=piece)
    return _full(subject(request), assessment, found)


@router.get(
    "/assessments/{key}/evidence/{piece}/files/{revision}",
    operation_id="download_evidence",
    **_offers(Scope.READ, reads_evidence, "下载文件", "每次下载都记入审计日志。", media="*/*"),
)
def download_evidence(request: HttpRequest, key: Key, piece: Key, revision: Key) -> HttpResponse:
    """Hand out a file; every download leaves a trace."""
    assessment = find_library(request, key)
    found = get_object_or_404(_visible(request, assessment), pk=piece)
    chosen = get_object_or_404(queries.visible_revisions(subject(request), assessment, found), pk=revision)
    chosen.evidence = found
    content = content_of(chosen.file_id)
    actions.downloaded(by=person_of(request), revision=chosen)
    return as_attachment(content, chosen.file.media, chosen.name)


@router.post(
    "/assessments/{key}/evidence",
    response={201: FullEvidence},
    operation_id="upload_evidence",
    **_offers(
        Scope.IMPORT,
        reads_evidence,
        "上传佐证材料",
        "一次一个文件。department 用“可为其上传材料的部门”中的 id；item 写明时，材料同时用于该指标。",
    ),
)
def upload_evidence(
    request: HttpRequest, key: Key, file: File[UploadedFile], given: Form[EvidenceGiven], sent_key: SentKey
) -> HttpResponse:
    """Keep a file as a new piece of evidence."""
    assessment = find_library(request, key)
    department = get_object_or_404(queries.upload_departments(subject(request), assessment), pk=given.department)
    raw, name = only_file(request, file, settings.UPLOAD_LIMIT)
    checked = actions.inspected(raw, name)
    seen = recognised(checked, name)  # before the transaction: reading a long file must not hold others up

    def write() -> Reply:
        made = actions.receive_inspected(
            by=person_of(request),
            department=department,
            file=checked,
            name=name,
            description=_description(given),
            seen=seen,
        )
        if given.item:
            answer = find_answer(request, key, given.item)
            support(by=person_of(request), evidence=made, answer=answer, point=given.point, request=given.request)
        row = _visible(request, assessment).get(pk=made.pk)
        return Reply(
            _full(subject(request), assessment, row), status=201, headers={"Location": f"{request.path}/{row.pk}"}
        )

    return once(request, sent_key, write)


def _description(given: EvidenceGiven) -> actions.Description:
    return actions.Description(
        title=given.title,
        number=given.number,
        issuer=given.issuer,
        effective_from=given.effective_from,
        effective_to=given.effective_to,
        secrecy=given.secrecy,
    )


def _visible(request: HttpRequest, assessment: Assessment) -> QuerySet[Evidence]:
    holder = subject(request)
    rows = queries.with_standing(queries.visible_evidence(holder, assessment), *queries.evaluation_period(assessment))
    return queries.with_files(rows, holder, assessment)


def _head(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "number": row.number,
        "issuer": row.issuer,
        "department": row.department.name,
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "standing": row.standing,  # type: ignore[attr-defined]  # annotated
        "secrecy": row.secrecy,
        "received_at": row.received_at,
        "items": sorted({use.answer.item for use in row.uses}),  # type: ignore[attr-defined]  # prefetched
        "removed": row.removed_at is not None,
    }


def _full(holder: Subject, assessment: Assessment, row: Evidence) -> FullEvidence:
    files = [_file(each) for each in queries.visible_revisions(holder, assessment, row)]
    return FullEvidence(**_head(row), files=files)


def _file(row: Revision) -> FileShape:
    return FileShape(
        id=row.pk,
        name=row.name,
        media=row.file.media,
        size=row.file.size,
        sha256=row.file_id,
        received_at=row.received_at,
    )
