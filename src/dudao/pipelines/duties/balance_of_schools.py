"""The balance of the counties in tables of schools, as facts beside the other duties."""

from collections.abc import Iterable
from dataclasses import replace

from dudao.assessment.facts import Fact
from dudao.balance.facts import balance_facts, counties_above_limit
from dudao.balance.standard import BalanceStandard
from dudao.pipelines.balance import balance_table
from dudao.tables.table import Table

BASIC = "basic-2012"


def balance_of(tables: Iterable[Table], standard: BalanceStandard, *, city: str = "") -> tuple[Fact, ...]:
    """Return verdicts, coefficients and shares of schools for every county of every table of schools.

    For a city, named by its code, the counties beyond the limit of the coefficient are counted as well.
    """
    facts: list[Fact] = []
    for table in tables:
        if table.kind.name == "schools":
            result = balance_table(table, standard, detail=False)
            facts += balance_facts(result)
            facts += counties_above_limit(result, city) if city else ()
    if standard.id == BASIC:
        facts += [replace(fact, name="basic_balance_met") for fact in facts if fact.name == "balance_met"]
    return tuple(facts)
