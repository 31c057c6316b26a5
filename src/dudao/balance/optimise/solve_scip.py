"""SCIP: integers and second-order cones solved as they stand."""

from collections.abc import Sequence

from pyscipopt import Model, quicksum

from dudao.balance.optimise.program import Answer, Program, Solution


def solve_with_scip(
    program: Program,
    objective: Sequence[tuple[int, float]],
    *,
    seconds: float,
    gap: float = 0.0,
    absolute_gap: float = 0.0,
) -> Solution:
    """Return the smallest value of the objective, with the proven lower bound.

    Args:
        program: the question.
        objective: (variable, factor) terms to be made small; empty asks only whether a solution exists.
        seconds: time allowed.
        gap: relative gap at which the search may stop.
        absolute_gap: absolute gap at which the search may stop.
    """
    model = Model("dudao")
    model.hideOutput()
    model.setParam("limits/time", max(0.05, seconds))
    model.setParam("limits/gap", gap)
    model.setParam("limits/absgap", absolute_gap)
    model.setParam("numerics/feastol", 1e-7)
    model.setParam("nlhdlr/soc/enabled", False)  # the handler of cones in the wheel of SCIP 10 damages the heap
    variables = [
        model.addVar(vtype="I" if variable.whole else "C", lb=variable.low, ub=variable.high)
        for variable in program.variables
    ]
    for row in program.rows:
        total = quicksum(factor * variables[number] for number, factor in row.terms)
        if row.low == row.high:
            model.addCons(total == row.low)
            continue
        if row.low > float("-inf"):
            model.addCons(total >= row.low)
        if row.high < float("inf"):
            model.addCons(total <= row.high)
    for cone in program.cones:
        if cone.limit is not None:
            spread = _spread(variables, cone.weights, cone.deviations)
            model.addCons(spread <= cone.limit**2 * variables[cone.mean] * variables[cone.mean])
    for composite in program.composites:
        coefficients = []
        for number in composite.cones:
            cone = program.cones[number]
            coefficient = model.addVar(lb=0.0, ub=composite.limit * len(composite.cones))
            deviation = model.addVar(lb=0.0)
            model.addCons(_spread(variables, cone.weights, cone.deviations) <= deviation * deviation)
            model.addCons(deviation <= coefficient * variables[cone.mean])
            coefficients.append(coefficient)
        model.addCons(quicksum(coefficients) <= composite.limit * len(coefficients))
    model.setObjective(quicksum(factor * variables[number] for number, factor in objective))
    model.optimize()
    return _solution(model, variables)


def _spread(variables: list, weights: Sequence[float], deviations: Sequence[int]):  # type: ignore[no-untyped-def,type-arg]
    # pyscipopt ships no types; the expression is its own class
    return quicksum(
        weight * variables[number] * variables[number] for weight, number in zip(weights, deviations, strict=True)
    )


def _solution(model: Model, variables: list) -> Solution:  # type: ignore[type-arg]
    status = model.getStatus()
    if status in ("infeasible", "inforunbd"):
        return Solution(Answer.INFEASIBLE, (), float("inf"), float("inf"))
    if model.getNSols() == 0:
        return Solution(Answer.UNDECIDED, (), float("inf"), model.getDualbound())
    best = model.getBestSol()
    values = tuple(float(model.getSolVal(best, variable)) for variable in variables)
    answer = Answer.OPTIMAL if status in ("optimal", "gaplimit") else Answer.FEASIBLE
    return Solution(answer, values, float(model.getObjVal()), float(model.getDualbound()))
