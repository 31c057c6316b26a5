"""A round over its regions: who is how far, as the level that runs it may know.

The level above sees of an assessment that was not sent upwards only states and counts. Points of such an assessment
are left out of the grid altogether; those of a submitted one are the points that were sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.web.evaluations.items import Item
from dudao.web.evaluations.models import Assessment, DepartmentExtension, Submission
from dudao.web.evaluations.progress import GridRow, by_region
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role

_OWN = frozenset({Role.SUPERVISION_CLERK, Role.LEADER})
_FROZEN = frozenset({"submitted", "confirmed"})


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region of a round: its grid row, and whether its points and its pages are open to the subject."""

    assessment: Assessment
    row: GridRow
    points_shown: bool
    page_open: bool

    @property
    def self_points(self) -> Decimal | None:
        """The sum of the points shown, without what comes on top; None where none are shown or given."""
        given = [cell.self_points for cell in self.row.cells if cell.self_points is not None and not cell.bonus]
        return sum(given, Decimal(0)) if given else None

    @property
    def full_points(self) -> Decimal:
        """The full points of the items, without what comes on top."""
        counted = [cell.full_points for cell in self.row.cells if cell.full_points is not None and not cell.bonus]
        return sum(counted, Decimal(0))

    @property
    def bonus_points(self) -> Decimal | None:
        """The points shown that come on top; None where none are shown or given."""
        given = [cell.self_points for cell in self.row.cells if cell.self_points is not None and cell.bonus]
        return sum(given, Decimal(0)) if given else None

    @property
    def returned(self) -> int:
        """How many items are sent back to their department."""
        return sum(cell.state == "returned" for cell in self.row.cells)

    @property
    def under_way(self) -> int:
        """How many items are being filled in."""
        return sum(cell.state == "drafting" for cell in self.row.cells)


def region_rows(
    subject: Subject, assessments: list[Assessment], *, compare: bool = False
) -> tuple[tuple[Item, ...], list[RegionRow]]:
    """Return the items and a row for each assessment of one round; a fixed number of queries."""
    items, rows = by_region(assessments, compare=compare)
    sent = _sent_points([each for each in assessments if each.version and each.state not in _FROZEN])
    shown = []
    for assessment, row in zip(assessments, rows, strict=True):
        own = bool(subject.roles_at(assessment.region.path) & _OWN)
        if own or assessment.state in _FROZEN:
            seen, points = row, True
        else:
            points = assessment.version > 0
            given = sent.get(assessment.pk, {})
            cells = tuple(replace(cell, self_points=given.get(cell.item) if points else None) for cell in row.cells)
            seen = replace(row, cells=cells)
        shown.append(RegionRow(assessment, seen, points, own or assessment.version > 0))
    return items, shown


def _sent_points(assessments: Iterable[Assessment]) -> dict[int, dict[str, Decimal]]:
    """Return what was last sent of assessments that are being changed again: the points by item."""
    keys = {each.pk: each.version for each in assessments}
    if not keys:
        return {}
    found: dict[int, dict[str, Decimal]] = {}
    rows = Submission.objects.filter(assessment_id__in=keys).values_list("assessment_id", "version", "content__items")
    for key, version, items in rows:
        if version != keys[key]:
            continue
        found[key] = {
            item["item"]: sum(given, Decimal(0))
            for item in items or ()
            if (
                given := [
                    Decimal(str(each["self_points"])) for each in item["points"] if each["self_points"] is not None
                ]
            )
        }
    return found


@dataclass(frozen=True, slots=True)
class Reminder:
    """A text to remind somebody with: to whom, and what is missing until when."""

    to: str
    text: str
    missing: int


def region_reminders(rows: Iterable[RegionRow], title: str, due: str) -> list[Reminder]:
    """Return a reminder for every region that has not sent its assessment upwards."""
    found = []
    for each in rows:
        if each.assessment.state in _FROZEN:
            continue
        left = each.row.asked - each.row.done
        parts = [f"{each.row.asked} 项中已提交 {each.row.done} 项"]
        if each.returned:
            parts.append(f"退回待改 {each.returned} 项")
        what = "，".join(parts)
        ask = f"请抓紧填报，于{due}前报送。" if due else "请抓紧填报并报送。"
        text = f"{each.row.name}：“{title}”尚未报送，{what}。{ask}"
        found.append(Reminder(each.row.name, text, left))
    return found


def department_reminders(
    rows: Iterable[GridRow], names: dict[str, str], title: str, due: str, extensions: Iterable[DepartmentExtension]
) -> list[Reminder]:
    """Return a reminder for every department that leads items it has not handed in.

    Args:
        names: id → name of the items.
        due: the general deadline in words, empty for none.
        extensions: later deadlines given to departments.
    """
    longer: dict[int, str] = {}
    for given in sorted(extensions, key=lambda each: each.due):
        longer[given.department_id] = f"{given.due.month} 月 {given.due.day} 日"
    found = []
    for row in rows:
        open_cells = [cell for cell in row.cells if cell.lead and cell.state in {"not_started", "drafting", "returned"}]
        if not open_cells:
            continue
        until = longer.get(row.key, due)
        named = "、".join(
            f"{cell.item} {names[cell.item]}{'（已退回）' if cell.state == 'returned' else ''}" for cell in open_cells
        )
        ask = f"请于{until}前提交。" if until else "请抓紧提交。"
        text = f"{row.name}：“{title}”中由贵单位牵头的 {len(open_cells)} 项尚未提交：{named}。{ask}"
        found.append(Reminder(row.name, text, len(open_cells)))
    return found
