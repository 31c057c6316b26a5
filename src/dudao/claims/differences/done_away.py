"""What was done between two levels, whatever the verb: 危房由1.84万平方米减到0.61万平方米，两年改造1.23万平方米."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dudao.claims.differences.of_levels import difference_of_levels
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal

_AWAY = re.compile(
    r"(?:[两三四五]年|累计|全年|当年|已|共|净|总共)*(?:撤并|消除|消化|化解|压减|裁撤|销号|核减|精减|减掉)(?:了|共)*"
)
_ADDED = re.compile(r"(?:[两三四五]年|累计|全年|当年|已|共|净|总共)*(?:新增|净增)(?:了|共)*")
"""由960个增至1260个，新增300个: unlike 新建, it leaves nothing out that was closed."""


def done_away(passage: Passage) -> Iterator[Proposal]:
    """Yield 危房由1.84万平方米减到0.61万平方米，两年改造1.23万平方米, whatever was done; only when it fits.

    What was done may be told first: 消化大班额38个，由57个减少到19个.
    """
    mentions = passage.mentions
    for place in range(2, len(mentions)):
        older, newer, done = mentions[place - 2 : place + 1]
        if done.role is Role.TO and newer.role is Role.FROM and older.role is Role.LEVEL:
            yield from _done_before(passage, older, newer, done)
            continue
        if older.role is not Role.FROM or newer.role is not Role.TO or done.role is not Role.LEVEL or done.each:
            continue
        beside = done.clause_number - newer.clause_number == 1 and done.part == newer.part
        if beside and done.amount and same_unit(done, newer) and same_unit(older, newer):
            rises = newer.quantity.value >= older.quantity.value
            further = mentions[place + 1] if place + 1 < len(mentions) else None
            alone = further is None or further.sentence != done.sentence or not same_unit(further, done)
            # 由86所调整为71所，撤并15所: nothing else makes a number fall or rise, unless others were added.
            said = _ADDED if rises else _AWAY
            sure = alone and said.fullmatch(done.lead) is not None and done.quantity.upper is None
            strength = STRUCTURAL if sure else WEAK
            found = difference_of_levels(passage, newer, older, replace(done, direction=1 if rises else -1), strength)
            if found is not None:
                yield found


def _done_before(passage: Passage, done: Mention, older: Mention, newer: Mention) -> Iterator[Proposal]:
    """Yield what was done right before the figures that it changed; only when it fits."""
    alike = done.amount and not done.each and same_unit(done, newer) and same_unit(older, newer)
    if alike and older.clause_number - done.clause_number == 1 and older.part == done.part and _AWAY.match(done.lead):
        rises = newer.quantity.value >= older.quantity.value
        found = difference_of_levels(passage, newer, older, replace(done, direction=1 if rises else -1), WEAK)
        if found is not None:
            yield found
