"""The end of a job: its mark, its trace, and who is told; always inside the transaction of what it wrote."""

from django.utils import timezone

from dudao.web.audit.actions import record
from dudao.web.background.models import DONE, FAILED, Job
from dudao.web.background.registry import tell_finished
from dudao.web.people.models import User

_WORDS = {"done": "后台任务完成", "failed": "后台任务未成功", "cancelled": "后台任务取消"}


def trace(row: Job, action: str, summary: str, *, by: User | None = None) -> None:
    """Record an event about a job; what the system does for itself leaves no trace."""
    if row.by_id is None and by is None:
        return
    record(
        by=by,
        action=f"background.{action}",
        summary=f"{summary}：{row.title}",
        object_type="job",
        object_id=row.pk,
        region=row.region.code if row.region is not None else "",
        after={"kind": row.kind, "state": row.state, "attempts": row.attempts},
    )


def finish(row: Job, state: str, error: str = "") -> None:
    """Mark a job as done, failed for good or cancelled; call it with the row locked."""
    row.state, row.error = state, error
    row.finished_at, row.next_try_at = timezone.now(), None
    row.save()
    trace(row, state, _WORDS[state])
    if state in (DONE, FAILED):
        tell_finished(row)
