"""部门职责清单: who leads and who helps with which item, as a matrix, and what is missing or doubled in it."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dudao.web.evaluations.calendar import deadline
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Assessment, Duty
from dudao.web.people.models import Department

WORDS = {"lead": "牵头", "help": "配合", "none": "不承担"}
MARKS = {"lead": "●", "help": "○", "none": ""}


@dataclass(frozen=True, slots=True)
class DutyCell:
    """What a department has to do with an item, and what a click makes of it."""

    item: Item
    department: Department
    duty: str
    next: str
    text: str = ""

    @property
    def mark(self) -> str:
        """The mark of the duty: ● leads, ○ helps."""
        return MARKS[self.duty]

    @property
    def word(self) -> str:
        """The word for the duty."""
        return WORDS[self.duty]

    @property
    def next_word(self) -> str:
        """The word for what a click makes of it."""
        return WORDS[self.next]


@dataclass(frozen=True, slots=True)
class DutyMatrix:
    """The duty list of an assessment: its items, departments, and what each has to do."""

    items: tuple[Item, ...]
    departments: tuple[Department, ...]
    duties: dict[tuple[int, str], Duty]

    def lead_of(self, item: Item) -> Department | None:
        """Return the department that leads an item."""
        found = (each for each in self.departments if self.duty(each, item) == "lead")
        return next(found, None)

    def helpers_of(self, item: Item) -> list[Department]:
        """Return the departments that help with an item."""
        return [each for each in self.departments if self.duty(each, item) == "help"]

    def duty(self, department: Department, item: Item) -> str:
        """Return `lead`, `help` or `none`."""
        row = self.duties.get((department.pk, item.id))
        return "none" if row is None else "lead" if row.lead else "help"

    def rows(self) -> list[tuple[Department, list[DutyCell], int, int]]:
        """Return every department with its cells, how many items it leads and helps with."""
        led = {item.id: self.lead_of(item) for item in self.items}
        rows = []
        for department in self.departments:
            cells = []
            for item in self.items:
                duty = self.duty(department, item)
                other_leads = led[item.id] not in (None, department)
                after = {"none": "help", "help": "none" if other_leads else "lead", "lead": "none"}[duty]
                kept = self.duties.get((department.pk, item.id))
                cells.append(DutyCell(item, department, duty, after, kept.text if kept else ""))
            duties = [cell.duty for cell in cells]
            rows.append((department, cells, duties.count("lead"), duties.count("help")))
        return rows

    def by_item(self) -> list[tuple[Item, Department | None, list[Department]]]:
        """Return every item with its lead and helpers."""
        return [(item, self.lead_of(item), self.helpers_of(item)) for item in self.items]

    def without_lead(self) -> list[Item]:
        """Return the items that nobody leads."""
        return [item for item in self.items if self.lead_of(item) is None]

    def several_named(self) -> list[tuple[Item, list[str], Department | None]]:
        """Return the items whose points name different lead departments in the scheme, with who leads here."""
        found = []
        for item in self.items:
            named = list(dict.fromkeys(point.lead_department for point in item.points if point.lead_department))
            if len(named) > 1:
                found.append((item, named, self.lead_of(item)))
        return found

    @property
    def fingerprint(self) -> str:
        """What tells whether the list is still the one that somebody looked at."""
        lines = sorted(f"{key} {row.item} {row.lead} {row.text} {row.source}" for (key, _), row in self.duties.items())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def duty_matrix(assessment: Assessment, only: Collection[int] | None = None) -> DutyMatrix:
    """Return the duty list of an assessment in two queries.

    Args:
        assessment: with its round and scheme loaded.
        only: the departments to show, all active ones of the region when None.
    """
    items = items_of(scheme_of(assessment.round.scheme))
    departments = Department.objects.filter(region_id=assessment.region_id, active=True)
    shown = tuple(each for each in departments if only is None or each.pk in only)
    duties = {(row.department_id, row.item): row for row in Duty.objects.filter(assessment=assessment)}
    return DutyMatrix(items, shown, duties)


@dataclass(frozen=True, slots=True)
class Task:
    """One item in the 任务书 of a department."""

    item: Item
    duty: str
    text: str
    source: str
    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    lead: Department | None


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """The 任务书 of one department: what it answers and until when."""

    department: Department
    tasks: tuple[Task, ...]
    due: date | None


def task_sheets(assessment: Assessment, matrix: DutyMatrix, departments: Iterable[Department]) -> list[TaskSheet]:
    """Return the 任务书 of each department that has something to do."""
    titles = {fact.name: fact.title for fact in scheme_of(assessment.round.scheme).facts}
    extended: dict[int, date] = {}
    for given in assessment.extensions.all():
        extended[given.department_id] = max(given.due, extended.get(given.department_id, given.due))
    general = deadline(assessment, "departments")
    sheets = []
    for department in departments:
        tasks = []
        for item in matrix.items:
            row = matrix.duties.get((department.pk, item.id))
            if row is None:
                continue
            asked = tuple(titles[name] for name in item.inputs if name in titles)
            proofs = tuple(
                dict.fromkeys(
                    gettext("%(name)s（%(period)s）") % {"name": each.name, "period": each.period}
                    if each.period
                    else each.name
                    for point in item.points
                    for each in point.evidence
                )
            )
            duty = "lead" if row.lead else "help"
            tasks.append(Task(item, WORDS[duty], row.text, row.source, asked, proofs, matrix.lead_of(item)))
        if tasks:
            longer = extended.get(department.pk)
            due = max(general, longer) if general and longer else general or longer
            sheets.append(TaskSheet(department, tuple(tasks), due))
    return sheets
