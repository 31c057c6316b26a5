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
_NOISE = 1e-7
"""Coefficients this near to each other cannot be told apart: they come from the difference of two squares."""


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
        mean, square = self._moments(height)
        return float(np.sqrt(max(0.0, square / mean**2 - 1.0))) if mean > 0 else float("inf")

    def mean(self, height: float) -> float:
        """Return the mean at a height."""
        return self._moments(height)[0]

    def lowest(self) -> float:
        """Return the height below which nobody is raised."""
        return float(self.lows.min())

    def best(self) -> float:
        """Return the height of the least coefficient; raising schools further only lifts some above the others."""
        low, high = self.lowest(), float(self.highs.max())
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            mean, square = self._moments(middle)
            if middle * mean < square:
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
        mean, square = self._moments(height)
        below = square - height * mean
        if mean <= 0 or below <= 1e-9 * square:
            return None
        coefficient = self.coefficient(height)
        return coefficient, mean, -coefficient * mean**3 / below

    def _moments(self, height: float) -> tuple[float, float]:
        there = self.at(height)
        return float(self.weights @ there), float(self.weights @ (there * there))
