"""Figures of two digits told again in rare words with another value: 27名骨干教师到海岛支教 here, 22人 there.

Two digits are too few to look like a slip of one another, so the words right around must tell: pairs of characters that
hardly another sentence with figures has. Where one figure is the other read backwards (37, 73), fewer are enough.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import digits_of, is_near, is_turned
from dudao.claims.contradictions.echo_words import WEAK, names_in, pairs, plain
from dudao.claims.contradictions.echoes import Echo, echoes_of, same_time
from dudao.claims.contradictions.rare_words import Rarity, of_like_kinds
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.retold import told_otherwise
from dudao.claims.model import Finding

CODE = "claims.contradiction.few_digits"
_DIGITS = 2
_KEPT = 4
"""A pair of characters that more figures have around them is not rare."""
_NEEDED = 3.5
_NEEDED_OF_ONE = 4.5
"""And so much for figures of one digit; those below three are of anything."""
_LEAST = 3
_OWN_UNIT = 1.0
"""A unit in which the text tells hardly another figure (61辆, 16辆) says what is counted."""
_UNITS = frozenset(["人", "所", "个", "元", "%", "项", "次", "平方米", "班"])
_NEEDED_TURNED = 1.9


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure of two digits that an earlier paragraph tells in the same rare words."""
    told = echoes_of(reading, title_year(reading.text))
    rarity = Rarity((one.sentence, one.near) for one in told)
    units = Counter(one.unit for one in told)
    rare_units = {unit for unit, count in units.items() if count <= _KEPT // 2 and unit not in _UNITS}
    values: dict[tuple[str, object], int] = defaultdict(int)
    for one in told:
        values[one.unit, one.quantity.value] += 1
    found: list[Finding] = []
    used: set[int] = set()
    for earlier, later in _pairs(told):
        starts = {earlier.quantity.span.start, later.quantity.span.start}
        alone = all(values[one.unit, one.quantity.value] == 1 for one in (earlier, later))
        if alone and not used & starts and _are_one(reading, earlier, later, rarity, rare_units):
            used |= starts
            found.append(told_otherwise(CODE, earlier.quantity, later.quantity))
    return found


def _pairs(told: list[Echo]) -> Iterator[tuple[Echo, Echo]]:
    """Yield the figures of two digits and one unit whose words share a pair that few others have."""
    held: dict[tuple[str, str], list[Echo]] = defaultdict(list)
    short = [one for one in told if 0 < len(digits_of(one.quantity)) <= _DIGITS and one.unit != "%"]
    for one in short:
        for pair in pairs(one.near) - WEAK:
            held[one.unit, pair].append(one)
    for later in short:
        seen: set[int] = set()
        for pair in sorted(pairs(later.near) - WEAK):
            group = held[later.unit, pair]
            for earlier in group if len(group) <= _KEPT else ():
                if earlier.quantity.span.start < later.quantity.span.start and id(earlier) not in seen:
                    seen.add(id(earlier))
                    yield earlier, later


def _are_one(reading: Reading, one: Echo, other: Echo, rarity: Rarity, rare_units: Collection[str]) -> bool:
    """Return whether two figures are told of one thing, in one place, at one time, in different paragraphs."""
    if one.quantity.interval.meets(other.quantity.interval) or one.sentence == other.sentence:
        return False
    if "\n" not in reading.text[one.quantity.span.end : other.quantity.span.start]:
        return False
    turned = is_turned(one.quantity, other.quantity)
    if not (turned or is_near(one.quantity, other.quantity)):
        return False
    if one.place != other.place or one.some != other.some or one.running != other.running or one.each != other.each:
        return False
    if not same_time(one, other) or names_in(one.wide) != names_in(other.wide):
        return False
    if not of_like_kinds(one.near, other.near, (one.wide, other.wide), strict=True):
        return False
    shared = (pairs(one.near) & pairs(other.near)) - WEAK
    weight = rarity.weight(shared) + (_OWN_UNIT if shared and one.unit in rare_units else 0)
    if len(digits_of(one.quantity)) == 1:
        return weight >= _NEEDED_OF_ONE and min(one.quantity.value, other.quantity.value) >= _LEAST
    same = plain(one.own) == plain(other.own) and len(plain(one.own)) >= 3
    return weight >= (_NEEDED_TURNED if turned or same else _NEEDED)
