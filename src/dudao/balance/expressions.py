"""The arithmetic of a standard, written once as Narwhals expressions for every engine.

A frame of schools gains, for each section, its pupils and its share of what the school owns in common; from
these come numerator, denominator and value of every indicator. A missing value stays null all the way.
"""

from collections.abc import Iterable
from functools import reduce

import narwhals as nw

from dudao.balance.standard import SECTIONS, BalanceStandard, Direction, ResourceIndicator, Sharing, Term

PUPILS = (Term("pupils", sharing=Sharing.PER_SECTION),)
"""The denominator where a standard names none."""

TOLERANCE = 1e-9
"""How far, relative to the threshold, a value may lie on the wrong side: the noise of binary fractions, no more."""


def all_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Return whether every condition holds."""
    return reduce(lambda left, right: left & right, conditions)


def total(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Return a sum that is null as soon as one part is."""
    return reduce(lambda left, right: left + right, parts)


def as_count(condition: nw.Expr) -> nw.Expr:
    """Return 1 where a condition holds, 0 where it does not or is unknown."""
    return nw.when(condition).then(1).otherwise(0)


def types_with(standard: BalanceStandard, section: str) -> list[str]:
    """Return the school types that run a section."""
    return [code for code, sections in standard.scope.levels_by_type.items() if section in sections]


def type_columns(standard: BalanceStandard) -> list[nw.Expr]:
    """Return, by section, whether the type of the school says that it runs it; an unknown type says nothing."""
    kind = nw.col("school_type")
    return [
        nw.coalesce(kind.is_in(types_with(standard, section)), nw.lit(False)).alias(f"runs_{section}")
        for section in SECTIONS
    ]


def section_columns() -> list[nw.Expr]:
    """Return the pupils of each section: as reported, or the whole school's where it has that section alone.

    A section that the type does not run and nobody reported has 0 pupils; one that it runs and nobody reported
    is missing.
    """
    columns = []
    for section in SECTIONS:
        runs, reported = nw.col(f"runs_{section}"), nw.col(f"pupils_{section}")
        others = [other for other in SECTIONS if other != section]
        alone = ~nw.col(f"runs_{others[0]}") & ~nw.col(f"runs_{others[1]}")
        none_elsewhere = [nw.coalesce(nw.col(f"pupils_{other}"), nw.lit(0.0)) == 0 for other in others]
        inferred = nw.when(alone & none_elsewhere[0] & none_elsewhere[1]).then(nw.col("pupils"))
        columns.append(
            nw.when(runs)
            .then(nw.coalesce(reported, inferred))
            .otherwise(nw.coalesce(reported, nw.lit(0.0)))
            .alias(f"n_{section}")
        )
    return columns


def single_section() -> nw.Expr:
    """Return whether all pupils of a school are in one section, so that whole-school figures are its own."""
    return total(as_count(~(nw.col(f"n_{section}") == 0)) for section in SECTIONS) == 1


def weighted_pupils(standard: BalanceStandard) -> nw.Expr:
    """Return the pupils of a school, each counted with the weight of its section (折算)."""
    return total(nw.col(f"n_{section}") * standard.section_weights[section] for section in SECTIONS)


def share(standard: BalanceStandard, level: str) -> nw.Expr:
    """Return the part of what a school owns in common that falls to a section."""
    return nw.col(f"n_{level}") * standard.section_weights[level] / nw.col("weighted_pupils")


def _term(standard: BalanceStandard, term: Term, level: str) -> nw.Expr:
    if term.column == "pupils":
        value = nw.col(f"n_{level}")
    elif term.sharing is Sharing.PER_SECTION:
        value = (
            nw.when(nw.col("single_section"))
            .then(nw.coalesce(nw.col(f"{term.column}_{level}"), nw.col(term.column)))
            .otherwise(nw.col(f"{term.column}_{level}"))
        )
    else:
        value = nw.col(term.column) * nw.col("share")
    conditions = []
    if term.when:
        conditions.append(nw.coalesce(nw.col(term.when).cast(nw.Boolean), nw.lit(False)))
    if term.pupils_from is not None:
        conditions.append(nw.col(f"n_{level}") >= term.pupils_from)
    if term.pupils_below is not None:
        conditions.append(nw.col(f"n_{level}") < term.pupils_below)
    if conditions:
        value = nw.when(all_of(conditions)).then(value).otherwise(nw.lit(0.0))
    if term.optional:
        value = nw.coalesce(value, nw.lit(0.0))
    return value if term.factor == 1 else value * term.factor


def quantity(standard: BalanceStandard, terms: Iterable[Term], level: str) -> nw.Expr:
    """Return the sum of the terms for one section of each school."""
    return total(_term(standard, term, level) for term in terms)


def meets(indicator: ResourceIndicator, value: nw.Expr, threshold: float) -> nw.Expr:
    """Return whether values are on the good side of a threshold."""
    if indicator.direction is Direction.AT_LEAST:
        return value >= threshold - abs(threshold) * TOLERANCE
    return value <= threshold + abs(threshold) * TOLERANCE


def floor_of(indicator: ResourceIndicator, threshold: float, floor: float) -> float:
    """Return the value that a missed indicator must still reach."""
    return threshold * floor if indicator.direction is Direction.AT_LEAST else threshold / floor
