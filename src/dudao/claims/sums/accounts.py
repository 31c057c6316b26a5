"""Both sides of an account, whose first amount stands sentences before: 支出618204万元，…。上解21873万元…，支出总计."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, digits_written
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

REACH = 14
"""How many figures before the list its first amount may stand."""
TELLING = 5
"""With so many digits a sum is hardly one slip away from fitting by chance."""
LISTED = 2
SIDES = re.compile(r"(?:收入|支出)(?:总计|总量)(?:为|达)?$")
_NOT_OWN = frozenset({Role.PREVIOUS, Role.FROM})


def is_side(total: Mention) -> bool:
    """Return whether a figure is all that came in or all that went out, whatever it was for."""
    return SIDES.search(total.lead) is not None


def account(passage: Passage, run: list[Mention], total: Mention) -> Iterator[Proposal]:
    """Yield the sum of a list with the amount before it that was settled of the year.

    `run` are the amounts of the sentence before the total. An amount that fits is the one; else the only one that
    does but for a slip of one digit.
    """
    if adds_up(total, run):
        return
    first = bisect_left(passage.mentions, run[0].index, key=lambda one: one.index)
    heads = [
        one
        for one in passage.mentions[max(first - REACH, 0) : first]
        if one.paragraph == total.paragraph
        and one.sentence < total.sentence
        and one.level
        and one.role not in _NOT_OWN
        and one.amount
        and same_unit(one, total)
        and not one.each
        and not one.base
        and one.depth == total.depth
    ]
    for head in reversed(heads):
        if adds_up(total, [head, *run]):
            yield from sum_of(passage, total, [head, *run], EXPLICIT)
            return
    if len(run) < LISTED or digits_written(total.quantity) < TELLING:
        return
    near = [one for one in heads if one_slip_away(total.quantity, [each.quantity for each in (one, *run)])]
    if len({one.quantity.value for one in near}) == 1:
        yield from sum_of(passage, total, [near[-1], *run], STRUCTURAL)
