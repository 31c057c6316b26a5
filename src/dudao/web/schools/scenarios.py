"""What-ifs as the pages read them: changes named in an address or saved, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import QueryDict
from django.utils.translation import gettext

from dudao.balance.measure import columns_needed
from dudao.balance.model import CountyResult
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, Method
from dudao.balance.whatif import Change, WhatIf, parse_change, what_if
from dudao.pipelines.whatif_payload import whatif_payload
from dudao.tables.columns import Column, ColumnType
from dudao.tables.kinds.schools import SCHOOLS
from dudao.web.refusals import InvalidValueError
from dudao.web.schools.balance_page import Choice
from dudao.web.schools.results import standard_of

MOST_CHANGES = 30


@dataclass(frozen=True, slots=True)
class AskedChange:
    """One line of the form: a school, a column and the new value, or what is added with a leading + or −."""

    school: str
    column: str
    value: str

    @property
    def text(self) -> str:
        """The change as `dudao balance whatif` writes it."""
        return f"{self.school}/{self.column}={self.value}"

    @property
    def title(self) -> str:
        """The title of the column, as it is where it is unknown."""
        return SCHOOLS.column(self.column).title if self.column in SCHOOLS.names() else self.column


def asked_changes(given: QueryDict) -> list[AskedChange]:
    """Return the changes that an address or form names; lines without a value are left out.

    Raises:
        InvalidValueError: more changes than a what-if may hold.
    """
    lines = zip(given.getlist("school"), given.getlist("column"), given.getlist("value"), strict=False)
    found = [AskedChange(*(each.strip() for each in line)) for line in lines]
    found = [each for each in found if each.school and each.value]
    if len(found) > MOST_CHANGES:
        raise InvalidValueError(
            gettext("一个方案最多 %(most_changes)s 处改动，您填了 %(count)s 处。")
            % {"most_changes": MOST_CHANGES, "count": len(found)}
        )
    return found


def read_changes(texts: Sequence[str]) -> list[AskedChange]:
    """Return saved changes as lines of the form."""
    found = []
    for text in texts:
        head, _, value = text.partition("=")
        school, _, column = head.rpartition("/")
        found.append(AskedChange(school, column, value))
    return found


def address_query(changes: Sequence[AskedChange], choice: Choice) -> str:
    """Return the query that names the changes, for a link that shows the same what-if."""
    pairs = [(name, getattr(each, name)) for each in changes for name in ("school", "column", "value")]
    extra = choice.query.removeprefix("?")
    return "&".join(part for part in (urlencode(pairs), extra) if part)


def changeable(standard: BalanceStandard) -> list[Column]:
    """Return the columns that a standard looks at and that can be changed: amounts and flags."""
    needed = set(columns_needed(standard))
    return [
        column
        for column in SCHOOLS.columns
        if column.name in needed and (column.is_numeric or column.type is ColumnType.FLAG)
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """One coefficient and the number of schools that meet the threshold, before and after."""

    name: str
    level: str
    limit: float | None
    before: float | None
    after: float | None
    over_before: bool
    over_after: bool
    met_before: int
    met_after: int

    @property
    def moved(self) -> bool:
        """Whether anything of it changed as far as is shown."""
        return self.met_before != self.met_after or _three(self.before) != _three(self.after)


def tried(rows: pl.DataFrame, changes: Sequence[AskedChange], choice: Choice) -> WhatIf:
    """Return what follows from changes to the rows of a county.

    Raises:
        WrongUseError: a change cannot be read or carried out; says why.
    """
    parsed: list[Change] = [parse_change(each.text) for each in changes]
    return what_if(rows, parsed, standard_of(choice.standard), method=Method(choice.method))


def compared(found: WhatIf) -> list[Compared]:
    """Return every indicator of every level before and after."""
    before, after = _only(found.before.counties), _only(found.after.counties)
    if before is None or after is None:
        return []
    lines = []
    for level, result in after.levels.items():
        if level not in before.levels:
            continue
        for old, new in zip(before.levels[level].indicators, result.indicators, strict=True):
            lines.append(
                Compared(
                    new.name,
                    gettext(LEVEL_NAMES[level]),
                    new.limit,
                    old.coefficient,
                    new.coefficient,
                    old.met is False,
                    new.met is False,
                    old.schools_met,
                    new.schools_met,
                )
            )
    return lines


def outcome_of(found: WhatIf) -> dict[str, Any]:
    """Return what changed as plain values, in words."""
    return dict(whatif_payload(found))


def _only(counties: Sequence[CountyResult]) -> CountyResult | None:
    return counties[0] if counties else None


def _three(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
