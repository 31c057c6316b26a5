"""What is read off when somebody asks for the metrics: jobs by state, room on the disk."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dudao.web.background.models import WAITING, Job
from dudao.web.measures import REGISTRY
from dudao.web.operation.readiness import free_bytes


class AtTheMoment(Collector):
    """Asks the database and the disk; where one does not answer, its figures are left out, not zero."""

    def collect(self) -> Iterator[Metric]:
        """Yield the figures of this moment."""
        with suppress(DatabaseError):
            yield from _jobs()
        with suppress(OSError):
            yield GaugeMetricFamily("dudao_disk_free_bytes", "数据文件夹的剩余空间", value=free_bytes())

    def describe(self) -> list[Metric]:
        """Return nothing: what there is shows when asked, and is not asked for at the start."""
        return []


def _jobs() -> Iterator[Metric]:
    counted = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
    jobs = GaugeMetricFamily("dudao_jobs", "后台任务", labels=["state"])
    for state, _title in Job.STATES:
        jobs.add_metric([state], counted.get(state, 0))
    yield jobs
    oldest = Job.objects.filter(state=WAITING).aggregate(oldest=Min("created_at"))["oldest"]
    waited = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily("dudao_jobs_oldest_waiting_seconds", "等得最久的后台任务已等的秒数", value=max(waited, 0))


REGISTRY.register(AtTheMoment())
