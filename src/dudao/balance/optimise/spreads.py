"""The spread S = √Σw·d² of a cone in a linear programme: a variable held up from below by tangents."""

import math
from collections.abc import Iterable, Sequence

import highspy

from dudao.balance.optimise.highs_model import HighsModel
from dudao.balance.optimise.program import Cone, Program

_SLOPES = (-1.0, -0.4, 0.3, 1.0, 2.5)
_INFINITY = float(highspy.kHighsInf)

_BELOW = 1e-8
"""A spread hidden by less than this, means being about 1, is within what solvers keep to: tangents would never end."""


class Tangents:
    """√Σ w·d² ≤ spread, held by tangents: Σ w·z ≤ spread with z ≥ 2θ·d − θ²·spread for as many θ as it takes."""

    def __init__(self, model: HighsModel, weights: Sequence[float], deviations: Sequence[int], spread: int) -> None:
        self.model, self.weights, self.deviations, self.spread = model, weights, deviations, spread
        self.squares = [model.add_variable() for _ in deviations]
        model.add_row([*zip(self.squares, weights, strict=True), (spread, -1.0)], -_INFINITY, 0.0)
        for square, deviation in zip(self.squares, deviations, strict=True):
            for slope in _SLOPES:
                self._tangent(square, deviation, slope)

    def _tangent(self, square: int, deviation: int, slope: float) -> None:
        terms = [(square, 1.0), (deviation, -2.0 * slope), (self.spread, slope * slope)]
        self.model.add_row(terms, 0.0, _INFINITY)

    def cut(self, values: Sequence[float], tolerance: float) -> bool:
        """Add tangents where the spread is less than it is in truth; return whether any was added."""
        told = values[self.spread]
        true = norm(self.weights, [values[number] for number in self.deviations])
        most = max(tolerance * true, _BELOW)
        if true <= told + most:
            return False
        # a school that hides next to nothing of the whole gets no tangent
        least = most / (4 * len(self.squares))
        added = False
        for square, deviation, weight in zip(self.squares, self.deviations, self.weights, strict=True):
            if weight * (values[deviation] ** 2 / true - values[square]) > least:
                self._tangent(square, deviation, values[deviation] / true)
                added = True
        return added


class Spread(Tangents):
    """The spread of one cone as a variable of its own."""

    def __init__(self, model: HighsModel, cone: Cone) -> None:
        super().__init__(model, cone.weights, cone.deviations, model.add_variable())


def cut_all(spreads: Iterable[Spread], values: Sequence[float], tolerance: float) -> bool:
    """Add tangents to every spread that lacks some; return whether any was added."""
    added = [spread.cut(values, tolerance) for spread in spreads]
    return any(added)


def spread_of(cone: Cone, values: Sequence[float]) -> float:
    """Return √Σ w·d² of a cone."""
    return norm(cone.weights, [values[number] for number in cone.deviations])


def norm(weights: Sequence[float], deviations: Sequence[float]) -> float:
    """Return √Σ w·d²."""
    return math.sqrt(math.fsum(weight * each * each for weight, each in zip(weights, deviations, strict=True)))


def mean_of(program: Program, cones: Sequence[int], values: Sequence[float]) -> float:
    """Return the mean of the coefficients of some cones."""
    ratios = [spread_of(program.cones[n], values) / max(values[program.cones[n].mean], 1e-12) for n in cones]
    return math.fsum(ratios) / len(ratios)


def spreads_of(model: HighsModel, program: Program) -> dict[int, Spread]:
    """Return the spreads of all cones, those with a limit of their own held within it."""
    spreads = {}
    for number, cone in enumerate(program.cones):
        spreads[number] = Spread(model, cone)
        if cone.limit is not None:
            model.add_row([(spreads[number].spread, 1.0), (cone.mean, -cone.limit)], -_INFINITY, 0.0)
    return spreads
