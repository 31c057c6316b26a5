"""Items: what departments answer, one page each: the lowest group of points, or a point that stands alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dudao.scheme.model import Indicator, Point, Scheme


@dataclass(frozen=True, slots=True)
class Item:
    """An item to be answered.

    Attributes:
        id: id of the indicator or point in the pack.
        section: the first-level indicator it belongs to.
        full_points: as printed, None in a scheme without points.
        points: what is scored in it, in order.
    """

    id: str
    name: str
    section: Indicator
    full_points: Decimal | None
    points: tuple[Point, ...]

    @property
    def lead_department(self) -> str:
        """The department that the scheme names first for any of its points; empty when it names none."""
        return next((point.lead_department for point in self.points if point.lead_department), "")

    @property
    def departments(self) -> tuple[str, ...]:
        """Every further department that the scheme names, in order, once."""
        named = [name for point in self.points for name in (point.lead_department, *point.departments) if name]
        return tuple(name for name in dict.fromkeys(named) if name != self.lead_department)

    @property
    def is_bonus(self) -> bool:
        """Whether everything in it comes on top of the full points of the scheme."""
        return all(point.bonus for point in self.points)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The facts that its points ask for, in order, once."""
        return tuple(dict.fromkeys(name for point in self.points for name in point.inputs))


def items_of(scheme: Scheme) -> tuple[Item, ...]:
    """Return the items of a scheme, in order."""
    return tuple(item for section in scheme.indicators for item in _items(section, section))


def _items(indicator: Indicator, section: Indicator) -> Iterator[Item]:
    own = [child for child in indicator.children if isinstance(child, Point)]
    if indicator is not section and len(own) == len(indicator.children):
        yield Item(indicator.id, indicator.name, section, indicator.full_points, tuple(own))
        return
    for child in indicator.children:
        if isinstance(child, Point):
            yield Item(child.id, child.name, section, child.full_points, (child,))
        else:
            yield from _items(child, section)
