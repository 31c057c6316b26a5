"""What a person may do to an answer or an assessment now: roles at its region, departments on its item, state."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dudao.web.evaluations.models import Answer, Assessment, Duty
from dudao.web.evaluations.refusals import NotAllowedError, NotPossibleError
from dudao.web.people.access import Subject, subject_of
from dudao.web.people.models import User
from dudao.web.prepared import prepared
from dudao.workflow.machine import Role, Transition
from dudao.workflow.transitions import ANSWER, ASSESSMENT


def roles_on_answer(subject: Subject, answer: Answer) -> frozenset[Role]:
    """Return the roles that count for an answer: an officer's only where the department has a duty for it."""
    return subject.roles_at(answer.assessment.region.path, _concerned(answer.assessment_id, answer.item))


@prepared
def _concerned(assessment_id: int, item: str) -> "QuerySet[Duty, int]":
    return Duty.objects.filter(assessment_id=assessment_id, item=item).values_list("department_id", flat=True)


def roles_on_assessment(subject: Subject, assessment: Assessment) -> frozenset[Role]:
    """Return the roles that count for a whole assessment; officers answer items and count for none."""
    return subject.roles_at(assessment.region.path) - {Role.DEPARTMENT_OFFICER}


def roles_running(subject: Subject, assessment: Assessment) -> frozenset[Role]:
    """Return the roles held where the round is run; none where a region runs its own round, or the office is below."""
    runner = assessment.round.region
    above = assessment.region.path.startswith(runner.path) and assessment.region_id != runner.pk
    return subject.roles_at(runner.path) - {Role.DEPARTMENT_OFFICER} if above else frozenset()


def require_open(assessment: Assessment) -> None:
    """Let a write pass only while the round is not closed.

    Raises:
        NotPossibleError: the round is closed.
    """
    if assessment.round.closed_at:
        raise NotPossibleError(
            _("“%(title)s”已结束，内容不再改变。") % {"title": assessment.round.title},
            advice=_("如需修改，请联系督导室。"),
        )


def require_edit(by: User, answer: Answer) -> None:
    """Let a write of an answer's content pass only for those who may edit it in its state.

    Raises:
        NotAllowedError: the person may not, or the state does not allow it.
        NotPossibleError: the scheme was withdrawn meanwhile.
    """
    require_open(answer.assessment)
    roles = roles_on_answer(subject_of(by), answer)
    assessment_open = ASSESSMENT.state(answer.assessment.state).editors
    if not ANSWER.may_edit(answer.state, roles) or not roles & assessment_open:
        state = ANSWER.state(answer.state).title
        raise NotAllowedError(
            _("第 %(item)s 项现为“%(state)s”，您不能修改。") % {"item": answer.item, "state": state},
            advice=_("如需修改，请督导室退回该项。"),
        )
    require_scheme_in_use(answer.assessment)


def require_scheme_in_use(assessment: Assessment) -> None:
    """Let a write pass only while the scheme of the round is in use.

    Raises:
        NotPossibleError: the scheme was withdrawn; says by whom to go on.
    """
    scheme = assessment.round.scheme
    if scheme.state == "withdrawn":
        raise NotPossibleError(
            _("评价方案“%(name)s”已被停用，这次修改没有保存。") % {"name": scheme.name},
            advice=_("您填写的文字仍留在页面和本机上，请先复制保存，并联系省级管理员确认改用哪一版方案。"),
        )


def may_type_fact(subject: Subject, roles: frozenset[Role], owner_id: int | None) -> bool:
    """Return whether somebody may type a fact: each has one owner (一数一源); the clerk may stand in for any."""
    return Role.SUPERVISION_CLERK in roles or owner_id is None or owner_id in subject.departments()


def require_transition(by: User, answer: Answer, event: str) -> Transition:
    """Return the transition of an event on an answer, if the person may cause it now.

    Raises:
        NotAllowedError: the event is not possible in this state, or not for this person.
    """
    require_open(answer.assessment)
    transition = ANSWER.find(event, answer.state)
    if transition is None:
        state = ANSWER.state(answer.state).title
        raise NotAllowedError(
            _("第 %(item)s 项现为“%(state)s”，不能这样操作。") % {"item": answer.item, "state": state},
            advice=_("请刷新页面查看最新状态。"),
        )
    if not roles_on_answer(subject_of(by), answer) & transition.roles:
        raise NotAllowedError(
            _("您没有“%(title)s”第 %(item)s 项的权限。") % {"title": transition.title, "item": answer.item},
            advice=_("请联系督导室。"),
        )
    return transition


def require_assessment_transition(by: User, assessment: Assessment, event: str) -> Transition:
    """Return the transition of an event on an assessment, if the person may cause it now.

    The level above acts with roles held above the region: a province, or the office that runs the round for the
    regions below it; a clerk of the region itself cannot send it back.

    Raises:
        NotAllowedError: the event is not possible in this state, or not for this person.
    """
    require_open(assessment)
    transition = ASSESSMENT.find(event, assessment.state)
    if transition is None:
        state = ASSESSMENT.state(assessment.state).title
        raise NotAllowedError(
            _("%(region)s的自评现为“%(state)s”，不能这样操作。") % {"region": assessment.region, "state": state},
            advice=_("请刷新页面查看最新状态。"),
        )
    subject = subject_of(by)
    if not transition.open_to(roles_on_assessment(subject, assessment), roles_running(subject, assessment)):
        raise NotAllowedError(
            _("您没有“%(title)s”%(region)s自评的权限。") % {"title": transition.title, "region": assessment.region},
            advice=_("请联系督导室。"),
        )
    return transition
