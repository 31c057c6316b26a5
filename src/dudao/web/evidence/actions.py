"""Writes about evidence: receive, revise, describe, remove, restore; each with its audit event."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext

from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evidence.models import Evidence, Revision, StoredFile
from dudao.web.evidence.permissions import require_change, require_upload
from dudao.web.evidence.personal import personal_data
from dudao.web.evidence.reading import Recognised, recognised
from dudao.web.evidence.storage import keep
from dudao.web.evidence.trail import tell
from dudao.web.people.models import Department, Region, User
from dudao.web.uploads.inspection import Inspected, inspect, safe_name

_SUBMITTED = ("submitted", "accepted", "locked")
_DESCRIBED = ("title", "number", "issuer", "effective_from", "effective_to", "secrecy")


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a piece of evidence; dates are None when not known, which is shown as not filled in."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    secrecy: str = "internal"


def inspected(raw: bytes, name: str) -> Inspected:
    """Return what may be kept of an upload, within the limits of this place.

    Raises:
        InvalidValueError: the file cannot be taken; says why.
    """
    return inspect(raw, safe_name(name), limit=settings.UPLOAD_LIMIT, scanner=settings.UPLOAD_SCANNER)


def receive(*, by: User, department: Department, raw: bytes, name: str, description: Description) -> Evidence:
    """Keep a new piece of evidence of a department; title and number are read from the file where not given.

    Raises:
        InvalidValueError: the file or its description cannot be taken; says why.
        NotAllowedError: the person may not upload for the department.
    """
    require_upload(by, department)
    return receive_inspected(
        by=by, department=department, file=inspected(raw, name), name=name, description=description
    )


def receive_inspected(
    *,
    by: User,
    department: Department,
    file: Inspected,
    name: str,
    description: Description,
    seen: Recognised | None = None,
) -> Evidence:
    """Keep a new piece of evidence whose file was inspected already.

    The content is on the disk before its row exists, so no row ever names a missing file.

    Args:
        seen: what was read in the file, where somebody read it already; None to read it here.

    Raises:
        InvalidValueError: the description cannot be taken, or the region keeps as much as it may.
        NotAllowedError: the person may not upload for the department.
    """
    require_upload(by, department)
    _check(description)
    _require_room(department.region, len(file.content))
    shown = safe_name(name)
    seen = seen or recognised(file, shown)
    with transaction.atomic():
        stored = _kept(file, seen)
        row = _made(by, department, stored, shown, description, seen)
        tell(row, by, "receive", f"上传佐证材料：{row.title}", after={"sha256": stored.pk, "name": shown})
    return row


@transaction.atomic
def receive_again(
    *, by: User, department: Department, file: StoredFile, name: str, description: Description
) -> Evidence:
    """Keep a new piece of evidence of a content that the region keeps already, as a piece of its own.

    Raises:
        InvalidValueError: the description cannot be taken, or the region keeps as much as it may.
        NotAllowedError: the person may not upload for the department.
    """
    require_upload(by, department)
    _check(description)
    _require_room(department.region, 0)
    shown = safe_name(name)
    row = _made(by, department, file, shown, description, Recognised(file.text, "", ""))
    tell(row, by, "receive", f"上传佐证材料：{row.title}", after={"sha256": file.pk, "name": shown})
    return row


def revise(*, by: User, evidence: Evidence, raw: bytes, name: str) -> Revision:
    """Keep a newer file of a piece of evidence; the earlier ones stay readable.

    Raises:
        InvalidValueError: the file cannot be taken, or is the same as the one that counts now.
        NotAllowedError: the person may not change the piece.
        NotPossibleError: the piece was removed meanwhile.
    """
    require_change(by, evidence)
    shown = safe_name(name)
    file = inspected(raw, shown)
    _require_room(evidence.region, len(file.content))
    seen = recognised(file, shown)
    with transaction.atomic():
        held = _held(evidence)
        newest = held.revisions.first()
        if newest is not None and newest.file_id == file.sha256:
            raise InvalidValueError(
                gettext("“%(shown)s”与现有版本内容相同，没有保存。") % {"shown": shown},
                advice=gettext("请确认选择了新的文件。"),
            )
        made = Revision.objects.create(evidence=held, file=_kept(file, seen), name=shown, by=by)
        tell(held, by, "revise", f"更新佐证材料：{held.title}", after={"sha256": file.sha256, "name": shown})
    return made


@transaction.atomic
def describe(*, by: User, evidence: Evidence, description: Description) -> Evidence:
    """Change what is said of a piece of evidence; when it was received never changes.

    Raises:
        InvalidValueError: dates or secrecy cannot be, or the title is empty.
        NotAllowedError: the person may not change the piece.
        NotPossibleError: the piece was removed meanwhile.
    """
    require_change(by, evidence)
    _check(description)
    if not description.title.strip():
        raise InvalidValueError(gettext("请填写材料名称。"))
    held = _held(evidence)
    before = {name: getattr(held, name) for name in _DESCRIBED}
    for name in _DESCRIBED:
        setattr(held, name, getattr(description, name))
    held.save(update_fields=_DESCRIBED)
    after = {name: getattr(held, name) for name in _DESCRIBED}
    tell(held, by, "describe", f"修改材料信息：{held.title}", before=before, after=after)
    return held


@transaction.atomic
def remove(*, by: User, evidence: Evidence) -> None:
    """Remove a piece of evidence that supports nothing submitted; row, files and links stay and can be restored.

    Raises:
        InvalidValueError: it supports an answer that is submitted or accepted.
        NotAllowedError: the person may not change the piece.
        NotPossibleError: the piece was removed meanwhile.
    """
    require_change(by, evidence)
    held = _held(evidence)
    used = held.supports.filter(answer__state__in=_SUBMITTED).select_related("answer")
    items = sorted({each.answer.item for each in used})
    if items:
        raise InvalidValueError(
            gettext("材料正用于已提交的第 %(list)s 项，不能删除。") % {"list": gettext("、").join(items)},
            advice=gettext("可上传新版本替换。"),
        )
    held.removed_at = timezone.now()
    held.save(update_fields=["removed_at"])
    tell(held, by, "remove", f"删除佐证材料：{held.title}")


@transaction.atomic
def restore(*, by: User, evidence: Evidence) -> Evidence:
    """Take back a removal. Links to items that were submitted meanwhile without the piece are dropped.

    Raises:
        NotAllowedError: the person may not change the piece.
    """
    require_change(by, evidence)
    held = Evidence.objects.select_for_update(no_key=True, of=("self",)).get(pk=evidence.pk)
    if held.removed_at is None:
        return held
    held.supports.filter(answer__state__in=_SUBMITTED).delete()
    held.removed_at = None
    held.save(update_fields=["removed_at"])
    tell(held, by, "restore", f"恢复佐证材料：{held.title}")
    return held


def downloaded(*, by: User, revision: Revision) -> None:
    """Record that a person took a file away."""
    row = revision.evidence
    tell(row, by, "download", f"下载佐证材料：{row.title}（{revision.name}）", after={"sha256": revision.file_id})


def _held(evidence: Evidence) -> Evidence:
    try:
        return Evidence.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=evidence.pk, removed_at__isnull=True
        )
    except Evidence.DoesNotExist:
        raise NotPossibleError(
            gettext("“%(title)s”已被删除。") % {"title": evidence.title}, advice=gettext("可在“已删除”中恢复。")
        ) from None


def _check(description: Description) -> None:
    starts, ends = description.effective_from, description.effective_to
    if starts and ends and ends < starts:
        raise InvalidValueError(
            gettext("所属期间的止日 %(ends)s 早于起日 %(starts)s。") % {"ends": ends, "starts": starts},
            advice=gettext("请改正起止日期。"),
        )
    if description.secrecy not in dict(Evidence.SECRECY):
        raise InvalidValueError(gettext("公开属性只能是“公开”或“内部”。"), advice=gettext("严禁上传涉密文件。"))
    for name, word, most in (("title", "名称", 300), ("number", "文号", 120), ("issuer", "发文机关", 200)):
        if len(getattr(description, name)) > most:
            raise InvalidValueError(
                gettext("%(word)s超过 %(most)s 字。") % {"word": word, "most": most}, advice=gettext("请缩短后保存。")
            )


def _require_room(region: Region, size: int) -> None:
    if Evidence.objects.filter(region_id=region.pk, removed_at__isnull=True).count() >= settings.EVIDENCE_REGION_COUNT:
        raise InvalidValueError(
            gettext("%(region)s的材料已达 %(evidence_region_count)s 份的上限。")
            % {"region": region, "evidence_region_count": settings.EVIDENCE_REGION_COUNT},
            advice=gettext("请联系系统管理员。"),
        )
    rows = Revision.objects.filter(evidence__region_id=region.pk)
    held: int = rows.aggregate(total=Sum("file__size"))["total"] or 0
    if held + size > settings.EVIDENCE_REGION_LIMIT:
        gigabytes = settings.EVIDENCE_REGION_LIMIT / 1024**3
        raise InvalidValueError(
            gettext("%(region)s的材料将超过 %(gigabytes)s GB 的上限。")
            % {"region": region, "gigabytes": f"{gigabytes:.0f}"},
            advice=gettext("请联系系统管理员。"),
        )


def _kept(file: Inspected, seen: Recognised) -> StoredFile:
    keep(file.content, file.sha256)
    found = personal_data(seen.text)
    row, _ = StoredFile.objects.get_or_create(
        sha256=file.sha256,
        defaults={
            "size": len(file.content),
            "media": file.media,
            "text": seen.text,
            "id_numbers": found.id_numbers,
            "phones": found.phones,
        },
    )
    return row


def _made(
    by: User, department: Department, file: StoredFile, name: str, description: Description, seen: Recognised
) -> Evidence:
    row = Evidence.objects.create(
        region_id=department.region_id,
        department=department,
        title=(description.title or seen.title or name)[:300],
        number=(description.number or seen.number)[:120],
        issuer=description.issuer,
        effective_from=description.effective_from,
        effective_to=description.effective_to,
        secrecy=description.secrecy,
        received_from=by,
    )
    Revision.objects.create(evidence=row, file=file, name=name, by=by)
    return row
