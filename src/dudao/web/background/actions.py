"""Asking for background work, cancelling it, trying it again."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dudao.web.background.marks import finish, trace
from dudao.web.background.models import CANCELLED, FAILED, UNFINISHED, WAITING, Job
from dudao.web.background.queries import may_control
from dudao.web.background.registry import kind_of_function
from dudao.web.background.work import put_in_queue
from dudao.web.people.access import subject_of
from dudao.web.people.models import Region, User
from dudao.web.refusals import NotAllowedError, NotPossibleError


@transaction.atomic
def enqueue(
    function: Callable[..., Any],
    *,
    by: User | None,
    region: Region | None,
    arguments: Mapping[str, Any] | None = None,
    title: str = "",
    subject_url: str = "",
    key: str = "",
) -> Job:
    """Ask for a job; call it inside the transaction of the write it belongs to, so that both stand or neither.

    Args:
        function: what was declared with `registry.job`.
        by: the person; None for the system itself. Whether they may is for the caller to have checked.
        region: the region it is about: its clerks see the job. None for none.
        arguments: what the function gets by name; only what JSON can hold, and nothing secret.
        title: what it is called in the list; without one the title of its kind.
        subject_url: the page that the job is about.
        key: while a job of this key is unfinished, it is returned instead of a new one.

    Raises:
        ValueError: the function is no job.
    """
    kind = kind_of_function(function)
    if key:
        known = Job.objects.select_for_update(no_key=True).filter(key=key, state__in=UNFINISHED).first()
        if known is not None:
            return known
    row = Job(
        kind=kind.name,
        title=str(title or kind.title)[:200],
        arguments=dict(arguments or {}),
        key=key,
        by=by,
        region=region,
        subject_url=subject_url,
    )
    row.save(force_insert=True)
    put_in_queue(row)
    trace(row, "enqueue", "提交后台任务", by=by)
    return row


def cancel(*, by: User, job: Job) -> Job:
    """Ask a job to stop: a waiting one ends at once, a running one at its next step.

    Raises:
        NotAllowedError: the job is not the person's to stop.
        NotPossibleError: it is finished already.
    """
    with transaction.atomic():
        row = _controlled(by, job)
        if row.finished:
            raise NotPossibleError(_("“%(title)s”已经结束，不能取消。") % {"title": row.title})
        if row.cancel_asked_at is None:
            row.cancel_asked_at = timezone.now()
            row.save(update_fields=["cancel_asked_at"])
            trace(row, "cancel", "要求取消后台任务", by=by)
        if row.state == WAITING and row.task_id is not None:
            DBTaskResult.objects.filter(pk=row.task_id, status=TaskResultStatus.READY).delete()
        if row.state == WAITING:
            finish(row, CANCELLED)
    return row


def try_again(*, by: User, job: Job) -> Job:
    """Put a job that failed or was cancelled into the queue once more, with all its tries.

    Raises:
        NotAllowedError: the job is not the person's.
        NotPossibleError: it is not finished, or it is done.
    """
    with transaction.atomic():
        row = _controlled(by, job)
        if row.state not in (FAILED, CANCELLED):
            raise NotPossibleError(_("“%(title)s”没有失败，不需要重试。") % {"title": row.title})
        if row.key and Job.objects.filter(key=row.key, state__in=UNFINISHED).exists():
            raise NotPossibleError(_("同样的任务正在进行，请等它结束。"))
        row.attempts, row.done, row.total, row.words, row.error = 0, 0, None, "", ""
        row.cancel_asked_at = row.started_at = row.finished_at = None
        put_in_queue(row)
        trace(row, "try_again", "要求重试后台任务", by=by)
    return row


def _controlled(by: User, job: Job) -> Job:
    row = Job.objects.select_for_update(no_key=True, of=("self",)).select_related("region", "by").get(pk=job.pk)
    if not may_control(subject_of(by), row):
        raise NotAllowedError(_("这项后台任务不是您提交的，您不能改动。"), advice=_("请联系提交人或督导室。"))
    return row
