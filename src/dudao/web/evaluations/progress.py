"""The progress grid: who has done what, departments by items or regions by items, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Answer, Assessment, Duty, PointScore, Submission
from dudao.web.people.models import Department
from dudao.web.states import ANSWER_MARKS

DONE = frozenset({"submitted", "accepted", "locked"})


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: the state of an item, or None where the row has nothing to do with it."""

    item: str
    state: str | None
    lead: bool
    self_points: Decimal | None
    full_points: Decimal | None
    last_points: Decimal | None = None
    bonus: bool = False

    @property
    def symbol(self) -> str:
        """The mark that shows the state without colour."""
        return ANSWER_MARKS.get(self.state or "", "")

    @property
    def rate(self) -> Decimal | None:
        """The share of the full points that was given, None where nothing was or the item has no points."""
        if self.self_points is None or not self.full_points:
            return None
        return self.self_points / self.full_points

    @property
    def rate_text(self) -> str:
        """The share in percent without decimals, rounded down so that only full points read 100."""
        return "—" if self.rate is None else f"{int(self.rate * 100)}%"

    @property
    def rate_class(self) -> str:
        """The tint of the share."""
        if self.rate is None:
            return "r-none"
        steps = ((Decimal(1), "r-full"), (Decimal("0.9"), "r-most"), (Decimal("0.7"), "r-some"))
        return next((name for low, name in steps if self.rate >= low), "r-few")

    @property
    def change(self) -> Decimal | None:
        """How many points more than last year were given, None where either year's are not there."""
        if self.self_points is None or self.last_points is None:
            return None
        return (self.self_points - self.last_points).normalize()

    @property
    def change_class(self) -> str:
        """The tint of the change: more, the same, fewer."""
        if self.change is None:
            return "r-none"
        return "r-full" if self.change > 0 else "r-few" if self.change < 0 else "r-most"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One department or region with its cells, in the order of the items."""

    name: str
    key: int
    cells: tuple[GridCell, ...]

    @property
    def done(self) -> int:
        """How many of its items are handed in."""
        return sum(cell.state in DONE for cell in self.cells)

    @property
    def asked(self) -> int:
        """How many items it has to do with."""
        return sum(cell.state is not None for cell in self.cells)


def _given(assessments: Iterable[Assessment]) -> dict[tuple[int, str], Decimal]:
    """Return the self points given so far by assessment and item."""
    given: dict[tuple[int, str], Decimal] = {}
    rows = PointScore.objects.filter(answer__assessment__in=list(assessments))
    for key, item, points in rows.values_list("answer__assessment_id", "answer__item", "points"):
        if points is not None:
            given[key, item] = given.get((key, item), Decimal(0)) + points
    return given


def points_last_year(assessments: Iterable[Assessment], items: Iterable[Item]) -> dict[tuple[int, str], Decimal]:
    """Return what each region sent a year before for items of the same id, name and full points.

    Keys are assessment and item; points that were not sent, or of an item that has changed since, are left out.
    """
    current = {(each.region_id, each.round.slug, each.round.year - 1): each.pk for each in assessments}
    asked = {item.id: item for item in items}
    rows = Submission.objects.filter(
        assessment__region__in={key[0] for key in current},
        assessment__round__slug__in={key[1] for key in current},
        assessment__round__year__in={key[2] for key in current},
        version=F("assessment__version"),
    ).values_list("assessment__region_id", "assessment__round__slug", "assessment__round__year", "content__items")
    found: dict[tuple[int, str], Decimal] = {}
    for region, slug, year, sent in rows:
        key = current.get((region, slug, year))
        for row in sent or () if key is not None else ():
            item = asked.get(row["item"])
            given = [Decimal(str(each["self_points"])) for each in row["points"] if each["self_points"] is not None]
            if key is None or item is None or not given or row["name"] != item.name:
                continue
            full = row["full_points"]
            if (None if full is None else Decimal(str(full))) == item.full_points:
                found[key, item.id] = sum(given, Decimal(0))
    return found


def by_department(assessment: Assessment, *, compare: bool = False) -> tuple[tuple[Item, ...], list[GridRow]]:
    """Return the items and a row for each department of the region; a cell where it leads or helps.

    Args:
        compare: whether the points of the year before are asked for as well.
    """
    items = items_of(scheme_of(assessment.round.scheme))
    states = dict(Answer.objects.filter(assessment=assessment).values_list("item", "state"))
    given = _given([assessment])
    last = points_last_year([assessment], items) if compare else {}
    duties: dict[tuple[int, str], bool] = {
        (department, item): lead
        for department, item, lead in Duty.objects.filter(assessment=assessment).values_list(
            "department_id", "item", "lead"
        )
    }
    rows = []
    for department in Department.objects.filter(region_id=assessment.region_id, active=True):
        cells = tuple(
            GridCell(
                item.id,
                states.get(item.id) if (department.pk, item.id) in duties else None,
                duties.get((department.pk, item.id), False),
                given.get((assessment.pk, item.id)),
                item.full_points,
                last.get((assessment.pk, item.id)),
                item.is_bonus,
            )
            for item in items
        )
        rows.append(GridRow(department.name, department.pk, cells))
    return items, rows


def by_region(assessments: list[Assessment], *, compare: bool = False) -> tuple[tuple[Item, ...], list[GridRow]]:
    """Return the items and a row for each assessment of one round, in the order given; `compare` as above."""
    if not assessments:
        return (), []
    items = items_of(scheme_of(assessments[0].round.scheme))
    given = _given(assessments)
    last = points_last_year(assessments, items) if compare else {}
    states: dict[tuple[int, str], str] = {
        (key, item): state
        for key, item, state in Answer.objects.filter(assessment__in=assessments).values_list(
            "assessment_id", "item", "state"
        )
    }
    rows = [
        GridRow(
            assessment.region.name,
            assessment.pk,
            tuple(
                GridCell(
                    item.id,
                    states.get((assessment.pk, item.id)),
                    True,
                    given.get((assessment.pk, item.id)),
                    item.full_points,
                    last.get((assessment.pk, item.id)),
                    item.is_bonus,
                )
                for item in items
            ),
        )
        for assessment in assessments
    ]
    return items, rows


def without_lead(assessment: Assessment) -> list[Item]:
    """Return the items that no department leads."""
    led = set(Duty.objects.filter(assessment=assessment, lead=True).values_list("item", flat=True))
    return [item for item in items_of(scheme_of(assessment.round.scheme)) if item.id not in led]
