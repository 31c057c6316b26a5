"""Lists dealt out one to one: 总额依次为A、B；拨款依次为a、b；比例依次为65%、67%; 甲、乙、丙分别占总量的p、q、r."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import (
    Formula,
    add,
    divide,
    fall_of_decrease,
    growth,
    growth_of_increase,
    multiply,
    percent,
    point,
    step,
    subtract,
)
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, joined, propose, text_of
from dudao.claims.series import Series, all_series, names_before
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Interval, Kind

SERIES_REACH = 6
"""How many rows of figures back the wholes of a row of shares may stand."""
SIZES = 8
"""How many times one amount is at most another that it is compared with, when but one is told per head."""
BESIDE_REACH = 24
"""How many figures right before a row of shares are looked at for its parts and their whole."""
WHOLE_BEFORE = 4
"""How many sentences before the parts of a row of shares the amount may stand that they make exactly."""
DIVIDED = 3
"""How many parts a row has at least that divides a whole without a word that says so."""
FAR_OFF = 10
"""How many points a share may lie off before it is judged: more than any rounding makes."""
NAMED_ALIKE = 0.6
NAMES_REACH = 40
"""How many figures back the named parts of a row of shares may stand."""

NAME = 3
"""How many characters the name of a whole has that opens a list far behind it."""
WHOLE_REACH = 120
"""How many figures back that whole may stand."""
_WITHIN = re.compile(r"在?(?P<whole>[^，。；：、\d]{3,16}?)(?:当中|之中|中)[，,：]")
_CHANGED = re.compile(r"(?:增长|增加|提高|上升|下降|减少|降低|下滑)(?:了|约|幅度|为)*$")
_YEARS = re.compile(
    r"(?:各年|逐年|分年(?:度)?)[^，。]{0,8}$|"
    r"(?:19|20)\d\d\s*年?[、，和至—–-]{1,2}\s*(?:19|20)\d\d|[近前后两三四五]年[来内]?[^，。]{0,20}$"
)
_EXCEEDS = re.compile(
    r"(?:(?P<up>高出|高于|超出|超过|多于|高|多|超)|(?P<down>低于|少于|低|少))(?P<what>[^，。；、]{0,12}?)(?:了|约)*$"
)
_DEALING = re.compile(r"(?:分别|依次|各)(?:为|是|有)?$")
_INCREASE = re.compile(r"增量|增加额|增长额|净增|新增")
"""What was added each year: the growth beside it is that of the level, not of the increase."""
_NORM = re.compile(r"标准|定额|目标|要求|基准|平均(?!工资|收入|年|月)|水平")
_OF_STANDARDS = re.compile(r"^的?(?:最低|基本)?(?:标准|定额|要求|规定)(?:了|约)*$")
_RATE = re.compile(r"(?:率|进度)(?:分别|依次|各)(?:为|是|达到?)?$")
_FALLS = re.compile(r"(?:下降|减少|降低|下滑)(?:了|约|幅度|为)*$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that rows of figures belong together one to one."""
    rows = all_series(passage)
    for place, row in enumerate(rows):
        head = row.members[0]
        kind = head.quantity.kind
        if row.dealt and is_amount(head) and head.role is not Role.CHANGE and _EXCEEDS.search(head.lead):
            yield from _excesses(passage, row)
        if place and _OF_STANDARDS.search(head.lead) and is_amount(head):
            yield from _beyond_standards(passage, row, rows[place - 1])
        if row.dealt and head.level and head.amount and not head.each and len(row) >= DIVIDED:
            yield from _parallel_sum(passage, row)
        if row.dealt and kind is Kind.MONEY and not head.each:
            yield from _products(passage, row)
        if kind not in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
            continue
        if kind is Kind.PERCENT and (bases := _bases(passage, row)) is not None:
            yield from _of_bases(passage, row, bases)
            continue
        near = [*rows[max(place - SERIES_REACH, 0) : place]]
        before = [one for one in near if len(one) == len(row)]
        if head.role is Role.CHANGE or _CHANGED.search(head.lead):
            if (pair := _levels_and_increases(row, before) or _named_and_increases(passage, row, before)) is not None:
                yield from _growth_of_increases(passage, row, *pair)
                continue
            yield from _growth_of_kinds(passage, row)
            yield from _yearly_growth(passage, row, near)
            yield from _matched_change(passage, row, _levels_around(rows, place, before))
        elif head.role is Role.SHARE:
            yield from _shares(passage, row, before)
        elif row.dealt:
            yield from _rates(passage, row)
            yield from _rates_of_rows(passage, row, before)


def _bases(passage: Passage, row: Series) -> Series | None:
    """Return the row of amounts that a row of percentages is taken of: 600元、800元的70%和77.5%."""
    before = passage.mentions[max(row.first - len(row), 0) : row.first]
    alike = len(before) == len(row) and all(is_amount(one) and same_unit(one, before[0]) for one in before)
    return Series(row.first - len(row), before, dealt=False) if alike and before[-1].base else None


def _of_bases(passage: Passage, row: Series, bases: Series) -> Iterator[Proposal]:
    """Yield 小学420元、初中620元，仅为全省平均水平600元、800元的70%和77.5%."""
    parts = _outer_before(passage, bases)[-len(row) :]
    if len(parts) == len(row) and all(is_level(one) and same_unit(one, bases.members[0]) for one in parts):
        for part, whole, share in zip(parts, bases.members, row.members, strict=True):
            yield from _share(passage, share, part, [whole], STRUCTURAL)


def _excesses(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 标准分别为700元、900元，实际按1000元、1300元拨付，分别高出标准300元、400元."""
    head = row.members[0]
    match = _EXCEEDS.search(head.lead)
    before = [one for one in _outer_before(passage, row) if is_level(one) and _comparable(one, head)]
    if match is None or len(before) < 2 * len(row):
        return
    first, second = before[-2 * len(row) : -len(row)], before[-len(row) :]
    above = match["up"] is not None
    if _NORM.search(row.members[-1].tail) or not _of_one_size(first[0], second[0]):
        # 分别高于4.2人、5.3人的国家标准: what is compared with, not by how much.
        return
    norm = bool(_NORM.search(match["what"]) or _NORM.search(first[0].clause) or _NORM.search(second[0].clause))
    if norm:
        turned = bool(_NORM.search(second[0].clause)) and not _NORM.search(first[0].clause)
    else:
        falls = sum(b.quantity.value < a.quantity.value for a, b in zip(first, second, strict=True))
        turned = above == (2 * falls > len(row))
    if turned:
        first, second = second, first
    strength = STRUCTURAL if len(before) == 2 * len(row) else WEAK
    for standard, actual, by in zip(first, second, row.members, strict=True):
        high, low = (actual, standard) if above else (standard, actual)
        kind = ClaimType.EXCEEDS_STANDARD if norm else ClaimType.DIFFERENCE
        wording = Wording("dealt_lists", kind, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
        proposal = propose(passage, wording, ("diff", by), {"a": high, "b": low}, _rise, strength, derived=False)
        if proposal is not None:
            yield proposal


def _beyond_standards(passage: Passage, row: Series, standards: Series) -> Iterator[Proposal]:
    """Yield 小学28.4册，初中41.7册，分别超过25册、35册的标准3.4册、6.7册."""
    match = _EXCEEDS.search(standards.members[0].lead)
    actual = _outer_before(passage, standards)[-len(row) :]
    alike = len(standards) == len(row) == len(actual) and standards.first + len(row) == row.first
    if match is None or not alike or not all(is_level(one) and _comparable(one, row.members[0]) for one in actual):
        return
    for standard, one, by in zip(standards.members, actual, row.members, strict=True):
        high, low = (one, standard) if match["up"] is not None else (standard, one)
        spoken = f"{text_of(high)}－{text_of(low)}"
        wording = Wording("dealt_lists", ClaimType.EXCEEDS_STANDARD, "diff = a - b", spoken)
        found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, _rise, STRUCTURAL, derived=False)
        if found is not None:
            yield found


def _comparable(one: Mention, by: Mention) -> bool:
    """Return whether two amounts are of one unit, per head or not: 700元/生 and 300元."""
    return one.quantity.unit.partition("/")[0] == by.quantity.unit.partition("/")[0]


def _of_one_size(one: Mention, other: Mention) -> bool:
    """Return whether two amounts can be compared: both per head or not, or not far from one another."""
    return one.each == other.each or one.quantity.value / SIZES < other.quantity.value < one.quantity.value * SIZES


def _near(row: Series, other: Series, sentences: int = 3) -> bool:
    return row.members[0].sentence - other.members[0].sentence <= sentences


def _shares(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield the shares of a row: of two rows of amounts, or of amounts named one by one."""
    amounts = [one for one in before if is_amount(one.members[0]) and _near(row, one)]
    found = False
    for number in range(len(amounts) - 1, 0, -1):
        parts, wholes = amounts[number], amounts[number - 1]
        if not same_unit(parts.members[0], wholes.members[0]) or parts.members[0].each != wholes.members[0].each:
            continue
        if all(a.quantity.value > b.quantity.value for a, b in zip(parts.members, wholes.members, strict=True)):
            parts, wholes = wholes, parts
        if any(a.quantity.value > b.quantity.value for a, b in zip(parts.members, wholes.members, strict=True)):
            continue
        found = True
        head = row.members[0]
        own = parts.members[0].sentence == head.sentence
        own = own or (parts.members[0].paragraph == head.paragraph and not _outer_before(passage, row))
        for part, whole, share in zip(parts.members, wholes.members, row.members, strict=True):
            yield from _share(passage, share, part, [whole], STRUCTURAL if own else WEAK)
        break
    if not found:
        yield from _named_shares(passage, row, amounts)


def _named_shares(passage: Passage, row: Series, amounts: list[Series]) -> Iterator[Proposal]:
    """Yield the shares of parts that are named before 分别, in a stated whole or in the sum of all parts."""
    head = row.members[0]
    parts = _named_parts(passage, row) or (list(amounts[-1].members) if amounts else _parts_beside(passage, row))
    summed = _summed_beside(passage, row)
    if summed is not None:
        whole, parts = summed
        shares = [
            one for p, s in zip(parts, row.members, strict=True) for one in _share(passage, s, p, [whole], STRUCTURAL)
        ]
        if _mostly_hold(shares):
            yield from shares
            return
    opened = _opened_by_whole(passage, row)
    if opened is not None and _comes_near(opened[1], row, opened[0].quantity.value):
        whole, listed = opened
        shares = [
            one for p, s in zip(listed, row.members, strict=True) for one in _share(passage, s, p, [whole], STRUCTURAL)
        ]
        if _mostly_hold(shares):
            yield from shares
            if _fill(row):
                yield from sum_of(passage, whole, listed, STRUCTURAL)
            return
    if parts is None:
        return
    noun = core_noun(head.clause.rpartition("占")[2])
    beside = _outer_before(passage, row)
    leading = [beside[-len(row) - 1]] if len(beside) > len(row) and beside[-len(row)] is parts[0] else []
    leading = [one for one in leading if is_level(one) and same_unit(one, parts[0])]
    for whole in (*leading, *_stated_wholes(passage, row.first, parts, noun)):
        if not _comes_near(parts, row, whole.quantity.value):
            continue
        proposals = [
            one for p, s in zip(parts, row.members, strict=True) for one in _share(passage, s, p, [whole], STRUCTURAL)
        ]
        if _mostly_hold(proposals):
            yield from proposals
            return
    if len(parts) >= 2 and _comes_near(parts, row, sum((one.quantity.value for one in parts), Decimal(0))):
        proposals = [
            one for p, s in zip(parts, row.members, strict=True) for one in _share(passage, s, p, parts, STRUCTURAL)
        ]
        if _mostly_hold(proposals):
            yield from proposals


def _comes_near(parts: Sequence[Mention], row: Series, whole: Decimal) -> bool:
    """Return whether all shares but one are about those of the parts, so that judging them is worth the work."""
    far = sum(
        abs(part.quantity.value * 100 - share.quantity.value * whole) > FAR_OFF * whole
        for part, share in zip(parts, row.members, strict=True)
    )
    return whole > 0 and far <= 1


def _mostly_hold(proposals: list[Proposal]) -> bool:
    """Return whether all shares fit, or all but one: then the whole is the one that is meant."""
    wrong = sum(not one.holds for one in proposals)
    return bool(proposals) and (wrong == 0 or (wrong == 1 and len(proposals) >= 2))


def _named_parts(passage: Passage, row: Series) -> list[Mention] | None:
    """Return the amounts that bear the names dealt out before the row; None when not all are found."""
    span = passage.segmentation.sentences.span(row.members[0].sentence)
    words = passage.text[span.start : row.members[0].quantity.span.start][-160:]
    names = [re.split(r"[。；：，\s]", name)[-1] for name in names_before(words)][-len(row) :]
    if len(names) != len(row):
        return None
    found: list[Mention] = []
    for name in names:
        part = _bearing(passage, row.first, name)
        if part is None or part in found or (found and not same_unit(found[0], part)):
            return None
        found.append(part)
    return found


def _parts_beside(passage: Passage, row: Series) -> list[Mention] | None:
    """Return the amounts right before 分别占, one for each share, when a larger one of their sentence leads them."""
    if not row.dealt:
        return None
    beside = _outer_before(passage, row)
    if len(beside) <= len(row):
        return None
    lead, *parts = beside[-len(row) - 1 :]
    fits = all(is_level(one) and is_amount(one) and same_unit(one, parts[0]) for one in parts)
    larger = all(lead.quantity.value > one.quantity.value for one in parts)
    leads = is_level(lead) and same_unit(lead, parts[0]) and lead.sentence == row.members[0].sentence
    return parts if fits and leads and larger else None


def _summed_beside(passage: Passage, row: Series) -> tuple[Mention, list[Mention]] | None:
    """Return the amounts right before a row of shares, one for each, and the amount told before that they make.

    实际支出4962.4万元。从方向看，校舍3124.8万元，运动场896.3万元，设备941.3万元，占比依次为63.0%、18.1%、19.0%.
    """
    beside = _outer_before(passage, row)[-len(row) :]
    if not row.dealt or len(beside) < max(len(row), DIVIDED) or not all(same_unit(one, beside[0]) for one in beside):
        return None
    first = next(place for place in range(row.first - 1, -1, -1) if passage.mentions[place] is beside[0])
    for one in passage.mentions[max(first - BESIDE_REACH, 0) : first][::-1]:
        near = beside[0].sentence - one.sentence <= WHOLE_BEFORE and one.level and one.amount and not one.each
        if near and same_unit(one, beside[0]) and adds_up(one, beside):
            return one, beside
    return None


def _opened_by_whole(passage: Passage, row: Series) -> tuple[Mention, list[Mention]] | None:
    """Return whole and parts of 在教育经费总投入中，学前128.94亿元、…，分别占…: the whole is told chapters before."""
    parts = _outer_before(passage, row)
    if not row.dealt or len(parts) != len(row) or len(parts) < DIVIDED:
        return None
    if not all(same_unit(one, parts[0]) for one in parts) or len({one.noun for one in parts}) < len(parts):
        return None
    sentence = passage.segmentation.sentences.span(parts[0].sentence)
    said = _WITHIN.search(passage.text, sentence.start, parts[0].quantity.span.start)
    name = core_noun(said["whole"]) if said is not None else ""
    largest = max(one.quantity.value for one in parts)
    for one in passage.mentions[max(row.first - WHOLE_REACH, 0) : row.first][::-1]:
        usable = is_level(one) and is_amount(one) and not one.each and same_unit(one, parts[0])
        if len(name) >= NAME and usable and one.quantity.value > largest and core_noun(one.noun) == name:
            return one, parts
    return None


def _fill(row: Series) -> bool:
    """Return whether a row of shares makes a hundred, so that the parts leave nothing out."""
    room = sum((step(one.quantity) for one in row.members), Decimal(0))
    return abs(sum((one.quantity.value for one in row.members), Decimal(0)) - 100) <= room


def _outer_before(passage: Passage, row: Series) -> list[Mention]:
    """Return the amounts of the sentence right before a row, without those in parentheses of their own."""
    head = row.members[0]
    before = passage.mentions[max(row.first - BESIDE_REACH, 0) : row.first]
    return [
        one for one in before if one.sentence == head.sentence and one.depth == head.depth and one.amount and one.level
    ]


def _bearing(passage: Passage, before: int, name: str) -> Mention | None:
    mentions = passage.mentions
    for place in range(before - 1, max(before - NAMES_REACH, -1), -1):
        one = mentions[place]
        if is_level(one) and is_amount(one) and one.noun and not one.depth:
            stem = name[:3]
            if len(stem) >= 2 and (stem in one.noun or core_noun(one.noun) in name):
                return one
    return None


def _stated_wholes(passage: Passage, before: int, parts: Sequence[Mention], noun: str) -> Iterator[Mention]:
    mentions = passage.mentions
    largest = max(one.quantity.value for one in parts)
    for place in range(before - 1, max(before - NAMES_REACH, -1), -1):
        one = mentions[place]
        if is_level(one) and is_amount(one) and same_unit(one, parts[0]) and one.quantity.value > largest:
            named = not noun or likeness(noun, one.noun) > 0.6
            if named or one.total:
                yield one


def _share(
    passage: Passage, share: Mention, part: Mention, wholes: Sequence[Mention], strength: int
) -> Iterator[Proposal]:
    if len(wholes) == 1:
        operands = {"part": part, "whole": wholes[0]}
        spoken = f"{text_of(part)}÷{text_of(wholes[0])}×100%"
        wording = Wording("dealt_lists", ClaimType.SHARE, "share = part / whole", spoken)
        proposal = propose(passage, wording, ("share", share), operands, _one_of_one, strength)
    else:
        operands = {"part": part} | {f"p{n}": one for n, one in enumerate(wholes, 1) if one is not part}
        names = " + ".join(key for key in operands if key != "part")
        spoken = f"{text_of(part)}÷（{joined([one.quantity for one in wholes])}）×100%"
        wording = Wording("dealt_lists", ClaimType.SHARE, f"share = part / (part + {names})", spoken)
        proposal = propose(passage, wording, ("share", share), operands, _one_of_all, strength)
    if proposal is not None:
        yield proposal


def _one_of_one(values: Sequence[Interval]) -> Interval:
    return percent(values[0], values[1])


def _one_of_all(values: Sequence[Interval]) -> Interval:
    """Return part / (part + rest): 1 / (1 + rest / part), so that the part is not counted twice."""
    rest = divide(add(values[1:]), values[0])
    return divide(point(Decimal(100)), add([rest, point(Decimal(1))]))


def _yearly_growth(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield the growth of each year over the one before it, for amounts listed year by year."""
    amounts = [one for one in before if is_amount(one.members[0]) and _near(row, one) and _is_of_years(row, one)]
    if not amounts or row.members[0].quantity.kind is not Kind.PERCENT:
        return
    years = amounts[-1]
    sentence = passage.segmentation.sentences.span(years.members[0].sentence)
    if not _YEARS.search(passage.text[sentence.start : years.members[0].quantity.span.start]):
        return
    if _INCREASE.search(years.members[0].lead):
        return
    names = core_noun(row.members[0].clause)
    chosen = next((one for one in reversed(amounts) if _said_of(names, one)), years)
    falls = bool(_FALLS.search(row.members[0].lead))
    changes = row.members[1:] if len(row) == len(chosen) else row.members
    for old, new, change in zip(chosen.members, chosen.members[1:], changes, strict=False):
        spoken = f"（{text_of(new)}÷{text_of(old)}－1）×100%"
        wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
        formula = _fall if falls else _growth
        proposal = propose(passage, wording, ("growth", change), {"new": new, "old": old}, formula, STRUCTURAL)
        if proposal is not None:
            yield proposal


def _is_of_years(row: Series, amounts: Series) -> bool:
    """Return whether amounts are as many as the growths of a row, or one more: the first year has none."""
    return (len(amounts) == len(row) and amounts.dealt) or (len(amounts) == len(row) + 1 and row.dealt)


def _said_of(names: str, row: Series) -> bool:
    noun = core_noun(row.members[0].noun)
    return len(noun) >= 2 and (noun[-2:] in names)


def _parallel_sum(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 学校1138所，在校生48.62万人。其中幼儿园512所、小学626所，在校生依次为8.43万人、40.19万人.

    A row dealt to names that divide one total divides the other one told with it.
    """
    mentions, head = passage.mentions, row.members[0]
    parts = mentions[max(row.first - len(row), 0) : row.first]
    listed = all(one.level and one.sentence == head.sentence and same_unit(one, parts[0]) for one in parts)
    if len(parts) < len(row) or not listed or same_unit(parts[0], head):
        return
    before = mentions[max(row.first - len(row) - BESIDE_REACH, 0) : row.first - len(row)]
    near = [one for one in before if head.sentence - one.sentence <= 2 and one.level and one.amount and not one.each]
    divided = [one for one in near if same_unit(one, parts[0]) and adds_up(one, parts)]
    wholes = [
        one
        for one in near
        if divided
        and one.sentence == divided[-1].sentence
        and same_unit(one, head)
        and likeness(_DEALING.sub("", head.lead), one.noun) > NAMED_ALIKE
    ]
    if wholes:
        yield from sum_of(passage, wholes[-1], row.members, STRUCTURAL)


def _rates(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 毕业生6240人，升学3931人，就业2184人，升学率、就业率分别是63.0%、35.0%: the parts bear their names."""
    head = row.members[0]
    span = passage.segmentation.sentences.span(head.sentence)
    words = passage.text[max(span.start, head.quantity.span.start - NAMES_REACH) : head.quantity.span.start]
    names = [re.split(r"[。；：，\s]", name)[-1] for name in names_before(words)][-len(row) :]
    if len(names) != len(row) or not all(len(name) > 2 and name.endswith("率") for name in names):
        return
    beside = _outer_before(passage, row)
    parts = [_last_of(beside, name.removesuffix("率")[-2:]) for name in names]
    found = [one for one in parts if one is not None]
    if len(found) < len(row) or len({one.index for one in found}) < len(row):
        return
    first = min(one.index for one in found)
    wholes = [one for one in beside if one.index < first and same_unit(one, found[0])]
    if wholes and all(wholes[-1].quantity.value >= one.quantity.value for one in found):
        for part, share in zip(found, row.members, strict=True):
            yield from _share(passage, share, part, [wholes[-1]], STRUCTURAL)


def _rates_of_rows(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield 计划分别为1500人、2550人，实际招生1462人、2537人，完成率分别为97.5%、99.5%: rows of parts and of wholes."""
    head = row.members[0]
    amounts = [one for one in before if is_amount(one.members[0]) and _near(row, one, 0)]
    if len(amounts) < 2 or not _RATE.search(head.lead) or not same_unit(amounts[-1].members[0], amounts[-2].members[0]):
        return
    proposals = [
        one
        for part, whole, share in zip(amounts[-1].members, amounts[-2].members, row.members, strict=True)
        for one in _share(passage, share, part, [whole], STRUCTURAL)
    ]
    if _mostly_hold(proposals):
        yield from proposals


def _products(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 每生720元、940元，按小学28460人、初中13150人计算，分别需2049.12万元、1236.10万元: price times heads."""
    head = row.members[0]
    before = [
        one
        for one in passage.mentions[max(row.first - BESIDE_REACH, 0) : row.first]
        if one.sentence == head.sentence and one.depth == head.depth and one.amount and one.level
    ]
    heads = [one for one in before if one.family == "人" and not one.each][-len(row) :]
    prices = [one for one in before if one.quantity.unit.partition("/")[0] == head.quantity.unit][-len(row) :]
    if len(heads) < len(row) or len(prices) < len(row) or not prices[0].each or prices[-1].index > heads[0].index:
        return
    proposals = []
    for price, count, money in zip(prices, heads, row.members, strict=True):
        spoken = f"{text_of(price)}×{text_of(count)}"
        wording = Wording("dealt_lists", ClaimType.PER_CAPITA, "total = price × n", spoken)
        found = propose(passage, wording, ("total", money), {"price": price, "n": count}, _price_times, STRUCTURAL)
        if found is not None:
            proposals.append(found)
    if _mostly_hold(proposals):
        yield from proposals


def _price_times(values: Sequence[Interval]) -> Interval:
    return multiply(values[0], values[1])


def _last_of(beside: Sequence[Mention], stem: str) -> Mention | None:
    return next((one for one in reversed(beside) if stem in one.lead), None)


def _levels_and_increases(row: Series, before: list[Series]) -> tuple[Series, Series] | None:
    """Return the two rows before a row of growths when they are levels and what these grew by."""
    if len(before) < 2 or row.members[0].quantity.kind is not Kind.PERCENT:
        return None
    levels, increases = before[-2:]
    head, level = increases.members[0], levels.members[0]
    changed = head.role is Role.CHANGE and head.amount and same_unit(head, level)
    told = level.level and _near(row, levels, 0) and head.direction == row.members[0].direction
    return (levels, increases) if changed and told else None


def _named_and_increases(passage: Passage, row: Series, before: list[Series]) -> tuple[Series, Series] | None:
    """Return the levels told by name and the row right before a row of growths: 小学13842元、初中18905元，分别增加…."""
    increases = before[-1] if before else None
    if increases is None or increases.first + len(row) != row.first or not increases.dealt:
        return None
    head = increases.members[0]
    levels = passage.mentions[max(increases.first - len(row), 0) : increases.first]
    told = len(levels) == len(row) and all(one.level and same_unit(one, head) for one in levels)
    beside = told and all(one.sentence == head.sentence and one.depth == head.depth for one in levels)
    changed = head.role is Role.CHANGE and head.amount and head.direction == row.members[0].direction
    return (Series(increases.first - len(row), levels, dealt=False), increases) if beside and changed else None


def _growth_of_increases(passage: Passage, row: Series, levels: Series, increases: Series) -> Iterator[Proposal]:
    """Yield 依次为8126元、11385元，较上年分别增加214元、301元，增幅分别为2.70%、2.72%."""
    rises = row.members[0].direction >= 0
    sign = "－" if rises else "＋"
    for level, delta, rate in zip(levels.members, increases.members, row.members, strict=True):
        spoken = f"{text_of(delta)}÷（{text_of(level)}{sign}{text_of(delta)}）×100%"
        formula = f"growth = delta / (level {'-' if rises else '+'} delta)"
        wording = Wording("dealt_lists", ClaimType.LEVEL_DELTA_GROWTH, formula, spoken)
        operands = {"level": level, "delta": delta}
        compute = growth_of_increase if rises else fall_of_decrease
        proposal = propose(passage, wording, ("growth", rate), operands, _of_pair(compute), STRUCTURAL)
        if proposal is not None:
            yield proposal


def _growth_of_kinds(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 资助486.3万人次、62.84亿元，比上年分别增加11.7万人次、2.56亿元，增长2.47%、4.25%: of different units."""
    mentions, size, first = passage.mentions, len(row), row.first
    if first < 2 * size or row.members[0].quantity.kind is not Kind.PERCENT:
        return
    increases, levels = mentions[first - size : first], mentions[first - 2 * size : first - size]
    head = increases[0]
    dealt = "分别" in head.lead and head.role is Role.CHANGE and all(not one.lead for one in increases[1:])
    matched = all(same_unit(a, b) and b.level and b.amount for a, b in zip(increases, levels, strict=True))
    if not dealt or not matched or same_unit(levels[0], levels[1]) or levels[0].sentence != head.sentence:
        return
    rises = head.direction >= 0
    sign = "－" if rises else "＋"
    for level, delta, rate in zip(levels, increases, row.members, strict=True):
        spoken = f"{text_of(delta)}÷（{text_of(level)}{sign}{text_of(delta)}）×100%"
        formula = f"growth = delta / (level {'-' if rises else '+'} delta)"
        wording = Wording("dealt_lists", ClaimType.LEVEL_DELTA_GROWTH, formula, spoken)
        compute = growth_of_increase if rises else fall_of_decrease
        operands = {"level": level, "delta": delta}
        found = propose(passage, wording, ("growth", rate), operands, _of_pair(compute), STRUCTURAL)
        if found is not None:
            yield found


def _of_pair(compute: Callable[[Interval, Interval], Interval]) -> Formula:
    return lambda values: compute(values[0], values[1])


def _growth(values: Sequence[Interval]) -> Interval:
    return growth(values[0], values[1])


def _fall(values: Sequence[Interval]) -> Interval:
    return subtract(point(Decimal(0)), growth(values[0], values[1]))


def _levels_around(rows: Sequence[Series], place: int, before: list[Series]) -> list[Series]:
    """Return the rows of levels of a row of changes; 分别增长x%、y%（上年分别为a、b） tells the older last."""
    row = rows[place]
    levels = [one for one in before if _near(row, one, 0) and one.members[0].role is not Role.CHANGE]
    following = rows[place + 1] if place + 1 < len(rows) else None
    if following is None or len(following) != len(row) or following.members[0].sentence != row.members[0].sentence:
        return levels
    told = following.members[0].role is Role.PREVIOUS and following.first == row.first + len(row)
    return [following, levels[-1]] if told and levels else levels


def _matched_change(passage: Passage, row: Series, levels: list[Series]) -> Iterator[Proposal]:
    """Yield the changes of a row against two rows of levels: 由a、b分别提高到A、B，分别提高p、q个百分点."""
    if len(levels) < 2 or not same_unit(levels[-1].members[0], levels[-2].members[0]):
        return
    newer, older = levels[-1], levels[-2]
    if newer.members[0].role is Role.PREVIOUS:
        newer, older = older, newer
    points = newer.members[0].quantity.kind is Kind.PERCENT
    falls = bool(_FALLS.search(row.members[0].lead))
    for new, old, change in zip(newer.members, older.members, row.members, strict=True):
        operands = {"new": new, "old": old}
        if points:
            wording = Wording(
                "dealt_lists", ClaimType.DIFFERENCE, "diff = new - old", f"{text_of(new)}－{text_of(old)}"
            )
            formula = _drop if falls else _rise
            proposal = propose(passage, wording, ("diff", change), operands, formula, STRUCTURAL, derived=False)
        elif change.quantity.kind is Kind.PERCENT:
            spoken = f"（{text_of(new)}÷{text_of(old)}－1）×100%"
            wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
            formula = _fall if falls else _growth
            proposal = propose(passage, wording, ("growth", change), operands, formula, STRUCTURAL)
        else:
            continue
        if proposal is not None:
            yield proposal


def _rise(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])


def _drop(values: Sequence[Interval]) -> Interval:
    return subtract(values[1], values[0])
