"""What a subject may see of rounds: every list starts here, so nothing outside its reach is ever read."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from dudao.web.evaluations.models import Answer, Assessment, Duty, PublishedScheme, Round
from dudao.web.people.access import CONTENT_ROLES, Subject, within
from dudao.web.prepared import prepared
from dudao.workflow.machine import Role

SEE_DRAFTS = CONTENT_ROLES - {Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER, Role.SCHOOL_SUPERVISOR}
HANDED_OVER = ("submitted", "confirmed")  # while sent back it is being changed, and drafts are the region's own
SEE_SUBMITTED = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})


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
    return _within(subject.paths(SEE_DRAFTS), subject.paths(SEE_SUBMITTED), Q(state__in=HANDED_OVER))


@prepared
def _addressed(own: Sequence[str], above: Sequence[str], year: int, region: str, task: str) -> QuerySet[Assessment]:
    rows = _within(own, above, Q(state__in=HANDED_OVER))
    return rows.filter(round__year=year, region__code=region, round__slug=task)[:1]


@prepared
def _keyed(own: Sequence[str], above: Sequence[str], key: int) -> QuerySet[Assessment]:
    return _within(own, above, Q(state__in=HANDED_OVER)).filter(pk=key)


@prepared
def _listed(own: Sequence[str], above: Sequence[str], *, columns: tuple[str, ...], most: int) -> QuerySet[Any, Any]:
    return _within(own, above, Q(state__in=HANDED_OVER)).values_list(*columns)[:most]


def visible_assessment(subject: Subject, year: int, region: str, task: str) -> Assessment | None:
    """Return the one of `visible_assessments` that has an address, if there is one."""
    return _addressed.first(subject.paths(SEE_DRAFTS), subject.paths(SEE_SUBMITTED), year, region, task)


def visible_assessment_of(subject: Subject, key: int) -> Assessment | None:
    """Return the one of `visible_assessments` that has a key, if there is one."""
    return _keyed.first(subject.paths(SEE_DRAFTS), subject.paths(SEE_SUBMITTED), key)


def visible_columns(subject: Subject, columns: tuple[str, ...], most: int) -> list[tuple[Any, ...]]:
    """Return columns of the first of `visible_assessments`."""
    return _listed(subject.paths(SEE_DRAFTS), subject.paths(SEE_SUBMITTED), columns=columns, most=most)


def reads_assessment(subject: Subject, assessment: Assessment) -> bool:
    """Say of an assessment, loaded with its region, what `visible_assessments` says of all; without a query."""
    roles = subject.roles_at(assessment.region.path)
    return bool(roles & SEE_DRAFTS) or (assessment.state in HANDED_OVER and bool(roles & SEE_SUBMITTED))


def assessments_with_submissions(subject: Subject) -> QuerySet[Assessment]:
    """Return the assessments of which the subject may read what was submitted, also while one is sent back.

    Only for pages that show the kept submissions and nothing that is being written.
    """
    return assessments_within(subject.paths(SEE_DRAFTS), subject.paths(SEE_SUBMITTED))


def assessments_within(own_paths: Iterable[str], paths_above: Iterable[str]) -> QuerySet[Assessment]:
    """Return the `assessments_with_submissions` of somebody on their own side in some regions, above others."""
    return _within(own_paths, paths_above, Q(version__gt=0))


def _within(own_paths: Iterable[str], paths_above: Iterable[str], open_above: Q) -> QuerySet[Assessment]:
    own = within("region", own_paths)
    above = within("region", paths_above) & open_above
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


def answers_within(assessment_id: int, departments: Sequence[int] | None) -> QuerySet[Answer]:
    """Return the answers of an assessment that departments have a duty of; all of them for None."""
    answers = Answer.objects.filter(assessment_id=assessment_id)
    if departments is None:
        return answers
    duties = Duty.objects.filter(assessment_id=assessment_id, department_id__in=departments)
    return answers.filter(item__in=duties.values("item"))


class Stand(NamedTuple):
    """How an answer stands: its key, its item, its state."""

    pk: int
    item: str
    state: str


@prepared
def _stands(assessment_id: int, departments: Sequence[int] | None) -> "QuerySet[Answer, tuple[int, str, str]]":
    return answers_within(assessment_id, departments).order_by("item").values_list("pk", "item", "state")


@prepared
def _row(assessment_id: int, departments: Sequence[int] | None, item: str) -> QuerySet[Answer]:
    return answers_within(assessment_id, departments).filter(item=item).select_related("changed_by")


def departments_read(subject: Subject, assessment: Assessment) -> list[int] | None:
    """Return of which departments a subject reads the answers of an assessment: None is all, none at all is empty."""
    roles = subject.roles_at(assessment.region.path)
    if not roles:
        return []
    return sorted(subject.departments()) if roles <= {Role.DEPARTMENT_OFFICER} else None


def visible_stands(subject: Subject, assessment: Assessment) -> list[Stand]:
    """Return how the `visible_answers` stand, without reading their texts."""
    return [Stand(*row) for row in _stands(assessment.pk, departments_read(subject, assessment))]


def visible_row(subject: Subject, assessment: Assessment, item: str) -> Answer | None:
    """Return the one of the `visible_answers` that belongs to an item, if there is one."""
    row = _row.first(assessment.pk, departments_read(subject, assessment), item)
    if row is not None:
        row.assessment = assessment
    return row


def with_duties(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Return the assessments with their duties and departments loaded at once."""
    duties = Duty.objects.select_related("department").order_by("-lead", "department__position")
    return assessments.prefetch_related(Prefetch("duties", queryset=duties))


def visible_rounds(subject: Subject) -> QuerySet[Round]:
    """Return the rounds run by the subject's regions or by a region above them."""
    own = subject.regions("region") | subject.regions("assessments__region")
    return Round.objects.filter(own).distinct().select_related("region", "scheme").defer("scheme__files")
