"""Who may take the backup of one region, and the trace that taking it leaves."""

from django.db import transaction

from dudao.web.audit.actions import record
from dudao.web.people.access import subject_of
from dudao.web.people.models import Region, User
from dudao.web.refusals import NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role

TAKERS = frozenset({Role.SUPERVISION_CLERK, Role.SYSTEM_ADMINISTRATOR})
"""Who reads everything of the region anyway, drafts included, and who runs the installation. A province does not."""


@transaction.atomic
def ask_for_region(*, by: str, region: str) -> None:
    """Let pass who may take the backup of a region, and note that they did.

    Args:
        by: the account.
        region: the code of the region.

    Raises:
        NotPossibleError: there is no such account or region.
        NotAllowedError: the person holds no role there that takes backups.
    """
    person = User.objects.filter(username=by).first()
    if person is None:
        raise NotPossibleError(f"没有账号 {by}。", advice="请用 --by 写明谁要这份备份。")
    place = Region.objects.filter(code=region).first()
    if place is None:
        raise NotPossibleError(f"平台上没有代码为 {region} 的地区。", advice="请写六位行政区划代码。")
    if not subject_of(person).roles_at(place.path) & TAKERS:
        raise NotAllowedError(
            f"{by} 不能取{place}的备份。", advice="须是该地区（或其上级）的督导室科员，或管到该地区的系统管理员。"
        )
    record(
        by=person,
        action="backups.region.take",
        summary=f"取出{place}及下辖地区的备份",
        object_type="region",
        object_id=place.code,
        region=place.code,
    )
