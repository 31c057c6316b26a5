"""Jobs whose worker is gone are found by their beat standing still and taken up again; no clock is compared."""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dudao.web.background.marks import finish
from dudao.web.background.models import CANCELLED, FAILED, RUNNING, WAITING, Job
from dudao.web.background.work import LONGEST_PAUSE, log, most_retries, put_in_queue


class Watch:
    """Remembers since when each unfinished job has not moved.

    Args:
        patience: seconds without a beat after which a job's worker counts as gone.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._seen: dict[UUID, tuple[int, float]] = {}

    def look(self, now: float | None = None) -> int:
        """Take up the jobs that have not moved for too long; return how many.

        Args:
            now: seconds of a clock that only goes forward; the machine's own by default.
        """
        moment = time.monotonic() if now is None else now
        still = dict(_without_a_worker().values_list("pk", "beat"))
        still.update(Job.objects.filter(state=RUNNING).values_list("pk", "beat"))
        known, self._seen = self._seen, {}
        taken = 0
        for key, beat in still.items():
            before = known.get(key)
            since = before[1] if before is not None and before[0] == beat else moment
            self._seen[key] = (beat, since)
            if moment - since >= self._patience:
                taken += _take_up(key, beat)
        _bring_forward()
        return taken


def _without_a_worker() -> QuerySet[Job]:
    """Return the waiting jobs that no entry of the queue leads to: its worker died between taking and starting."""
    ready = DBTaskResult.objects.filter(pk=OuterRef("task_id"), status=TaskResultStatus.READY)
    return Job.objects.filter(~Exists(ready), state=WAITING)


def _take_up(key: UUID, beat: int) -> int:
    with transaction.atomic():
        row = (
            Job.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            .filter(pk=key, beat=beat, state__in=(WAITING, RUNNING))
            .first()
        )
        if row is None:  # it moved, or its worker is just writing the results
            return 0
        log.warning("job %s lost its worker %s in attempt %d", row.pk, row.worker, row.attempts)
        if row.cancel_asked_at is not None:
            finish(row, CANCELLED)
        elif row.state == RUNNING and row.attempts > most_retries(row):
            finish(row, FAILED, _("后台程序在这项任务中多次中断，已停止重试。请重试一次，或联系系统管理员。"))
        else:
            put_in_queue(row)
    return 1


def _bring_forward() -> None:
    """Let go jobs that wait for a time no pause reaches: the clock was set back after it was written."""
    latest = timezone.now() + LONGEST_PAUSE
    for key in Job.objects.filter(state=WAITING, next_try_at__gt=latest).values_list("pk", flat=True):
        with transaction.atomic():
            row = (
                Job.objects.select_for_update(no_key=True).filter(pk=key, state=WAITING, next_try_at__gt=latest).first()
            )
            if row is not None:
                put_in_queue(row)
