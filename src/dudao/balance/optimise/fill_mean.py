"""A plan of purchases for given limits of the coefficients: poor schools raised, then whole pieces, then fewer of them.

Where what a school buys serves two sections, raising one raises the other; the schools are gone through again until
every coefficient is within its limit. What comes out keeps everything asked, and is close to the cheapest.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from dudao.balance.optimise.bound_mean import variable_ranges
from dudao.balance.optimise.least_mean import Floats, LeastMean
from dudao.balance.optimise.program import Cone, Program

_PASSES = 300
_FINE = 1e-10
_ROW_SLACK = 1e-7
_CLOSER = (0.0, 2e-5, 1e-4, 5e-4, 2e-3, 1e-2)
_SWEEPS = 6


class _Column:
    """One cone whose values change by purchases only: value = base + factor · purchase."""

    def __init__(self, cone: Cone, values: Floats, goods: frozenset[int]) -> None:
        self.weights = np.array(cone.weights)
        self.bought = np.full(len(cone.values), -1)
        self.factors = np.zeros(len(cone.values))
        base = []
        for place, (constant, terms) in enumerate(cone.values):
            for number, factor in terms:
                if number in goods:
                    self.bought[place], self.factors[place] = number, factor
                else:
                    constant += factor * float(values[number])
            base.append(constant)
        self.base = np.array(base)

    def now(self, values: Floats) -> Floats:
        there: Floats = self.base + self.factors * values[self.bought]
        return there

    def moments(self, values: Floats) -> tuple[float, float]:
        there = self.now(values)
        return float(self.weights @ there), float(self.weights @ (there * there))


class GoodsPlans:
    """Plans for one programme in which only goods change; everything else stays as in `start`."""

    def __init__(self, program: Program, start: Sequence[float]) -> None:
        self.program = program
        self.goods = frozenset(n for n, variable in enumerate(program.variables) if variable.goods)
        self.ranges = variable_ranges(program)
        self.start = np.array(start, dtype=float)
        for number in self.goods:
            self.start[number] = self.ranges[number][0]
        self.columns = {n: _Column(cone, self.start, self.goods) for n, cone in enumerate(program.cones)}
        self.judged = [number for composite in program.composites for number in composite.cones]
        self.most = np.array([high for _, high in self.ranges])

    def fill(self, limits: Mapping[int, float], start: Floats | None = None) -> Floats | None:
        """Return values with every coefficient within its limit; None where that cannot be or breaks a row."""
        values = self.start.copy() if start is None else start.copy()
        for _ in range(_PASSES):
            raised = [self._raise(number, limit, values) for number, limit in limits.items()]
            if None in raised:
                return None
            if not any(raised):
                self._settle_means(values)
                return values if self._rows_kept(values) else None
        return None

    def _raise(self, number: int, limit: float, values: Floats) -> bool | None:
        column = self.columns[number]
        there = column.now(values)
        can = column.bought >= 0
        most = np.where(can, column.base + column.factors * np.where(can, self.most[column.bought], 0.0), there)
        least = LeastMean(column.weights, there, np.maximum(there, most))
        if not can.any() or least.coefficient(least.lowest()) <= limit * (1 + _FINE):
            return False
        height = least.height(limit)
        if height is None:
            return None
        lacking = np.where(can, least.at(height) - there, 0.0)
        for place in np.flatnonzero(lacking > 0):
            values[column.bought[place]] += lacking[place] / column.factors[place]
        return True

    def whole(self, limits: Mapping[int, float], costs: Mapping[int, float]) -> Floats | None:
        """Return values in whole pieces that keep everything, as few as can be found by giving up single pieces."""
        best, least = None, math.inf
        pieces = [number for number in self.goods if self.program.variables[number].whole]
        for closer in _CLOSER:
            values = self.fill({number: limit * (1 - closer) for number, limit in limits.items()})
            if values is None:
                break
            values[pieces] = np.minimum(np.ceil(values[pieces] - 1e-7), self.most[pieces])
            self._settle_means(values)
            if not self._kept(values):
                continue
            self._give_up(values, pieces, costs)
            cost = math.fsum(costs.get(number, 0.0) * float(values[number]) for number in self.goods)
            if cost < least:
                best, least = values, cost
            else:
                break
        return best

    def _give_up(self, values: Floats, pieces: Sequence[int], costs: Mapping[int, float]) -> None:
        """Take single pieces back, the most money for the least harm first, while all limits hold."""
        places = defaultdict(list)
        for number in self.judged:
            for place, bought in enumerate(self.columns[number].bought):
                places[int(bought)].append((number, place))
        moments = {number: list(self.columns[number].moments(values)) for number in self.judged}
        capped = {n: cone.limit for n, cone in enumerate(self.program.cones) if cone.limit is not None}
        rows = self._rows_of(pieces)
        for _ in range(_SWEEPS):
            spare = self._spare(moments)
            order = []
            for number in pieces:
                if values[number] >= self.ranges[number][0] + 1 and costs.get(number, 0.0) > 0:
                    harm = sum(self._harm(number, where, values, moments) for where in places[number])
                    order.append((harm / costs[number], number))
            taken = 0
            for _, number in sorted(order):
                changed: dict[int, list[float]] = {}
                harms: defaultdict[int, float] = defaultdict(float)
                for where in places[number]:
                    before = moments[where[0]] if where[0] not in changed else changed[where[0]]
                    after = self._after(number, where, values, before)
                    changed[where[0]] = after
                for judged, after in changed.items():
                    harms[self._composite(judged)] += _ratio(*after) - _ratio(*moments[judged])
                within = all(harm <= spare[composite] for composite, harm in harms.items())
                within = within and all(_ratio(*changed[n]) <= capped[n] for n in changed if n in capped)
                if not within or not self._row_allows(rows.get(number, ()), number, values):
                    continue
                values[number] -= 1
                taken += 1
                moments.update(changed)
                for composite, harm in harms.items():
                    spare[composite] -= harm
            if not taken:
                break
        self._settle_means(values)

    def _composite(self, number: int) -> int:
        return next(place for place, each in enumerate(self.program.composites) if number in each.cones)

    def _spare(self, moments: Mapping[int, Sequence[float]]) -> list[float]:
        spare = []
        for composite in self.program.composites:
            total = math.fsum(_ratio(*moments[number]) for number in composite.cones)
            spare.append(composite.limit * len(composite.cones) - total)
        return spare

    def _after(self, number: int, where: tuple[int, int], values: Floats, moments: Sequence[float]) -> list[float]:
        column, place = self.columns[where[0]], where[1]
        weight, factor = float(column.weights[place]), float(column.factors[place])
        there = float(column.base[place]) + factor * float(values[number])
        mean, square = moments
        return [mean - weight * factor, square + weight * ((there - factor) ** 2 - there**2)]

    def _harm(
        self, number: int, where: tuple[int, int], values: Floats, moments: Mapping[int, Sequence[float]]
    ) -> float:
        before = moments[where[0]]
        return _ratio(*self._after(number, where, values, before)) - _ratio(*before)

    def _rows_of(self, pieces: Sequence[int]) -> dict[int, list[int]]:
        wanted, rows = set(pieces), defaultdict(list)
        derived = {cone.mean for cone in self.program.cones}
        derived |= {number for cone in self.program.cones for number in cone.deviations}
        for place, row in enumerate(self.program.rows):
            if not any(number in derived for number, _ in row.terms):
                for number, _ in row.terms:
                    if number in wanted:
                        rows[number].append(place)
        return rows

    def _row_allows(self, rows: Sequence[int], number: int, values: Floats) -> bool:
        for place in rows:
            row = self.program.rows[place]
            total = math.fsum(factor * float(values[n]) for n, factor in row.terms) - dict(row.terms)[number]
            if not row.low - _ROW_SLACK <= total <= row.high + _ROW_SLACK:
                return False
        return True

    def _settle_means(self, values: Floats) -> None:
        for number, cone in enumerate(self.program.cones):
            column = self.columns[number]
            there = column.now(values)
            mean = float(column.weights @ there)
            values[cone.mean] = mean
            values[list(cone.deviations)] = there - mean

    def _kept(self, values: Floats) -> bool:
        moments = {number: self.columns[number].moments(values) for number in self.judged}
        return min(self._spare(moments)) >= 0 and self._rows_kept(values)

    def _rows_kept(self, values: Floats) -> bool:
        for cone_number, cone in enumerate(self.program.cones):
            if cone.limit is not None and _ratio(*self.columns[cone_number].moments(values)) > cone.limit:
                return False
        for row in self.program.rows:
            total = math.fsum(factor * float(values[number]) for number, factor in row.terms)
            slack = _ROW_SLACK * max(1.0, abs(total))
            if not row.low - slack <= total <= row.high + slack:
                return False
        return True


def _ratio(mean: float, square: float) -> float:
    return math.sqrt(max(0.0, square / mean**2 - 1.0)) if mean > 0 else math.inf
