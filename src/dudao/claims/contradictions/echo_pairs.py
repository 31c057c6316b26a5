"""Figures told twice in different words, of which one has its digits out of order or one digit off.

Where the words of two figures stand among those around the other (see `echoes`), and the two values look like a slip
of one another, one of them is taken for the other miswritten. Values that differ otherwise are left to `same_measure`,
which asks for one name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import digits_of, digits_of_value, fitting, is_slip
from dudao.claims.contradictions.echo_slips import LEAST_DIGITS, neighbours_changed, slip_keys, slipped, written
from dudao.claims.contradictions.echo_words import (
    SORTS,
    WEAK,
    letters_within,
    no_other_sort,
    of_one_sort,
    pairs,
    places_in,
    plain,
    sorts,
    within,
)
from dudao.claims.contradictions.echoes import EACH, GROWN, Echo, echoes_of, same_time, table_echoes
from dudao.claims.contradictions.rare_words import Rarity, of_like_kinds, share_rare_words, telling
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Kind

CODE = "claims.contradiction.echo"
_ALIKE = 0.6
_ALIKE_BESIDE = 0.4
_LETTERS_ALIKE = 0.75
_LEAST_SHARED = 2
_PEOPLE = ("教师", "学生", "在校生")
_STAGE_ALONE = re.compile("园|小学|初中?|普通高中?|高中?|中职")
"""With 中 at its end left out, as `plain` does."""
_RATE_OF = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})率$")
_ALL = re.compile("学校|生|专师|教职工")
_SURE_DIGITS = 4
"""More digits than so many do not stand in another order by chance."""
_APART = 30
_MOST = 12
"""So many figures of the same digits are held against each other, so that the work stays linear."""
_DONE = re.compile("^[投招惠增建]+")
"""What was done, in words brought to one form, which need not be said twice: 投入专项经费, 落实专项经费."""


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure that looks like an earlier one of the same thing miswritten."""
    reported = title_year(reading.text)
    echoes = sorted(
        [*table_echoes(reading, reported), *echoes_of(reading, reported)], key=lambda one: one.quantity.span
    )
    rarity = Rarity((one.sentence, one.near) for one in echoes)
    values: dict[tuple[str, Decimal], int] = defaultdict(int)
    for one in echoes:
        values[one.unit, one.quantity.value] += 1
    found: list[Finding] = []
    told: set[int] = set()
    for earlier, later in pairs_of(one for one in echoes if one.unit != GROWN):
        starts = {earlier.quantity.span.start, later.quantity.span.start}
        apart = later.quantity.span.start - earlier.quantity.span.end >= _APART and earlier.sentence != later.sentence
        settled = min(values[one.unit, one.quantity.value] for one in (earlier, later)) > 1
        if not apart or settled or told & starts or earlier.nameless or later.nameless:
            continue
        if not are_one(earlier, later) and not share_words(earlier, later, rarity):
            continue  # what stands in two places with each value is told of two things
        told |= starts
        found.append(_finding(earlier, later))
    return found


def pairs_of(echoes: Iterable[Echo]) -> Iterator[tuple[Echo, Echo]]:
    """Yield the pairs whose values look like a slip of one another, the earlier one first."""
    known: dict[tuple[object, ...], list[Echo]] = defaultdict(list)
    for later in echoes:
        seen: set[int] = set()
        for key in slip_keys(later.unit, later.quantity):
            for earlier in known[key]:
                if id(earlier) not in seen and slipped(earlier.quantity, later.quantity):
                    seen.add(id(earlier))
                    yield earlier, later
            if len(known[key]) < _MOST:
                known[key].append(later)


def share_words(one: Echo, other: Echo, rarity: Rarity) -> bool:
    """Return whether two figures share words that the text says of little else, at one time, in one place."""
    each = [told.each or EACH.search(told.near) is not None for told in (one, other)]
    if one.unit != other.unit or each[0] != each[1] or not same_time(one, other):
        return False
    if _of_other_rates(one, other):
        return False
    stages = [sorts(SORTS[0], told.own) for told in (one, other)]
    if all(stages) and stages[0].isdisjoint(stages[1]):
        return False  # under （一）小学 and （二）初中: 专任教师学历合格率99.98%, 学历合格率99.91%
    if one.place != other.place and not (_of_own_level(one, other) or _of_own_level(other, one)):
        return False
    if (one.unit, one.quantity.value) in other.beside or (other.unit, other.quantity.value) in one.beside:
        return False  # one sentence tells both values
    digits = len(written(one.quantity))
    least = _SURE_DIGITS if _of_one_stage(one, other) else _SURE_DIGITS + 1
    sure = digits >= least and is_slip(one.quantity, other.quantity)
    sure = sure and (
        bool((pairs(one.near) & pairs(other.near)) - WEAK) or neighbours_changed(one.quantity, other.quantity)
    )
    shared = share_rare_words(one.near, other.near, digits, rarity)
    if not sure and not shared:
        return False
    amounts = digits >= _SURE_DIGITS and is_slip(one.quantity, other.quantity) and one.unit != "%" and not one.each
    if amounts and telling(one.near, other.near, rarity) and no_other_sort(one.near, other.near):
        return places_in(one.wide) == places_in(other.wide)  # 职业教育产教融合专项资金, 产教融合专项
    if not of_like_kinds(one.near, other.near, (one.wide, other.wide), strict=not shared):
        return False
    return sure or places_in(one.wide) == places_in(other.wide)


def _of_other_rates(one: Echo, other: Echo) -> bool:
    """Return whether two rates are each the rate of something else by name: 体质健康优良率, 心理健康教师持证率."""
    named = [_RATE_OF.search(told.own) for told in (one, other)]
    if one.unit != "%" or named[0] is None or named[1] is None:
        return False
    left, right = (each["what"] for each in named if each is not None)
    return left != right and left not in other.near and right not in one.near


def _of_one_stage(one: Echo, other: Echo) -> bool:
    """Return whether two figures are of the teachers, or of the pupils, of one kind of school."""
    stages = sorts(SORTS[0], one.near), sorts(SORTS[0], other.near)
    if not stages[0] or stages[0] != stages[1]:
        return False
    return any(thing in one.near and thing in other.near for thing in _PEOPLE)


def _counts_all(told: Echo) -> bool:
    """Return whether a figure counts all schools, teachers or pupils of the place, or those of one kind of school."""
    if told.some or told.unit == "%":
        return False
    name = plain(told.own)
    if _STAGE_ALONE.fullmatch(name):
        return True
    return _ALL.fullmatch(name) is not None and not sorts(SORTS[0], told.wide)


def _of_own_level(one: Echo, other: Echo) -> bool:
    """Return whether one figure is said to be of the place's own level and the other so by its name: 州级专项资金."""
    return one.place[1:] == "本级" and not other.place and f"{one.place[0]}级" in other.near


def are_one(one: Echo, other: Echo) -> bool:
    """Return whether the words around two figures speak of one thing, at one time, in one place.

    Words that differ more may still tell one thing where another figure stands beside both.
    """
    if (
        one.unit != other.unit
        or one.each != other.each
        or one.place != other.place
        or not of_one_sort(one.own, one.wide, other.own, other.wide)
    ):
        return False
    if not same_time(one, other):
        return False
    if one.unit == "%" and any(SORTS[0].fullmatch(told.own) for told in (one, other)):
        return False  # 八年级优良率36.8%; 重度不良占四年级、八年级…的19.4%、38.6%: a stage names no rate
    if (one.unit, one.quantity.value) in other.beside or (other.unit, other.quantity.value) in one.beside:
        return False  # one sentence tells both values
    names = places_in(one.wide)
    if names != places_in(other.wide):
        return False
    beside = one.beside & other.beside
    if any(len(digits_of_value(value)) >= LEAST_DIGITS for _, value in beside):
        return True  # two sentences that share one figure of so many digits tell one thing
    anchored = bool(beside)
    if not (anchored or names) and (one.some != other.some or one.running != other.running):
        return False
    left, right = pairs(one.own), pairs(other.own)
    wide_left, wide_right = pairs(one.wide), pairs(other.wide)
    telling = ((left & wide_right) | (right & wide_left)) - WEAK
    alike = min(within(left, wide_right), within(right, wide_left))
    named = len(digits_of(one.quantity)) > LEAST_DIGITS or sorts(SORTS[0], one.wide) & sorts(SORTS[0], other.wide)
    if left == right and left and named:
        return True
    wider = ("中小学" in one.own) != ("中小学" in other.own)  # 中小学、幼儿园274所 are more than 幼儿园
    if _counts_all(one) and plain(one.own) == plain(other.own) and not (other.some or wider):
        return True
    many = len(digits_of(one.quantity)) > LEAST_DIGITS
    if (
        many
        and plain(one.own) == plain(other.own)
        and len(plain(one.own)) > 1
        and one.quantity.kind is not Kind.PERCENT
    ):
        return True
    if anchored or alike == 1:
        return bool(telling) and alike >= _ALIKE_BESIDE
    letters = min(letters_within(one.own, other.wide), letters_within(other.own, one.wide))
    if many and letters == 1 and telling and named:
        return True
    core, other_core = (pairs(_DONE.sub("", plain(told.own))) for told in (one, other))
    contained = bool(core and other_core) and max(within(core, wide_right), within(other_core, wide_left)) == 1
    if many:
        contained = contained or max(letters_within(one.own, other.own), letters_within(other.own, one.own)) == 1
    if not no_other_sort(one.wide, other.wide):
        return False  # 普通高中免学杂费1426人次, 中职国家助学金1462人次
    if contained and len(telling) >= (1 if many else _LEAST_SHARED):
        return True
    return len(telling) >= _LEAST_SHARED and (alike >= _ALIKE or letters >= _LETTERS_ALIKE)


def _finding(earlier: Echo, later: Echo) -> Finding:
    right, written = earlier.quantity, later.quantity
    return Finding(
        CODE,
        Level.WARNING,
        Span(written.span.start, written.span.end),
        f"此处为{written.text}，前文同一事项为{right.text}，两个数只差一位数字或数字次序不同，似有一处写错。"
        f"如前文无误，此处应为{fitting(right, written)}。",
        related=(right.span,),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
