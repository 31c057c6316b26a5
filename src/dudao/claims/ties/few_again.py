"""Figures of one or two digits that another file tells of the same thing with another value: 5所未通过消防验收, 7所.

So few digits look like a slip of one another by chance, so the words must tell: two figures are of one thing where each
shares more rare words with the other than with any further figure of its file, and neither file tells the value of the
other in such words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dudao.claims.contradictions.differences import digits_of, is_near, is_turned
from dudao.claims.contradictions.echo_words import WEAK, names_in, pairs, within
from dudao.claims.contradictions.echoes import Echo, same_time
from dudao.claims.contradictions.rare_words import Rarity, of_like_kinds

_DIGITS = 2
_NEEDED = 3.0
_NEEDED_OF_FEW = 1.9
_POINTS = "分"
"""Points lost are told with their reason alone, which is named again in few words."""
_LEAST = 3
_FEW = 10
_TIMES = 2
"""One-digit figures of one thing are no more than twice each other."""
_MOST = 0.6
_KEPT = 6
"""A pair of characters around more figures of a file is not rare."""
_CLEARLY = 1.25
_AS_WELL = 0.6


def few_apart(earlier: Sequence[Echo], later: Sequence[Echo], rarity: Rarity) -> Iterator[tuple[Echo, Echo]]:
    """Yield the figures of few digits that two files tell of one thing with different values."""
    weights = _weights(earlier, later, rarity)
    best: dict[int, list[tuple[float, Echo, Echo]]] = defaultdict(list)
    for weight, one, other in weights:
        best[id(one)].append((weight, one, other))
        best[id(other)].append((weight, one, other))
    for weight, one, other in weights:
        if not _differ(one, other) or not _told_of_one(one, other) or not _much_alike(one, other):
            continue
        told_by_few = one.unit == _POINTS or is_turned(one.quantity, other.quantity)
        if weight < (_NEEDED_OF_FEW if told_by_few else _NEEDED):
            continue
        rivals = [held for held, left, right in (*best[id(one)], *best[id(other)]) if (left, right) != (one, other)]
        if max(rivals, default=0) * _CLEARLY <= weight and not _told_too(weight, one, other, best):
            yield one, other


def _weights(earlier: Sequence[Echo], later: Sequence[Echo], rarity: Rarity) -> list[tuple[float, Echo, Echo]]:
    """Return how much each two figures of one unit share, where they share anything rare."""
    held: dict[tuple[str, str], list[Echo]] = defaultdict(list)
    for one in earlier:
        if "%" not in one.unit:
            for pair in pairs(one.near) - WEAK:
                held[one.unit, pair].append(one)
    found: list[tuple[float, Echo, Echo]] = []
    for other in later:
        words = pairs(other.near) - WEAK
        met: dict[int, Echo] = {}
        for pair in words:
            group = held.get((other.unit, pair), ())
            if len(group) <= _KEPT:
                met.update({id(one): one for one in group})
        found.extend((rarity.weight(words & pairs(one.near)), one, other) for one in met.values())
    return found


def _told_too(weight: float, one: Echo, other: Echo, best: dict[int, list[tuple[float, Echo, Echo]]]) -> bool:
    """Return whether either file tells the value of the other as well, in words hardly less alike."""
    return any(
        held >= weight * _AS_WELL and left.quantity.value == right.quantity.value
        for held, left, right in (*best[id(one)], *best[id(other)])
    )


def _differ(one: Echo, other: Echo) -> bool:
    left, right = one.quantity, other.quantity
    if max(len(digits_of(left)), len(digits_of(right))) > _DIGITS or left.interval.meets(right.interval):
        return False
    low, high = sorted((left.value, right.value))
    if is_turned(left, right) or (low >= _FEW and is_near(left, right)):
        return True
    return _LEAST <= low < _FEW and high <= _TIMES * low


def _much_alike(one: Echo, other: Echo) -> bool:
    """Return whether most of the words around one figure stand around the other: not 燃气改造验收 and 消毒设备验收."""
    left, right = pairs(one.near), pairs(other.near)
    return max(within(left, right), within(right, left)) >= _MOST


def _told_of_one(one: Echo, other: Echo) -> bool:
    """Return whether two figures are of one place, time and kind of schools or people."""
    if one.place != other.place or one.some != other.some or one.running != other.running or one.each != other.each:
        return False
    if one.aim or other.aim or not same_time(one, other) or names_in(one.wide) != names_in(other.wide):
        return False
    return one.period == other.period != "" and of_like_kinds(one.near, other.near, (one.wide, other.wide), strict=True)
