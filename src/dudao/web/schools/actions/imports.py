"""Bringing a table: receive, read, say what headings mean, give up; nothing counts before it is taken."""

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dudao.errors import UnreadableInputError
from dudao.issues import Level
from dudao.tables.catalogue import KINDS
from dudao.tables.table import SheetColumn
from dudao.web.audit.actions import record
from dudao.web.people.models import Region, User
from dudao.web.refusals import InvalidValueError, NotPossibleError
from dudao.web.schools.files import content_of, keep, keep_frame, keep_json
from dudao.web.schools.models import HeadingMemory, Import
from dudao.web.schools.permissions import require_bring
from dudao.web.schools.problem_report import counted
from dudao.web.schools.reading import Reading, headings_hash, read_upload, require_table
from dudao.web.schools.units import Asked, units_of
from dudao.web.uploads.inspection import inspect, safe_name

FIRST_YEAR, LAST_YEAR = 1980, 2100


def receive(*, by: User, region: Region, year: int, kind: str, raw: bytes, name: str) -> Import:
    """Keep an uploaded table of a region and year, to be read next.

    Raises:
        InvalidValueError: the file cannot be taken, is no table, or there is no such kind or year.
        NotAllowedError: the person may not bring tables for the region.
    """
    require_bring(by, region)
    if kind not in KINDS:
        raise InvalidValueError(_("请选择表种。"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValueError(
            _("年份 %(year)s 不对。") % {"year": year},
            advice=_("请在 %(first_year)s 至 %(last_year)s 之间。")
            % {"first_year": FIRST_YEAR, "last_year": LAST_YEAR},
        )
    shown = safe_name(name)
    file = inspect(raw, shown, limit=settings.UPLOAD_LIMIT, scanner=settings.UPLOAD_SCANNER)
    require_table(file.media, shown)
    source = keep(file.content)
    with transaction.atomic():
        row = Import.objects.create(
            region=region, year=year, kind=kind, name=shown, media=file.media, size=len(raw), source=source, by=by
        )
        _tell(row, by, "receive", f"上传{row}", after={"sha256": source, "size": row.size})
    return row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a table came to: what was read and as what its headings were taken, or why it cannot be read."""

    found: Reading | None
    assigned: Mapping[str, str]
    refusal: str = ""


def outcome_of(row: Import) -> Outcome:
    """Read a received table with what is known of its headings; nothing is written.

    A file with the headings of an earlier one of the region is read as people said then.
    """
    assigned = dict(row.assigned)
    try:
        found = _read(row, assigned)
        if not assigned and (known := _remembered(row, found)):
            assigned = known
            found = _read(row, assigned)
    except UnreadableInputError as error:
        return Outcome(None, assigned, str(error))
    return Outcome(found, assigned)


@transaction.atomic
def keep_outcome(*, by: User, row: Import, outcome: Outcome) -> Import:
    """Write what reading a table came to; an import that was given up meanwhile is left alone."""
    held = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=row.pk)
    if held.state != "reading":
        return held
    if outcome.found is None:
        return _refuse(held, by, outcome.refusal)
    remembered = dict(outcome.assigned) != dict(held.assigned)
    return _finish(held, by, outcome.found, outcome.assigned, remembered=remembered)


def read(*, by: User, row: Import) -> Import:
    """Read a received table and write what came out."""
    return keep_outcome(by=by, row=row, outcome=outcome_of(row))


@transaction.atomic
def assign(*, by: User, row: Import, assigned: Mapping[str, str]) -> Import:
    """Say what the headings of a table mean, read it so, and remember it for the region's next file like it.

    Args:
        assigned: heading as in the sheet → canonical column; empty for a column that is not used.

    Raises:
        InvalidValueError: one column is meant by two headings, or a heading or column is not there.
        NotAllowedError: the person may not bring tables for the region.
        NotPossibleError: the import was taken or given up meanwhile.
    """
    require_bring(by, row.region)
    held = _held(row)
    kind = KINDS[held.kind]
    columns = {str(each["heading"]): str(each["meaning"]) for each in held.columns}
    for heading, name in assigned.items():
        if heading not in columns or (name and name not in kind.names()):
            raise InvalidValueError(
                _("没有列名“%(heading)s”，或表中没有这一项。") % {"heading": heading}, advice=_("请刷新页面后重选。")
            )
    named = [name for name in assigned.values() if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        title = kind.column(twice[0]).title
        raise InvalidValueError(_("有两列都指定为“%(title)s”。") % {"title": title}, advice=_("每一项只能对应一列。"))
    before = dict(held.assigned)
    kept = {heading: name for heading, name in assigned.items() if name != columns[heading] or heading in before}
    found = _read(held, kept)
    memory = headings_hash(found.columns)
    HeadingMemory.objects.update_or_create(
        region=held.region, kind=held.kind, headings=memory, defaults={"assigned": kept, "by": by}
    )
    _tell(held, by, "assign", f"指定{held}的列名对应", before={"assigned": before}, after={"assigned": kept})
    return _finish(held, by, found, kept, remembered=False)


@transaction.atomic
def drop(*, by: User, row: Import) -> None:
    """Give up an import; its file and report stay readable.

    Raises:
        NotAllowedError: the person may not bring tables for the region.
        NotPossibleError: the import was taken or given up meanwhile.
    """
    require_bring(by, row.region)
    held = _held(row, states=("reading", "ready", "refused"))
    held.state = "dropped"
    held.save(update_fields=["state"])
    _tell(held, by, "drop", f"放弃导入{held}")


def _held(row: Import, states: tuple[str, ...] = ("ready",)) -> Import:
    held = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=row.pk)
    if held.state not in states:
        raise NotPossibleError(
            _("这次导入现为“%(state)s”，不能这样操作。") % {"state": _(held.get_state_display())},
            advice=_("请刷新页面。"),
        )
    return held


def _read(row: Import, assigned: Mapping[str, str]) -> Reading:
    asked = Asked(row.region, tuple(units_of(row.region, row.year)), row.year)
    return read_upload(content_of(row.source), row.media, row.name, row.kind, asked, assigned)


def _remembered(row: Import, found: Reading) -> dict[str, str]:
    memory = HeadingMemory.objects.filter(
        region=row.region, kind=row.kind, headings=headings_hash(found.columns)
    ).first()
    return dict(memory.assigned) if memory else {}


def _refuse(row: Import, by: User, sentence: str) -> Import:
    row.state, row.refusal = "refused", sentence
    row.save(update_fields=["state", "refusal"])
    _tell(row, by, "refuse", f"{row}不能读取", after={"refusal": sentence})
    return row


def _finish(row: Import, by: User, found: Reading, assigned: Mapping[str, str], *, remembered: bool) -> Import:
    row.state = "ready"
    row.assigned = dict(assigned)
    row.remembered = remembered
    row.columns = [_column(column) for column in found.columns]
    row.frame = keep_frame(found.frame) if found.frame.height else ""
    row.report = keep_json(found.report)
    row.rows = found.frame.height
    row.errors = counted(found.report, Level.ERROR)
    row.warnings = counted(found.report, Level.WARNING)
    row.obstacles = list(found.obstacles)
    row.parts = dict(found.parts)
    row.doubts = [list(astuple(doubt)) for doubt in found.doubts if doubt.region]
    row.save()
    after = {"rows": row.rows, "errors": row.errors, "warnings": row.warnings, "frame": row.frame}
    _tell(row, by, "read", f"读取{row}：{row.rows} 行，错误 {row.errors} 处，提醒 {row.warnings} 处", after=after)
    return row


def _column(column: SheetColumn) -> dict[str, object]:
    return {**asdict(column), "examples": list(column.examples)}


def _tell(
    row: Import,
    by: User,
    action: str,
    summary: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(
        by=by,
        action=f"schools.import.{action}",
        summary=summary,
        object_type="table_import",
        object_id=row.pk,
        region=row.region.code,
        before=before,
        after=after,
    )
