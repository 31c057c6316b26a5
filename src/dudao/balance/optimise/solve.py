"""Find the cheapest plan: goals one after the other, moves matched, purchases rounded up, everything rechecked."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dudao.balance.optimise.evenest import solve_evenest
from dudao.balance.optimise.figures import opened_met, over_limit, school_meets
from dudao.balance.optimise.formulation import Formulation, formulate
from dudao.balance.optimise.infeasible import explain_infeasible
from dudao.balance.optimise.matching import match
from dudao.balance.optimise.model import Addition, County, Freedom, Goal, Move, Outcome, Plan, Proof
from dudao.balance.optimise.program import Answer, Program, Solution
from dudao.balance.optimise.solve_apart import solve_with_scip_apart
from dudao.balance.optimise.solve_highs import solve_with_highs
from dudao.errors import WrongUseError

Solver = Callable[..., Solution]

SOLVERS: Mapping[str, Solver] = MappingProxyType({"highs": solve_with_highs, "scip": solve_with_scip_apart})

_SMALL = 40
_SMALL_FOR_SCIP = 400
"""Programmes of up to so many variables SCIP proves in seconds, where their constraints are not convex."""

_EXACT_TIGHTENING, _FINE_TIGHTENING, _ROUGH_TIGHTENING = 0.0, 1e-6, 1e-5
"""Limits are made smaller by this share, so that what a solver accepts holds when computed exactly.

Up to 40 sections it is as good as nothing; beyond, a limit of 0.5 is worked with as 0.499995, which spares rounds.
"""

_MONEY_GAP = 2e-4
_SPARE = 0.5
"""What goods weigh together at most while persons are counted: less than one person, so that none is wasted."""

_WHOLE_GAP = 0.49
_NEARLY = 1e-4
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Progress:
    """What the search is at: the goals, their place among all searches, seconds used so far."""

    goals: tuple[Goal, ...]
    step: int
    steps: int
    seconds: float


def optimise(
    county: County, freedom: Freedom, *, solver: str = "", tell: Callable[[Progress], None] | None = None
) -> Plan:
    """Return the cheapest plan with which every school and every coefficient of the open targets meets the standard.

    Args:
        county: judged sections with their amounts; closed targets stay as they are.
        freedom: what the plan may do, and in which order goals are served.
        solver: `highs` or `scip`; empty takes HiGHS, and SCIP as well where a mean of coefficients is limited, the
            county is small and HiGHS leaves a gap.
        tell: called when the search turns to the next goal, and about twice a second while a solver works; what it
            raises ends the search.

    Returns:
        A plan whose figures were recomputed from the amounts after it, with a bound for each goal; or the
        requirements that make it impossible.

    Raises:
        WrongUseError: the solver is not known, or nothing at all may be done.
    """
    chosen, solver = solver, solver or "highs"
    if solver not in SOLVERS:
        raise WrongUseError(f"没有名为“{solver}”的求解器。", advice=f"可用：{'、'.join(SOLVERS)}。")
    if not (freedom.moves or freedom.hiring or freedom.building):
        raise WrongUseError("既不许调配、也不许增人和添置，没有可做的事。", advice="请至少放开一种办法。")
    if meets_everything(county, weighted=freedom.weighted):
        return Plan(Outcome.NOTHING_TO_DO, county, solver=solver)
    search = _Search(county, freedom, SOLVERS[solver], tell, time.monotonic())
    plan = search.run()
    composite = any(level.composite_limit is not None for level in county.levels)
    open_ = plan.outcome in (Outcome.FEASIBLE, Outcome.UNDECIDED)
    if composite and open_ and not chosen and len(search.program().variables) <= _SMALL_FOR_SCIP:
        other = _Search(county, freedom, SOLVERS["scip"], tell, time.monotonic()).run()
        if other.outcome is Outcome.OPTIMAL or plan.outcome is Outcome.UNDECIDED or _is_better(other, plan, freedom):
            solver, plan = "scip", other
    if composite and plan.outcome is Outcome.UNDECIDED and len(search.program().variables) <= _SMALL_FOR_SCIP:
        solver, plan = "highs", _Search(county, freedom, solve_evenest, tell, time.monotonic()).run_evenest()
    if plan.outcome is Outcome.INFEASIBLE:
        plan = replace(plan, reasons=explain_infeasible(county, freedom, search.feasible))
    return replace(plan, solver=solver)


def _is_better(one: Plan, other: Plan, freedom: Freedom) -> bool:
    if one.outcome not in (Outcome.OPTIMAL, Outcome.FEASIBLE):
        return False
    return _reached(one, freedom) < _reached(other, freedom)


def _reached(plan: Plan, freedom: Freedom) -> tuple[float, ...]:
    values = {
        Goal.ADDED: float(sum(each.amount for each in plan.additions if each.level)),
        Goal.MOVED: float(sum(each.persons for each in plan.moves)),
        Goal.YUAN: sum(each.yuan for each in plan.additions),
    }
    return tuple(values[goal] for goal in freedom.order)


def meets_everything(county: County, *, weighted: bool) -> bool:
    """Return whether every section and every coefficient of an open target already meets what is asked."""
    schools = all(school_meets(level, section) for level in county.levels for section in level.sections)
    return schools and not over_limit(county, weighted=weighted)


def meets_opened(county: County, *, weighted: bool) -> bool:
    """Return whether all is met that can be asked of open targets, the closed ones as they are."""
    schools = all(opened_met(level, section) for level in county.levels for section in level.sections)
    return schools and not over_limit(county, weighted=weighted)


@dataclass(slots=True)
class _Search:
    county: County
    freedom: Freedom
    solver: Solver
    tell: Callable[[Progress], None] | None
    began: float
    at: Progress | None = None
    whole_goods: bool = False

    def run(self) -> Plan:
        sections = sum(len(level.sections) for level in self.county.levels)
        tighten = _EXACT_TIGHTENING if sections <= _SMALL else _ROUGH_TIGHTENING
        cuts: list[list[tuple[int, float]]] = []
        bounds: dict[Goal, float] = {}
        known: dict[Goal, float] = {}
        proven = True
        while True:
            found = formulate(self.county, self.freedom, tighten=tighten)
            for cut in cuts:
                found.program.cuts.add(len(found.program.rows))
                found.program.row(cut, high=0.0)
            again = bool(known)
            solution, reached = self._goal_by_goal(found, known)
            if solution.answer is Answer.INFEASIBLE and (again or (reached and not self.whole_goods)):
                # what was reached for the first goals, maybe with goods in parts, cannot be kept: begin anew
                known, self.whole_goods = {}, True
                continue
            if solution.answer is Answer.INFEASIBLE and not proven:
                return Plan(Outcome.UNDECIDED, self.county)  # limits narrower than those asked for prove nothing
            if solution.answer in (Answer.INFEASIBLE, Answer.UNDECIDED):
                return Plan(Outcome(solution.answer.value), self.county)
            for goal, bound in reached.items():
                bounds.setdefault(goal, bound)
            amounts = read_values(found, solution)
            new_cuts, moves = _match_moves(found, amounts)
            late = time.monotonic() - self.began > self.freedom.seconds
            if any(cut in cuts for cut in new_cuts) or (new_cuts and late):
                return Plan(Outcome.UNDECIDED, self.county)  # no plan that can be carried out was found in time
            if new_cuts:
                # plans that nobody can carry out are cut off for good: earlier bounds stay valid, better ones follow
                cuts += new_cuts
                bounds, known = {}, {}
                continue
            after = apply_plan(found, amounts)
            excess = max(
                (value / limit - 1 for _, _, value, limit in over_limit(after, weighted=self.freedom.weighted)),
                default=0.0,
            )
            if 0 < excess < math.inf and tighten < 1e-3:
                tighten, proven = max(tighten * 10, excess * 2), False
                continue
            if not meets_opened(after, weighted=self.freedom.weighted):
                return Plan(Outcome.UNDECIDED, self.county)
            return self._plan(found, amounts, after, moves, bounds)

    def run_evenest(self) -> Plan:
        """Return a plan from the least coefficients that can be reached, however dear, or that there is none."""
        found = formulate(self.county, self.freedom, tighten=_FINE_TIGHTENING)
        goals = [goal for goal in self.freedom.order if found.objective(goal)]
        # far from a proof anyway: earlier goals weigh more, but not so much that numbers lose their digits
        terms = [
            (number, 100.0 ** (len(goals) - place) * (1e-4 if goal is Goal.YUAN else 1.0) * factor)
            for place, goal in enumerate(goals)
            for number, factor in found.objective(goal)
        ]
        solution = solve_evenest(found.program, terms, seconds=self.freedom.seconds, beat=self.beat)
        if not solution.values:
            return Plan(Outcome(solution.answer.value), self.county)
        amounts = read_values(found, solution)
        cuts, moves = _match_moves(found, amounts)
        after = apply_plan(found, amounts)
        if cuts or not meets_opened(after, weighted=self.freedom.weighted):
            return Plan(Outcome.UNDECIDED, self.county)
        return self._plan(found, amounts, after, moves, {})

    def program(self) -> Program:
        """Return the programme that is solved."""
        return formulate(self.county, self.freedom).program

    def beat(self) -> None:
        """Tell that the search goes on; what this raises ends it."""
        if self.tell is not None and self.at is not None:
            self.tell(replace(self.at, seconds=time.monotonic() - self.began))

    def feasible(self, county: County, freedom: Freedom, seconds: float) -> bool | None:
        """Return whether any plan exists; None when that stays open within the time."""
        program = formulate(county, freedom).program
        answer = self.solver(program, [], seconds=seconds, beat=self.beat).answer
        return None if answer is Answer.UNDECIDED else answer is not Answer.INFEASIBLE

    @staticmethod
    def _keep(found: Formulation, values: Mapping[Goal, float]) -> None:
        for goal, value in values.items():
            slack = 1e-6 * max(1.0, abs(value)) if goal is Goal.YUAN else 0.5
            found.program.row(found.objective(goal), high=value + slack)

    def _goal_by_goal(self, found: Formulation, known: dict[Goal, float]) -> tuple[Solution, dict[Goal, float]]:
        groups = _groups([goal for goal in self.freedom.order if found.objective(goal)])
        bounds: dict[Goal, float] = {}
        best: Solution | None = None
        for step, group in enumerate(groups):
            if step < len(groups) - 1 and all(goal in known for goal in group):
                self._keep(found, {goal: known[goal] for goal in group})
                continue
            used = time.monotonic() - self.began
            if self.tell is not None:
                self.at = Progress(group, step + 1, len(groups), used)
                self.tell(self.at)
            share = 1.0 if step == len(groups) - 1 else 0.6
            seconds = max(1.0, (self.freedom.seconds - used) * share)
            money = group == (Goal.YUAN,)
            weights = (1e-4,) if money else _weights(found, group)
            terms = [
                (number, weight * factor)
                for goal, weight in zip(group, weights, strict=True)
                for number, factor in found.objective(goal)
            ]
            if money:
                solution = self.solver(found.program, terms, seconds=seconds, gap=_MONEY_GAP, beat=self.beat)
            else:
                # goods may be in parts here: that only lowers the bound, and the goal of money sets them right
                later = (Goal.YUAN,) in groups[step + 1 :] and not self.whole_goods
                program = found.with_goods_in_parts() if later else found.program
                terms += found.objective_of_goods(_SPARE)
                solution = self.solver(program, terms, seconds=seconds, absolute_gap=_WHOLE_GAP, beat=self.beat)
            if not solution.values:
                if best is None or (solution.answer is Answer.INFEASIBLE and not self.whole_goods):
                    return solution, bounds
                break
            best = solution
            found.program.start = solution.values
            values = tuple(_value(found, goal, solution) for goal in group)
            if money:
                bounds[Goal.YUAN] = max(0.0, solution.bound / weights[0])
            else:
                bounds.update(_person_bounds(found, group, weights, values, solution.bound))
            known.update(zip(group, values, strict=True))
            self._keep(found, {goal: known[goal] for goal in group})
        if best is None:
            best = self.solver(found.program, [], seconds=self.freedom.seconds, beat=self.beat)
        return best, bounds

    def _plan(
        self,
        found: Formulation,
        amounts: Mapping[int, float],
        after: County,
        moves: tuple[Move, ...],
        bounds: Mapping[Goal, float],
    ) -> Plan:
        additions = _additions(found, amounts)
        values = {
            Goal.ADDED: float(sum(each.amount for each in additions if each.level)),
            Goal.MOVED: float(sum(each.persons for each in moves)),
            Goal.YUAN: sum(each.yuan for each in additions),
        }
        # a goal that time did not reach is told with what it came to and nothing proven
        proofs = tuple(
            Proof(goal, values[goal], min(values[goal], bounds.get(goal, 0.0)))
            for goal in self.freedom.order
            if found.objective(goal)
        )
        proven = all(proof.gap <= _proof_gap(proof.goal) for proof in proofs)
        return Plan(Outcome.OPTIMAL if proven else Outcome.FEASIBLE, after, moves, additions, proofs)


def _proof_gap(goal: Goal) -> float:
    return 1.5 * _MONEY_GAP if goal is Goal.YUAN else 0.0


def _groups(goals: list[Goal]) -> list[tuple[Goal, ...]]:
    # neighbouring goals in persons are served in one search with weights so far apart that none gives way
    groups: list[tuple[Goal, ...]] = []
    for goal in goals:
        if groups and goal is not Goal.YUAN and Goal.YUAN not in groups[-1]:
            groups[-1] = (*groups[-1], goal)
        else:
            groups.append((goal,))
    return groups


def _most(found: Formulation, goal: Goal) -> float:
    return sum(found.program.variables[number].high for number, _ in found.objective(goal))


def _weights(found: Formulation, group: tuple[Goal, ...]) -> tuple[float, ...]:
    weights = [1.0]
    for goal in reversed(group[1:]):
        weights.insert(0, weights[0] * (_most(found, goal) + 2))
    return tuple(weights)


def _value(found: Formulation, goal: Goal, solution: Solution) -> float:
    value = sum(factor * solution.values[number] for number, factor in found.objective(goal))
    # a search cut short may leave persons in parts: fewer whole ones than that would keep nothing
    return value if goal is Goal.YUAN else float(math.ceil(value - _NEARLY))


def _person_bounds(
    found: Formulation,
    group: tuple[Goal, ...],
    weights: tuple[float, ...],
    values: tuple[float, ...],
    bound: float,
) -> dict[Goal, float]:
    """Return what the bound of the weighted sum says about each goal: all later ones may be at their most."""
    bounds = dict.fromkeys(group, 0.0)
    rest = bound if math.isfinite(bound) else 0.0
    for place, (goal, weight, value) in enumerate(zip(group, weights, values, strict=True)):
        later = _SPARE + sum(w * _most(found, g) for g, w in zip(group[place + 1 :], weights[place + 1 :], strict=True))
        bounds[goal] = max(0.0, min(value, float(math.ceil((rest - later) / weight - _EXACT))))
        if bounds[goal] < value:
            break
        rest -= weight * value
    return bounds


def read_values(found: Formulation, solution: Solution) -> dict[int, float]:
    """Return the amounts that can be carried out: persons rounded, comings and goings netted, purchases rounded up."""
    values: dict[int, float] = {}
    for numbers in (found.leaving, found.arriving, found.joining):
        values.update({number: float(round(solution.values[number])) for number in numbers.values()})
    for key, out in found.leaving.items():
        both = min(values[out], values[found.arriving[key]])
        values[out] -= both
        values[found.arriving[key]] -= both
    for number in found.bought.values():
        # rounded up even where pieces are whole: a search cut short may leave goods in parts
        variable = found.program.variables[number]
        values[number] = float(min(math.ceil(solution.values[number] - _NEARLY), variable.high))
    return values


def apply_plan(found: Formulation, values: Mapping[int, float]) -> County:
    """Return the county with the amounts after moves and additions."""
    levels = []
    for number, level in enumerate(found.county.levels):
        sections = []
        for place, section in enumerate(level.sections):
            amounts = list(section.amounts)
            for position, target in enumerate(level.targets):
                if not target.open:
                    continue
                if not target.people:
                    bought = found.bought.get((section.school, target.resource))
                    amounts[position] += section.shares[position] * values[bought] if bought is not None else 0.0
                    continue
                for order, kind in enumerate(found.kinds[number]):
                    if target.resource in kind.attributes:
                        key = (number, place, order)
                        amounts[position] += _at(found.arriving, key, values) + _at(found.joining, key, values)
                        amounts[position] -= _at(found.leaving, key, values)
            sections.append(replace(section, amounts=tuple(amounts)))
        levels.append(replace(level, sections=tuple(sections)))
    return replace(found.county, levels=tuple(levels))


def _at(numbers: Mapping[tuple[int, int, int], int], key: tuple[int, int, int], values: Mapping[int, float]) -> float:
    return values[numbers[key]] if key in numbers else 0.0


def _match_moves(
    found: Formulation, values: Mapping[int, float]
) -> tuple[list[list[tuple[int, float]]], tuple[Move, ...]]:
    """Return cuts that forbid what nobody can carry out, and the moves when everybody has a place to go."""
    cuts: list[list[tuple[int, float]]] = []
    moves: list[Move] = []
    forbidden = found.freedom.forbidden
    for number, level in enumerate(found.county.levels):
        sections = level.sections
        everyone = range(len(sections))

        def allowed(
            giver: int, receiver: int, schools: tuple[str, ...] = tuple(each.school for each in sections)
        ) -> bool:
            return giver == receiver or (schools[giver], schools[receiver]) not in forbidden

        for order, kind in enumerate(found.kinds[number]):
            giving = {p: round(_at(found.leaving, (number, p, order), values)) for p in everyone}
            receiving = {p: round(_at(found.arriving, (number, p, order), values)) for p in everyone}
            matching = match({p: n for p, n in giving.items() if n}, {p: n for p, n in receiving.items() if n}, allowed)
            if matching.stuck:
                open_to = [r for r in everyone if any(allowed(g, r) for g in matching.stuck)]
                cut = [(found.leaving[number, g, order], 1.0) for g in sorted(matching.stuck)]
                cuts.append([*cut, *((found.arriving[number, r, order], -1.0) for r in open_to)])
            for (giver, receiver), persons in sorted(matching.persons.items()):
                moves.append(
                    Move(
                        level.id,
                        kind.id,
                        kind.name,
                        sections[giver].school,
                        sections[giver].name,
                        sections[receiver].school,
                        sections[receiver].name,
                        persons,
                    )
                )
    return cuts, tuple(moves)


def _additions(found: Formulation, values: Mapping[int, float]) -> tuple[Addition, ...]:
    additions = []
    for (number, place, order), joining in found.joining.items():
        if values[joining] > 0:
            level, kind = found.county.levels[number], found.kinds[number][order]
            section = level.sections[place]
            additions.append(Addition(level.id, section.school, section.name, kind.id, kind.name, values[joining], 0.0))
    names = {
        section.school: section.school_name or section.name
        for level in found.county.levels
        for section in level.sections
    }
    titles = {target.resource: target.resource_name for level in found.county.levels for target in level.targets}
    for (school, resource), bought in found.bought.items():
        if values[bought] > 0:
            yuan = values[bought] * found.freedom.prices.get(resource, 0.0)
            additions.append(Addition("", school, names[school], resource, titles[resource], values[bought], yuan))
    return tuple(additions)


def program_of(county: County, freedom: Freedom) -> Program:
    """Return the programme as the solvers get it, for measuring them side by side."""
    return formulate(county, freedom).program
