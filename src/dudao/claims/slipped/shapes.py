"""The relations of three figures that a slip may break, each solved for every one of its figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dudao.claims.arithmetic import (
    Formula,
)
from dudao.claims.formulas import fallen, grown, minus, quotient, risen, share_in_percent, shrunk
from dudao.claims.model import ClaimType

_Numbers = Sequence[float]
_Solver = Callable[[_Numbers], float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A relation between a result and its operands: `solved[k]` gives what figure k should be from all the others."""

    type: ClaimType
    formula: str
    spoken: str
    names: tuple[str, str]
    rule: Formula
    solved: tuple[_Solver, _Solver, _Solver]
    derived: bool = True


SHARE = Shape(
    ClaimType.SHARE,
    "share = part / whole",
    "{0}÷{1}×100%",
    ("part", "whole"),
    share_in_percent,
    (lambda v: 100 * v[1] / v[2], lambda v: v[0] * v[2] / 100, lambda v: 100 * v[1] / v[0]),
)
DIFFERENCE = Shape(
    ClaimType.DIFFERENCE,
    "diff = a - b",
    "{0}－{1}",
    ("a", "b"),
    minus,
    (lambda v: v[1] - v[2], lambda v: v[0] + v[2], lambda v: v[1] - v[0]),
    derived=False,
)
MEAN = Shape(
    ClaimType.PER_CAPITA,
    "per = total / n",
    "{0}÷{1}",
    ("total", "n"),
    quotient,
    (lambda v: v[1] / v[2], lambda v: v[0] * v[2], lambda v: v[1] / v[0]),
)
RATIO = replace(MEAN, type=ClaimType.RATIO, formula="ratio = a / b", names=("a", "b"))
GROWTH = Shape(
    ClaimType.TWO_LEVEL_CHANGE,
    "growth = new / old - 1",
    "（{0}÷{1}－1）×100%",
    ("new", "old"),
    grown,
    (
        lambda v: 100 * v[1] / v[2] - 100,
        lambda v: v[2] * (1 + v[0] / 100),
        lambda v: v[1] / (1 + v[0] / 100),
    ),
)
FALL = replace(
    GROWTH,
    spoken="（1－{0}÷{1}）×100%",
    rule=shrunk,
    solved=(
        lambda v: 100 - 100 * v[1] / v[2],
        lambda v: v[2] * (1 - v[0] / 100),
        lambda v: v[1] / (1 - v[0] / 100),
    ),
)
RISE_BY = Shape(
    ClaimType.LEVEL_DELTA_GROWTH,
    "growth = delta / (level - delta)",
    "{1}÷（{0}－{1}）×100%",
    ("level", "delta"),
    risen,
    (
        lambda v: 100 * v[2] / (v[1] - v[2]),
        lambda v: v[2] * (1 + 100 / v[0]),
        lambda v: v[0] * v[1] / (100 + v[0]),
    ),
)
FALL_BY = replace(
    RISE_BY,
    formula="growth = delta / (level + delta)",
    spoken="{1}÷（{0}＋{1}）×100%",
    rule=fallen,
    solved=(
        lambda v: 100 * v[2] / (v[1] + v[2]),
        lambda v: v[2] * (100 / v[0] - 1),
        lambda v: v[0] * v[1] / (100 - v[0]),
    ),
)
