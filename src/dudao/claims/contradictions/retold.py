"""A figure told again in much the same words with another value, whatever the difference between the two.

`same_measure` asks for one name and words that name place or year; `echoes` for values that look like a slip. Here the
names of two figures must stand in the words of each other, and end alike or share a figure beside them; then values
within a third of each other cannot both be true. A name under which the text tells several values is left in peace:
it is a list of which each item is of another thing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import (
    digits_of,
    digits_of_value,
    fitting,
    is_digit_off,
    is_near,
    is_slip,
    is_turned,
)
from dudao.claims.contradictions.echo_words import (
    BUDGETS,
    PLANNED,
    SORTS,
    WEAK,
    names_in,
    no_other_sort,
    of_one_sort,
    of_other_people,
    pairs,
    plain,
    sorts,
    within,
)
from dudao.claims.contradictions.echoes import GROWN, Echo, echoes_of, same_time, table_echoes
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Kind, Quantity

CODE = "claims.contradiction.retold"
_APART = 30
_PAIRS = 100_000
"""So many pairs of one text are held against each other; a report of 20 pages has some 10,000."""
_HELD = 24
"""Each figure is held against so many earlier ones that share a word with it, so that the work stays linear."""
_OF_YEAR = len("2023")
"""A text that tells how things stand in 2023-09 tells 2023 by a figure without a year."""
_SHORT_NAME = 4
_SHORTEST = 3
_FAR = 2
"""Of figures whose names are the same, one that is more than so many times the other is of another thing."""
_FARTHER = 10
"""And so many times where a further figure stands beside both."""
_ALIKE = 0.7
_ALIKE_BESIDE = 0.5
_TELLING = 3
_HEAD = 2
_SAYS_LITTLE = re.compile(
    r"(?:在?园?幼儿|毕业生?|招生|在校?生|生|新生|专师|教师|教职工|整改率|完成率|(?:预算)?(?:执行|支付|拨付|到位|使用|开工|竣工|完工|兑现|办结|销号|合格|达标|有效|通过)率|(?:每|学期|学)+(?:标准|补助|资助|投)?|差异系数|进度|投资?|资|教育投?|完成初?预算|每百生|以上率)"
)
"""Names that mean another thing under each heading."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_DEED = re.compile("投$")
"""生均公用经费拨付500元, 生均公用经费只到300元."""
_FUNDS = re.compile("教育经费|教育支出")
_GROWTH = re.compile("(?:增长|下降)$")
_BASE = re.compile("占(?!比)(?P<base>[^占]{2,})$")
_SHARE = re.compile("占比?$")
_STAGE = re.compile("园|小学|初中|高中|普通高中|学校|中职|教学点|中小学|乡镇")
"""Kinds of school by which all there are are counted: 57所幼儿园全部."""
_OWNED = re.compile("(?:公办|民办|普惠性?|非普惠性?|普惠性?民办)园")
"""Kindergartens by their owners, of which one number is told."""
_POINTS = "分"
"""Points are taken off for many a reason told in much the same words."""
_ONE_FIGURE = 2
"""A figure of so many digits beside two others makes it likely that their sentences tell one thing."""
_ROUNDED = 600
_TIES = 3
"""A figure of so many digits beside two others makes it sure."""
_PAIRS_BESIDE = 900


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure that an earlier place tells in much the same words with another value."""
    reported = title_year(reading.text)
    echoes = sorted([*table_echoes(reading, reported), *echoes_of(reading, reported)], key=_place)
    latest = max((one.period for one in echoes if not one.running), default="")
    same: dict[tuple[str, Decimal], list[Echo]] = defaultdict(list)
    for one in echoes:
        same[one.unit, one.quantity.value].append(one)
    alike: dict[int, list[Echo]] = defaultdict(list)
    for earlier, later in _alike(echoes, latest):
        if comparable(earlier, later) or earlier.quantity.interval.meets(later.quantity.interval):
            alike[id(later)].append(earlier)
            alike[id(earlier)].append(later)
    found = []
    for later in echoes:
        before = sorted((one for one in alike[id(later)] if _place(one) < _place(later)), key=_place)
        if not before or not comparable(before[-1], later):
            continue
        if _told_before(later, same[later.unit, later.quantity.value]):
            continue
        earlier = before[-1]
        if "\n" not in reading.text[earlier.quantity.span.end : later.quantity.span.start]:
            continue  # one paragraph tells how a thing went on: 反馈时13260人，现已达到14387人
        if all(_confirms(one, other, same, alike) for one, other in ((earlier, later), (later, earlier))):
            found.append(told_otherwise(CODE, earlier.quantity, later.quantity))
    return found


def _told_before(echo: Echo, twins: Sequence[Echo]) -> bool:
    """Return whether an earlier figure of that value bears that name: 高中34所。县域高中28所。34所高中全部…."""
    name = _name(echo.own)
    earlier = (_name(one.own) for one in twins[:_HELD] if _place(one) < _place(echo))
    return any(len(other) >= _HEAD and other in name for other in earlier)


def _place(echo: Echo) -> Span:
    return echo.quantity.span


def _confirms(
    one: Echo, other: Echo, same: dict[tuple[str, Decimal], list[Echo]], alike: dict[int, list[Echo]]
) -> bool:
    """Return whether all that is told like one figure has the value of the other, and whether all with its own value
    are told like the other: else the text tells of several things."""
    values = {told.quantity.value for told in alike[id(one)]} - {one.quantity.value}
    if len(values) > 1:
        return False
    if len(digits_of(one.quantity)) < _TIES:
        return True
    named = [twin for twin in same[one.unit, one.quantity.value] if twin is one or len(_name(twin.own)) >= _SHORT_NAME]
    return all(any(told is other for told in alike[id(twin)]) for twin in named)


def _alike(echoes: Sequence[Echo], latest: str) -> Iterator[tuple[Echo, Echo]]:
    """Yield the pairs told in much the same words, the earlier one first."""
    known: dict[tuple[object, ...], list[Echo]] = defaultdict(list)
    held_against = 0
    for later in echoes:
        if held_against > _PAIRS:
            return
        seen: set[int] = set()
        for key in keys_of(later):
            for earlier in known[key][-_HELD:]:
                if id(earlier) in seen:
                    continue
                seen.add(id(earlier))
                held_against += 1
                apart = later.quantity.span.start - earlier.quantity.span.end >= _APART
                held = apart and earlier.sentence != later.sentence and may_be_one(earlier, later)
                if held and told_alike(earlier, later, latest):
                    yield earlier, later
            known[key].append(later)


def keys_of(echo: Echo) -> Iterator[tuple[object, ...]]:
    """Yield names of which a figure shares one at least with every figure that may be told in much the same words."""
    for pair in sorted(pairs(echo.own) - WEAK) or [plain(echo.own)]:
        yield echo.unit, echo.each, pair
    for figure in sorted(echo.beside):
        yield echo.unit, echo.each, *figure


def may_be_one(one: Echo, other: Echo) -> bool:
    """Return whether the values of two figures agree, or differ as those of one thing may."""
    return one.quantity.interval.meets(other.quantity.interval) or comparable(one, other)


def comparable(one: Echo, other: Echo) -> bool:
    """Return whether two values are so near, or so like a slip, that they are no two things."""
    left, right = one.quantity, other.quantity
    if left.interval.meets(right.interval):
        return False
    if is_near(left, right) or is_slip(left, right) or is_turned(left, right):
        return True
    if min(len(one.own), len(other.own)) <= _SHORT_NAME:
        return False
    low, high = sorted((abs(left.value), abs(right.value)))
    named, others = (_DEED.sub("", plain(told.own)) for told in (one, other))
    if len(named) <= _SHORT_NAME or sorted(named) != sorted(others) or not low:
        return False
    times = high / low
    return times <= _FAR or (times < _FARTHER and _figure_beside(one.beside, other.beside) > 0)


def told_alike(one: Echo, other: Echo, latest: str) -> bool:
    """Return whether the words around two figures name one thing, at one time, in one place."""
    if one.unit == _POINTS or one.place != other.place or one.some != other.some or one.running != other.running:
        return False
    if not same_time(one, other) or not _of_one_year(one, other, latest):
        return False
    left, right = _name(one.own), _name(other.own)
    if other.every and left == right and _STAGE.fullmatch(left):
        return not names_in(one.wide) ^ names_in(other.wide)
    little = one.unit != GROWN and (_says_little(left) or _says_little(right))
    if min(len(left), len(right)) < _HEAD or little:
        return False
    if (one.unit, one.quantity.value) in other.beside or (other.unit, other.quantity.value) in one.beside:
        return False  # one sentence tells both values
    if names_in(one.wide) != names_in(other.wide) or _of_two_budgets(one.wide, other.wide):
        return False
    if of_other_people(one.wide, other.wide):
        return False
    if _of_other_stages(one, other) or _paid_or_received(one, other) or _of_base(one, other) or _of_base(other, one):
        return False
    beside = _figure_beside(one.beside, other.beside)
    shortest = _HEAD if beside >= _TIES or (beside and left == right) else _SHORTEST
    if min(len(left), len(right)) < shortest:
        return False
    one_sort = of_one_sort(one.own, one.wide, other.own, other.wide)
    if not one_sort and not (beside >= _TIES and _of_like_sorts(one, other)):
        return False
    turned = is_turned(one.quantity, other.quantity) or is_slip(one.quantity, other.quantity)
    if sorted(left) == sorted(right) and len(left) >= _SHORT_NAME - (one.unit == GROWN and turned):
        return True
    if left == right and _OWNED.fullmatch(left):
        return True
    if (
        min(len(left), len(right)) < _SHORT_NAME
        and not (one.each and left == right)
        and any(sorts(sort, one.wide) != sorts(sort, other.wide) for sort in SORTS[:2])
    ):
        return False
    if one.unit == GROWN:  # 教育支出 may be short for 一般公共预算教育支出 where the rates look miswritten
        short, long = sorted((left, right), key=len)
        return len(short) >= _SHORTEST and long.endswith(short) and is_slip(one.quantity, other.quantity)
    own, others = pairs(one.own), pairs(other.own)
    around, about = pairs(one.wide), pairs(other.wide)
    telling = ((own & about) | (others & around)) - WEAK
    alike = min(_within(left, right, own, about), _within(right, left, others, around))
    one_head = left[-_HEAD:] == right[-_HEAD:]
    if beside >= _TIES and one_head:
        return max(within(own, about), within(others, around)) >= _ALIKE_BESIDE
    if beside:
        return alike >= _ALIKE_BESIDE and bool(telling) and (one_head or one.quantity.kind is not Kind.PERCENT)
    if not one_head:
        return alike == 1 and bool(telling) and min(len(left), len(right)) >= _SHORT_NAME
    return (alike == 1 and bool(telling)) or (alike >= _ALIKE and len(telling) >= _TELLING)


def _within(name: str, other: str, own: frozenset[str], around: frozenset[str]) -> float:
    """Return which part of a name stands around another figure, whose own name may be its last part: 参与率.

    The clause before may name what it is a rate of: 开展课后服务，参与率88.2%.
    """
    if len(other) < len(name) and name.endswith(other):
        return within(pairs(name.removesuffix(other)) | pairs(other), around)
    return within(own, around)


def _of_two_budgets(words: str, others: str) -> bool:
    left, right = sorts(BUDGETS, words), sorts(BUDGETS, others)
    return bool(left and right) and left != right


def _of_one_year(one: Echo, other: Echo, latest: str) -> bool:
    """Return whether two figures are of one year, where one without a year is of the `latest` that the text tells.

    A heading that names a year (二、2024年预算安排) says of which year all below it is.
    """
    headed = [_headed(told.wide) for told in (one, other)]
    if headed[0] != headed[1]:
        periods = [told.period or latest for told in (one, other)]
        if any(years and periods[1 - side] not in years for side, years in enumerate(headed)):
            return False
    if one.running or one.period == other.period:
        return True
    dated = one.period or other.period
    return not (one.period and other.period) and dated in (latest, latest[:_OF_YEAR])


def _of_other_stages(one: Echo, other: Echo) -> bool:
    """Return whether headings and sentences tell two figures that name no stage of schooling of different stages."""
    stages = SORTS[0]
    if sorts(stages, one.own) & sorts(stages, other.own):
        return False
    left, right = sorts(stages, one.wide), sorts(stages, other.wide)
    return bool(left and right) and left.isdisjoint(right)


def _paid_or_received(one: Echo, other: Echo) -> bool:
    """Return whether one amount is called 教育经费 and the other 教育支出, and neither is the other miswritten."""
    names = [{*_FUNDS.findall(told.own)} for told in (one, other)]
    apart = all(names) and not names[0] & names[1]
    return apart and not (is_slip(one.quantity, other.quantity) or is_digit_off(one.quantity, other.quantity))


def _of_base(one: Echo, other: Echo) -> bool:
    """Return whether one share is of what another is the share of: 占公办园幼儿的42%, 公办园幼儿占比57%."""
    base = _BASE.search(one.own)
    return base is not None and plain(base["base"]) == plain(_SHARE.sub("", other.own))


def _of_like_sorts(one: Echo, other: Echo) -> bool:
    """Return whether two figures whose sentences tell one thing are named by no different kinds, or plan and deed."""
    if sorts(PLANNED, one.own) != sorts(PLANNED, other.own):
        return False
    stages = SORTS[0]
    if one.unit == "%" and sorts(stages, f"{one.own}{one.wide}") != sorts(stages, f"{other.own}{other.wide}"):
        return False  # 优良率58.4%, 初中生优良率54.2%
    return no_other_sort(one.wide, other.wide) and no_other_sort(one.own, other.own)


def name_of_echo(echo: Echo) -> str:
    """Return what names a figure, brought to the form in which names are held against each other."""
    return _name(echo.own)


@lru_cache(maxsize=8192)
def _name(own: str) -> str:
    return _GROWTH.sub("", plain(own))


@lru_cache(maxsize=8192)
def _says_little(name: str) -> bool:
    return _SAYS_LITTLE.fullmatch(name) is not None


@lru_cache(maxsize=8192)
def _headed(wide: str) -> frozenset[str]:
    """Return the years of the heading with which the words around a figure begin."""
    return frozenset(_YEAR.findall(wide.split("，", 1)[0]))


_Figures = frozenset[tuple[str, Decimal]]


@lru_cache(maxsize=8192)
def _figure_beside(beside: _Figures, others: _Figures) -> int:
    """Return how many digits the figure has that stands beside both; 0 where none of two digits at least does.

    Figures that are not one but agree when rounded are looked for among a bounded number of them.
    """
    same = max((len(digits_of_value(value)) for _, value in beside & others), default=0)
    if same < _TIES and len(beside) * len(others) <= _PAIRS_BESIDE and _some_rounds(beside, others):
        return _TIES
    return same if same >= _ONE_FIGURE else 0


def _some_rounds(beside: _Figures, others: _Figures) -> bool:
    """Return whether some figure is another rounded to three digits: 31520 and 3.15万."""
    left, right = _by_unit(beside), _by_unit(others)
    return any(
        _rounds(value, digits, near, digits_near)
        for unit in left.keys() & right.keys()
        for value, digits in left[unit]
        for near, digits_near in right[unit]
    )


@lru_cache(maxsize=8192)
def _by_unit(beside: _Figures) -> dict[str, list[tuple[Decimal, int]]]:
    """Return the figures beside another by unit, each with the number of its digits."""
    found: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    for unit, value in beside:
        digits = len(digits_of_value(value))
        if digits >= _TIES:
            found[unit].append((value, digits))
    return found


def _rounds(value: Decimal, digits: int, near: Decimal, digits_near: int) -> bool:
    if min(digits, digits_near) != _TIES:
        return False
    exact = near if digits <= digits_near else value
    return abs(value - near) * _ROUNDED <= abs(exact)


def told_otherwise(code: str, right: Quantity, written: Quantity) -> Finding:
    """Return the warning that a figure is told once more, in words as near, with another value."""
    return Finding(
        code,
        Level.WARNING,
        written.span,
        f"此处为{written.text}，前文用相近的话写的是{right.text}，似为同一事项。"
        f"如前文无误，此处应为{fitting(right, written)}。",
        related=(right.span,),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
