"""A plan as the JSON of the command line."""

import math
from collections.abc import Iterator

from dudao.balance.optimise.figures import coefficient, composite, reaches, school_meets
from dudao.balance.optimise.model import County, Freedom, Level, Plan
from dudao.balance.optimise.words import (
    addition_in_words,
    assumptions_in_words,
    move_in_words,
    outcome_in_words,
    proof_in_words,
)
from dudao.tables.kinds.schools import SCHOOLS


def plan_payload(county: County, freedom: Freedom, plan: Plan) -> dict[str, object]:
    """Return outcome, proof of each goal, moves, additions, reasons, and the figures before and after."""
    return {
        "region": county.region,
        "name": county.name,
        "outcome": str(plan.outcome),
        "words": outcome_in_words(plan),
        "solver": plan.solver,
        "method": "weighted" if freedom.weighted else "unweighted",
        "proofs": [
            {
                "goal": str(proof.goal),
                "value": proof.value,
                "bound": proof.bound,
                "gap": proof.gap,
                "words": proof_in_words(proof),
            }
            for proof in plan.proofs
        ],
        "moves": [
            {
                "level": move.level,
                "kind": move.kind,
                "from": move.giver,
                "from_name": move.giver_name,
                "to": move.receiver,
                "to_name": move.receiver_name,
                "persons": move.persons,
                "words": move_in_words(move),
            }
            for move in plan.moves
        ],
        "additions": [
            {
                "level": each.level or None,
                "school": each.school,
                "school_name": each.school_name,
                "resource": each.resource,
                "amount": each.amount,
                "yuan": each.yuan,
                "words": addition_in_words(each, _unit(each.resource)),
            }
            for each in plan.additions
        ],
        "reasons": [{"code": each.code, "message": each.message, "relaxed": each.relaxed} for each in plan.reasons],
        "levels": {
            before.id: list(_figures(before, after, freedom))
            for before, after in zip(county.levels, plan.county.levels, strict=True)
        },
        "schools_failing_before": _failing(county),
        "schools_failing_after": _failing(plan.county),
        "assumptions": list(assumptions_in_words(county, freedom)),
    }


def _unit(resource: str) -> str:
    return SCHOOLS.column(resource).unit if resource in SCHOOLS.names() else "人"


def _failing(county: County) -> int:
    return sum(not school_meets(level, section) for level in county.levels for section in level.sections)


def _figures(before: Level, after: Level, freedom: Freedom) -> Iterator[dict[str, object]]:
    for place, target in enumerate(before.targets):
        yield {
            "id": target.indicator,
            "name": target.name,
            "limit": target.limit,
            "coefficient_before": _rounded(coefficient(before, place, weighted=freedom.weighted)),
            "coefficient_after": _rounded(coefficient(after, place, weighted=freedom.weighted)),
            "schools_met_before": sum(reaches(before, section, place) for section in before.sections),
            "schools_met_after": sum(reaches(after, section, place) for section in after.sections),
        }
    if before.composite_limit is not None:
        yield {
            "id": "composite",
            "name": "综合差异系数",
            "limit": before.composite_limit,
            "coefficient_before": _rounded(composite(before, weighted=freedom.weighted)),
            "coefficient_after": _rounded(composite(after, weighted=freedom.weighted)),
            "schools_met_before": None,
            "schools_met_after": None,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 12)
