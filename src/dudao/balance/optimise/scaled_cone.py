"""One coefficient with everything divided by the mean, so that its limit is convex even while the mean moves.

With t = 1 ÷ X and x' = x · t for each school, the coefficient is √Σw(x' − 1)², a norm. What remains is that x' and t
belong to the purchases: x' between t times the least and t times the most a school can have, X · t = 1, and for
schools whose purchases are also asked about elsewhere McCormick's planes of x · t. All of it holds for every plan.
"""

import math
from collections.abc import Sequence

import highspy

from dudao.balance.optimise.highs_model import HighsModel
from dudao.balance.optimise.least_mean import LeastMean
from dudao.balance.optimise.program import Cone
from dudao.balance.optimise.spreads import Tangents

_FINE = 1e-9
_INFINITY = float(highspy.kHighsInf)


class ScaledCone:
    """The variables and rows of one coefficient; `ratio` is the variable of the coefficient itself."""

    def __init__(self, model: HighsModel, cone: Cone, least: LeastMean, ratio: int, linked: Sequence[bool]) -> None:
        self.model, self.cone, self.least, self.linked = model, cone, least, linked
        self.scale = model.add_variable()
        deviations = [model.add_variable(-1.0) for _ in cone.weights]
        self.deviations = deviations
        model.add_row(list(zip(deviations, cone.weights, strict=True)), 0.0, 0.0)
        for deviation, low, high in zip(deviations, least.lows, least.highs, strict=True):
            # t · low ≤ 1 + d ≤ t · high
            model.add_row([(deviation, 1.0), (self.scale, -float(low))], -1.0 - _FINE, _INFINITY)
            model.add_row([(deviation, 1.0), (self.scale, -float(high))], -_INFINITY, -1.0 + _FINE)
        self.tangents = Tangents(model, cone.weights, deviations, ratio)

    def within(self, least: float, most: float) -> None:
        """Add what holds while the mean lies between these two; rows of wider ranges stay."""
        low, high = 1.0 / most, 1.0 / least
        self.model.highs.changeColBounds(self.scale, low, high)
        # X · t ≤ 1 along the chord
        terms = [(self.scale, 1.0), (self.cone.mean, low * high)]
        self.model.add_row(terms, -_INFINITY, low + high + _FINE)
        for place, (constant, moved) in enumerate(self.cone.values):
            if not self.linked[place]:
                continue
            floor, top = float(self.least.lows[place]), float(self.least.highs[place])
            for amount, scale, above in ((floor, low, 1.0), (top, high, 1.0), (floor, high, -1.0), (top, low, -1.0)):
                # ±(x − amount)(t − scale) ≥ 0 with x · t = 1 + d
                terms = [(self.deviations[place], above), (self.scale, -above * amount)]
                terms += [(number, -above * factor * scale) for number, factor in moved]
                rest = above * (constant * scale - amount * scale - 1.0)
                self.model.add_row(terms, rest - _FINE, _INFINITY)

    def cut(self, values: Sequence[float], tolerance: float) -> bool:
        """Add tangents where X · t is less than 1 or the coefficient less than its norm; return whether any was."""
        cut = self.tangents.cut(values, tolerance)
        mean, scale = values[self.cone.mean], values[self.scale]
        if mean <= 0 or scale <= 0 or mean * scale >= 1 - tolerance / 10:
            return cut
        at = math.sqrt(scale / mean)
        self.model.add_row([(self.cone.mean, at * at), (self.scale, 1.0)], 2 * at * (1 - _FINE), _INFINITY)
        return True
