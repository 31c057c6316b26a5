"""The duty list as a table that people fill in: read with every problem at its row, compared before it is saved."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _

from dudao.errors import UnreadableInputError
from dudao.tables.grids import ROW, Grid, read_grids
from dudao.web.evaluations.actions.rounds import named_department
from dudao.web.evaluations.duty_list import WORDS, DutyMatrix
from dudao.web.people.models import Department
from dudao.web.refusals import InvalidValueError
from dudao.web.uploads.inspection import Inspected

COLUMNS = {
    "item": ("指标编号", "编号", "指标序号", "序号"),
    "department": ("部门", "责任单位", "单位", "部门名称", "责任部门"),
    "duty": ("职责类型", "牵头或配合", "分工", "角色", "类型"),
    "text": ("任务内容", "职责", "工作任务", "任务"),
    "source": ("依据", "文件依据"),
}
NEEDED = ("item", "department", "duty")
_DUTIES = {"牵头": "lead", "牵头单位": "lead", "●": "lead", "配合": "help", "配合单位": "help", "○": "help"}
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/x-ole-storage": ".xls",
    "text/plain": ".csv",
}
_MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row of the file, and what to do."""

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class WantedDuty:
    """One row of the file: the item, the department and what it has to do."""

    row: int
    item: str
    department: int
    lead: bool
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class DutyChange:
    """What saving would change: the department's duty for an item before and after."""

    item: str
    department: Department
    before: str
    after: str


@dataclass(slots=True)
class ReadDuties:
    """What was read of a file: the duties wanted and every problem."""

    wanted: list[WantedDuty] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_duties(inspected: Inspected, name: str, matrix: DutyMatrix) -> ReadDuties:
    """Return the duties of an uploaded table; columns are found by their headings wherever they stand.

    Raises:
        InvalidValueError: the file is no table, or a needed column is missing.
    """
    suffix = _SUFFIXES.get(inspected.media)
    if suffix is None:
        raise InvalidValueError(
            _("“%(name)s”不是 Excel 表格。") % {"name": name}, advice=_("请下载模板填写后上传（xlsx、xls 或 csv）。")
        )
    with tempfile.TemporaryDirectory(prefix="dudao-duties-") as folder:
        place = Path(folder) / f"upload{suffix}"
        place.write_bytes(inspected.content)
        try:
            grids = [grid for grid in read_grids(place) if grid.frame.height]
        except UnreadableInputError as unreadable:
            raise InvalidValueError(
                _("“%(name)s”打不开：%(message)s") % {"name": name, "message": unreadable.message},
                advice=_("请重新保存后上传。"),
            ) from unreadable
    header = next(filter(None, (_header(grid) for grid in grids)), None)
    if header is None:
        seen = _("、").join(text for grid in grids[:1] for text in grid.head[0] if text) or _("（空）")
        missing = _("、").join(f"“{COLUMNS[each][0]}”" for each in NEEDED)
        raise InvalidValueError(
            _("“%(name)s”里没有同时找到%(missing)s三列，第一行是：%(n)s。")
            % {"name": name, "missing": missing, "n": seen[:80]},
            advice=_("列的先后不限，列名请与模板一致。"),
        )
    return _checked(list(_rows(*header)), matrix)


def _plain(text: str) -> str:
    return re.sub(r"\s|（.*?）|\(.*?\)", "", text)


def _header(grid: Grid) -> tuple[Grid, int, dict[str, int]] | None:
    for position, line in enumerate(grid.head):
        found: dict[str, int] = {}
        for key, names in COLUMNS.items():
            places = [(names.index(_plain(text)), column) for column, text in enumerate(line) if _plain(text) in names]
            if places:
                found[key] = min(places)[1]
        if all(key in found for key in NEEDED):
            return grid, position, found
    return None


def _rows(grid: Grid, header: int, columns: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    first = grid.frame[ROW][0]
    for position, values in enumerate(grid.frame.iter_rows(named=True)):
        if position <= header or position > _MOST_ROWS:
            continue
        line = {key: str(values.get(f"c{column}") or "").strip() for key, column in columns.items()}
        # A line that only names its item stands in an export for an item that nobody has yet.
        if line["department"] or line["duty"] or (line["item"] and line.get("text")):
            yield int(values.get(ROW) or position + first), line


def _checked(rows: Sequence[tuple[int, dict[str, str]]], matrix: DutyMatrix) -> ReadDuties:
    read = ReadDuties()
    known = {item.id: item for item in matrix.items}
    by_name = {item.name: item.id for item in matrix.items}
    seen: dict[tuple[str, int], int] = {}
    leads: dict[str, tuple[int, Department]] = {}
    if not rows:
        read.problems.append(RowProblem(1, _("表头下面没有内容。")))
    for row, line in rows:
        item = line["item"] if line["item"] in known else by_name.get(line["item"], "")
        department = _department(line["department"], matrix.departments)
        duty = _DUTIES.get(_plain(line["duty"]), "")
        problems = []
        if not item:
            problems.append(
                _("指标“%(n)s”不在方案中。%(nearest)s")
                % {"n": line["item"] or _("（空）"), "nearest": _nearest(line["item"], [*known, *by_name])}
            )
        if department is None:
            names = [each.name for each in matrix.departments]
            problems.append(
                _("部门“%(n)s”不在本地区部门名单中。%(nearest)s")
                % {"n": line["department"] or _("（空）"), "nearest": _nearest(line["department"], names)}
            )
        if not duty:
            problems.append(_("职责类型“%(n)s”请填“牵头”或“配合”。") % {"n": line["duty"] or _("（空）")})
        if item and department is not None:
            earlier = seen.setdefault((item, department.pk), row)
            if earlier != row:
                problems.append(
                    _("第 %(item)s 项%(department)s重复，第 %(earlier)s 行已有。请删去一行。")
                    % {"item": item, "department": department, "earlier": earlier}
                )
        if item and department is not None and duty == "lead":
            first, lead = leads.setdefault(item, (row, department))
            if lead != department:
                problems.append(
                    _(
                        "第 %(item)s 项已有牵头单位%(lead)s，每项只能有一个牵头单位。（见第 %(first)s 行）请把"
                        "其中一个改为“配合”。"
                    )
                    % {"item": item, "lead": lead, "first": first}
                )
        if problems:
            read.problems += [RowProblem(row, text) for text in problems]
        elif department is not None:
            wanted = WantedDuty(
                row, item, department.pk, duty == "lead", line.get("text", "")[:2000], line.get("source", "")[:300]
            )
            read.wanted.append(wanted)
    return read


def _department(name: str, departments: Sequence[Department]) -> Department | None:
    exact = [each for each in departments if name and name in (each.name, each.short_name)]
    return exact[0] if exact else named_department(name, departments) if len(name) >= 3 else None


def _nearest(text: str, names: Sequence[str]) -> str:
    close = get_close_matches(text, names, n=1, cutoff=0.5) if text else []
    return _("是否为“%(n)s”？") % {"n": close[0]} if close else ""


def changes(wanted: Sequence[WantedDuty], matrix: DutyMatrix) -> list[DutyChange]:
    """Return what saving would change; items that the file does not name stay as they are."""
    named = {each.item for each in wanted}
    after = {(each.department, each.item): "lead" if each.lead else "help" for each in wanted}
    found = []
    for item in matrix.items:
        if item.id not in named:
            continue
        for department in matrix.departments:
            now, then = matrix.duty(department, item), after.get((department.pk, item.id), "none")
            if now != then:
                found.append(DutyChange(item.id, department, WORDS[now], WORDS[then]))
    return found
