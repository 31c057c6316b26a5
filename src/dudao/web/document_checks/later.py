"""Checks that take long: handed to the background, and how they are getting on."""

from django.urls import reverse

from dudao.web.background.actions import enqueue
from dudao.web.background.models import Job
from dudao.web.document_checks.jobs import check
from dudao.web.document_checks.models import Version
from dudao.web.document_checks.report_page import address_of
from dudao.web.people.models import User


def check_later(*, by: User, version: Version) -> Job:
    """Have a version checked in the background; call it inside the transaction of the write it belongs to."""
    report = version.report
    return enqueue(
        check,
        by=by,
        region=report.assessment.region,
        arguments={"version": version.pk},
        title=f"核验：{report.title}（第 {version.number} 稿）",
        subject_url=reverse("document_checks:report", args=(*address_of(report.assessment), report.pk)),
        key=_key(version),
    )


def job_of(version: Version) -> Job | None:
    """Return the newest job that checks a version."""
    return Job.objects.filter(key=_key(version)).order_by("-created_at").first()


def _key(version: Version) -> str:
    return f"document_checks.check:{version.pk}"
