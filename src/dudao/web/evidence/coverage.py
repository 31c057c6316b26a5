"""How evidence covers what the scheme asks for: each request met, perhaps met, or a gap."""

from collections.abc import Iterable
from dataclasses import dataclass

from dudao.scheme.model import EvidenceRequest, Point
from dudao.web.evaluations.items import Item
from dudao.web.evidence.models import Evidence, Support
from dudao.web.evidence.periods import item_period
from dudao.web.evidence.queries import standing


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a point asks for, with what was named for it.

    `state` is `met` when evidence was named for it, `unnamed` when evidence supports the point or the item but
    was not named for this request, else `missing`.
    """

    point: Point
    asked: EvidenceRequest
    named: tuple[Evidence, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that supports an item, and how its period stands to what the item asks for."""

    evidence: Evidence
    standing: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """An item with its requests and everything that supports it.

    `hidden` counts pieces that support the item and that the reader may not read.
    """

    item: Item
    requests: tuple[Request, ...]
    pieces: tuple[Piece, ...]
    hidden: int

    @property
    def gaps(self) -> tuple[Request, ...]:
        """The requests that must be met and that nothing supports."""
        return tuple(each for each in self.requests if each.state == "missing" and each.asked.required)

    @property
    def unnamed(self) -> tuple[Request, ...]:
        """The requests for which there may be evidence that nobody named for them."""
        return tuple(each for each in self.requests if each.state == "unnamed")

    @property
    def met(self) -> int:
        """How many requests are met."""
        return sum(each.state == "met" for each in self.requests)


def coverage_of(item: Item, supports: Iterable[Support], readable: dict[int, Evidence], year: int) -> Coverage:
    """Return how an item is covered.

    Args:
        item: the item of the scheme.
        supports: what supports its answer; removed evidence is left out by the caller.
        year: the year of the round.
        readable: the evidence that the reader may read, by key; others are counted, never named.
    """
    rows = tuple(supports)
    requests = tuple(_request(point, asked, rows, readable) for point in item.points for asked in point.evidence)
    period = item_period(item, year)
    pieces = dict.fromkeys(each.evidence_id for each in rows)
    return Coverage(
        item,
        requests,
        tuple(Piece(readable[pk], standing(readable[pk], *period)) for pk in pieces if pk in readable),
        sum(pk not in readable for pk in pieces),
    )


def _request(point: Point, asked: EvidenceRequest, rows: tuple[Support, ...], readable: dict[int, Evidence]) -> Request:
    named = [each for each in rows if each.point == point.id and each.request == asked.name]
    loose = [each for each in rows if not each.request and each.point in ("", point.id)]
    state = "met" if named else "unnamed" if loose else "missing"
    return Request(
        point, asked, tuple(readable[each.evidence_id] for each in named if each.evidence_id in readable), state
    )
