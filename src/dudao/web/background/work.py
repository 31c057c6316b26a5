"""How a job is put into the queue, worked on, and tried again: the bridge between django-tasks and our jobs."""

import logging
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from dudao.errors import DudaoError
from dudao.web.background.active import ACTIVE
from dudao.web.background.marks import finish
from dudao.web.background.models import CANCELLED, FAILED, RUNNING, WAITING, Job
from dudao.web.background.registry import LONG, kind_of
from dudao.web.background.run import CancelledError, Conclusion, HandedBackError, LaterError, Run, TakenOverError

log = logging.getLogger("dudao.background")

_FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


@task(takes_context=True, queue_name=LONG)
def run_job(context: TaskContext, job: str) -> str:
    """Work on a job; the entry of the queue that this is must still be the one that may."""
    return work_on(UUID(job), UUID(context.task_result.id), (context.task_result.worker_ids or [""])[-1])


def put_in_queue(row: Job, pause: timedelta | None = None) -> None:
    """Give a job a new entry in the queue; earlier ones lose their right to it. Call it with the row locked."""
    kind = kind_of(row.kind)
    now = timezone.now()
    row.next_try_at = now + pause if pause else None
    entry = run_job.using(queue_name=kind.lane if kind else LONG, run_after=row.next_try_at).enqueue(job=str(row.pk))
    if row.task_id is not None:  # one that runs is left to its worker, which has yet to mark it
        DBTaskResult.objects.filter(pk=row.task_id, status=TaskResultStatus.READY).delete()
    row.task_id, row.state, row.worker = UUID(entry.id), WAITING, ""
    row.beat += 1
    row.save()


def work_on(job_id: UUID, task_id: UUID, worker: str) -> str:
    """Make one attempt at a job and return the state it was left in; nothing happens when it is another's.

    Trouble of the input (a `DudaoError`) ends the job with its sentence; other trouble is tried again after a
    pause that grows fourfold, as often as its kind says.
    """
    row = _taken(job_id, task_id, worker)
    if row is None:
        return "another's"
    run = Run(row)
    ACTIVE.add(run)
    try:
        _call(row, run)
    except CancelledError:
        _end(run, CANCELLED, "")
    except HandedBackError:
        hand_back(run)
    except TakenOverError:
        log.warning("job %s was taken over by another worker", job_id)
    except LaterError as error:
        _try_again(run, error, str(error))
    except DudaoError as error:
        _end(run, FAILED, str(error))
    except Exception as error:
        if run.concluded:  # what counts stands; only the tail of the function broke
            log.exception("job %s broke after it was done", job_id)
        else:
            _try_again(run, error, "")
    finally:
        ACTIVE.remove(run)
    return Job.objects.values_list("state", flat=True).get(pk=job_id)


def _call(row: Job, run: Run) -> None:
    kind = kind_of(row.kind)
    if kind is None:
        raise DudaoError(
            _("这个版本的程序没有“%(kind)s”这种任务。") % {"kind": row.kind}, advice=_("请联系系统管理员。")
        )
    run.check()
    given = kind.function(run, **row.arguments)
    if run.concluded:
        return
    with run.conclude() as conclusion:
        if isinstance(given, Conclusion):
            conclusion.words, conclusion.url, conclusion.result = given.words, given.url, given.result
        elif isinstance(given, str):
            conclusion.words = given


def _taken(job_id: UUID, task_id: UUID, worker: str) -> Job | None:
    with transaction.atomic():
        row = Job.objects.select_for_update(no_key=True).filter(pk=job_id, task_id=task_id, state=WAITING).first()
        if row is None:
            return None
        row.state, row.worker = RUNNING, worker[:64]
        row.attempts += 1
        row.beat += 1
        row.started_at = row.started_at or timezone.now()
        row.next_try_at, row.error = None, ""
        row.save()
    return row


def _mine(run: Run) -> Job | None:
    """Return the row of a run, locked, if it is still this run's."""
    return Job.objects.select_for_update(no_key=True).filter(pk=run.job_id, task_id=run.task_id, state=RUNNING).first()


def _end(run: Run, state: str, error: str) -> None:
    with transaction.atomic():
        row = _mine(run)
        if row is not None:
            row.done, row.total, row.words = run.shown
            finish(row, state, error)


def hand_back(run: Run) -> None:
    """Let another worker start a job again; the attempt does not count."""
    with transaction.atomic():
        row = _mine(run)
        if row is not None:
            row.attempts -= 1
            put_in_queue(row)


def _try_again(run: Run, error: Exception, sentence: str) -> None:
    """Put a job back for a later attempt, or end it when there were enough; the sentence is shown if there is one."""
    number = secrets.token_hex(2).upper()
    log.error("job %s, attempt %d broke (E-%s)", run.job_id, run.attempt, number, exc_info=error)
    with transaction.atomic():
        row = _mine(run)
        if row is None:
            return
        if row.cancel_asked_at is not None:
            finish(row, CANCELLED)
        elif row.attempts > most_retries(row):
            ended = _("系统出错，试了 %(times)d 次仍未成功，已记录编号 E-%(number)s。请稍后重试，或告诉系统管理员。")
            finish(row, FAILED, sentence or ended % {"times": row.attempts, "number": number})
        else:
            row.error = sentence or _("系统出错（编号 E-%(number)s），稍后自动重试。") % {"number": number}
            put_in_queue(row, min(_FIRST_PAUSE * 4 ** (row.attempts - 1), LONGEST_PAUSE))


def most_retries(row: Job) -> int:
    """Return how often a job is tried again; never, when its kind is not known."""
    kind = kind_of(row.kind)
    return kind.retries if kind else 0
