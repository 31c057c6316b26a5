"""From a county and the freedom allowed to an integer programme with cones, and back to amounts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dudao.balance.optimise.figures import needed, ratio, reaches, school_weights, without_any
from dudao.balance.optimise.model import County, Freedom, Goal, Level, Section, StaffKind
from dudao.balance.optimise.program import Composite, Cone, Program

_EXACT = 1e-9


@dataclass(slots=True)
class Formulation:
    """The programme with the numbers of its variables.

    `leaving`, `arriving` and `joining` map (level, section, kind) to variables in persons, by position;
    `bought` maps (school, resource) to variables in the unit of the column.
    """

    county: County
    freedom: Freedom
    kinds: tuple[tuple[StaffKind, ...], ...]
    program: Program = field(default_factory=Program)
    leaving: dict[tuple[int, int, int], int] = field(default_factory=dict)
    arriving: dict[tuple[int, int, int], int] = field(default_factory=dict)
    joining: dict[tuple[int, int, int], int] = field(default_factory=dict)
    bought: dict[tuple[str, str], int] = field(default_factory=dict)

    def objective(self, goal: Goal) -> list[tuple[int, float]]:
        """Return the terms of a goal; empty when nothing of the kind can happen."""
        if goal is Goal.ADDED:
            return [(number, 1.0) for number in self.joining.values()]
        if goal is Goal.MOVED:
            return [(number, 1.0) for number in self.arriving.values()]
        prices = self.freedom.prices
        return [(number, prices.get(resource, 0.0)) for (_, resource), number in self.bought.items()]

    def objective_of_goods(self, weight: float) -> list[tuple[int, float]]:
        """Return terms by which all goods together, at their most, weigh so much; prices of 0 count as 1."""
        prices = self.freedom.prices
        costs = {number: prices.get(resource, 0.0) or 1.0 for (_, resource), number in self.bought.items()}
        most = sum(cost * self.program.variables[number].high for number, cost in costs.items())
        return [(number, weight * cost / most) for number, cost in costs.items()] if most > 0 else []

    def with_goods_in_parts(self) -> Program:
        """Return the programme with goods that need not be whole."""
        goods = set(self.bought.values())
        variables = [
            replace(variable, whole=False) if number in goods else variable
            for number, variable in enumerate(self.program.variables)
        ]
        return replace(self.program, variables=variables)


def kinds_of(county: County, freedom: Freedom) -> tuple[tuple[StaffKind, ...], ...]:
    """Return for each level the kinds of teachers: those declared, or one kind for each open teacher target."""
    if freedom.staff_kinds:
        return tuple(freedom.staff_kinds for _ in county.levels)
    return tuple(
        tuple(
            StaffKind(target.resource, target.resource_name, frozenset((target.resource,)))
            for target in level.targets
            if target.people and target.open
        )
        for level in county.levels
    )


def staff_count(county: County, freedom: Freedom, level: int, section: int, kind: StaffKind) -> int:
    """Return how many teachers of a kind a section has."""
    found = county.levels[level].sections[section]
    if freedom.staff_kinds:
        return freedom.staff.get((county.levels[level].id, found.school, kind.id), 0)
    place = _place(county.levels[level], kind.id)
    return math.floor(found.amounts[place] + _EXACT)


def _place(level: Level, resource: str) -> int:
    return next(place for place, target in enumerate(level.targets) if target.resource == resource)


def formulate(county: County, freedom: Freedom, *, tighten: float = 1e-9) -> Formulation:
    """Return the programme whose solutions are exactly the plans that meet everything asked.

    `tighten` makes the limits of the coefficients smaller by that share, so that what a solver accepts within
    its tolerance still holds when computed exactly.
    """
    found = Formulation(county, freedom, kinds_of(county, freedom))
    found.program.cone_tolerance = max(1e-7, tighten / 2)
    for number, level in enumerate(county.levels):
        _add_staff(found, number, level)
    _add_purchases(found)
    for number, level in enumerate(county.levels):
        totals = _totals(found, number, level)
        if level.least_met is not None:
            for place, section in enumerate(level.sections):
                _ask_school(found.program, level, section, totals[place])
        _ask_coefficients(found.program, level, totals, weighted=freedom.weighted, tighten=tighten)
    return found


Total = tuple[float, list[tuple[int, float]]]
"""An amount after the plan: what there is, and (variable, factor) terms for what changes."""


def _add_staff(found: Formulation, number: int, level: Level) -> None:
    program, freedom = found.program, found.freedom
    for order, kind in enumerate(found.kinds[number]):
        leaving, arriving = [], []
        for place, section in enumerate(level.sections):
            bound = _staff_bound(freedom, section, kind)
            most = _most_useful(level, section, kind)
            key = (number, place, order)
            if freedom.moves and len(level.sections) > 1:
                there = staff_count(found.county, freedom, number, place, kind)
                out = program.variable(0, min(there, _finite(bound[0], there)), whole=True)
                arrived = program.variable(0, min(most, _finite(bound[1], most)), whole=True)
                found.leaving[key], found.arriving[key] = out, arrived
                leaving.append((out, -1.0))
                arriving.append((arrived, 1.0))
            if freedom.hiring:
                found.joining[key] = program.variable(0, min(most, _finite(bound[2], most)), whole=True)
        if leaving:
            program.row([*arriving, *leaving], 0.0, 0.0)


def _staff_bound(
    freedom: Freedom, section: Section, kind: StaffKind
) -> tuple[float | None, float | None, float | None]:
    bounds = [freedom.bound(section.school, attribute) for attribute in sorted(kind.attributes)]
    tightest = []
    for values in zip(*((each.most_out, each.most_in, each.most_added) for each in bounds), strict=True):
        known = [value for value in values if value is not None]
        tightest.append(min(known) if known else None)
    return tightest[0], tightest[1], tightest[2]


def _finite(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else max(0.0, math.floor(bound + _EXACT))


def _most_useful(level: Level, section: Section, kind: StaffKind) -> int:
    # beyond the richest school and the threshold nothing is gained: it costs more and only widens differences
    most = 0
    for place, target in enumerate(level.targets):
        if target.resource in kind.attributes:
            most = max(most, math.ceil(_useful_amount(level, section, place) - section.amounts[place]) + 1)
    return most


def _useful_amount(level: Level, section: Section, place: int) -> float:
    """Return an amount beyond which nothing is gained for a target.

    Whole pieces weigh much in the smallest school; with every value between g/limit and g more (g: one piece in
    the smallest school) the coefficient is within its limit, so that no more than this is ever needed for it.
    """
    target = level.targets[place]
    useful = max(max(ratio(level, each, place) for each in level.sections), target.threshold or 0.0)
    limit = target.limit if target.limit is not None else level.composite_limit
    if limit and (target.whole or useful == 0):
        piece = target.per / min(each.pupils for each in level.sections)
        useful = max(useful, piece / limit + piece)
    return useful * section.pupils / target.per


def _add_purchases(found: Formulation) -> None:
    if not found.freedom.building:
        return
    most: dict[tuple[str, str], float] = {}
    whole: dict[tuple[str, str], bool] = {}
    for level in found.county.levels:
        nothing = without_any(level)
        for section in level.sections:
            for place, target in enumerate(level.targets):
                if target.people or not target.open or section.shares[place] <= 0:
                    continue
                key = (section.school, target.resource)
                lacking = max(0.0, _useful_amount(level, section, place) - section.amounts[place])
                most[key] = max(most.get(key, 0.0), lacking / section.shares[place])
                # of what nobody has, the least that can be had is little enough for parts of a piece to matter
                whole[key] = target.whole or place in nothing
    for key, useful in most.items():
        bound = found.freedom.bound(*key).most_added
        high = useful + 1 if bound is None else min(useful + 1, bound)
        most_pieces = math.floor(high) if whole[key] else high
        found.bought[key] = found.program.variable(0, most_pieces, whole=whole[key], goods=True)


def _totals(found: Formulation, number: int, level: Level) -> list[list[Total]]:
    totals: list[list[Total]] = []
    for place, section in enumerate(level.sections):
        row: list[Total] = []
        for position, target in enumerate(level.targets):
            terms: list[tuple[int, float]] = []
            if target.people and target.open:
                for order, kind in enumerate(found.kinds[number]):
                    if target.resource in kind.attributes:
                        terms += _staff_terms(found, (number, place, order))
            elif (bought := found.bought.get((section.school, target.resource))) is not None and target.open:
                terms.append((bought, section.shares[position]))
            row.append((section.amounts[position], terms))
        totals.append(row)
    return totals


def _staff_terms(found: Formulation, key: tuple[int, int, int]) -> list[tuple[int, float]]:
    signs = ((found.leaving, -1.0), (found.arriving, 1.0), (found.joining, 1.0))
    return [(numbers[key], sign) for numbers, sign in signs if key in numbers]


def _ask_school(program: Program, level: Level, section: Section, totals: Sequence[Total]) -> None:
    """Ask for `least_met` targets and the floor in the others; closed targets count as they stand."""
    judged = [place for place, target in enumerate(level.targets) if target.threshold is not None]
    closed_met = sum(reaches(level, section, place) for place in judged if not level.targets[place].open)
    choices = []
    opened = [place for place in judged if level.targets[place].open]
    for place in opened:
        amount, terms = totals[place]
        full, least = needed(level, section, place), needed(level, section, place, level.floor)
        if level.targets[place].people or (level.targets[place].whole and section.shares[place] == 1):
            full, least = _whole_need(amount, full), _whole_need(amount, least)
        scale = 1 / max(full, _EXACT)
        met = program.variable(0, 1, whole=True)
        scaled = [(number, factor * scale) for number, factor in terms]
        program.row([*scaled, (met, (least - full) * scale)], low=(least - amount) * scale)
        choices.append((met, 1.0))
    program.row(choices, low=min((level.least_met or 0) - closed_met, len(opened)))


def _whole_need(amount: float, need: float) -> float:
    # the amount changes in whole steps, so the least sufficient amount is a whole number of steps away
    return amount + math.ceil(need - amount - _EXACT * max(1.0, need))


def _ask_coefficients(
    program: Program, level: Level, totals: Sequence[Sequence[Total]], *, weighted: bool, tighten: float
) -> None:
    weights = school_weights(level, weighted=weighted)
    numbers = []
    for place, target in enumerate(level.targets):
        judged = target.open and target.limit is not None
        if not judged and level.composite_limit is None:
            continue
        column = [totals[section][place] for section in range(len(level.sections))]
        limit = None if target.limit is None or not target.open else target.limit * (1 - tighten)
        cone = _cone(program, level, place, column, weights, limit)
        program.cones.append(cone)
        numbers.append(len(program.cones) - 1)
    if level.composite_limit is not None and numbers:
        program.composites.append(Composite(tuple(numbers), level.composite_limit * (1 - tighten)))


def _cone(
    program: Program,
    level: Level,
    place: int,
    column: Sequence[Total],
    weights: tuple[float, ...],
    limit: float | None,
) -> Cone:
    per = level.targets[place].per
    now = sum(weight * ratio(level, section, place) for weight, section in zip(weights, level.sections, strict=True))
    unit = now if now > 0 else (level.targets[place].threshold or per / min(each.pupils for each in level.sections))
    scales = [per / section.pupils / unit for section in level.sections]
    # a coefficient around nothing means nothing: where there is none of a resource, one piece at least has to come
    pieces = zip(weights, scales, (section.shares[place] for section in level.sections), strict=True)
    least = 0.0 if now > 0 else min(weight * scale * share for weight, scale, share in pieces) * (1 - _EXACT)
    mean = program.variable(least, float("inf"))
    parts = [(mean, -1.0)]
    constant = 0.0
    for (amount, terms), scale, weight in zip(column, scales, weights, strict=True):
        constant += weight * scale * amount
        parts += [(number, weight * scale * factor) for number, factor in terms]
    program.row(parts, -constant, -constant)
    deviations, values = [], []
    for (amount, terms), scale in zip(column, scales, strict=True):
        deviation = program.variable(float("-inf"), float("inf"))
        moved = [(number, scale * factor) for number, factor in terms]
        values.append((scale * amount, tuple(moved)))
        program.row([(deviation, -1.0), (mean, -1.0), *moved], -scale * amount, -scale * amount)
        deviations.append(deviation)
    return Cone(weights, tuple(deviations), mean, limit, tuple(values))
