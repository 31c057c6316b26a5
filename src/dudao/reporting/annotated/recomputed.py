"""How a claim was recomputed, as people read it: the figures with what they stand for, the formula, what would fit."""

import re
from dataclasses import dataclass

from dudao.claims.model import Claim, ClaimReport
from dudao.reporting.figures import shown_interval, shown_value, stands_for

_STATED = re.compile(r"，(?:文中写|与文中)“(?P<stated>[^”]+)”")
_FITS = re.compile(r"相符的值为(?P<fits>[^，。；（]+)")
_RANGE = re.compile(r"（按各数取舍，可行范围[^）]*）")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One claim worked out.

    Attributes:
        figures: each figure as written with what it may stand for, empty where it stands for itself.
        formula: the relation in Chinese with the numbers put in, up to what it gives.
        value, interval: what it gives, and what the rounding of the figures allows; empty when nothing was computed.
        stated: what the text has, `fits` what would fit; empty where the text fits.
    """

    figures: tuple[tuple[str, str], ...]
    formula: str
    value: str
    interval: str
    stated: str
    fits: str


def recomputed(claim: Claim, report: ClaimReport) -> Recomputed:
    """Return a claim as it is shown beside its words."""
    operands = sorted({report.quantities[index] for index in claim.operands.values()}, key=lambda one: one.span)
    stated, fits = _STATED.search(claim.message), _FITS.search(claim.message)
    told = claim.message[: stated.start()] if stated else claim.message
    computed = claim.computed
    return Recomputed(
        figures=tuple((one.text, stands_for(one)) for one in operands),
        formula=_RANGE.sub("", told),
        value="" if computed is None else shown_value(computed.value, computed.unit),
        interval="" if computed is None else shown_interval(computed.interval, computed.unit),
        stated=stated["stated"] if stated and fits else "",
        fits=fits["fits"].strip() if fits else "",
    )
