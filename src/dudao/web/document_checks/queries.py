"""What a subject may see of reports: every list starts here, so nothing outside its reach is ever read."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from dudao.web.document_checks.models import Entry, Handling, Note, Report, Version
from dudao.web.document_checks.permissions import ABOVE, OWN_SIDE, reads_notes, reads_whole
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.queries import HANDED_OVER
from dudao.web.people.access import Subject

STATES = ("open", "accepted", "dismissed", "passed_on")


def visible_reports(subject: Subject, assessment: Assessment) -> QuerySet[Report]:
    """Return the reports of an assessment that the subject may open.

    The own side reads all, the level above the shared ones while the assessment lies with it, departments those
    in which something was passed to them.
    """
    rows = Report.objects.filter(assessment=assessment, removed_at=None).select_related("current", "by")
    roles = subject.roles_at(assessment.region.path)
    if roles & OWN_SIDE:
        return rows
    if roles & ABOVE:
        return rows.filter(shared=True) if assessment.state in HANDED_OVER else rows.none()
    passed = Handling.objects.filter(report=OuterRef("pk"), state="passed_on", department_id__in=subject.departments())
    return rows.filter(Exists(passed))


def removed_reports(subject: Subject, assessment: Assessment) -> QuerySet[Report]:
    """Return the removed reports of an assessment, for the own side."""
    rows = Report.objects.filter(assessment=assessment, removed_at__isnull=False).select_related("by")
    return rows if subject.roles_at(assessment.region.path) & OWN_SIDE else rows.none()


def visible_entries(subject: Subject, report: Report, version: Version) -> QuerySet[Entry]:
    """Return what was found in a version as far as the subject reads it: departments what was passed to them alone."""
    rows = Entry.objects.filter(version=version)
    if reads_whole(subject, report.assessment.region):
        return rows
    passed = report.handlings.filter(state="passed_on", department_id__in=subject.departments())
    return rows.filter(number__gt=0, key__in=passed.values("key"))


def handlings_of(report: Report) -> dict[str, Handling]:
    """Return how the findings of a report were handled, by key."""
    return {row.key: row for row in report.handlings.select_related("by", "department")}


def notes_of(subject: Subject, report: Report) -> dict[str, list[Note]]:
    """Return the notes of the review, by key; none to those who may not read them."""
    found: dict[str, list[Note]] = {}
    if reads_notes(subject, report.assessment.region):
        for note in report.notes.select_related("by"):
            found.setdefault(note.key, []).append(note)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the findings of the version before: solved, still there, changed, new, come back."""

    solved: int
    same: int
    changed: int
    new: int
    reappeared: int


def former(version: Version) -> Version | None:
    """Return the checked version before one; None for the first."""
    return version.report.versions.filter(number__lt=version.number, state="done").order_by("-number").first()


def solved_entries(version: Version, before: Version | None) -> QuerySet[Entry]:
    """Return the findings of the version before that are gone in a version; what only changed its figures is not."""
    if before is None:
        return Entry.objects.none()
    still = Entry.objects.filter(version=version, number__gt=0)
    changed = [key for key in still.filter(standing="changed").values_list("detail__was", flat=True) if key]
    return (
        Entry.objects.filter(version=before, number__gt=0).exclude(key__in=still.values("key")).exclude(key__in=changed)
    )


def change_of(version: Version, before: Version | None) -> Change | None:
    """Return what changed against the version before; None without one."""
    if before is None:
        return None
    rows = Entry.objects.filter(version=version, number__gt=0).values_list("standing")
    counts = dict(rows.annotate(n=Count("pk")).order_by())
    solved = solved_entries(version, before).count()
    return Change(solved, *(int(counts.get(name, 0)) for name in ("same", "changed", "new", "reappeared")))


def recount(report: Report) -> None:
    """Write down anew how the findings of the current version stand; call it inside the write that changed them."""
    counts = dict.fromkeys((*STATES, "solved"), 0)
    if report.current is not None:
        handled = dict(report.handlings.values_list("key", "state"))
        keys = Entry.objects.filter(version=report.current, number__gt=0).values_list("key", flat=True)
        for key in keys:
            counts[handled.get(key, "open")] += 1
        counts["solved"] = solved_entries(report.current, former(report.current)).count()
    report.counts = counts
    report.save(update_fields=["counts"])
