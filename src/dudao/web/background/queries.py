"""Which jobs a subject may see and stop."""

from django.db.models import Q, QuerySet

from dudao.web.background.models import Job
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role

_RUN_THE_REGION = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR})


def visible_jobs(subject: Subject) -> QuerySet[Job]:
    """Return the jobs a subject may see, newest first.

    Everybody the own ones, of regions still within reach; those who run a region all that were asked for there
    (the region itself, not those below); system administrators what the system asked for itself.
    """
    reach = subject.regions("region", frozenset(Role)) | Q(region__isnull=True)
    own = Q(by_id=subject.user_id, by_id__isnull=False) & reach
    codes = {held.region_code for held in subject.held if held.role in _RUN_THE_REGION}
    condition = own | Q(region__code__in=codes)
    if Role.SYSTEM_ADMINISTRATOR in subject.roles:
        condition |= Q(by__isnull=True, region__isnull=True)
    return Job.objects.filter(condition).select_related("by", "region").order_by("-created_at", "id")


def may_control(subject: Subject, job: Job) -> bool:
    """Say whether the subject may stop a job or have it tried again: whoever may see it."""
    return visible_jobs(subject).filter(pk=job.pk).exists()
