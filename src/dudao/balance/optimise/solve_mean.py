"""A limit on the mean of coefficients, with HiGHS: limits for each shared out anew until no sharing is cheaper.

With a limit L of its own for each coefficient S ÷ X (S: the spread, X: the mean), S ≤ L · X is a cone, and every plan
within such limits keeps their mean. Which limits are cheapest is found step by step: L · X straightened around the
last plan (L₀ · X + X₀ · (L − L₀)) says how limits had better be shared within a small distance; a problem with these
limits fixed says what that costs in truth; steps that do not pay are made shorter.

The bound comes from a relaxation that holds everywhere: S ≤ W, and W below McCormick's planes over L · X, whose
ranges of L and X are drawn in by what a plan as cheap as the one found can reach at all.
"""

import math
import time
from collections.abc import Iterable, Mapping, Sequence

import highspy

from dudao.balance.optimise.highs_model import Beat, HighsModel
from dudao.balance.optimise.program import Answer, Composite, Cone, Program, Solution

_STEPS = 40
_FIRST_STEP, _LAST_STEP = 0.12, 0.001
"""How far the limit of one coefficient may go in a step, at first and when it is over."""

_SETTLED, _ROUGHLY = 1e-7, 1e-5
"""How much of a spread tangents may hide: at the end, and on the way, where the true spread is asked for anyway."""

_SLOPES = (-1.0, -0.4, 0.3, 1.0, 2.5)
_WHOLE_SHARE = 0.25
"""This share of the time for the plan is kept for the search in whole numbers."""

_BOUND_SHARE = 0.35
"""This share of the time goes to the bound."""

_LOOSE = 2e-5
"""The relaxation is wider by this share than what plans are asked for, so that no tolerance makes its bound untrue."""

_INFINITY = float(highspy.kHighsInf)


def solve_mean(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
    beat: Beat | None = None,
) -> Solution:
    """Return a plan that keeps every limit, and a lower bound that holds for every plan.

    Args:
        program: the question; its composites bound means of coefficients.
        objective: (variable, factor) terms to be made small.
        seconds: time allowed.
        gap: relative gap at which a search in whole numbers may stop.
        absolute_gap: what is no dearer than this need not be improved.
        beat: called while the search goes on; what it raises ends it.
    """
    ends = time.monotonic() + seconds
    for_plan = ends - _BOUND_SHARE * seconds if objective else ends
    search = _MeanSearch(program, objective, for_plan, gap, beat)
    search.enough = absolute_gap
    found = search.run()
    if found is None:
        return Solution(Answer.UNDECIDED, (), float("inf"), float("-inf"))
    if found is Answer.INFEASIBLE:
        return Solution(Answer.INFEASIBLE, (), float("inf"), float("inf"))
    values = search.best
    value = sum(factor * values[number] for number, factor in objective)
    if value <= max(absolute_gap, 1e-12) and all(factor >= 0 for _, factor in objective):
        return Solution(Answer.OPTIMAL, values, value, 0.0)
    bound = _Relaxation(program, objective, ends, beat).bound(values, value)
    answer = Answer.OPTIMAL if bound >= value * (1 - gap) else Answer.FEASIBLE
    return Solution(answer, values, value, min(bound, value))


class _Spread:
    """The spread of one cone as a variable, held up from below by tangents."""

    def __init__(self, model: HighsModel, cone: Cone) -> None:
        self.model, self.cone = model, cone
        self.spread = model.add_variable()
        self.squares = [model.add_variable() for _ in cone.deviations]
        terms = [(square, weight) for square, weight in zip(self.squares, cone.weights, strict=True)]
        model.add_row([*terms, (self.spread, -1.0)], -_INFINITY, 0.0)
        for square, deviation in zip(self.squares, cone.deviations, strict=True):
            for slope in _SLOPES:
                self._tangent(square, deviation, slope)

    def _tangent(self, square: int, deviation: int, slope: float) -> None:
        terms = [(square, 1.0), (deviation, -2.0 * slope), (self.spread, slope * slope)]
        self.model.add_row(terms, 0.0, _INFINITY)

    def cut(self, values: Sequence[float], tolerance: float) -> bool:
        """Add tangents where the spread is less than it is in truth; return whether any was added."""
        told, true = values[self.spread], spread_of(self.cone, values)
        if true <= told + tolerance * max(true, 1e-9) or true <= 0:
            return False
        # a school that hides next to nothing of the whole gets no tangent
        least = tolerance * true / (4 * len(self.squares))
        added = False
        for square, deviation, weight in zip(self.squares, self.cone.deviations, self.cone.weights, strict=True):
            if weight * (values[deviation] ** 2 / true - values[square]) > least:
                self._tangent(square, deviation, values[deviation] / true)
                added = True
        return added


def _cut_all(spreads: Iterable[_Spread], values: Sequence[float], tolerance: float) -> bool:
    """Add tangents to every spread that lacks some; return whether any was added."""
    added = [spread.cut(values, tolerance) for spread in spreads]
    return any(added)


def spread_of(cone: Cone, values: Sequence[float]) -> float:
    """Return √Σ w·d² of a cone."""
    squares = (weight * values[number] ** 2 for weight, number in zip(cone.weights, cone.deviations, strict=True))
    return math.sqrt(math.fsum(squares))


class _MeanSearch:
    """Plans within limits for each coefficient, the limits shared out better and better."""

    def __init__(
        self,
        program: Program,
        objective: Sequence[tuple[int, float]],
        ends: float,
        gap: float,
        beat: Beat | None,
    ) -> None:
        self.program = program
        self.model = HighsModel(program, objective, ends=ends, gap=max(gap, 1e-4), beat=beat)
        self.spreads = _spreads(self.model, program)
        self.limits: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self.sums: list[int] = []
        self.spare: list[float] = []
        self.best: tuple[float, ...] = ()
        self.enough = 0.0
        self.kept = _WHOLE_SHARE * self.model.left()
        self.objective = dict(objective)

    def run(self) -> Answer | None:
        """Look for a plan; `OPTIMAL` says there is one in `best`, None that none was found."""
        model = self.model
        model.set_whole(whole=False)
        if self.program.start:
            values = list(self.program.start)
            self._hold_persons(values)
            self._add_limits()
            value = math.fsum(factor * values[number] for number, factor in self.objective.items())
            means = {n: max(values[self.program.cones[n].mean], 1e-9) for n in self._judged()}
        else:
            found = self._first()
            if not isinstance(found, tuple):
                return found
            value, values, means = found
        if self._keeps(values):
            self._keep(values)
        step = _FIRST_STEP
        for _ in range(_STEPS):
            if step < _LAST_STEP or model.left() <= self.kept or (value <= max(self.enough, 0.0) and self.best):
                break
            tried = self._better(self._ratios(values), means, step)
            if tried is None or tried[0] >= value * (1 - 1e-7):
                step /= 3
                continue
            step = step * 1.3 if tried[0] < value * (1 - 1e-3) else step / 2
            value, values = tried
            means = {number: values[self.program.cones[number].mean] for number in self.limits}
            self._keep(values)
        return self._in_whole(self._ratios(values), means)

    def _hold_persons(self, values: Sequence[float]) -> None:
        """Leave persons where an earlier search put them; their number is settled and halves of them help nobody."""
        for number, variable in enumerate(self.program.variables):
            if variable.whole and not variable.goods:
                whole = float(round(values[number]))
                self.model.highs.changeColBounds(number, whole, whole)

    def _first(self) -> Answer | tuple[float, list[float], dict[int, float]] | None:
        """Return cost, values and means of a first plan; `INFEASIBLE` where the other requirements cannot be kept."""
        if self._settle() is Answer.INFEASIBLE:
            return Answer.INFEASIBLE
        values = self.model.values()
        means = {n: max(values[self.program.cones[n].mean], 1e-9) for n in self._judged()}
        now = self._ratios(values)
        self._add_limits()
        for start in (_cut_down(self.program, now), _scaled_down(self.program, now)):
            found = self._fixed(start, means)
            if found is not None:
                return found[0], self.model.values(), found[1]
        return None

    def _ratios(self, values: Sequence[float]) -> dict[int, float]:
        """Return the coefficients as they are."""
        cones = self.program.cones
        return {n: spread_of(cones[n], values) / max(values[cones[n].mean], 1e-9) for n in self._judged()}

    def _judged(self) -> list[int]:
        return [number for composite in self.program.composites for number in composite.cones]

    def _add_limits(self) -> None:
        for composite in self.program.composites:
            for number in composite.cones:
                cone = self.program.cones[number]
                self.limits[number] = self.model.add_variable(0.0)
                terms = [(self.spreads[number].spread, 1.0), (cone.mean, -1.0), (self.limits[number], -1.0)]
                self.rows[number] = self.model.add_row(terms, -_INFINITY, 0.0)
            most = composite.limit * len(composite.cones)
            terms = [(self.limits[number], 1.0) for number in composite.cones]
            self.sums.append(self.model.add_row(terms, -_INFINITY, most))
            self.spare.append(0.0)

    def _straighten(self, limits: Mapping[int, float], means: Mapping[int, float], step: float) -> None:
        """Put S ≤ L₀ · X + X₀ · (L − L₀) around these limits, L at most a step away."""
        highs = self.model.highs
        for number, limit in limits.items():
            row, variable, mean = self.rows[number], self.limits[number], means[number]
            highs.changeCoeff(row, self.program.cones[number].mean, -limit)
            highs.changeCoeff(row, variable, -mean)
            highs.changeRowBounds(row, -_INFINITY, -limit * mean)
            highs.changeColBounds(variable, max(0.0, limit - step), limit + step + 1e-9)

    def _fixed(self, limits: Mapping[int, float], means: Mapping[int, float]) -> tuple[float, dict[int, float]] | None:
        """Return cost and means of the best plan within fixed limits; None when there is none."""
        self._straighten(limits, means, 0.0)
        if self._settle() is not Answer.OPTIMAL:
            return None
        values = self.model.values()
        found = {number: max(values[self.program.cones[number].mean], 1e-9) for number in limits}
        return self.model.objective(), found

    def _better(
        self, limits: Mapping[int, float], means: Mapping[int, float], step: float
    ) -> tuple[float, list[float]] | None:
        """Return cost and values of a plan with coefficients at most a step away that keep the mean; None without one.

        What straightening hides makes the mean too high at first; asked for that much less, it comes out right.
        """
        self._straighten(limits, means, step)
        try:
            for _ in range(5):
                if self._settle() is not Answer.OPTIMAL:
                    return None
                values = self.model.values()
                found = self.model.objective()
                if not self._ask_less(self._ratios(values)):
                    return found, values
            return None
        finally:
            for place, (row, composite) in enumerate(zip(self.sums, self.program.composites, strict=True)):
                self.spare[place] = 0.0
                self.model.highs.changeRowBounds(row, -_INFINITY, composite.limit * len(composite.cones))

    def _ask_less(self, ratios: Mapping[int, float]) -> bool:
        """Lower the sums by what these coefficients are above them; return whether any is."""
        over = [_over(each, ratios) for each in self.program.composites]
        for place, (row, composite) in enumerate(zip(self.sums, self.program.composites, strict=True)):
            if over[place] > 1e-9:
                self.spare[place] += over[place] * 1.02 + 1e-9
                most = composite.limit * len(composite.cones) - self.spare[place]
                self.model.highs.changeRowBounds(row, -_INFINITY, most)
        return max(over) > 1e-9

    def _in_whole(self, limits: Mapping[int, float], means: Mapping[int, float]) -> Answer | None:
        """Look for whole numbers within the limits found; where that takes too long, goods stay in parts."""
        if not any(variable.whole for variable in self.program.variables):
            return Answer.OPTIMAL
        parts = self.best
        if not parts:
            return None
        self._straighten(limits, means, _FIRST_STEP)
        self.model.set_whole(whole=True)
        for _ in range(6):
            # half of what is left, so that a search cut short leaves time to come right
            if self.model.left() <= 0:
                break
            answer = self.model.solve(self.model.left() / 2)
            if not self.model.has_values(answer):
                break
            values = self.model.values()
            if self._keeps(values):
                self._keep(values)
                return Answer.OPTIMAL
            self._cut(values)
            self._ask_less(self._ratios(values))
        # the caller rounds goods up; persons cannot be
        whole = (
            abs(parts[number] - round(parts[number])) < 1e-5
            for number, variable in enumerate(self.program.variables)
            if variable.whole and not variable.goods
        )
        return Answer.OPTIMAL if all(whole) else None

    def _settle(self, tolerance: float = _ROUGHLY) -> Answer:
        """Solve, add tangents, and again until none is missing by more than the tolerance."""
        while True:
            answer = self.model.solve()
            if answer is not Answer.OPTIMAL or not self._cut(self.model.values(), tolerance) or self.model.left() <= 0:
                return answer

    def _cut(self, values: Sequence[float], tolerance: float = _SETTLED) -> bool:
        return _cut_all(self.spreads.values(), values, tolerance)

    def _keeps(self, values: Sequence[float]) -> bool:
        for cone in self.program.cones:
            if cone.limit is not None and spread_of(cone, values) > cone.limit * values[cone.mean] * (1 + 1e-6):
                return False
        return all(
            mean_of(self.program, each.cones, values) <= each.limit * (1 + 1e-6) for each in self.program.composites
        )

    def _keep(self, values: Sequence[float]) -> None:
        self.best = tuple(values[: len(self.program.variables)])


def _over(composite: Composite, ratios: Mapping[int, float]) -> float:
    """Return by how much the sum of the coefficients lies above what is allowed."""
    return math.fsum(ratios[number] for number in composite.cones) - composite.limit * len(composite.cones)


def _cut_down(program: Program, now: Mapping[int, float]) -> dict[int, float]:
    """Return limits that bring the highest coefficients down to one height and leave the others as they are."""
    limits = {}
    for composite in program.composites:
        # a little lower than need be, for what tangents hide on the way
        height = capped_at([now[number] for number in composite.cones], composite.limit) * (1 - 3 * _ROUGHLY)
        limits.update({number: min(now[number], height) for number in composite.cones})
    return limits


def _scaled_down(program: Program, now: Mapping[int, float]) -> dict[int, float]:
    """Return limits that bring all coefficients down by the same share."""
    limits = {}
    for composite in program.composites:
        mean = math.fsum(now[number] for number in composite.cones) / len(composite.cones)
        share = min(1.0, composite.limit / mean) if mean > 0 else 1.0
        limits.update({number: now[number] * share for number in composite.cones})
    return limits


def capped_at(values: Sequence[float], mean: float) -> float:
    """Return the height to which the highest values are cut so that the mean of all is within `mean`."""
    ordered = sorted(values)
    below = 0.0
    for place, value in enumerate(ordered):
        rest = len(ordered) - place
        height = (mean * len(ordered) - below) / rest
        if height <= value:
            return max(0.0, height)
        below += value
    return ordered[-1]


def mean_of(program: Program, cones: Sequence[int], values: Sequence[float]) -> float:
    """Return the mean of the coefficients of some cones."""
    ratios = [spread_of(program.cones[n], values) / max(values[program.cones[n].mean], 1e-12) for n in cones]
    return math.fsum(ratios) / len(ratios)


def _spreads(model: HighsModel, program: Program) -> dict[int, _Spread]:
    """Return the spreads of all cones, those with a limit of their own held within it."""
    spreads = {}
    for number, cone in enumerate(program.cones):
        spreads[number] = _Spread(model, cone)
        if cone.limit is not None:
            model.add_row([(spreads[number].spread, 1.0), (cone.mean, -cone.limit)], -_INFINITY, 0.0)
    return spreads


class _Relaxation:
    """What holds for every plan: S ≤ W, W below the planes over c · X, the c of a level within their sum."""

    def __init__(
        self, program: Program, objective: Sequence[tuple[int, float]], ends: float, beat: Beat | None
    ) -> None:
        self.program, self.objective = program, list(objective)
        self.model = HighsModel(program, objective, ends=ends, beat=beat)
        self.model.set_whole(whole=False)
        self.spreads = _spreads(self.model, program)
        self.ratios: dict[int, int] = {}
        self.ranges: dict[int, list[float]] = {}
        self.planes: dict[int, list[int]] = {}
        for composite in program.composites:
            most = composite.limit * len(composite.cones) * (1 + _LOOSE)
            for number in composite.cones:
                self.ratios[number] = self.model.add_variable(0.0, most)
                self.ranges[number] = [0.0, most, 0.0, _INFINITY]
            self.model.add_row([(self.ratios[number], 1.0) for number in composite.cones], -_INFINITY, most)

    def bound(self, values: Sequence[float], value: float) -> float:
        """Return what no plan lies below; `values` are the plan found, `value` what it costs."""
        model = self.model
        terms = [(number, factor) for number, factor in self.objective if factor]
        model.add_row(terms, -_INFINITY, value * (1 + _LOOSE))
        reached = 0.0
        for _ in range(3):
            for number in self.ratios:
                if model.left() <= 0:
                    return reached
                self._draw_in(number, values)
            model.set_objective(self.objective)
            answer = self._settle()
            if answer is Answer.OPTIMAL:
                reached = max(reached, model.objective())
            if answer is Answer.INFEASIBLE:
                # nothing as cheap is left at all: the plan found is the best within the tolerances
                return value
            if model.left() <= 0 or reached >= value * (1 - 1e-4):
                break
        return reached

    def _draw_in(self, number: int, values: Sequence[float]) -> None:
        """Narrow what c and X of one cone can be for plans as cheap as the one found."""
        cone, ranges = self.program.cones[number], self.ranges[number]
        ratio = self.ratios[number]
        for place, variable, sign in ((2, cone.mean, 1.0), (3, cone.mean, -1.0), (1, ratio, -1.0), (0, ratio, 1.0)):
            if place == 1 and ranges[3] >= _INFINITY:
                continue
            self.model.set_objective([(variable, sign)])
            answer = self._settle()
            if answer is Answer.OPTIMAL:
                found = sign * self.model.objective()
                slack = 1e-7 * max(1.0, abs(found))
                ranges[place] = max(ranges[place], found - slack) if sign > 0 else min(ranges[place], found + slack)
            if place == 3:
                self._set_planes(number)
        self._set_planes(number)

    def _set_planes(self, number: int) -> None:
        low, high, least, most = self.ranges[number]
        if most >= _INFINITY:
            return
        cone, ratio, spread = self.program.cones[number], self.ratios[number], self.spreads[number].spread
        self.model.highs.changeColBounds(ratio, low, high)
        self.model.highs.changeColBounds(cone.mean, least, most)
        upper = (((spread, 1.0), (cone.mean, -high), (ratio, -least)), -high * least)
        other = (((spread, 1.0), (cone.mean, -low), (ratio, -most)), -low * most)
        for terms, rest in (upper, other):
            # planes of wider ranges stay: they hold as well
            self.model.add_row(terms, -_INFINITY, rest)

    def _settle(self) -> Answer:
        for _ in range(40):
            answer = self.model.solve()
            if answer is not Answer.OPTIMAL or self.model.left() <= 0:
                return answer
            values = self.model.values()
            if not _cut_all(self.spreads.values(), values, 1e-5):
                return answer
        return Answer.OPTIMAL
