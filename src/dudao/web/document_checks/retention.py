"""How long removed reports are kept: after that they go for good, with their files where nothing else names them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dudao.web.audit.actions import record
from dudao.web.document_checks.models import Handling, Report, Version
from dudao.web.evidence.models import Revision, StoredFile


def outlived(now: datetime | None = None) -> list[Report]:
    """Return the reports that were removed longer ago than they are kept; none while they are kept for ever."""
    if settings.CHECK_DAYS <= 0:
        return []
    until = (now or timezone.now()) - timedelta(days=settings.CHECK_DAYS)
    return list(Report.objects.filter(removed_at__lt=until).select_related("assessment__region"))


@transaction.atomic
def forget(report: Report) -> None:
    """Delete a removed report for good; the contents of its files are left to `evidence_prune`."""
    files = set(Version.objects.filter(report=report).values_list("file_id", flat=True))
    record(
        by=None,
        action="document_checks.report.forget",
        summary=f"按保留期限清除已删除的核验文件：{report.title}",
        object_type="report",
        object_id=report.pk,
        region=report.assessment.region.code,
        after={"sha256": sorted(files)},
    )
    Handling.objects.filter(report=report).delete()
    report.delete()
    for name in files:
        if not Version.objects.filter(file_id=name).exists() and not Revision.objects.filter(file_id=name).exists():
            StoredFile.objects.filter(pk=name).delete()
