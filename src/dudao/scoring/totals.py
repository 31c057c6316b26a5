"""Points added up: of an indicator, of the scheme, with bounds, and rescaled where points were excluded."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Standing
from dudao.scoring.result import PointScore, Total
from dudao.scoring.rounding import rounded


def total_of(scores: Iterable[PointScore]) -> Total:
    """Return the sum of the scored points; excluded points leave the sum and the full points alike."""
    scored = [score for score in scores if score.full is not None]
    counted = [score for score in scored if score.award.standing is not Standing.EXCLUDED]
    known = [score.award.points for score in counted if score.award.points is not None]
    stated = [score.self_points for score in scored if score.self_points is not None]
    zero = Decimal(0)
    return Total(
        points=sum(known, zero) if len(known) == len(counted) and counted else None,
        low=sum((score.award.low for score in counted), zero),
        high=sum((score.award.high for score in counted), zero),
        full=sum((score.full or zero for score in counted), zero),
        self_points=sum(stated, zero) if stated else None,
        self_complete=bool(scored) and len(stated) == len(scored),
    )


def rescaled(total: Total, full: Decimal, step: Decimal) -> Total:
    """Return the total scaled up to the full points of the scheme, rounded half up to `step`."""
    if total.full == 0:
        return total
    factor = Fraction(full) / Fraction(total.full)

    def scaled(points: Decimal) -> Decimal:
        return min(rounded(Fraction(points) * factor, step), full)

    return Total(
        points=None if total.points is None else scaled(total.points),
        low=scaled(total.low),
        high=scaled(total.high),
        full=full,
        self_points=total.self_points,
        self_complete=total.self_complete,
    )
