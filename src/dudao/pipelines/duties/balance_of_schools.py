"""The balance of the counties in tables of schools, as facts beside the other duties."""

from collections.abc import Iterable
from dataclasses import replace

from dudao.assessment.facts import Fact
from dudao.balance.facts import balance_facts
from dudao.balance.standard import BalanceStandard
from dudao.pipelines.balance import balance_table
from dudao.tables.table import Table

BASIC = "basic-2012"


def balance_of(tables: Iterable[Table], standard: BalanceStandard) -> tuple[Fact, ...]:
    """Return verdicts, coefficients and shares of schools for every county of every table of schools."""
    facts: list[Fact] = []
    for table in tables:
        if table.kind.name == "schools":
            facts += balance_facts(balance_table(table, standard, detail=False))
    if standard.id == BASIC:
        facts += [replace(fact, name="basic_balance_met") for fact in facts if fact.name == "balance_met"]
    return tuple(facts)
