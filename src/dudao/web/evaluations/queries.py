"""What a subject may see of rounds: every list starts here, so nothing outside its reach is ever read."""

from django.db.models import Prefetch, Q, QuerySet

from dudao.web.evaluations.models import Answer, Assessment, Duty, PublishedScheme, Round
from dudao.web.people.access import CONTENT_ROLES, Subject
from dudao.workflow.machine import Role

_SEE_DRAFTS = CONTENT_ROLES - {Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER, Role.SCHOOL_SUPERVISOR}
HANDED_OVER = ("submitted", "confirmed")  # while sent back it is being changed, and drafts are the region's own
_SEE_SUBMITTED = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})


def visible_schemes(subject: Subject) -> QuerySet[PublishedScheme]:
    """Return the schemes of the subject's own regions and of those above; drafts only to their province."""
    paths = {grant.path for grant in subject.held if grant.role in CONTENT_ROLES}
    above = Q(pk__in=[])
    for path in paths:
        steps = [path[:end] for end in range(4, len(path) + 1, 4)]
        above |= Q(region__path__in=steps) | Q(region__path__startswith=path)
    drafts = Q(state="draft") & subject.regions("region", {Role.PROVINCIAL_ADMINISTRATOR})
    return PublishedScheme.objects.filter((above & ~Q(state="draft")) | drafts).select_related("region")


def visible_assessments(subject: Subject) -> QuerySet[Assessment]:
    """Return the assessments the subject may open.

    The own side sees them at any time; the level above only while it lies with it, submitted or confirmed.
    """
    return _assessments(subject, Q(state__in=HANDED_OVER))


def reads_assessment(subject: Subject, assessment: Assessment) -> bool:
    """Say of an assessment, loaded with its region, what `visible_assessments` says of all; without a query."""
    roles = subject.roles_at(assessment.region.path)
    return bool(roles & _SEE_DRAFTS) or (assessment.state in HANDED_OVER and bool(roles & _SEE_SUBMITTED))


def assessments_with_submissions(subject: Subject) -> QuerySet[Assessment]:
    """Return the assessments of which the subject may read what was submitted, also while one is sent back.

    Only for pages that show the kept submissions and nothing that is being written.
    """
    return _assessments(subject, Q(version__gt=0))


def _assessments(subject: Subject, open_above: Q) -> QuerySet[Assessment]:
    own = subject.regions("region", _SEE_DRAFTS)
    above = subject.regions("region", _SEE_SUBMITTED) & open_above
    return (
        Assessment.objects.filter(own | above)
        .select_related("region", "round", "round__region", "round__scheme")
        .defer("round__scheme__files")  # the text of a whole scheme; `convert` reads it once
        .order_by("-round__year", "region__path")
    )


def visible_answers(subject: Subject, assessment: Assessment) -> QuerySet[Answer]:
    """Return the answers of an assessment that the subject may read: officers those of their department alone."""
    answers = assessment.answers.all()
    roles = subject.roles_at(assessment.region.path)
    if roles and roles <= {Role.DEPARTMENT_OFFICER}:
        duties = Duty.objects.filter(assessment=assessment, department_id__in=subject.departments())
        answers = answers.filter(item__in=duties.values("item"))
    elif not roles:
        answers = answers.none()
    return answers.select_related("changed_by")


def with_duties(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Return the assessments with their duties and departments loaded at once."""
    duties = Duty.objects.select_related("department").order_by("-lead", "department__position")
    return assessments.prefetch_related(Prefetch("duties", queryset=duties))


def visible_rounds(subject: Subject) -> QuerySet[Round]:
    """Return the rounds run by the subject's regions or by a region above them."""
    own = subject.regions("region") | subject.regions("assessments__region")
    return Round.objects.filter(own).distinct().select_related("region", "scheme").defer("scheme__files")
