"""What background work does for itself: what is finished and old is not kept for ever."""

from datetime import datetime, timedelta

from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dudao.web.background.models import DONE, UNFINISHED, Job
from dudao.web.background.registry import every
from dudao.web.background.run import Run

_STEPS_KEPT = timedelta(days=1)


@every(timedelta(days=1), name="background.retention", title="清理过期的后台任务")
def forget_old_jobs(run: Run, now: datetime) -> None:
    """Delete finished jobs after the days that the settings keep them, and what the system did for itself after one."""
    old = Job.objects.exclude(state__in=UNFINISHED).filter(
        finished_at__lt=now - timedelta(days=settings.JOBS_KEPT_DAYS)
    )
    steps = Job.objects.filter(kind="background.step", state=DONE, finished_at__lt=now - _STEPS_KEPT)
    with run.conclude() as conclusion:
        gone = old.delete()[0] + steps.delete()[0]
        finished = DBTaskResult.objects.exclude(status=TaskResultStatus.READY)
        finished.filter(enqueued_at__lt=now - _STEPS_KEPT).exclude(
            pk__in=Job.objects.filter(state__in=UNFINISHED, task_id__isnull=False).values("task_id")
        ).delete()
        conclusion.words = f"删除 {gone} 项"
