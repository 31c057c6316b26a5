"""What a search for the cheapest way may do, as the form asks and as it is kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dudao.balance.optimise.model import Freedom
from dudao.balance.standard import BalanceStandard
from dudao.pipelines.optimise_balance import ASSUMED_PRICES, parse_prices
from dudao.tables.kinds.schools import SCHOOLS
from dudao.web.refusals import InvalidValueError

SECONDS = (15, 45, 120)
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be done: moves, hiring, building; which indicators; limits, forbidden moves and prices as written."""

    moves: bool = True
    hiring: bool = True
    building: bool = True
    indicators: Sequence[str] = field(default_factory=tuple)
    limits: Sequence[str] = field(default_factory=tuple)
    forbidden: Sequence[str] = field(default_factory=tuple)
    prices: Sequence[str] = field(default_factory=tuple)
    seconds: int = 45

    def freedom(self) -> Freedom:
        """Return it as the optimiser reads it; limits and forbidden moves are added when the schools are known.

        Raises:
            WrongUseError: a price cannot be read.
        """
        return Freedom(
            moves=self.moves,
            hiring=self.hiring,
            building=self.building,
            prices=parse_prices(list(self.prices)),
            seconds=float(self.seconds),
        )

    def plain(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return asdict(self)


def allowed_of(given: QueryDict, standard: BalanceStandard) -> Allowed:
    """Return what a form allows.

    Raises:
        InvalidValueError: nothing may be done, or there are too many lines.
    """
    known = {indicator.id for indicator in standard.indicators}
    found = Allowed(
        moves="moves" in given,
        hiring="hiring" in given,
        building="building" in given,
        indicators=[each for each in given.getlist("indicator") if each in known],
        limits=_lines(given, "limits"),
        forbidden=_lines(given, "forbidden"),
        prices=_lines(given, "prices"),
        seconds=_seconds(given.get("seconds", "")),
    )
    if not (found.moves or found.hiring or found.building):
        raise InvalidValueError(_("既不许调配、也不许增人和添置，没有可做的事。"), advice=_("请至少放开一种办法。"))
    return found


def _lines(given: QueryDict, name: str) -> list[str]:
    lines = [line.strip() for line in given.get(name, "").splitlines() if line.strip()]
    if len(lines) > _MOST_LINES:
        raise InvalidValueError(_("一次最多写 %(most_lines)s 行。") % {"most_lines": _MOST_LINES})
    return lines


def _seconds(text: str) -> int:
    return int(text) if text.isdigit() and int(text) in SECONDS else 45


def assumed_prices() -> list[str]:
    """Return the prices taken for granted where none is given, as the form shows them."""
    return [f"{SCHOOLS.column(name).title}={price:g}" for name, price in ASSUMED_PRICES.items()]
