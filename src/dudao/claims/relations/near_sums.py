"""Sums that no word announces: figures of one unit side by side that make a figure nearby exactly.

小学生621791人；初中生243085人 … 义务教育阶段在校生864876人: nothing says "together", yet all digits agree. Such a
sum is only ever a confirmation; figures that do not fit are no claim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from dudao.claims.divisions import divides
from dudao.claims.likeness import core_noun
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import WEAK, Proposal, digits_written
from dudao.claims.sums.proposing import sum_of, surely
from dudao.claims.wholes import adds_up, told_again
from dudao.quantities.model import Kind

REACH = 12
"""How many figures of one unit before or behind the total its parts may stand."""
PARAGRAPHS = 6
"""How many paragraphs away its parts may stand."""
PARTS_LIMIT = 8
SENTENCES = 8
"""How many sentences behind a total its parts of the same name may stand."""
NAMED_DIGITS = 3
DIGITS_NEEDED = 4
"""Fewer digits agree too often by chance; parts right beside the total need fewer."""


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a group of amounts reaches, one after another; `rising` when none is negative, so that more is never less.

    Only near misses are sorted out by these sums; what comes near is judged by the exact values.
    """

    reached: list[float]
    rising: bool


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums that fit exactly."""
    groups: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(passage.mentions):
        if one.amount and one.family and not one.each and (one.level or one.role is Role.CHANGE):
            groups.setdefault((one.family, one.direction), []).append(place)
    named: dict[tuple[str, str], list[int]] = {}
    for places in groups.values():
        for place in places:
            one = passage.mentions[place]
            name = core_noun(one.noun)
            if one.role is not Role.CHANGE and len(name) >= 2:
                named.setdefault((one.family or "", name[-3:]), []).append(place)
    for members in ([passage.mentions[place] for place in group] for group in named.values()):
        yield from _same_named(passage, members)
    for group in groups.values():
        members = [passage.mentions[place] for place in group]
        values = [float(one.quantity.value) for one in members]
        sums = _Sums([*accumulate(values, initial=0.0)], rising=min(values) >= 0)
        for number, total in enumerate(members):
            if total.quantity.kind is Kind.SCORE or total.quantity.value < 10:
                continue
            digits = digits_written(total.quantity)
            if digits >= 2:
                yield from _around(passage, members, sums, number, beside_only=digits < DIGITS_NEEDED)


def _same_named(passage: Passage, members: list[Mention]) -> Iterator[Proposal]:
    """Yield figures of one name, one after another, that the first is made of: 在校生49.83万人 … 33.21 … 16.62."""
    for number, total in enumerate(members):
        following = members[number + 1] if number + 2 < len(members) else None
        if following is None or following.paragraph != total.paragraph:
            continue
        if digits_written(total.quantity) < NAMED_DIGITS:
            continue
        reached = Decimal(0)
        for count, one in enumerate(members[number + 1 : number + 1 + PARTS_LIMIT], 1):
            if one.sentence - total.sentence > SENTENCES or one.paragraph != total.paragraph:
                break
            reached += one.quantity.value
            if reached > total.quantity.value * Decimal("1.01"):
                break
            parts = members[number + 1 : number + 1 + count]
            if count >= 2 and adds_up(total, parts) and surely(total, parts, 2):
                yield from sum_of(passage, total, parts, WEAK)
                break


def _around(
    passage: Passage, members: list[Mention], sums: _Sums, number: int, *, beside_only: bool
) -> Iterator[Proposal]:
    """Yield the first stretch before or behind a total that makes it."""
    total = members[number]
    for tried, first, last in _windows(members, sums, number, beside_only=beside_only):
        parts = members[first:last]
        divided = divides(total, parts)
        apart = any(one.sentence != total.sentence for one in parts)
        if beside_only and not (total.summing or divided) and apart:
            continue
        alike = divided or (total.total and parts[0].paragraph == total.paragraph == parts[-1].paragraph)
        outside = all(one.depth <= total.depth for one in parts)
        if first > number and told_again(total, members[number + 1 : first]):
            continue
        if outside and adds_up(total, parts) and (alike or surely(total, parts, tried)):
            yield from sum_of(passage, total, parts, WEAK)
            return


def _windows(members: list[Mention], sums: _Sums, number: int, *, beside_only: bool) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of two to eight members near a total that come near it, the nearest first.

    Each is given as (how many were tried so far, first, last + 1).
    """
    total = members[number]
    value, reached = float(total.quantity.value), sums.reached
    least, most = value - value / 200, value + value / 200
    tried = 0
    lowest, highest = max(number - REACH, 0), min(number + REACH, len(members) - 1)
    while lowest < number and total.paragraph - members[lowest].paragraph > PARAGRAPHS:
        lowest += 1
    while highest > number and members[highest].paragraph - total.paragraph > PARAGRAPHS:
        highest -= 1
    if members[number - 1].quantity.value < total.quantity.value or not beside_only:
        for last in range(number, number - 1 if beside_only else lowest + 1, -1):
            furthest = max(last - PARTS_LIMIT, lowest)
            for first in range(last - 2, furthest - 1, -1):
                tried += 1
                made = reached[last] - reached[first]
                if made > most and sums.rising:
                    tried += first - furthest
                    break
                if least <= made <= most:
                    yield tried, first, last
    for first in range(number + 1, number + 2 if beside_only else highest):
        furthest = min(first + PARTS_LIMIT, highest + 1)
        for last in range(first + 2, furthest + 1):
            tried += 1
            made = reached[last] - reached[first]
            if made > most and sums.rising:
                tried += furthest - last
                break
            if least <= made <= most:
                yield tried, first, last
