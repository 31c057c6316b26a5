"""Taking an import as the data of a region, and going back to what was taken before; nothing is ever deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dudao.balance.standard import Method
from dudao.web.audit.actions import record
from dudao.web.people.models import Region, User
from dudao.web.refusals import InvalidValueError, NotPossibleError
from dudao.web.schools.differences import Difference, difference
from dudao.web.schools.facts import refresh
from dudao.web.schools.files import frame_of
from dudao.web.schools.models import Import, InUse, Snapshot, SnapshotPart
from dudao.web.schools.permissions import require_take
from dudao.web.schools.queries import rows_in_use
from dudao.web.schools.results import DEFAULT_STANDARD, compute

REASON_LENGTH = 5


def change_of(row: Import) -> Difference:
    """Return what taking an import would change in the regions that it holds rows of."""
    regions = list(Region.objects.filter(code__in=row.parts))
    after = frame_of(row.frame) if row.frame else pl.DataFrame()
    return difference(rows_in_use(regions, row.kind, row.year), after, row.kind)


def hold_to_take(*, by: User, row: Import, reason: str) -> Import:
    """Return an import, held for the length of the transaction, once nothing speaks against taking it.

    Raises:
        InvalidValueError: it has errors and no reason is given.
        NotAllowedError: the person does not decide on the region's data.
        NotPossibleError: it was taken meanwhile, or something stands in its way.
    """
    require_take(by, row.region)
    held = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=row.pk)
    if held.state != "ready":
        raise NotPossibleError(
            _("这次导入现为“%(state)s”，不能入库。") % {"state": _(held.get_state_display())}, advice=_("请刷新页面。")
        )
    if held.obstacles:
        raise NotPossibleError(_("还不能入库：%(list)s。") % {"list": _("；").join(held.obstacles)})
    if held.errors and len(reason.strip()) < REASON_LENGTH:
        raise InvalidValueError(
            ngettext(
                "还有 %(errors)s 处错误，入库须说明理由（至少 %(reason_length)s 个字）。",
                "还有 %(errors)s 处错误，入库须说明理由（至少 %(reason_length)s 个字）。",
                held.errors,
            )
            % {"errors": held.errors, "reason_length": REASON_LENGTH},
            advice=_("有错误的单元格按未填报处理，不属于本地区的行不入库。"),
        )
    return held


@transaction.atomic
def take(*, by: User, row: Import, reason: str = "") -> Snapshot:
    """Make an import the data that counts in the regions it holds rows of.

    Args:
        row: the import as it was seen by whoever decided; read anew meanwhile, it is not taken.
        reason: why it is taken although it has errors; asked for only then.

    Raises:
        InvalidValueError: it has errors and no reason is given.
        NotAllowedError: the person does not decide on the region's data.
        NotPossibleError: it was taken or changed meanwhile, something stands in its way, or it changes nothing.
    """
    held = hold_to_take(by=by, row=row, reason=reason)
    if held.frame != row.frame:
        raise NotPossibleError(_("这次导入已重新读取，没有入库。"), advice=_("请查看新的结果，再确认入库。"))
    regions = {region.code: region for region in Region.objects.filter(code__in=held.parts)}
    _lock(regions.values(), held.kind, held.year)
    found = change_of(held)
    if not (found.added or found.removed or found.changed) and _all_in_use(regions.values(), held):
        raise NotPossibleError(_("与现用数据完全相同，不必入库。"), advice=_("可以放弃这次导入。"))
    now = timezone.now()
    made = Snapshot.objects.create(
        origin=held,
        region=held.region,
        kind=held.kind,
        year=held.year,
        frame=held.frame,
        rows=held.rows,
        errors=held.errors,
        warnings=held.warnings,
        reason=reason.strip(),
        doubts=_placed_doubts(held, regions.values()),
        change=found.counts(),
        by=by,
        at=now,
    )
    SnapshotPart.objects.bulk_create(
        SnapshotPart(snapshot=made, region=regions[code], rows=rows) for code, rows in held.parts.items()
    )
    before = _use(regions.values(), made, now)
    held.state = "taken"
    held.save(update_fields=["state"])
    _tell(made, by, "take", _sentence("入库", made, found), before, regions.values(), reason)
    _follow(made, regions.values())
    return made


@transaction.atomic
def restore(*, by: User, snapshot: Snapshot, region: Region, reason: str) -> list[Region]:
    """Make an earlier snapshot count again in a region and below it, and return where it does.

    Raises:
        InvalidValueError: no reason is given.
        NotAllowedError: the person does not decide on the region's data.
        NotPossibleError: the snapshot counts there already.
    """
    require_take(by, region)
    if len(reason.strip()) < REASON_LENGTH:
        raise InvalidValueError(_("回退须说明理由（至少 %(reason_length)s 个字）。") % {"reason_length": REASON_LENGTH})
    regions = list(Region.objects.filter(snapshot_parts__snapshot=snapshot, path__startswith=region.path))
    _lock(regions, snapshot.kind, snapshot.year)
    held = InUse.objects.filter(region__in=regions, kind=snapshot.kind, year=snapshot.year, snapshot=snapshot)
    if not regions or held.count() == len(regions):
        raise NotPossibleError(_("这份快照已是现用数据。"), advice=_("请刷新页面。"))
    codes = [each.code for each in regions]
    rows = frame_of(snapshot.frame).filter(pl.col("region").is_in(codes))
    found = difference(rows_in_use(regions, snapshot.kind, snapshot.year), rows, snapshot.kind)
    before = _use(regions, snapshot, timezone.now())
    _tell(snapshot, by, "restore", _sentence("回退到", snapshot, found), before, regions, reason)
    _follow(snapshot, regions)
    return regions


def _lock(regions: Iterable[Region], kind: str, year: int) -> None:
    """Let only one person at a time decide on the data of a region."""
    keys = sorted(region.pk for region in regions)
    list(Region.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _all_in_use(regions: Iterable[Region], row: Import) -> bool:
    keys = [region.pk for region in regions]
    return InUse.objects.filter(region__in=keys, kind=row.kind, year=row.year).count() == len(keys)


def _use(regions: Iterable[Region], snapshot: Snapshot, now: datetime) -> dict[str, int | None]:
    """Point regions at a snapshot and return what counted there before, by code."""
    wanted = list(regions)
    known = {
        each.region_id: each for each in InUse.objects.filter(region__in=wanted, kind=snapshot.kind, year=snapshot.year)
    }
    before = {region.code: known[region.pk].snapshot_id if region.pk in known else None for region in wanted}
    new = [
        InUse(region=region, kind=snapshot.kind, year=snapshot.year, snapshot=snapshot, since=now)
        for region in wanted
        if region.pk not in known
    ]
    InUse.objects.bulk_create(new)
    InUse.objects.filter(pk__in=[each.pk for each in known.values()]).update(snapshot=snapshot, since=now)
    return before


def _placed_doubts(row: Import, regions: Iterable[Region]) -> list[list[object]]:
    """Return the doubts under the year and the codes that the taken rows have."""
    codes = {word: region.code for region in regions for word in (region.code, region.name)}
    alone = next(iter(row.parts)) if len(row.parts) == 1 else None
    found = []
    for doubt in row.doubts:
        code = codes.get(str(doubt[1]), alone)
        if code is not None:
            found.append([row.year, code, *doubt[2:]])
    return found


def _follow(snapshot: Snapshot, regions: Iterable[Region]) -> None:
    if snapshot.kind == "schools":
        compute(snapshot, DEFAULT_STANDARD, Method.WEIGHTED)
    refresh(regions, snapshot.kind, snapshot.year)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words for each count of a change, in their order."""

    name: str
    word: str


_WORDS = (_Words("added", "新增"), _Words("changed", "更新"), _Words("same", "不变"), _Words("removed", "减少"))


def change_words(counts: dict[str, int]) -> str:
    """Return a change in words: 新增 12，更新 203，不变 41，减少 0."""
    return "，".join(f"{each.word} {counts.get(each.name, 0)}" for each in _WORDS)


def _sentence(verb: str, snapshot: Snapshot, found: Difference) -> str:
    return f"{verb}{snapshot}（{snapshot.short_hash}）：{change_words(found.counts())}"


def _tell(
    snapshot: Snapshot,
    by: User,
    action: str,
    summary: str,
    before: dict[str, int | None],
    regions: Iterable[Region],
    reason: str,
) -> None:
    record(
        by=by,
        action=f"schools.snapshot.{action}",
        summary=summary,
        object_type="table_snapshot",
        object_id=snapshot.pk,
        region=snapshot.region.code,
        reason=reason.strip(),
        before={"in_use": before},
        after={"in_use": {region.code: snapshot.pk for region in regions}, "sha256": snapshot.frame},
    )
