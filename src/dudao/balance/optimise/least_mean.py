"""How little of a resource brings a coefficient within a limit: raise the poorest schools to one height.

Among all amounts between lows and highs with a given mean, those cut at one height h (each school clip(h, low, high))
have the least deviation. So the least mean at which a coefficient c can be reached, g(c), follows from h alone.

g is convex: divided by the mean, amounts x' = x ÷ X and t = 1 ÷ X obey Σw·x' = 1, t·low ≤ x' ≤ t·high and
√Σw(x' − 1)² ≤ c, all convex in (x', t, c) together; so the greatest t is concave in c, and g = 1 ÷ t convex.
A tangent of g therefore lies below g everywhere, and below what any plan can reach.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_HALVINGS = 80
_NOISE = 1e-9
"""Coefficients this near to each other cannot be told apart."""

_UPRIGHT = 1e-6
"""Where raising the height brings the deviation down by less than this share, a tangent would be rounding alone."""


@dataclass(frozen=True, slots=True)
class LeastMean:
    """Schools with weights (adding up to 1) and the least and the most each can have for one pupil."""

    weights: Floats
    lows: Floats
    highs: Floats

    def at(self, height: float) -> Floats:
        """Return what each school has when all are raised to a height, as far as they may."""
        there: Floats = np.clip(height, self.lows, self.highs)
        return there

    def coefficient(self, height: float) -> float:
        """Return the coefficient at a height; infinite where there is nothing at all."""
        there = self.at(height)
        mean = float(self.weights @ there)
        # from the deviations: the difference of two squares says 0 where schools are nearly equal
        return float(np.sqrt(self.weights @ (there - mean) ** 2)) / mean if mean > 0 else float("inf")

    def mean(self, height: float) -> float:
        """Return the mean at a height."""
        return float(self.weights @ self.at(height))

    def lowest(self) -> float:
        """Return the height below which nobody is raised."""
        return float(self.lows.min())

    def best(self) -> float:
        """Return the height of the least coefficient; raising schools further only lifts some above the others."""
        low, high = self.lowest(), float(self.highs.max())
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if self._below(middle) > 0:
                low = middle
            else:
                high = middle
        return high

    def height(self, coefficient: float) -> float | None:
        """Return the least height at which a coefficient is reached; None where it cannot be."""
        low, high = self.lowest(), self.best()
        if self.coefficient(low) <= coefficient * (1 + 1e-12):
            return low
        if self.coefficient(high) > coefficient + _NOISE:
            return None
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if self.coefficient(middle) > coefficient:
                low = middle
            else:
                high = middle
        return high

    def tangent(self, height: float) -> tuple[float, float, float] | None:
        """Return (c, g(c), slope) at a height, for mean ≥ g + slope · (coefficient − c); None where it is upright."""
        mean, below = self.mean(height), self._below(height)
        if mean <= 0 or below <= _UPRIGHT * mean**2:
            return None
        coefficient = self.coefficient(height)
        return coefficient, mean, -coefficient * mean**3 / below

    def _below(self, height: float) -> float:
        """Return Σw·x·(x − height); above 0 as long as raising the lowest brings the coefficient down."""
        there = self.at(height)
        return float(self.weights @ (there * (there - height)))
