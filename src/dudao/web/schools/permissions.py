"""Who may read, bring and take school data of a region: the table of roles and pages in one place."""

from django.utils.translation import gettext as _

from dudao.web.people.access import Subject, subject_of
from dudao.web.people.models import Region, User
from dudao.web.refusals import NotAllowedError
from dudao.workflow.machine import Role

_READ_BALANCE = frozenset({Role.SUPERVISION_CLERK, Role.LEADER, Role.REVIEWER, Role.PROVINCIAL_ADMINISTRATOR})
_READ_IMPORTS = frozenset({Role.SUPERVISION_CLERK, Role.REVIEWER, Role.PROVINCIAL_ADMINISTRATOR})
_TAKE = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR})


def is_officer_of(subject: Subject, region: Region) -> bool:
    """Return whether the subject is an officer of a department of this very region, not of one above."""
    return any(held.role is Role.DEPARTMENT_OFFICER and held.path == region.path for held in subject.held)


def may_read_balance(subject: Subject, region: Region) -> bool:
    """Return whether the subject may read the balance of a region; officers that of their own region alone."""
    return bool(subject.roles_at(region.path) & _READ_BALANCE) or is_officer_of(subject, region)


def reads_every_import(subject: Subject, region: Region) -> bool:
    """Return whether the subject may read every import and snapshot of a region; officers see their own imports."""
    return bool(subject.roles_at(region.path) & _READ_IMPORTS)


def may_bring(subject: Subject, region: Region) -> bool:
    """Return whether the subject may upload a table for a region."""
    return may_take(subject, region) or is_officer_of(subject, region)


def may_take(subject: Subject, region: Region) -> bool:
    """Return whether the subject decides what counts as the data of a region."""
    return bool(subject.roles_at(region.path) & _TAKE)


def may_plan(subject: Subject, region: Region) -> bool:
    """Return whether the subject may save what-ifs and ask for proposals: the region's supervision office."""
    return Role.SUPERVISION_CLERK in subject.roles_at(region.path)


def require_bring(by: User, region: Region) -> None:
    """Let pass only those who may upload a table for a region.

    Raises:
        NotAllowedError: the person may not.
    """
    if not may_bring(subject_of(by), region):
        raise NotAllowedError(_("您不能为%(region)s导入数据。") % {"region": region}, advice=_("请联系该地区督导室。"))


def require_take(by: User, region: Region) -> None:
    """Let pass only those who decide what counts as the data of a region.

    Raises:
        NotAllowedError: the person may not.
    """
    if not may_take(subject_of(by), region):
        raise NotAllowedError(
            _("%(region)s的数据由督导室确认入库，您不能这样操作。") % {"region": region},
            advice=_("请联系该地区督导室。"),
        )


def require_plan(by: User, region: Region) -> None:
    """Let pass only those who plan for a region.

    Raises:
        NotAllowedError: the person may not.
    """
    if not may_plan(subject_of(by), region):
        raise NotAllowedError(
            _("只有%(region)s督导室可以保存方案和测算达标办法。") % {"region": region}, advice=_("请联系督导室。")
        )
