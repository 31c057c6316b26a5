"""Who may read reports and decide on what was found in them: the roles at the report's region."""

from django.utils.translation import gettext as _

from dudao.web.document_checks.models import Report
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.refusals import NotAllowedError
from dudao.web.people.access import Subject, subject_of
from dudao.web.people.models import Region, User
from dudao.workflow.machine import Role

OWN_SIDE = frozenset({Role.SUPERVISION_CLERK, Role.LEADER})
ABOVE = frozenset({Role.REVIEWER, Role.PROVINCIAL_ADMINISTRATOR})


def may_work(subject: Subject, region: Region) -> bool:
    """Return whether the subject uploads reports of a region and decides on findings."""
    return Role.SUPERVISION_CLERK in subject.roles_at(region.path)


def reads_whole(subject: Subject, region: Region) -> bool:
    """Return whether the subject reads reports as a whole, not only what was passed to their department."""
    return bool(subject.roles_at(region.path) & (OWN_SIDE | ABOVE))


def may_note(subject: Subject, region: Region) -> bool:
    """Return whether the subject keeps notes of the review."""
    return Role.REVIEWER in subject.roles_at(region.path)


def reads_notes(subject: Subject, region: Region) -> bool:
    """Return whether the subject reads the notes of the review: the level above, never the region itself."""
    return bool(subject.roles_at(region.path) & ABOVE)


def require_work(by: User, assessment: Assessment) -> None:
    """Let pass only those who work on reports of the region.

    Raises:
        NotAllowedError: the person does not.
    """
    if not may_work(subject_of(by), assessment.region):
        raise NotAllowedError(
            _("您不能处理%(region)s的核验文件。") % {"region": assessment.region}, advice=_("请联系督导室。")
        )


def require_note(by: User, report: Report) -> None:
    """Let pass only reviewers above the region.

    Raises:
        NotAllowedError: the person is none.
    """
    if not may_note(subject_of(by), report.assessment.region):
        raise NotAllowedError(_("只有复核人员可以写复核笔记。"))
