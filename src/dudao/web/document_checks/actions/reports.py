"""Reports and their versions: received, checked, opened to the level above, removed; each with its audit event."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext

from dudao.web.audit.actions import record
from dudao.web.document_checks.checking import Checked, check_content, save_result, takes_long
from dudao.web.document_checks.later import check_later
from dudao.web.document_checks.models import Report, Version
from dudao.web.document_checks.permissions import require_work
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evidence.models import StoredFile
from dudao.web.evidence.storage import content_of, keep
from dudao.web.people.models import Region, User
from dudao.web.uploads.inspection import Inspected, inspect, safe_name

_TITLE = 300


def receive(
    *, by: User, assessment: Assessment, raw: bytes, name: str, title: str = "", shared: bool = False
) -> Version:
    """Keep a new report and check it; nothing is kept of a file that cannot be read.

    Raises:
        InvalidValueError: the file cannot be taken or read, or the title is too long; says why.
        NotAllowedError: the person does not work on the region's reports.
    """
    require_work(by, assessment)
    shown = safe_name(name)
    named = title.strip() or shown.rsplit(".", 1)[0]
    if len(named) > _TITLE:
        raise InvalidValueError(
            gettext("名称超过 %(title)s 字。") % {"title": _TITLE}, advice=gettext("请缩短后上传。")
        )
    file, checked = _received(raw, shown, assessment.region)
    with transaction.atomic():
        report = Report.objects.create(assessment=assessment, title=named, shared=shared, by=by)
        version = _add_version(by, report, file, shown, checked)
        tell(report, by, "receive", f"上传核验文件：{named}", after={"sha256": file.sha256, "name": shown})
    return version


def add_version(*, by: User, report: Report, raw: bytes, name: str) -> Version:
    """Keep a newer version of a report and check it; what was decided on unchanged sentences stays.

    Raises:
        InvalidValueError: the file cannot be taken or read, or is the same as the newest version.
        NotAllowedError: the person does not work on the region's reports.
        NotPossibleError: the report was removed meanwhile.
    """
    require_work(by, report.assessment)
    shown = safe_name(name)
    file, checked = _received(raw, shown, report.assessment.region)
    with transaction.atomic():
        held = _held(report)
        newest = held.versions.first()
        if newest is not None and newest.file_id == file.sha256 and newest.state != "failed":
            raise InvalidValueError(
                gettext("“%(shown)s”与第 %(number)s 稿内容相同，没有保存。")
                % {"shown": shown, "number": newest.number},
                advice=gettext("请确认选择了修改后的文件。"),
            )
        version = _add_version(by, held, file, shown, checked)
        told = f"上传第 {version.number} 稿：{held.title}"
        tell(held, by, "revise", told, after={"sha256": file.sha256, "name": shown, "version": version.number})
    return version


def check_again(*, by: User, version: Version) -> Version:
    """Check a version once more: the figures filled in or the report of the year before may have changed.

    Raises:
        NotAllowedError: the person does not work on the region's reports.
        NotPossibleError: the report was removed, or a newer version is there.
    """
    require_work(by, version.report.assessment)
    content = content_of(version.file_id)
    checked = None if takes_long(version.file.media, content) else check_content(content, version.name)
    with transaction.atomic():
        held = _held(version.report)
        if held.versions.filter(number__gt=version.number).exists():
            raise NotPossibleError(
                gettext("已有更新的文件，不能再核验旧稿。"), advice=gettext("请在最新一稿上重新核验。")
            )
        tell(held, by, "check", f"重新核验：{held.title}", after={"version": version.number})
        version.report = held
        return _begin(by, version, checked)


@transaction.atomic
def share(*, by: User, report: Report, shared: bool) -> Report:
    """Open a report to the level above, or close it again.

    Raises:
        NotAllowedError: the person does not work on the region's reports.
        NotPossibleError: the report was removed meanwhile.
    """
    require_work(by, report.assessment)
    held = _held(report)
    before, held.shared = held.shared, shared
    held.save(update_fields=["shared"])
    words = "对上级公开核验文件" if shared else "停止对上级公开核验文件"
    tell(held, by, "share", f"{words}：{held.title}", before={"shared": before}, after={"shared": shared})
    return held


@transaction.atomic
def remove(*, by: User, report: Report) -> None:
    """Remove a report; it can be restored until the retention of checks has passed.

    Raises:
        NotAllowedError: the person does not work on the region's reports.
        NotPossibleError: the report was removed already.
    """
    require_work(by, report.assessment)
    held = _held(report)
    held.removed_at = timezone.now()
    held.save(update_fields=["removed_at"])
    tell(held, by, "remove", f"删除核验文件：{held.title}")


@transaction.atomic
def restore(*, by: User, report: Report) -> Report:
    """Take back a removal.

    Raises:
        NotAllowedError: the person does not work on the region's reports.
    """
    require_work(by, report.assessment)
    held = (
        Report.objects.select_for_update(no_key=True, of=("self",))
        .select_related("assessment__region")
        .get(pk=report.pk)
    )
    if held.removed_at is not None:
        held.removed_at = None
        held.save(update_fields=["removed_at"])
        tell(held, by, "restore", f"恢复核验文件：{held.title}")
    return held


@transaction.atomic
def taken_away(*, by: User, version: Version, kind: str) -> None:
    """Record that a person took the file or an export of it away."""
    told = f"下载核验文件：{version.report.title}（第 {version.number} 稿，{kind}）"
    tell(version.report, by, "download", told, after={"version": version.number, "kind": kind})


def tell(
    report: Report,
    by: User,
    action: str,
    summary: str,
    *,
    reason: str = "",
    department: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Record an event about a report; call it inside the transaction of the write."""
    record(
        by=by,
        action=f"document_checks.report.{action}",
        summary=summary,
        object_type="report",
        object_id=report.pk,
        region=report.assessment.region.code,
        department=department,
        reason=reason,
        before=before,
        after=after,
    )


def _held(report: Report) -> Report:
    rows = Report.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "assessment__region", "assessment__round__scheme"
    )
    try:
        return rows.get(pk=report.pk, removed_at=None)
    except Report.DoesNotExist:
        raise NotPossibleError(
            gettext("“%(title)s”已被删除。") % {"title": report.title}, advice=gettext("可在“已删除”中恢复。")
        ) from None


def _received(raw: bytes, name: str, region: Region) -> tuple[Inspected, Checked | None]:
    """Return what may be kept of an upload, and its check if that is done at once."""
    file = inspect(raw, name, limit=settings.UPLOAD_LIMIT, scanner=settings.UPLOAD_SCANNER)
    _require_room(region, len(file.content))
    return file, None if takes_long(file.media, file.content) else check_content(file.content, name)


def _require_room(region: Region, size: int) -> None:
    rows = Version.objects.filter(report__assessment__region_id=region.pk)
    held: int = rows.aggregate(total=Sum("file__size"))["total"] or 0
    if held + size > settings.EVIDENCE_REGION_LIMIT:
        gigabytes = settings.EVIDENCE_REGION_LIMIT / 1024**3
        raise InvalidValueError(
            gettext("%(region)s的核验文件将超过 %(gigabytes)s GB 的上限。")
            % {"region": region, "gigabytes": f"{gigabytes:.0f}"},
            advice=gettext("请联系系统管理员。"),
        )


def _add_version(by: User, report: Report, file: Inspected, name: str, checked: Checked | None) -> Version:
    """Keep a file as the next version; its content is on the disk before the row that names it."""
    keep(file.content, file.sha256)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=file.sha256, defaults={"size": len(file.content), "media": file.media}
    )
    newest = report.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version.objects.create(report=report, number=newest + 1, file=stored, name=name, by=by)
    return _begin(by, version, checked)


def _begin(by: User, version: Version, checked: Checked | None) -> Version:
    if checked is not None:
        return save_result(version, checked)
    version.state = "waiting"
    version.save(update_fields=["state"])
    check_later(by=by, version=version)
    return version
