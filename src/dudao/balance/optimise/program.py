"""A neutral integer programme with cones, so that more than one solver can be asked the same question."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Variable:
    """One unknown between two bounds; `goods` may be rounded up where a search in whole numbers takes too long."""

    low: float
    high: float
    whole: bool
    goods: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """low ≤ Σ factor · variable ≤ high; terms are (variable, factor)."""

    terms: tuple[tuple[int, float], ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Cone:
    """Σ weight · deviation² ≤ limit² · mean², with deviation = value − mean.

    As mean ≥ 0 this is a second-order cone, hence convex even where the mean itself may change. A limit of
    None leaves it to the composites that name the cone. `values` holds each value as (constant, terms), the mean and
    the deviations being variables of their own.
    """

    weights: tuple[float, ...]
    deviations: tuple[int, ...]
    mean: int
    limit: float | None
    values: tuple[tuple[float, tuple[tuple[int, float], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Composite:
    """The mean of the coefficients of several cones stays within a limit; not convex where means may change."""

    cones: tuple[int, ...]
    limit: float


@dataclass(slots=True)
class Program:
    """Variables, rows and cones in the order they were added; grown by the builder, read by the solvers.

    `cone_tolerance` is the share by which a coefficient may lie above the limit of its cone. `start` holds values that
    keep everything, when a search for an earlier goal found such; empty when none is known.
    """

    variables: list[Variable] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cones: list[Cone] = field(default_factory=list)
    composites: list[Composite] = field(default_factory=list)
    cone_tolerance: float = 1e-7
    start: tuple[float, ...] = ()
    cuts: set[int] = field(default_factory=set)

    def variable(self, low: float, high: float, *, whole: bool = False, goods: bool = False) -> int:
        """Add a variable and return its number."""
        self.variables.append(Variable(low, high, whole, goods))
        return len(self.variables) - 1

    def row(self, terms: list[tuple[int, float]], low: float = float("-inf"), high: float = float("inf")) -> None:
        """Add a row; terms of the same variable are summed."""
        merged: dict[int, float] = {}
        for number, factor in terms:
            merged[number] = merged.get(number, 0.0) + factor
        self.rows.append(Row(tuple(merged.items()), low, high))


class Answer(StrEnum):
    """How a solver ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Solution:
    """What a solver answers: values by variable number (empty without a solution), objective and proven bound."""

    answer: Answer
    values: tuple[float, ...]
    objective: float
    bound: float
