"""Jobs as people see them, and when periodic steps last ran; the queue itself belongs to django-tasks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from dudao.web.people.models import Region

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
UNFINISHED = (WAITING, RUNNING)


class Job(models.Model):
    """One piece of background work.

    `task_id` names the queue's entry that may work on it now; whoever holds another one is too late. `beat`
    grows while a worker is alive on it, so a job whose beat stands still has lost its worker, whatever the
    clocks say. `key` is unique among unfinished jobs: the same work is not queued twice.
    """

    STATES = ((WAITING, "等待"), (RUNNING, "进行中"), (DONE, "已完成"), (FAILED, "未成功"), (CANCELLED, "已取消"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("任务", max_length=200)
    arguments = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="jobs")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="jobs")
    subject_url = models.CharField("有关页面", max_length=300, blank=True)
    state = models.CharField("状态", max_length=12, choices=STATES, default=WAITING)
    task_id = models.UUIDField(null=True, db_index=True)
    attempts = models.PositiveIntegerField("已试次数", default=0)
    worker = models.CharField(max_length=64, blank=True)
    beat = models.BigIntegerField(default=0)
    done = models.PositiveBigIntegerField("已做", default=0)
    total = models.PositiveBigIntegerField("共计", null=True)
    words = models.CharField("进展", max_length=200, blank=True)
    cancel_asked_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, blank=True)
    result_words = models.CharField("结果", max_length=300, blank=True)
    result_url = models.CharField("结果页面", max_length=300, blank=True)
    error = models.TextField("原因", blank=True)
    created_at = models.DateTimeField("提交时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "后台任务"
        ordering = ("-created_at", "id")
        indexes = (
            models.Index(fields=("state", "created_at"), name="jobs_by_state"),
            models.Index(fields=("by", "-created_at"), name="jobs_of_a_person"),
            models.Index(fields=("region", "-created_at"), name="jobs_of_a_region"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(state__in=[WAITING, RUNNING]) & ~Q(key=""),
                name="one_unfinished_job_of_a_key",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[WAITING, RUNNING]) | Q(finished_at__isnull=False),
                name="a_finished_job_says_when",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state not in UNFINISHED

    @property
    def look(self) -> str:
        """The state as shown: one that was asked to stop but has not yet is `cancelling`."""
        return "cancelling" if self.state == RUNNING and self.cancel_asked_at else self.state


class PeriodicStep(models.Model):
    """When a step that comes round again was last handed to the queue."""

    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = "定期步骤"

    def __str__(self) -> str:
        return self.name
