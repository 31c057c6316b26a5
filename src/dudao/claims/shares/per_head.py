"""Shares of one amount per head in another: 人均工资性收入8091元，占可支配收入的比重为57.5%.

The whole is the amount per head told before by the name behind 占. Where several groups have one (城镇居民, 农村居民),
it is that of the group of the part; a part of nobody in particular is of the group with the shortest name: of all.
"""

import re

from dudao.claims.arithmetic import step
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.slips import share_one_slip_away
from dudao.claims.wholes import WHOLE_REACH, whole_noun

CLAUSES = 2
"""How many clauses before its share a part is told: its growth may stand between."""
SHORTEST = 3
"""A shorter name of a whole tells too little."""
_PER_HEAD = re.compile(r"(?:人|生|户|师|校)均|每[生人户校]")


def of_means(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole, both per head, of the share at a place; None where names or sizes speak against it."""
    mentions, share = passage.mentions, passage.mentions[place]
    name = _PER_HEAD.sub("", whole_noun(share)[0]) if share.role is Role.SHARE else ""
    part = _part(mentions, place) if len(name) >= SHORTEST else None
    if part is None:
        return None
    group = _group(part)
    known: dict[str, Mention] = {}
    for one in mentions[max(place - WHOLE_REACH, 0) : place - 1][::-1]:
        means = one.each and one.level and one.amount and one is not part and same_unit(one, part)
        if means and _measure(one) == name and one.quantity.value > part.quantity.value:
            known.setdefault(_group(one), one)
    whole = known.get(group or min(known, key=len, default=""))
    if whole is None:
        return None
    missed = abs(part.quantity.value * 100 / whole.quantity.value - share.quantity.value)
    near = missed <= step(share.quantity) or share_one_slip_away(share.quantity, part.quantity, whole.quantity)
    return (part, whole) if near else None


def _part(mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """Return the amount per head a share is told of: the last one before it, in its sentence."""
    share = mentions[place]
    for one in mentions[max(place - CLAUSES - 1, 0) : place][::-1]:
        if one.sentence != share.sentence or share.clause_number - one.clause_number > CLAUSES:
            return None
        if one.role is not Role.CHANGE:
            return one if one.each and one.level and one.amount else None
    return None


def _measure(one: Mention) -> str:
    """Return what is told per head: 可支配收入 of 城镇居民人均可支配收入."""
    return _PER_HEAD.split(one.noun)[-1]


def _group(one: Mention) -> str:
    """Return whose heads are counted: 城镇居民; empty where the words do not say."""
    told = _PER_HEAD.split(one.noun)
    return told[0] if len(told) > 1 else ""
