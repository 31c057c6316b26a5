"""Lists dealt out one to one: 总额依次为A、B；拨款依次为a、b；比例依次为65%、67%; 甲、乙、丙分别占总量的p、q、r."""

import re
from collections.abc import Iterator

from dudao.claims.dealt.changes import (
    growth_of_increases,
    growth_of_kinds,
    levels_and_increases,
    levels_around,
    matched_change,
    named_and_increases,
    told_of_last_year,
    yearly_growth,
)
from dudao.claims.dealt.excesses import EXCEEDS, bases, beyond_standards, excesses, of_bases
from dudao.claims.dealt.far_wholes import RATE_OF_ONE, rates_of_one
from dudao.claims.dealt.of_pairs import changes_of_pairs
from dudao.claims.dealt.products import dealt_rates, parallel_sum, products, rates_of_rows
from dudao.claims.dealt.quotients import quotients
from dudao.claims.dealt.row_ends import row_ends
from dudao.claims.dealt.shares import DIVIDED, dealt_shares, of_noted_whole, of_plans, shares_of_kinds
from dudao.claims.dealt.since_then import changes_noted
from dudao.claims.likeness import is_amount
from dudao.claims.mentions import Passage, Role
from dudao.claims.proposals import Proposal
from dudao.claims.series import all_series
from dudao.quantities.model import Kind

SERIES_REACH = 6
"""How many rows of figures back the wholes of a row of shares may stand."""
_CHANGED = re.compile(r"(?:增长|增加|提高|上升|下降|减少|降低|下滑)(?:了|约|幅度|为)*$")
_OF_STANDARDS = re.compile(r"^的?(?:最低|基本|[国省市州县]定|国家|规定的?)*(?:标准|定额|要求|规定)(?:了|约)*$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that rows of figures belong together one to one."""
    yield from changes_noted(passage)
    rows = all_series(passage)
    for place, row in enumerate(rows):
        head = row.members[0]
        kind = head.quantity.kind
        beyond = is_amount(head) or kind is Kind.PERCENTAGE_POINT
        if row.dealt and beyond and head.role is not Role.CHANGE and EXCEEDS.search(head.lead):
            yield from excesses(passage, row)
        if place and _OF_STANDARDS.search(head.lead) and beyond:
            yield from beyond_standards(passage, row, rows[place - 1])
        if row.dealt and head.level and head.amount and not head.each and len(row) >= DIVIDED:
            yield from parallel_sum(passage, row)
        yield from row_ends(passage, row)
        if row.dealt and kind is Kind.MONEY and not head.each:
            yield from products(passage, row)
        near = [*rows[max(place - SERIES_REACH, 0) : place]]
        before = [one for one in near if len(one) == len(row)]
        if head.role is Role.CHANGE and (of_pairs := [*changes_of_pairs(passage, row)]):
            yield from of_pairs
            continue
        if kind is not Kind.PERCENT:
            yield from quotients(passage, row, before)
        if kind not in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
            continue
        if kind is Kind.PERCENT and (levels := bases(passage, row)) is not None:
            yield from of_bases(passage, row, levels)
            continue
        if head.role is Role.CHANGE and place + 1 < len(rows):
            yield from told_of_last_year(passage, row, rows[place + 1])
        if head.role is Role.CHANGE or _CHANGED.search(head.lead):
            if (pair := levels_and_increases(row, before) or named_and_increases(passage, row, before)) is not None:
                yield from growth_of_increases(passage, row, *pair)
                continue
            yield from growth_of_kinds(passage, row)
            yield from yearly_growth(passage, row, near)
            yield from matched_change(passage, row, levels_around(rows, place, before))
        elif head.role is Role.SHARE:
            noted = of_noted_whole(passage, row) or of_plans(passage, row)
            yield from noted or [*shares_of_kinds(passage, row)] or dealt_shares(passage, row, before)
        elif row.dealt and (planned := of_plans(passage, row)):
            yield from planned
        elif row.dealt:
            yield from dealt_rates(passage, row)
            yield from rates_of_rows(passage, row, before)
        if kind is Kind.PERCENT and head.role is not Role.CHANGE and RATE_OF_ONE.search(head.lead):
            yield from rates_of_one(passage, row)
