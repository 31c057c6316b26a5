"""Who may bring evidence for a department, and who may change a piece of it."""

from django.utils.translation import gettext as _

from dudao.web.evaluations.refusals import NotAllowedError
from dudao.web.evidence.models import Evidence
from dudao.web.people.access import Subject, subject_of
from dudao.web.people.models import Department, User
from dudao.workflow.machine import Role

_MAY_UPLOAD = frozenset({Role.DEPARTMENT_OFFICER, Role.SUPERVISION_CLERK, Role.SCHOOL_SUPERVISOR})
_MAY_CHANGE = frozenset({Role.DEPARTMENT_OFFICER, Role.SUPERVISION_CLERK})


def may_upload(subject: Subject, department: Department) -> bool:
    """Say whether the subject may bring evidence for a department."""
    return bool(subject.roles_at(department.region.path, [department.pk]) & _MAY_UPLOAD)


def may_change(subject: Subject, evidence: Evidence) -> bool:
    """Say whether the subject may change a piece: its department, the supervision office, or who brought it."""
    roles = subject.roles_at(evidence.region.path, [evidence.department_id])
    own = Role.SCHOOL_SUPERVISOR in roles and evidence.received_from_id == subject.user_id
    return bool(roles & _MAY_CHANGE) or own


def require_upload(by: User, department: Department) -> None:
    """Let pass only those who may bring evidence for a department.

    Raises:
        NotAllowedError: the person may not.
    """
    if not may_upload(subject_of(by), department):
        raise NotAllowedError(
            _("您不能为%(department)s上传材料。") % {"department": department}, advice=_("请联系督导室。")
        )


def require_change(by: User, evidence: Evidence) -> None:
    """Let pass only those who may change a piece of evidence.

    Raises:
        NotAllowedError: the person may not.
    """
    if not may_change(subject_of(by), evidence):
        raise NotAllowedError(
            _("您不能修改%(department)s的材料。") % {"department": evidence.department},
            advice=_("请联系该部门或督导室。"),
        )
