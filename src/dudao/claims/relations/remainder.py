"""A whole, what is named of it, and the rest: 29所…15所将竣工…其余14所2024年秋季竣工."""

import re
from collections.abc import Iterator

from dudao.claims.fractions import has_own_share
from dudao.claims.likeness import core_noun, is_amount, is_level
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.lists import goes_on_behind, names_next, told_with
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

KIND = 2
"""How many characters of its name say what is counted."""
REACH = 12
"""How many figures back the whole may stand."""

_REST = re.compile(
    r"^(?:尚欠|还欠|结欠|其余|余下|剩余|剩下|其他|其它|还有|另有|另外|尚有|仍有)(?:的|各?类)?[^，。；]{0,8}$|^另$"
)
_CERTAIN = re.compile(r"^(?:其余|余下|剩余|剩下)")
_STILL = re.compile(r"^(?:尚有|还有|仍有)")
_NOT_YET = re.compile(r"^(?:仍|还)?(?:未|正在|在建|待)|没有|^结转|^结余")
_OWED = re.compile(r"^(?:尚欠|还欠|结欠)")
_DONE = re.compile(r"^(?:现已|已)|整改|销号|办结|完成|化解|偿还|拨付|到位|支出|支付|使用")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a whole is what was named of it and the rest."""
    mentions = passage.mentions
    for place, rest in enumerate(mentions):
        if not is_amount(rest) or not is_level(rest) or not _REST.search(rest.lead) or names_next(mentions, place):
            continue
        yield from _wholes(passage, mentions, place)


def _wholes(passage: Passage, mentions: tuple[Mention, ...], place: int) -> Iterator[Proposal]:
    rest = mentions[place]
    named: list[Mention] = []
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.paragraph != rest.paragraph:
            return
        if not (is_amount(one) and is_level(one)) or one.quantity.unit != rest.quantity.unit or one.depth > rest.depth:
            continue
        parts = [*reversed(named), rest]
        if named and adds_up(one, parts):
            yield from sum_of(passage, one, parts, WEAK)
            return
        if (
            len(named) == 1
            and _told_before(passage, one, named[0], rest)
            and one_slip_away(one.quantity, [each.quantity for each in parts], rounded=True)
        ):
            # 29所幼儿园…。15所幼儿园将竣工…。其余14所: one of them is mistyped.
            yield from sum_of(passage, one, parts, STRUCTURAL)
            return
        if len(named) == 1 and _certain(rest, named[0]) and one.sentence == rest.sentence:
            if (head := _head(mentions, other)) is not None:
                parts = [one, *parts]
                if adds_up(head, parts):
                    yield from sum_of(passage, head, parts, EXPLICIT)
                elif one.lead.endswith("的") and head.tail.endswith("中"):
                    # 29所中，不达标的11所；已有7所达标，余下4所: the rest is one of those that were told apart.
                    yield from sum_of(passage, one, parts[1:], EXPLICIT)
                return
            if _goes_on_before(mentions, other) or _listed_beside(passage, other, named[0]):
                return
            beside = named[0].clause_number - one.clause_number <= 1 and _DONE.search(named[0].lead) is not None
            if beside or one.quantity.value > max(named[0].quantity.value, rest.quantity.value):
                yield from sum_of(passage, one, parts, WEAK if goes_on_behind(mentions, rest) else EXPLICIT)
            return
        named.append(one)


def _told_before(passage: Passage, whole: Mention, done: Mention, rest: Mention) -> bool:
    """Return whether a whole told sentences before, and what is named of it since, bear one name."""
    larger = whole.quantity.value > done.quantity.value
    if whole.sentence == rest.sentence or not (larger and rest.lead.startswith("其余")):
        return False
    if done.clause_number == whole.clause_number or rest.sentence - done.sentence > 1 or done.lead:
        return False
    kind = core_noun(done.tail)[:KIND]
    return len(kind) == KIND and kind in core_noun(whole.lead + whole.tail)


def _head(mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """Return the amount just before one of its sentence that is larger: 13所，目前7所已投入使用，4所完工，余下2所."""
    one, before = mentions[place], mentions[place - 1] if place else None
    if before is None or before.sentence != one.sentence or before.quantity.unit != one.quantity.unit:
        return None
    return before if is_level(before) and before.quantity.value > one.quantity.value else None


def _goes_on_before(mentions: tuple[Mention, ...], place: int) -> bool:
    """Return whether an amount is one of a longer list: 96人，特岗204人，招聘121人，其余17人; 公示97条、其他118条."""
    one, before = mentions[place], mentions[place - 1] if place else None
    if before is None or before.sentence != one.sentence or before.quantity.unit != one.quantity.unit:
        return False
    return is_level(before) and before.depth == one.depth and one.clause_number - before.clause_number <= 1


def _listed_beside(passage: Passage, place: int, done: Mention) -> bool:
    """Return whether two amounts are items of one list: 163个，占39.6%；117个，占28.4%；46个，占11.2%；其余86个."""
    one = passage.mentions[place]
    if has_own_share(passage, one, done):
        return True
    ahead = passage.mentions[max(place - REACH, 0) : place]
    return one.part != done.part and any(told_with(other, one) and other.part < one.part for other in ahead)


def _certain(rest: Mention, done: Mention) -> bool:
    """Return whether nothing can lie between what is done and the rest: 其余; 已化解…，尚欠; 尚有2个未开工."""
    if _CERTAIN.search(rest.lead):
        return True
    open_yet = _OWED.search(rest.lead) or (_STILL.search(rest.lead) and _NOT_YET.search(rest.tail))
    return bool(open_yet) and _DONE.search(done.lead) is not None
