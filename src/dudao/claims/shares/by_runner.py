"""Rates named by who runs kindergartens: 19846人，其中公办园11263人、普惠性民办园6890人，公办率56.75%，普惠率91.47%.

The national rates are taken of the children: those of 公办园 make 公办率, those of 公办园 and 普惠性民办园 make 普惠率.
"""

import re

from dudao.claims.fractions import share_of, share_of_sum
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal

REACH = 6
"""How many figures back the parts and their whole may stand."""
CHILDREN = "人"
APART_REACH = 16
"""How many figures back all children and both kinds may be told, each in a sentence of its own."""
BESIDE = 12
"""So many characters at most stand between all children and the first kind of them."""
_ALL = re.compile(r"(?:学前(?:教育)?)?(?:在园)?幼儿(?:园幼儿)?(?:人数|总数)?|在园(?:人数|总数)?")
_PUBLIC = re.compile(r"(?:其中)?公办(?:园|幼儿园)?(?:率|占比|幼儿占比|在园幼儿占比)(?:为|达到|达|是)?")
_INCLUSIVE = re.compile(r"(?:其中)?普惠(?:性|园|性幼儿园)?(?:率|占比|覆盖率)(?:为|达到|达|是)?")


def rate_by_runner(passage: Passage, place: int) -> list[Proposal] | None:
    """Return 公办率 and 普惠率 where both kinds of kindergartens stand right before; None where they do not.

    普惠率 is of both kinds together, so that without their whole nothing can be told of it.
    """
    share = passage.mentions[place]
    public, inclusive = _PUBLIC.fullmatch(share.lead), _INCLUSIVE.fullmatch(share.lead)
    if not (public or inclusive) or share.role not in (Role.LEVEL, Role.SHARE):
        return None
    near = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place]
        if one.sentence == share.sentence and one.level and one.amount and not one.each
    ]
    owned = [one for one in near if "公办" in one.noun and "民办" not in one.noun]
    private = [one for one in near if "普惠" in one.noun and "民办" in one.noun]
    if not owned and inclusive:
        return _told_apart(passage, place)
    if len(owned) != 1 or len(private) != 1 or not same_unit(owned[0], private[0]):
        return None
    if near[-1] not in (owned[0], private[0]):
        return None  # 两者合计79324人，普惠率达到91.4%
    whole = _whole(passage, near, owned[0], private[0])
    if whole is None:
        return [] if inclusive else None
    # 公办率 of pupils may stand beside counts of kindergartens.
    strength = STRUCTURAL if whole.family == CHILDREN and share.depth == whole.depth else WEAK
    if public:
        return [*share_of(passage, owned[0], whole, share, strength)]
    found = share_of_sum(passage, [owned[0], private[0]], whole, share, strength)
    return [] if found is None else [found]


def _told_apart(passage: Passage, place: int) -> list[Proposal] | None:
    """Return the rate of all children and of those of both kinds, each told in a sentence of its own; if it fits."""
    told: dict[tuple[bool, bool], list[Mention]] = {}
    for one in passage.mentions[max(place - APART_REACH, 0) : place]:
        if (
            one.family == CHILDREN
            and one.level
            and not one.each
            and not one.depth
            and _ALL.fullmatch(core_noun(one.noun))
        ):
            told.setdefault(("公办" in one.topic, "民办" in one.topic and "普惠" in one.topic), []).append(one)
    kinds = [told.get(key, []) for key in ((False, False), (True, False), (False, True))]
    if any(len({one.quantity.value for one in kind}) != 1 for kind in kinds):
        return None
    whole, owned, private = (kind[-1] for kind in kinds)
    found = share_of_sum(passage, [owned, private], whole, passage.mentions[place], WEAK)
    return None if found is None else [found]


def _whole(passage: Passage, near: list[Mention], owned: Mention, private: Mention) -> Mention | None:
    """Return the amount right before the list that 其中 opens, or all children told right before both kinds."""
    first = min(owned, private, key=lambda one: one.index)
    before = [one for one in near if one.index < first.index and same_unit(one, first)]
    if not before or before[-1].quantity.value < owned.quantity.value + private.quantity.value:
        return None
    whole = before[-1]
    between = passage.text[whole.quantity.span.end : first.quantity.span.start]
    opens = "其中" in between or (_ALL.fullmatch(core_noun(whole.noun)) is not None and len(between) <= BESIDE)
    return whole if opens and whole.slack is not None else None
