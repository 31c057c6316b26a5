"""The progress grid: who has done what, departments by items or regions by items, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import Answer, Assessment, Duty, PointScore
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


def by_department(assessment: Assessment) -> tuple[tuple[Item, ...], list[GridRow]]:
    """Return the items and a row for each department of the region; a cell where it leads or helps."""
    items = items_of(scheme_of(assessment.round.scheme))
    states = dict(Answer.objects.filter(assessment=assessment).values_list("item", "state"))
    given = _given([assessment])
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
            )
            for item in items
        )
        rows.append(GridRow(department.name, department.pk, cells))
    return items, rows


def by_region(assessments: list[Assessment]) -> tuple[tuple[Item, ...], list[GridRow]]:
    """Return the items and a row for each assessment of one round, in the order given."""
    if not assessments:
        return (), []
    items = items_of(scheme_of(assessments[0].round.scheme))
    given = _given(assessments)
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
