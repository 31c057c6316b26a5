"""What background work does for itself: what is finished and old is not kept for ever."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dudao.web.background.models import DONE, UNFINISHED, Job
from dudao.web.background.registry import every
from dudao.web.background.run import Run
from dudao.web.people.models import SignedInDevice

_STEPS_KEPT = timedelta(days=1)
_TRIES_KEPT = timedelta(days=7)


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


@every(timedelta(hours=6), name="people.sessions", title="清理过期的登录")
def forget_ended_sessions(run: Run, now: datetime) -> None:
    """Delete sessions past their end, the devices they belonged to, and failed sign-ins of long ago."""
    with run.conclude() as conclusion:
        gone = Session.objects.filter(expire_date__lt=now).delete()[0]
        SignedInDevice.objects.filter(seen_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)).exclude(
            session_key__in=Session.objects.values("session_key")
        ).delete()
        AccessAttempt.objects.filter(attempt_time__lt=now - _TRIES_KEPT).delete()
        conclusion.words = f"删除 {gone} 个"
