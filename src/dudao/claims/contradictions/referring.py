"""Figures that speak of what is told elsewhere, where no place tells it so: 三年补充教师218人 here, 补充的281人 there.

Such a figure is not told anew, so it must be one of those told before. Where none has its value, but one in much the
same words has it miswritten, fewer words need be shared than by two figures that each tell something.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import digits_of, is_near, is_turned
from dudao.claims.contradictions.echo_slips import slipped, written
from dudao.claims.contradictions.echo_words import PLANNED_SORT, SORTS, WEAK, names_in, pairs, plain, sorts
from dudao.claims.contradictions.echoes import GROWN, Echo, echoes_and_aims, table_echoes
from dudao.claims.contradictions.rare_words import BEHIND, Rarity, own_clause
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.refer_words import THERE
from dudao.claims.contradictions.retold import told_otherwise
from dudao.claims.model import Finding

CODE = "claims.contradiction.referring"
_TWO_DIGITS = 2
_SOME = re.compile(r"其中|部分|个别|有的|少数|多数|某|该|抽[查测样]|试点")
"""What is said of some of them right before a figure; farther off it is said of another one."""
_PREDICATE = re.compile(r"(?<=\|)[\u4e00-\u9fff]{2,8}?(?:主要|大多|多为|集中|中|仍|已|均|都|分布|偏)")
"""Ends what names a figure, so that it is not narrowed by what is said of it: 57名教师主要在城区学校."""
_SAME_NAME = 0.4
_NOUN = 3
_SHORTEST_NAME = 4
_NEEDED = {3: 0.7, 4: 0.4}
_NEEDED_OF_MANY = 0.15
_NEEDED_TURNED = 1.0
_NEEDED_NEAR = 2.0
_NEEDED_COUNTED = 1.0
_OF_THE_DEED = 1.0
_SHORTEST_NOUN = 2
_LEAST, _SMALL, _TIMES = 2, 100, 2
_NAMED_BEHIND = re.compile(
    r"[\u4e00-\u9fff]{0,10}?(?:集团|单位|联盟|共同体|工作室|基地|督学责任区|责任区|教学点|项目|片区|协作区|研究院|专班)"
)
"""Things of which a place has so many and no more, so that one number of them is told."""
_HELD = 40
"""So many figures of one unit that refer are held against those told, so that the work stays bounded."""
_OF_ONE_UNIT = 400


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure that refers to one told elsewhere with another value."""
    reported = title_year(reading.text)
    told = [one for one in echoes_and_aims(reading, reported) if one.unit != GROWN]
    referring = [one for one in told if one.refers]
    if not referring:
        return []
    told = [*told, *table_echoes(reading, reported)]
    values: dict[tuple[str, Decimal], int] = defaultdict(int)
    for one in told:
        values[one.unit, one.quantity.value] += 1
    rarity = Rarity((one.sentence, one.near) for one in told)
    nouns: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for one in told:
        if not one.refers and (noun := counted(one) or plain(one.own)):
            nouns[one.unit, noun].add(one.quantity.value)
    found: list[Finding] = []
    for later, earlier in _pairs(reading, told, referring):
        alone = values[later.unit, later.quantity.value] == 1
        noun = counted(later)
        named = [values for (unit, other), values in nouns.items() if unit == later.unit and other.endswith(noun)]
        if _counted_alike(earlier, later) and len(set().union(*named)) > 1:
            continue  # 新建教育集团3个 of 6个教育集团
        if alone and not any(later.quantity.span == one.span for one in found) and _are_one(later, earlier, rarity):
            found.append(told_otherwise(CODE, earlier.quantity, later.quantity))
    return found


def _pairs(reading: Reading, told: list[Echo], referring: list[Echo]) -> Iterator[tuple[Echo, Echo]]:
    """Yield each figure that refers with those of its unit in other paragraphs that look like it."""
    by_unit: dict[str, list[Echo]] = defaultdict(list)
    for one in told:
        if not one.refers and len(by_unit[one.unit]) < _OF_ONE_UNIT:
            by_unit[one.unit].append(one)
    held: dict[str, int] = defaultdict(int)
    for later in referring:
        held[later.unit] += 1
        if held[later.unit] > _HELD:
            continue
        for earlier in by_unit[later.unit]:
            first, second = sorted((earlier.quantity.span, later.quantity.span))
            if _look_alike(earlier, later) and "\n" in reading.text[first.end : second.start]:
                yield later, earlier


def _look_alike(one: Echo, other: Echo) -> bool:
    if slipped(one.quantity, other.quantity):
        return True
    if _counted_alike(one, other):
        return True
    if {len(digits_of(told.quantity)) for told in (one, other)} != {_TWO_DIGITS}:
        return False
    near = one.unit != "%" and is_near(one.quantity, other.quantity)
    return is_turned(one.quantity, other.quantity) or near


def _counted_alike(earlier: Echo, later: Echo) -> bool:
    """Return whether two small counts are of things of one name: 组建教育集团6个, 把组建的8个教育集团."""
    low, high = sorted((earlier.quantity.value, later.quantity.value))
    if later.unit == "%" or not _LEAST <= low < high < _SMALL or high > _TIMES * low:
        return False
    noun, named = counted(later), counted(earlier) or plain(earlier.own)
    return len(noun) >= _SHORTEST_NOUN and (named.endswith(noun) or (len(named) > 1 and noun.endswith(named)))


def counted(echo: Echo) -> str:
    """Return what is counted behind a figure, in one form of words; empty without."""
    behind = _NAMED_BEHIND.match(echo.near.split(BEHIND)[-1])
    return plain(behind[0]) if behind else ""


def _are_one(later: Echo, earlier: Echo, rarity: Rarity) -> bool:
    """Return whether what a figure refers to may be what another tells: no other kind, place or time, words shared."""
    if _SOME.search(later.near.split(BEHIND)[0]) or earlier.some or later.each != earlier.each:
        return False
    if (earlier.unit, earlier.quantity.value) in later.beside:
        return False  # one sentence tells both values
    if later.place not in ("", earlier.place) or not names_in(later.wide) <= names_in(earlier.wide):
        return False
    reordered = sorted(written(later.quantity)) == sorted(written(earlier.quantity))
    alike = _counted_alike(earlier, later)
    if later.aim and later.refers == THERE and not (reordered or alike):
        return False
    near = _PREDICATE.split(later.near, maxsplit=1)[0] if BEHIND in later.near else later.near
    for sort in SORTS:
        named, told = (own_clause(near), own_clause(earlier.near)) if sort is PLANNED_SORT else (near, earlier.near)
        mine, others = sorts(sort, named), sorts(sort, told)
        if (mine and others and not mine & others) or not mine <= sorts(sort, earlier.wide):
            return False
    shared = rarity.weight((pairs(later.near) & pairs(earlier.near)) - WEAK)
    if len(plain(later.own)) >= _SHORTEST_NAME and plain(later.own).removesuffix("中") == plain(earlier.own):
        shared += _SAME_NAME
    if len(written(later.quantity)) > max(_NEEDED) and _share_a_noun(near, earlier.near):
        shared += _NEEDED_OF_MANY
    if len(written(later.quantity)) == max(_NEEDED) and reordered and _share_a_noun(near, earlier.near):
        shared += _NEEDED[max(_NEEDED)]  # 在校生4216人, 4621名在校生中
    if later.refers != THERE and later.refers in earlier.near:
        shared += _OF_THE_DEED
    return shared >= (_NEEDED_COUNTED if alike else _needed(later, earlier))


def _share_a_noun(one: str, other: str) -> bool:
    """Return whether two stretches of words have three characters in a row in common: 在校生."""
    runs = (one[at : at + _NOUN] for at in range(len(one) - _NOUN + 1))
    return any(run in other for run in runs if BEHIND not in run)


def _needed(later: Echo, earlier: Echo) -> float:
    if slipped(earlier.quantity, later.quantity):
        return _NEEDED.get(len(written(later.quantity)), _NEEDED_OF_MANY)
    return _NEEDED_TURNED if is_turned(earlier.quantity, later.quantity) else _NEEDED_NEAR
