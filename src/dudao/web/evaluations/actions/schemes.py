"""Keeping schemes: take in a pack or a draft, publish it frozen, withdraw it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dudao.issues import Level, has_errors
from dudao.scheme.model import Scheme
from dudao.web.audit.actions import record
from dudao.web.evaluations.convert import check_files, content_hash
from dudao.web.evaluations.models import PublishedScheme, SchemeOriginal
from dudao.web.evaluations.originals import Original
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.people.access import subject_of
from dudao.web.people.models import Region, User
from dudao.workflow.machine import Role


def _require_province(by: User, region: Region) -> None:
    if Role.PROVINCIAL_ADMINISTRATOR not in subject_of(by).roles_at(region.path):
        raise NotAllowedError(
            _("只有%(region)s的省级管理员可以维护其评价方案。") % {"region": region}, advice=_("请联系省级管理员。")
        )


def _readable(files: Mapping[str, str]) -> Scheme:
    checked = check_files(files)
    if checked.scheme is None:
        first = checked.issues[0].message if checked.issues else "没有内容"
        raise InvalidValueError(_("不能读成评价方案：%(first)s") % {"first": first})
    return checked.scheme


@transaction.atomic
def keep_draft(
    *,
    by: User,
    region: Region,
    files: Mapping[str, str],
    undecided: Sequence[str] = (),
    original: Original | None = None,
    reason: str = "",
) -> PublishedScheme:
    """Keep the files of a scheme as a draft of a region: a new version when the scheme is known already.

    Args:
        undecided: what a person still has to settle, each in one sentence.
        original: the tables it was imported from, to be looked at while it is a draft.

    Raises:
        InvalidValueError: the files are no scheme; says why.
        NotAllowedError: the person does not administer the region.
    """
    _require_province(by, region)
    scheme = _readable(files)
    newest = PublishedScheme.objects.filter(slug=scheme.id).order_by("-version").first()
    if newest is not None and not newest.region.is_descendant_of(region) and newest.region_id != region.pk:
        raise InvalidValueError(_("标识“%(id)s”已被其他地区使用。") % {"id": scheme.id}, advice=_("请改用别的标识。"))
    row = PublishedScheme.objects.create(
        slug=scheme.id,
        version=newest.version + 1 if newest else 1,
        name=scheme.name,
        year=scheme.year,
        region=region,
        level=scheme.level.value,
        files=dict(files),
        content_hash=content_hash(files),
        undecided=list(undecided),
        created_by=by,
        reason=reason,
    )
    if original is not None:
        SchemeOriginal.objects.create(scheme=row, **asdict(original))
    record(
        by=by,
        action="evaluations.scheme.draft",
        summary=f"保存评价方案草稿：{row}",
        object_type="scheme",
        object_id=row.pk,
        region=region.code,
        reason=reason,
        after={"content_hash": row.content_hash},
    )
    return row


@transaction.atomic
def replace_draft(
    *,
    by: User,
    row: PublishedScheme,
    files: Mapping[str, str],
    undecided: Sequence[str] = (),
    seen: str = "",
    what: str = "",
    ids: Mapping[str, str | None] | None = None,
) -> Scheme:
    """Replace the files of a draft.

    Args:
        undecided: what is still to be settled.
        seen: hash of the files that the person looked at; empty takes no heed of what others did meanwhile.
        what: what was changed, in words for the record.
        ids: ids of indicators and points that changed, old → new; None for what was taken out.

    Raises:
        NotPossibleError: the scheme is published, and published schemes never change, or somebody else changed it.
        InvalidValueError: the files are no scheme.
    """
    _require_province(by, row.region)
    row = PublishedScheme.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.state != "draft":
        state = "已停用" if row.state == "withdrawn" else "已发布"
        raise NotPossibleError(_("%(state)s的方案不能修改。") % {"state": state}, advice=_("请另存为新版本。"))
    if seen and seen != row.content_hash:
        raise NotPossibleError(
            _("别人刚刚改过这份草稿，您的修改没有保存。"), advice=_("您填的内容还在表单里，请核对后再存。")
        )
    scheme = _readable(files)
    before = row.content_hash
    row.files, row.content_hash, row.undecided = dict(files), content_hash(files), list(undecided)
    row.name, row.year, row.level = scheme.name, scheme.year, scheme.level.value
    row.save()
    if ids:
        _follow(row, ids)
    record(
        by=by,
        action="evaluations.scheme.edit",
        summary=f"修改评价方案草稿：{row}{f'，{what}' if what else ''}"[:300],
        object_type="scheme",
        object_id=row.pk,
        region=row.region.code,
        before={"content_hash": before},
        after={"content_hash": row.content_hash},
    )
    return scheme


def _follow(row: PublishedScheme, ids: Mapping[str, str | None]) -> None:
    """Keep what points into the original with the ids of the draft."""
    original = SchemeOriginal.objects.filter(scheme=row).first()
    if original is None:
        return
    moved = {new: original.places[old] for old, new in ids.items() if new is not None and old in original.places}
    original.places = {key: place for key, place in original.places.items() if key not in ids} | moved
    original.save(update_fields=["places"])


@transaction.atomic
def settle(*, by: User, row: PublishedScheme, line: str, reason: str = "") -> None:
    """Settle one thing that an import left undecided: a person has looked at it.

    Raises:
        NotPossibleError: the scheme is no draft, or the line was settled already.
    """
    _require_province(by, row.region)
    row = PublishedScheme.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.state != "draft" or line not in row.undecided:
        raise NotPossibleError(_("这一处已经确认过了。"), advice=_("请刷新页面。"))
    row.undecided = [each for each in row.undecided if each != line]
    row.save(update_fields=["undecided"])
    record(
        by=by,
        action="evaluations.scheme.settle",
        summary=f"确认导入疑点：{line}"[:300],
        object_type="scheme",
        object_id=row.pk,
        region=row.region.code,
        reason=reason,
    )


@transaction.atomic
def new_version(*, by: User, row: PublishedScheme, reason: str) -> PublishedScheme:
    """Keep a published scheme as a draft of its next version, with the reason.

    Raises:
        InvalidValueError: no reason is given.
        NotPossibleError: it is a draft itself, or there is a draft of it already.
    """
    if len(reason.strip()) < 5:
        raise InvalidValueError(_("请填写另存理由（至少 5 个字）。"))
    if row.state == "draft":
        raise NotPossibleError(_("草稿可以直接修改，不必另存。"))
    under_way = PublishedScheme.objects.filter(slug=row.slug, state="draft").first()
    if under_way is not None:
        raise NotPossibleError(
            _("已有草稿“%(under_way)s”。") % {"under_way": under_way}, advice=_("请先改完或发布那份草稿。")
        )
    return keep_draft(by=by, region=row.region, files=row.files, undecided=row.undecided, reason=reason.strip())


@transaction.atomic
def publish(*, by: User, row: PublishedScheme, reason: str = "") -> None:
    """Publish a draft: from now on it is frozen under its hash.

    Raises:
        NotPossibleError: it is no draft, something is undecided, or checks find errors.
    """
    _require_province(by, row.region)
    row = PublishedScheme.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.state != "draft":
        raise NotPossibleError(_("这个版本已经发布过。"))
    if row.undecided:
        raise NotPossibleError(
            ngettext("还有 %(count)s 处导入时未能判定。", "还有 %(count)s 处导入时未能判定。", len(row.undecided))
            % {"count": len(row.undecided)},
            advice=_("请逐处确认后再发布。"),
        )
    checked = check_files(row.files)
    if checked.scheme is None or has_errors(checked.issues):
        first = next((issue.message for issue in checked.issues if issue.level is Level.ERROR), "没有内容")
        raise NotPossibleError(_("方案检查未通过：%(first)s") % {"first": first}, advice=_("请改正后再发布。"))
    row.state, row.published_by, row.published_at = "published", by, timezone.now()
    row.save()
    record(
        by=by,
        action="evaluations.scheme.publish",
        summary=f"发布评价方案：{row}",
        object_type="scheme",
        object_id=row.pk,
        region=row.region.code,
        reason=reason,
        after={"content_hash": row.content_hash},
    )


@transaction.atomic
def withdraw(*, by: User, row: PublishedScheme, reason: str) -> None:
    """Withdraw a published scheme: no new round uses it; what was filled in under it stays readable.

    Raises:
        InvalidValueError: no reason is given.
        NotPossibleError: it is not published.
    """
    _require_province(by, row.region)
    if len(reason.strip()) < 5:
        raise InvalidValueError(_("请填写停用理由（至少 5 个字）。"))
    row = PublishedScheme.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.state != "published":
        raise NotPossibleError(_("只有已发布的方案可以停用。"))
    row.state = "withdrawn"
    row.save(update_fields=["state"])
    record(
        by=by,
        action="evaluations.scheme.withdraw",
        summary=f"停用评价方案：{row}",
        object_type="scheme",
        object_id=row.pk,
        region=row.region.code,
        reason=reason,
    )
