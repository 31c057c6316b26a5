"""Changes dealt one to one, each with what it is reckoned from: 分别缩小0.046（2021年0.433）和0.029（0.353）."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.dealt.of_pairs import change_of
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import Proposal

PAIRS = 8
"""How many changes may be dealt at once."""
REACH = 16
"""How many figures back in the sentence what there is now may stand."""
_DEALT = re.compile(r"分别|依次|各")
_JOINT = re.compile(r"和|及|与|以及|")
_BEYOND = re.compile(r"(?P<up>高出|高于|超出|超过|多出|多于)|(?P<down>低于|少于|低出)")
_CLOSED = ("）", ")")


def changes_noted(passage: Passage) -> Iterator[Proposal]:
    """Yield the differences of a dealt row of changes whose bases stand behind each in a parenthesis, or right before.

    What there is now are as many levels of the sentence before, side by side; most of the row must fit them.
    """
    for place, head in enumerate(passage.mentions):
        direction = _direction(head)
        if direction and _DEALT.search(head.lead) is not None:
            noted = _noted(passage, place)
            told = noted if len(noted) > 1 else _row_before(passage, place)
            yield from _fitting(passage, place if told is noted else place - len(told), told, direction)


def _direction(head: Mention) -> int:
    """Return whether a figure is so much more (1) or less (-1) than another; 0 for what is no difference."""
    if head.role is Role.CHANGE:
        return head.direction
    beyond = _BEYOND.search(head.lead)
    return 0 if beyond is None else 1 if beyond["up"] else -1


def _noted(passage: Passage, place: int) -> list[tuple[Mention, Mention]]:
    """Return the changes from a place on, each with the one figure of the parenthesis right behind it."""
    mentions, head = passage.mentions, passage.mentions[place]
    found: list[tuple[Mention, Mention]] = []
    while place + 1 < len(mentions) and len(found) < PAIRS:
        by, base = mentions[place], mentions[place + 1]
        closed = passage.text[base.quantity.span.end : base.quantity.span.end + 1] in _CLOSED
        opened = base.parenthesis == by.quantity.span.end + 1 and base.depth == head.depth + 1
        goes_on = by is head or (_JOINT.fullmatch(by.lead) is not None and same_unit(by, head))
        if not (closed and opened and goes_on) or by.sentence != head.sentence:
            break
        found.append((by, base))
        place += 2
    return found


def _row_before(passage: Passage, place: int) -> list[tuple[Mention, Mention]]:
    """Return a row of changes with the row right before it: 较三年前的0.405、0.361各缩小0.093和0.083."""
    mentions, head = passage.mentions, passage.mentions[place]
    end = place + 1
    while end < len(mentions) and end - place < PAIRS and _goes_on(head, mentions[end]):
        end += 1
    size = end - place
    before = mentions[max(place - size, 0) : place]
    beside = len(before) == size > 1 and before[0].role is Role.PREVIOUS
    beside = beside and all(
        one.clause_number == head.clause_number and one.depth == head.depth and same_unit(one, before[0])
        for one in before
    )
    return list(zip(mentions[place:end], before, strict=True)) if beside else []


def _goes_on(head: Mention, one: Mention) -> bool:
    near = one.clause_number == head.clause_number and one.depth == head.depth
    return near and _JOINT.fullmatch(one.lead) is not None and one.quantity.unit == head.quantity.unit


def _fitting(
    passage: Passage, place: int, told: Sequence[tuple[Mention, Mention]], direction: int
) -> Iterator[Proposal]:
    """Yield the changes against the nearest levels before that fit all of them, or all but one."""
    if len(told) < 2:
        return
    head, base = passage.mentions[place], told[0][1]
    levels = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place]
        if one.sentence == head.sentence and one.depth == head.depth and one.level and same_unit(one, base)
    ]
    best: list[Proposal] = []
    for end in range(len(levels), len(told) - 1, -1):
        now = levels[end - len(told) : end]
        found = [
            one
            for level, (by, old) in zip(now, told, strict=True)
            for one in change_of(passage, by, old, level, direction)
        ]
        fits = sum(one.holds for one in found)
        if fits == len(told):
            yield from found
            return
        if fits == len(told) - 1 and not best:
            best = found
    yield from best
