"""Rows of levels of two times, dealt one to one: 由小学800元、初中1000元提高到小学900元、初中1150元."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT
from dudao.claims.series import starts_series
from dudao.claims.wholes import head_of_closed_list

ROW_LIMIT = 8
"""How many figures a row behind 由 may have."""
Pair = tuple[Mention, Mention, int, int]
"""The newer and the older level, the place of the later one, and the strength of the wording."""


def row_pairs(passage: Passage, first: int, last: int) -> Iterator[Pair]:
    """Yield the pairs of two rows: 由小学800元、初中1000元提高到小学900元、初中1150元; 由a、b分别降至c、d.

    The row behind 由 is as long as the one behind 到, and the changes of both are dealt out behind 分别.
    """
    mentions = passage.mentions
    for place in range(first, last):
        if mentions[place].role is Role.PREVIOUS:
            yield from _row_of_before(passage, place, first, last)
            continue
        if mentions[place].role is not Role.FROM:
            continue
        reached = next(
            (other for other in range(place + 2, min(place + 1 + ROW_LIMIT, last)) if mentions[other].role is Role.TO),
            None,
        )
        if reached is None or 2 * reached - place > last:
            continue
        length = reached - place
        older, newer = mentions[place:reached], mentions[reached : reached + length]
        between = passage.text[older[0].quantity.span.end : older[-1].quantity.span.start]
        if "，" in between or not all(same_unit(one, older[0]) for one in (*older, *newer)):
            continue
        for old, new in zip(older, newer, strict=True):
            yield replace(new, role=Role.TO), replace(old, role=Role.FROM), reached + length - 1, EXPLICIT


def heads_row(passage: Passage, older: Mention) -> bool:
    """Return whether an earlier level heads a bare row of such, so that no figure alone is held against it."""
    behind = passage.text[older.quantity.span.end : older.quantity.span.end + 2]
    return older.role is Role.PREVIOUS and behind[:1] == "、" and behind[1:].isdigit()


def _row_of_before(passage: Passage, place: int, first: int, last: int) -> Iterator[Pair]:
    """Yield the pairs of 小学42.6人、初中46.3人，与上年的43.9人、47.1人相比: two rows, dealt one to one."""
    mentions = passage.mentions
    end = place + 1
    while end < last and end - place < ROW_LIMIT and not mentions[end].lead and starts_series(passage, end):
        end += 1
    length = end - place
    newer, older = mentions[max(place - length, first) : place], mentions[place:end]
    bare = all(passage.text.startswith(("、", "和", "及"), one.quantity.span.end) for one in older[:-1])
    if length < len("两年") or not bare or len(newer) != length:
        return
    listed = all(
        one.part == newer[0].part and 0 <= b.clause_number - one.clause_number <= 1 for one, b in pairwise(newer)
    )
    if not listed or not all(one.level and same_unit(one, older[0]) for one in newer):
        return
    for new, old in zip(newer, older, strict=True):
        yield replace(new, role=Role.TO), replace(old, role=Role.FROM), end - 1, EXPLICIT


def whole_listed(mentions: tuple[Mention, ...], first: int, place: int) -> Mention | None:
    """Return what the parts right before an earlier level make: 734所，其中…、中学154所；比上学年的751所减少17所."""
    head = head_of_closed_list(mentions, place - 1) if place - first > len("两项") else None
    return head if head is not None and head.level and not head.base else None


def others_between(between: Sequence[Mention], newer: Mention) -> bool:
    """Return whether other levels are told behind the pairs: …增长4.8%、4.5%，比2021年（小学a、初中b）分别增长…."""
    return any(one.level and one.depth > newer.depth and same_unit(one, newer) for one in between)


def told_before_row(passage: Passage, first: int) -> Mention | None:
    """Return the level right before a row of years: 今年1402人，2022年、2023年分别为1286人、1341人，两年净增116人."""
    if first == 0:
        return None
    one, head = passage.mentions[first - 1], passage.mentions[first]
    return one if one.level and one.sentence == head.sentence and same_unit(one, head) else None


def goes_on(passage: Passage, head: Mention, place: int) -> bool:
    """Return whether a figure goes on with the row of a head: not 3.65% behind 分别增加110元、60元，分别增长."""
    one = passage.mentions[place]
    return one.quantity.kind is head.quantity.kind and "分别" not in one.lead and starts_series(passage, place)
