"""What a sentence tells of tables, and what its result may be made of: how cells make a figure, which are tried."""

from dataclasses import dataclass

from dudao.claims.arithmetic import Formula
from dudao.claims.cells.lines import Cell, Line
from dudao.claims.cells.naming import Named
from dudao.claims.formulas import grown, minus, quotient, share_in_percent, shrunk
from dudao.claims.model import ClaimType
from dudao.quantities.model import Kind

ACCUSING_DIGITS = 3
"""A figure of fewer digits is one slip away from too much."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How cells make a result: type of the claim, formula, the names in it, how it is spoken."""

    type: ClaimType
    formula: str
    names: tuple[str, ...]
    spoken: str
    rule: Formula
    derived: bool


DIFFERENCE = Shape(ClaimType.DIFFERENCE, "diff = high - low", ("high", "low"), "{}－{}", minus, derived=False)
GROWTH = Shape(
    ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", ("new", "old"), "（{}÷{}－1）×100%", grown, derived=True
)
SHRINKAGE = Shape(
    ClaimType.TWO_LEVEL_CHANGE, "growth = 1 - new / old", ("new", "old"), "（1－{}÷{}）×100%", shrunk, derived=True
)
SHARE = Shape(ClaimType.SHARE, "share = part / whole", ("part", "whole"), "{}÷{}×100%", share_in_percent, derived=True)
RATIO = Shape(ClaimType.RATIO, "ratio = top / bottom", ("top", "bottom"), "{}÷{}", quotient, derived=True)


@dataclass(frozen=True, slots=True)
class Trial:
    """Cells of one line or of several and how they would make the result; `line` is that of the first cell.

    `digits` are how many a figure must have that a `plain` trial alone may call wrong.
    """

    shape: Shape
    cells: tuple[Cell, ...]
    line: Line
    plain: bool = False
    digits: int = ACCUSING_DIGITS


@dataclass(frozen=True, slots=True)
class Told:
    """What the words before a result say: lines named (last first), the clause's share of them, years, quotes."""

    named: tuple[Named, ...]
    totals: tuple[Line, ...]
    clause: str
    before: str
    years: frozenset[str]
    bases: frozenset[str]
    yearly: bool
    quoted: frozenset[int]
    direction: int
    kind: Kind
    amount: bool
    several: int
    beside: tuple[Cell, ...]
    heads: frozenset[str]
    stages: tuple[tuple[Line, ...], ...]
    alone: Line | None
    together: tuple[tuple[Line, ...], ...]
    ends: tuple[tuple[Line, ...], ...]
