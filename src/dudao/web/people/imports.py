"""People and departments out of Excel: columns found by their titles, every row checked before anything is kept."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

import python_calamine
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dudao.web.people.access import Subject
from dudao.web.people.actions.accounts import checked_details, checked_username
from dudao.web.people.actions.departments import checked_name
from dudao.web.people.actions.grants import NewGrant
from dudao.web.people.forms import department_named, region_named
from dudao.web.people.models import ROLE_TITLES, Department, Region
from dudao.web.people.reach import may_give
from dudao.web.refusals import InvalidValueError
from dudao.web.uploads.inspection import inspect
from dudao.workflow.machine import Role

Read = TypeVar("Read")

MOST_ROWS = 500
_LIMIT = 5 * 1024 * 1024
_TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What can be imported: its columns in the order of the template, and which of them must be there."""

    name: str
    title: str
    columns: tuple[str, ...]
    required: frozenset[str]
    example: tuple[str, ...]


PEOPLE = ImportKind(
    "people",
    "人员",
    ("姓名", "账号", "邮箱", "电话", "角色", "地区", "部门", "起", "止"),
    frozenset({"姓名", "账号", "角色", "地区"}),
    ("（示例，请删除）", "caizheng01", "", "", "部门填报员", "210900", "市财政局", "", "2026-12-31"),
)
DEPARTMENTS = ImportKind(
    "departments",
    "部门",
    ("地区", "部门名称", "简称", "排序"),
    frozenset({"地区", "部门名称"}),
    ("210900", "（示例，请删除）", "", "1"),
)
KINDS = {kind.name: kind for kind in (PEOPLE, DEPARTMENTS)}


@dataclass(slots=True)
class ImportRow:
    """A row as typed: its number in the sheet, the values by title, and what is wrong with it."""

    number: int
    values: dict[str, str]
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ReadImport:
    """What a file says: its rows, and what was noticed about its columns."""

    rows: list[ImportRow]
    notes: list[str] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """How many rows cannot be taken."""
        return sum(bool(row.errors) for row in self.rows)


def template(kind: ImportKind) -> bytes:
    """Return an empty workbook with the titles and one example row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = kind.title
    sheet.append([title + ("*" if title in kind.required else "") for title in kind.columns])
    sheet.append(list(kind.example))
    for place, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_import(kind: ImportKind, raw: bytes, name: str) -> ReadImport:
    """Return the rows of an uploaded workbook, columns by their titles wherever they stand.

    Raises:
        InvalidValueError: the file is no workbook, has no titles, lacks a column, or has too many rows.
    """
    inspected = inspect(raw, name, limit=_LIMIT)
    if "spreadsheetml" not in inspected.media:
        raise InvalidValueError(
            _("“%(name)s”不是 Excel 表格（xlsx）。") % {"name": name}, advice=_("请下载模板填写后上传。")
        )
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(inspected.content))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        raise InvalidValueError(
            _("“%(name)s”无法读取，文件可能已损坏。") % {"name": name}, advice=_("请用 Excel 另存后重新上传。")
        ) from error
    return _rows(kind, [[_text(cell) for cell in row] for row in cells])


def _rows(kind: ImportKind, grid: Sequence[Sequence[str]]) -> ReadImport:
    at, places = _titles(kind, grid)
    notes = []
    found = sorted(places, key=lambda each: places[each])
    if found != [title for title in kind.columns if title in places]:
        notes.append(_("列的顺序与模板不同，已按表头对应：%(list)s。") % {"list": _("、").join(found)})
    unknown = [title for title in grid[at] if title and title.rstrip("*") not in kind.columns]
    if unknown:
        notes.append(_("没有用到的列：%(list)s。") % {"list": _("、").join(unknown)})
    rows = []
    for number, line in enumerate(grid[at + 1 :], at + 2):
        values = {title: line[place] if place < len(line) else "" for title, place in places.items()}
        if any(values.values()):
            rows.append(ImportRow(number, {title: values.get(title, "") for title in kind.columns}))
    if not rows:
        raise InvalidValueError(_("表头下面没有数据行。"))
    if len(rows) > MOST_ROWS:
        raise InvalidValueError(
            _("共 %(count)s 行，一次最多导入 %(most_rows)s 行。") % {"count": len(rows), "most_rows": MOST_ROWS},
            advice=_("请分成几个文件。"),
        )
    return ReadImport(rows, notes)


def _titles(kind: ImportKind, grid: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for at, line in enumerate(grid[:_TITLE_ROWS]):
        places: dict[str, int] = {}
        for place, text in enumerate(line):
            title = text.rstrip("*")
            if title in kind.columns:
                if title in places:
                    raise InvalidValueError(
                        _("第 %(at)s 行有两列都叫“%(title)s”。") % {"at": at + 1, "title": title},
                        advice=_("请删去其中一列。"),
                    )
                places[title] = place
        if len(places) > len(best[1]):
            best = (at, places)
    missing = [title for title in kind.columns if title in kind.required and title not in best[1]]
    if missing:
        raise InvalidValueError(
            _("没有找到列“%(list)s”。") % {"list": "”“".join(missing)},
            advice=_("表头应含：%(list)s。") % {"list": _("、").join(kind.columns)},
        )
    return best


def _text(cell: object) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return " ".join(str(cell).split())


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person to be made."""

    username: str
    name: str
    email: str
    phone: str
    role: NewGrant


@dataclass(frozen=True, slots=True)
class PlannedDepartment:
    """A department to be made."""

    region: Region
    name: str
    short_name: str
    position: int | None


def plan_people(subject: Subject, rows: Sequence[ImportRow]) -> Iterator[PlannedPerson]:
    """Yield what the rows ask for; everything that is wrong with a row is noted in it, and it yields nothing."""
    places = _Places(subject)
    taken: dict[str, int] = {}
    for row in rows:
        planned = _planned_person(subject, row, places, taken)
        if planned and not row.errors:
            yield planned


def _planned_person(subject: Subject, row: ImportRow, places: "_Places", taken: dict[str, int]) -> PlannedPerson | None:
    values = row.values
    username = _noted(row, lambda: _new_username(row, taken))
    details = _noted(row, lambda: checked_details(values["姓名"], values["邮箱"], values["电话"]))
    role = _noted(row, lambda: _role(values["角色"]))
    region = _noted(row, lambda: places.region(values["地区"]))
    department = _noted(row, lambda: places.department(region, values["部门"])) if region else None
    starts, ends = _noted(row, lambda: _date("起", row)), _noted(row, lambda: _date("止", row))
    if starts and ends and ends < starts:
        row.errors.append(_("“止”早于“起”。"))
    if role and (role is Role.DEPARTMENT_OFFICER) != bool(values["部门"]):
        row.errors.append(_("部门填报员须填写部门，其他角色不填部门。"))
    if not (username and details and role and region):
        return None
    if not may_give(subject, role, region):
        row.errors.append(_("您不能在%(region)s授予“%(n)s”。") % {"region": region, "n": _(ROLE_TITLES[role])})
    return PlannedPerson(username, *details, NewGrant(role, region, department, starts, ends))


def _noted(row: ImportRow, read: Callable[[], Read]) -> Read | None:
    """Return what is read, None with the reason noted in the row where it is refused."""
    try:
        return read()
    except InvalidValueError as error:
        row.errors.append(str(error))
        return None


def _new_username(row: ImportRow, taken: dict[str, int]) -> str:
    """Return the account of a row, which no row before may have."""
    username = checked_username(row.values["账号"])
    if username.lower() in taken:
        raise InvalidValueError(
            _("账号“%(username)s”与第 %(n)s 行重复。") % {"username": username, "n": taken[username.lower()]}
        )
    taken[username.lower()] = row.number
    return username


def plan_departments(subject: Subject, rows: Sequence[ImportRow]) -> Iterator[PlannedDepartment]:
    """Yield what the rows ask for; what is wrong with a row is noted in it and it yields nothing."""
    places = _Places(subject)
    taken: dict[tuple[int, str], int] = {}
    for row in rows:
        try:
            region = places.region(row.values["地区"])
            name = checked_name(row.values["部门名称"])
            if (region.pk, name) in taken:
                raise InvalidValueError(
                    _("%(region)s“%(name)s”与第 %(n)s 行重复。")
                    % {"region": region, "name": name, "n": taken[region.pk, name]}
                )
            taken[region.pk, name] = row.number
            if name in places.department_names(region):
                raise InvalidValueError(_("%(region)s已有部门“%(name)s”。") % {"region": region, "name": name})
            position = row.values["排序"]
            if position and not (position.isascii() and position.isdigit() and int(position) <= 9999):
                raise InvalidValueError(_("排序“%(position)s”应为 0 至 9999 的整数。") % {"position": position})
            yield PlannedDepartment(region, name, row.values["简称"], int(position) if position else None)
        except InvalidValueError as error:
            row.errors.append(str(error))


class _Places:
    """Regions and departments, each asked for once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._regions: dict[str, Region | InvalidValueError] = {}
        self._departments: dict[tuple[int, str], Department | InvalidValueError] = {}
        self._names: dict[int, frozenset[str]] = {}

    def region(self, text: str) -> Region:
        if not text:
            raise InvalidValueError(_("请填写地区。"))
        if text not in self._regions:
            try:
                self._regions[text] = region_named(self._subject, text)
            except InvalidValueError as error:
                self._regions[text] = error
        found = self._regions[text]
        if isinstance(found, InvalidValueError):
            raise found
        return found

    def department(self, region: Region, text: str) -> Department | None:
        if not text:
            return None
        key = (region.pk, text)
        if key not in self._departments:
            try:
                self._departments[key] = department_named(region, text)
            except InvalidValueError as error:
                self._departments[key] = error
        found = self._departments[key]
        if isinstance(found, InvalidValueError):
            raise found
        return found

    def department_names(self, region: Region) -> frozenset[str]:
        if region.pk not in self._names:
            self._names[region.pk] = frozenset(Department.objects.filter(region=region).values_list("name", flat=True))
        return self._names[region.pk]


def _role(text: str) -> Role:
    titles = {title: role for role, title in ROLE_TITLES.items()}
    if text not in titles:
        raise InvalidValueError(
            _("没有角色“%(text)s”。") % {"text": text}, advice=_("可填：%(list)s。") % {"list": _("、").join(titles)}
        )
    return titles[text]


def _date(title: str, row: ImportRow) -> date | None:
    text = row.values[title].replace("/", "-").replace(".", "-")
    if not text:
        return None
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError as error:
        raise InvalidValueError(
            _("“%(title)s”的“%(n)s”不是日期，应如 2026-08-31。") % {"title": title, "n": row.values[title]}
        ) from error
