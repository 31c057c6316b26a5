"""Settling remarks, and who can be called by name in one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.actions.permissions import roles_on_answer
from dudao.web.evaluations.models import Comment
from dudao.web.evaluations.refusals import NotAllowedError
from dudao.web.people.access import CONTENT_ROLES, subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Role


def called_in(text: str, people: list[User]) -> tuple[User, ...]:
    """Return the people whom a text calls as `@姓名`; of two names where one begins the other, the longer counts."""
    found: list[User] = []
    rest = text
    for each in sorted(people, key=lambda person: -len(str(person))):
        if f"@{each}" in rest:
            found.append(each)
            rest = rest.replace(f"@{each}", " ")
    return tuple(found)


@transaction.atomic
def settle(*, by: User, remark: Comment) -> Comment:
    """Mark a remark as settled: whoever made it, or who may work on the answer; once settled it stays so.

    Raises:
        NotAllowedError: the person neither made it nor works on the answer.
    """
    row = (
        Comment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("answer__assessment__region")
        .get(pk=remark.pk)
    )
    roles = roles_on_answer(subject_of(by), row.answer) & CONTENT_ROLES
    if row.by_id != by.pk and not roles & {Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER}:
        raise NotAllowedError(_("您不能办结这条意见。"), advice=_("请由提出人或填报人办结。"))
    if row.settled_at is not None:
        return row
    row.settled_at = timezone.now()
    row.save(update_fields=["settled_at"])
    record(
        by=by,
        action="evaluations.answer.settle",
        summary=f"办结第 {row.answer.item} 项的一条意见",
        object_type="answer",
        object_id=row.answer_id,
        region=row.answer.assessment.region.code,
        after={"comment": row.pk},
    )
    return row
