"""Background jobs: how far they are, and asking one to stop."""

from functools import partial
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema

from dudao.web.api.bearer import person_of
from dudao.web.api.idempotency import Reply, once
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_rows
from dudao.web.api.resources.answering import SentKey
from dudao.web.api.shapes.jobs import JobShape
from dudao.web.background.actions import cancel
from dudao.web.background.models import Job
from dudao.web.background.queries import visible_jobs
from dudao.web.people.access import signed_in, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told

_offers = partial(offers, "后台任务")


class JobQuestion(Schema):
    """Which jobs are asked for."""

    state: Literal["waiting", "running", "done", "failed", "cancelled"] | None = None


@router.get("/jobs", response=Page[JobShape], operation_id="list_jobs", **_offers(Scope.READ, signed_in, "后台任务"))
def list_jobs(request: HttpRequest, asked: Query[JobQuestion], paging: Query[Paging]) -> dict[str, object]:
    """List the jobs the subject may see, newest first."""
    rows = visible_jobs(subject(request))
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    return page_of_rows(rows, paging, _job)


@router.get(
    "/jobs/{job}", response=JobShape, operation_id="get_job", **_offers(Scope.READ, signed_in, "一个后台任务的进展")
)
def get_job(request: HttpRequest, job: UUID) -> JobShape:
    """Return one job."""
    return _job(get_object_or_404(visible_jobs(subject(request)), pk=job))


@router.post(
    "/jobs/{job}/cancel",
    response=JobShape,
    operation_id="cancel_job",
    **_offers(Scope.WRITE, signed_in, "取消后台任务", "等待中的立即取消，进行中的在下一步停下。"),
)
def cancel_job(request: HttpRequest, job: UUID, sent_key: SentKey) -> HttpResponse:
    """Ask a job to stop."""

    def write() -> Reply:
        row = get_object_or_404(visible_jobs(subject(request)), pk=job)
        return Reply(_job(cancel(by=person_of(request), job=row)))

    return once(request, sent_key, write)


def _job(row: Job) -> JobShape:
    return JobShape(
        id=row.pk,
        kind=row.kind,
        title=told(row.title),
        region=row.region.code if row.region else None,
        state=row.state,
        done=row.done,
        total=row.total,
        words=told(row.words),
        result_words=told(row.result_words),
        result=row.result_url,
        error=told(row.error),
        attempts=row.attempts,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
