"""Parts and their total: 共43所，其中公办10所，民办33所; 2536万元，205万元，合计2741万元."""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Passage, Role
from dudao.claims.proposals import (
    Proposal,
)
from dudao.claims.sums.before import parts_before
from dudao.claims.sums.behind import parts_behind
from dudao.claims.sums.by_kind import by_kind
from dudao.claims.sums.changes import changes_before, changes_within
from dudao.claims.sums.divided_again import (
    dealt_to_counted,
    divided_again,
    divided_otherwise,
    of_those,
    outcomes_after,
    stages_of_building,
    viewed_again,
)
from dudao.claims.sums.each_named import with_each_counted
from dudao.claims.sums.in_scope import divided_in_scope
from dudao.claims.sums.numbered import numbered_parts
from dudao.claims.sums.years_listed import by_years

_ADDED = re.compile(r"新增|净增|增加")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a total is the sum of its parts."""
    passage = with_each_counted(passage)
    for place, total in enumerate(passage.mentions):
        if not total.amount or total.family is None or total.each or total.quantity.value <= 0:
            continue
        if total.level:
            yield from by_years(passage, place)
            yield from parts_behind(passage, place)
            yield from parts_before(passage, place)
            yield from of_those(passage, place)
            yield from outcomes_after(passage, place)
        if total.role is Role.CHANGE:
            yield from changes_before(passage, place)
        if total.role is Role.CHANGE or (total.level and _ADDED.search(total.lead) is not None):
            yield from changes_within(passage, place)
    yield from by_kind(passage)
    yield from numbered_parts(passage)
    yield from divided_otherwise(passage)
    yield from viewed_again(passage)
    yield from divided_again(passage)
    yield from stages_of_building(passage)
    yield from dealt_to_counted(passage)
    yield from divided_in_scope(passage)
