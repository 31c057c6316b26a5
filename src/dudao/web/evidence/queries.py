"""What evidence a subject may see within an assessment, and how it is found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment, Submission
from dudao.web.evaluations.queries import (
    SEE_DRAFTS,
    SEE_SUBMITTED,
    assessments_with_submissions,
    assessments_within,
    visible_answers,
)
from dudao.web.evidence.models import Evidence, Revision, Support
from dudao.web.evidence.periods import scheme_period
from dudao.web.people.access import Subject, within
from dudao.web.people.models import Department
from dudao.web.prepared import prepared, prepared_value
from dudao.workflow.machine import Role

_ABOVE = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})
_BRINGS = frozenset({Role.DEPARTMENT_OFFICER, Role.SCHOOL_SUPERVISOR})
STANDINGS = ("within", "partly", "outside", "unknown")


def submitted_files(assessment: Assessment) -> dict[int, set[str]]:
    """Return, by piece of evidence, the contents that were sent upwards with any submission of an assessment."""
    sent: dict[int, set[str]] = {}
    contents = Submission.objects.filter(assessment=assessment).values_list("content__items", flat=True)
    for items in contents:
        for item in items or ():
            for each in item.get("evidence", ()):
                if "evidence" in each:
                    sent.setdefault(each["evidence"], set()).add(each["sha256"])
    return sent


def own_departments(subject: Subject, path: str) -> frozenset[int]:
    """Return the departments the subject is an officer of, of a grant that reaches the region of a path."""
    return frozenset(
        held.department_id for held in subject.held if held.department_id is not None and path.startswith(held.path)
    )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which pieces of one region somebody reads, as plain values, so that questions about them can be made once.

    Attributes:
        region: whose pieces.
        departments: of these departments.
        brought_by: and those this person brought; None where that is no reason.
        sent: and those sent upwards with a submission, also after the region removed them.
        whole: all of the region, whatever the department.
        public: and all that are public.
        removed: those that were removed instead of those that are there.
    """

    region: int
    departments: tuple[int, ...]
    brought_by: int | None
    sent: tuple[int, ...]
    whole: bool
    public: bool
    removed: bool

    @property
    def values(self) -> tuple[int, tuple[int, ...], int | None, tuple[int, ...]]:
        """What stands in a question as parameters."""
        return self.region, self.departments, self.brought_by, self.sent

    @property
    def shape(self) -> dict[str, bool]:
        """What decides how the question is put."""
        return {"whole": self.whole, "public": self.public, "removed": self.removed}


def shelf_of(subject: Subject, assessment: Assessment, *, removed: bool = False) -> Shelf:
    """Return the shelf of an assessment's region that a subject reads.

    The supervision office reads all of it; officers their own department's and what is public; a school supervisor
    what they brought and what is public; the level above what was sent to it with a submission, 内部 as well.
    """
    path = assessment.region.path
    roles = subject.roles_at(path)
    whole = Role.SUPERVISION_CLERK in roles
    return Shelf(
        assessment.region_id,
        () if whole else tuple(sorted(own_departments(subject, path))),
        subject.user_id if Role.SCHOOL_SUPERVISOR in roles and not whole else None,
        tuple(sorted(submitted_files(assessment))) if roles & _ABOVE and not removed else (),
        whole,
        bool(roles & _BRINGS),
        removed,
    )


def on_shelf(
    region: int,
    departments: Sequence[int],
    brought_by: int | None,
    sent: Sequence[int],
    /,
    *,
    whole: bool,
    public: bool,
    removed: bool,
) -> QuerySet[Evidence]:
    """Return the pieces of a shelf."""
    own = _own_side(departments, brought_by, whole=whole, public=public) & Q(removed_at__isnull=not removed)
    return Evidence.objects.filter(own | Q(pk__in=sent), region_id=region)


def _own_side(departments: Sequence[int], brought_by: int | None, *, whole: bool, public: bool) -> Q:
    """Return the condition on the evidence of a region that somebody reads as one of its own people."""
    if whole:
        return Q()
    condition = Q(department_id__in=departments)
    if public:
        condition |= Q(secrecy="public")
    if brought_by is not None:
        condition |= Q(received_from_id=brought_by)
    return condition


def open_assessments(subject: Subject) -> QuerySet[Assessment]:
    """Return the assessments whose library the subject may open: school supervisors bring evidence as well."""
    return _open(assessments_with_submissions(subject), subject.regions("region", {Role.SCHOOL_SUPERVISOR}))


def _open(pages: QuerySet[Assessment], brings: Q) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(Q(pk__in=pages.values("pk")) | brings)
    return (
        rows.select_related("region", "round", "round__region", "round__scheme")
        .defer("round__scheme__files")
        .order_by("-round__year", "region__path", "pk")
    )


@prepared
def _addressed(
    drafts: Sequence[str], submitted: Sequence[str], brings: Sequence[str], year: int, region: str, task: str
) -> QuerySet[Assessment]:
    rows = _open(assessments_within(drafts, submitted), within("region", brings))
    return rows.filter(round__year=year, region__code=region, round__slug=task)[:1]


def open_assessment(subject: Subject, year: int, region: str, task: str) -> Assessment | None:
    """Return the one of `open_assessments` that has an address, if there is one."""
    brings = subject.paths({Role.SCHOOL_SUPERVISOR})
    return _addressed.first(subject.paths(SEE_DRAFTS), subject.paths(SEE_SUBMITTED), brings, year, region, task)


def visible_evidence(subject: Subject, assessment: Assessment) -> QuerySet[Evidence]:
    """Return the evidence of an assessment's region that the subject may read, as `shelf_of` says."""
    shelf = shelf_of(subject, assessment)
    return on_shelf(*shelf.values, **shelf.shape).select_related("department", "region", "received_from")


def removed_evidence(subject: Subject, assessment: Assessment) -> QuerySet[Evidence]:
    """Return the removed evidence that the subject could read before, so that it can be restored."""
    shelf = shelf_of(subject, assessment, removed=True)
    return on_shelf(*shelf.values, **shelf.shape).select_related("department", "region", "received_from")


def visible_revisions(subject: Subject, assessment: Assessment, evidence: Evidence) -> QuerySet[Revision]:
    """Return the revisions of a visible piece that the subject may read, newest first.

    Whoever reads it only from above sees the contents that were sent, not those that came before or after.
    """
    rows = Revision.objects.filter(evidence=evidence).select_related("file", "by").order_by("-id")
    shelf = shelf_of(subject, assessment)
    side = _own_side(shelf.departments, shelf.brought_by, whole=shelf.whole, public=shelf.public)
    own = Evidence.objects.filter(side, pk=evidence.pk).exists()
    if not own:
        rows = rows.filter(file_id__in=submitted_files(assessment).get(evidence.pk, set()))
    return rows


def upload_departments(subject: Subject, assessment: Assessment) -> QuerySet[Department]:
    """Return the departments of the region for which the subject may bring evidence."""
    path = assessment.region.path
    rows = Department.objects.filter(region_id=assessment.region_id, active=True).select_related("region")
    if subject.roles_at(path) & {Role.SUPERVISION_CLERK, Role.SCHOOL_SUPERVISOR}:
        return rows
    return rows.filter(pk__in=own_departments(subject, path))


def may_bring(subject: Subject, assessment: Assessment) -> bool:
    """Return whether there is a department for which the subject may bring evidence."""
    path = assessment.region.path
    anyones = subject.roles_at(path) & {Role.SUPERVISION_CLERK, Role.SCHOOL_SUPERVISOR}
    own = None if anyones else sorted(own_departments(subject, path))
    return bool(_active_departments(assessment.region_id, own))


@prepared_value
def _active_departments(region: int, departments: Sequence[int] | None) -> int:
    rows = Department.objects.filter(region_id=region, active=True)
    return (rows if departments is None else rows.filter(pk__in=departments)).count()


def evaluation_period(assessment: Assessment) -> tuple[date, date]:
    """Return the first and last day that evidence of an assessment may speak of, over all items of its scheme."""
    return scheme_period(items_of(scheme_of(assessment.round.scheme)), assessment.round.year)


def with_standing(rows: QuerySet[Evidence], starts: date, ends: date) -> QuerySet[Evidence]:
    """Return the rows with `standing` and `last_day`, judged by the database as `standing` judges one."""
    return rows.annotate(last_day=Coalesce("effective_to", "effective_from")).annotate(
        standing=Case(
            When(effective_from__isnull=True, then=Value("unknown")),
            When(Q(last_day__lt=starts) | Q(effective_from__gt=ends), then=Value("outside")),
            When(effective_from__gte=starts, last_day__lte=ends, then=Value("within")),
            default=Value("partly"),
            output_field=CharField(),
        )
    )


def standing(evidence: Evidence, starts: date, ends: date) -> str:
    """Return how the effective period stands to a period: within, partly, outside, unknown."""
    first, last = evidence.effective_from, evidence.effective_to or evidence.effective_from
    if first is None or last is None:
        return "unknown"
    if last < starts or first > ends:
        return "outside"
    return "within" if starts <= first and last <= ends else "partly"


def with_files(rows: QuerySet[Evidence], subject: Subject, assessment: Assessment) -> QuerySet[Evidence]:
    """Return the rows with their revisions (newest first, without text) and their uses in an assessment."""
    revisions = Revision.objects.select_related("file", "by").defer("file__text").order_by("-id")
    uses = Support.objects.filter(answer__in=visible_answers(subject, assessment)).select_related("answer")
    return rows.prefetch_related(
        Prefetch("revisions", queryset=revisions), Prefetch("supports", queryset=uses, to_attr="uses")
    )


def search(rows: QuerySet[Evidence], words: str) -> QuerySet[Evidence]:
    """Return the rows in which every word stands, as `holding` finds them; all of them without a word."""
    found = holding(rows, words)
    return rows if found is None else rows.filter(pk__in=found)


def holding(rows: QuerySet[Evidence], words: str) -> list[int] | None:
    """Return which rows hold every word in title, number, issuer, or the text of a file; None without a word.

    The texts are gone through once, here; what is asked of the rows afterwards (facets, counts, pages) is not.
    """
    if not words.strip():
        return None
    found, within = rows, rows.order_by().values("pk")
    for word in words.split()[:5]:
        # most words have no case, and a database spends far more on changing that of a text than on looking through it
        holds = "contains" if word.upper() == word.lower() else "icontains"
        text = Revision.objects.filter(Q((f"file__text__{holds}", word)), evidence__in=within).values("evidence")
        said = Q((f"title__{holds}", word)) | Q((f"number__{holds}", word)) | Q((f"issuer__{holds}", word))
        found = found.filter(said | Q(pk__in=text))
    return list(found.order_by().values_list("pk", flat=True))


def same_content(subject: Subject, assessment: Assessment, sha256: str) -> Evidence | None:
    """Return a piece whose newest file has the content, of those the subject may read; None when there is none.

    What the subject may not read is not told apart from what is not there.
    """
    newest = Revision.objects.filter(evidence=OuterRef("pk")).order_by("-id").values("file_id")[:1]
    rows = visible_evidence(subject, assessment).filter(removed_at__isnull=True)
    return with_files(rows.annotate(newest=Subquery(newest)).filter(newest=sha256), subject, assessment).first()
