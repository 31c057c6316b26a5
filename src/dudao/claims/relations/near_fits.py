"""Figures that words announce as a result, and figures nearby that make them exactly, whatever the sentence between.

Sentences tell a share, a growth, a shortage or a mean in more ways than the other relations know. Where the words say
what kind of result a figure is and nothing else explains it, the amounts nearby are tried, the nearest first; what
fits, and is unlikely to fit by chance, is confirmed. What does not fit is no claim.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import (
    Formula,
    step,
)
from dudao.claims.formulas import fallen, grown, minus, quotient, risen, share_in_percent, shrunk
from dudao.claims.fractions import share_of_sum
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.sums.lists import LEFT_OVER
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up, told_again
from dudao.quantities.model import Kind

NAME = "near_fits"
REACH = 30
"""How many figures back the operands may stand."""
KEPT = 12
"""How many operands of a kind are tried."""
AHEAD = 2
"""How many figures behind the result, in its own sentence, an operand may stand."""
PARAGRAPHS = 4
"""In how many paragraphs before, headings among them, the operands may stand."""
SEARCHES = 6000
"""So many figures of one text are searched for; a report of 20 pages has some 200."""
CHANCE = 8.0
"""What is tried must be so many times too little to fit once by chance."""
PERCENTS = 50.0
"""Over how many points the percentages are spread that figures make by chance."""
HEADS_REACH = 80
"""How many figures back the heads of a mean may stand."""
HEADS_TRIED = 24
AMOUNTS_TRIED = 6
GROUPS = frozenset({"所", "班"})
"""The families of what persons are spread over."""
RUN_LIMIT = 16
"""How many figures side by side are tried as the parts of a total."""
TOTALS = 60
"""How many figures back the total of a list may stand."""

_RATE = re.compile(
    r"(?:率|度|面|占|占比|比例|比重|的|进度|为)(?:分别|各|仅|只|还|已|也|高)*"
    r"(?:(?:降低?|升|提高|提升|上升|下降|回落|增加?|压减|减少)[到至]|为|达到|达|是|约|近|超过|已|仅|只有|均|：|:)*$"
)
_RATE_OF = re.compile(r"(?:率|占比|比例|比重)(?:由|从)")
"""覆盖率由79.6%提高到87.1%（在园幼儿总数12486人）: the share that was reached."""
_LEFT = re.compile(
    r"(?:高于|低于|高出|超出|超过|多于|少于|大于|小于|高(?!层次|水平|质量|级|校|考|新|中|职|等|效|标准|素质|学历|端|龄)|低(?!保|收入|年级|龄)|"
    r"多(?!媒体|元|功能|种|样)|(?<!青)少(?!年|儿|先|数)|缺口|缺额|结转|结存|缺编|空编|空余|短缺|缺少|短收|超收|超支|少列|多列|缺(?!席|陷|点)|差(?!异|旅|评|别)|(?<!业)余|剩余|尚有|仍有|还有|"
    r"未(?!来)[^，。；、]{1,8}|需[^，。；、]{1,8}|净(?:增加?|减少?|流[入出]|[转调][入出])|即[^，。；、]{1,6}|走读生|男[^，。；、]{0,4}|其余[^，。；、]{0,8}|较上年.{1,6})"
    r"[^，。；、\d]{0,10}$"
    r"|超[容期员编支额](?:约|达|了)*$|(?:闲置|沉淀|滞留|消除|化解|销号|清退|腾退|撤并|分流|转移|富余|欠账)(?:约|了)*$"
)
_NORM = re.compile(r"标准|目标|要求|规定|定额|省定|市定|国家|上限|控制|平均水平|限额")
_MEAN = "均"
_MEAN_OF_WHAT = re.compile(r"^.*均(?:占有|拥有)?")
_BOTH = re.compile(
    r"(?:前者(?:是|为|相当于|占)?后者|后者(?:是|为|相当于|占)前者)的?(?:约)?$|[二两]者(?:相差|之差|差额?)(?:为|达|约)?$|前者比后者[多高少低]$|前者(?:高于|低于|高出|超过|多于|少于)后者(?:约)?$"
)
_OTHER_WAY = re.compile(r"后者[^前]{1,4}前者")
_EACH_WHO = re.compile(r"每[名个位所](?P<who>[^，。；、\d]{2,6}?)(?:负担|承担|拥有|配备|指导|有|配)")
"""平均每名专任教师负担15.3名幼儿: the heads have this name."""
_PER_PUPIL = re.compile(r"^(?:每生|生均)")
_ALL_PUPILS = re.compile(r"(?:在园)?幼儿|在校生|在校学生|在园生|中小学生|学生|生")
PUPILS_REACH = 120
"""How many figures back all pupils may be told."""
_GAP = re.compile(r"差距|相差|[仅只]差|差异")
"""A gap in points that can widen or narrow: 仅差6.6个百分点，五年前差距18.2个百分点，缩小11.6个百分点."""
_FASTER = re.compile(r"增幅|增速|涨幅|降幅|增长率|(?<!加)快|(?<!放)慢|跑赢")
"""教育支出增幅快1.4个百分点 compares two growths."""
_OTHERS = re.compile(r"其余[^，。；、]{0,12}$")

_Explained = AbstractSet[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """How two figures make a result: the type of the claim, its formula, their names in it, how it is spoken."""

    type: ClaimType
    formula: str
    names: tuple[str, str]
    spoken: str
    compute: Formula

    def proposed(
        self, passage: Passage, one: Mention, figures: tuple[Mention, Mention], strength: int, *, derived: bool
    ) -> Proposal | None:
        """Return the claim that a figure is what the rule makes of two others, given in the order of their names."""
        spoken = self.spoken.format(*map(text_of, figures))
        wording = Wording(NAME, self.type, self.formula, spoken)
        operands = dict(zip(self.names, figures, strict=True))
        stated = self.formula.partition(" ")[0]
        found = propose(passage, wording, (stated, one), operands, self.compute, strength, derived=derived)
        if found is None or strength > WEAK or one.quantity.kind is not Kind.PERCENTAGE_POINT:
            return found
        # 1.6个百分点 beside 93.4% and 91.7%: points that only stand near must fit as they are written.
        return None if found.claim.verdict is Verdict.CONSISTENT_IF_ROUNDED else found


_Trial = tuple[float, _Rule, Mention, Mention]
"""About what a rule makes of two figures; most trials miss by far, so nothing is worded before one comes near."""


def find(passage: Passage, explained: _Explained) -> Iterator[Proposal]:
    """Yield what fits for the results that no other relation explains.

    Args:
        passage: the text as the relations read it.
        explained: the numbers of the figures that are explained, each with what it is explained as: change, share,
            or the type of the claim.
    """
    searched = 0
    for place, one in enumerate(passage.mentions):
        if one.quantity.upper is not None or one.quantity.approximation is not None or one.quantity.value <= 0:
            continue
        how = announced(one)
        if not how or (one.index, how) in explained or (how == "share" and (one.index, "change") in explained):
            continue
        searched += 1
        if searched > SEARCHES:
            return
        if (pair := _both(passage, place)) is not None:
            yield from _of_both(passage, place, *pair)
            continue
        yield from _SEARCHES[how](passage, place)
    yield from _lists(passage)


def _both(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return the two amounts that 前者 and 后者 or 二者 mean: the two of one unit just before, in this order."""
    mentions, one = passage.mentions, passage.mentions[place]
    if place < 2 or not _names_both(one):
        return None
    before = [other for other in mentions[max(place - 4, 0) : place] if not _names_both(other)]
    if len(before) < 2:
        return None
    former, latter = before[-2:]
    points = one.quantity.kind is Kind.PERCENTAGE_POINT
    # 增长3.85%；…增长2.11%。前者比后者高1.74个百分点: the two may fill the sentence before.
    next_clause = one.clause_number - latter.clause_number == 1
    beside = former.sentence == latter.sentence and (one.sentence == latter.sentence or next_clause)
    alike = same_unit(former, latter) and (
        former.quantity.kind is latter.quantity.kind is Kind.PERCENT if points else _amount(former) and _amount(latter)
    )
    return (former, latter) if alike and beside else None


def _of_both(passage: Passage, place: int, former: Mention, latter: Mention) -> Iterator[Proposal]:
    """Yield 二者相差1485元; 前者是后者的6.87倍; 前者为后者的101.34%."""
    one = passage.mentions[place]
    pair, derived = ((latter, former) if _OTHER_WAY.search(one.clause) else (former, latter)), True
    if (one.amount and same_unit(one, former)) or one.quantity.kind is Kind.PERCENTAGE_POINT:
        rule, derived = _DIFFERENCE, False
        pair = (former, latter) if former.quantity.value >= latter.quantity.value else (latter, former)
    elif one.quantity.kind is Kind.PERCENT and one.role is not Role.CHANGE:
        rule = _SHARE
    elif one.quantity.kind is Kind.RATIO and one.quantity.unit == "倍":
        rule = _RATIO
    else:
        return
    found = rule.proposed(passage, one, pair, EXPLICIT, derived=derived)
    if found is not None:
        yield found


def announced(one: Mention) -> str:
    """Return what kind of result the words call a figure; empty when they do not say."""
    kind = one.quantity.kind
    if kind is Kind.PERCENTAGE_POINT:
        return "change"
    if kind is Kind.PERCENT:
        if one.role in (Role.CHANGE, Role.EXCESS):
            return "change"
        reached = one.role is Role.TO and _RATE_OF.search(one.clause) is not None
        return "share" if reached or one.role is Role.SHARE or _RATE.search(one.lead) else ""
    if kind is Kind.RATIO:
        # Of 六分之一 no digit says how near it is meant.
        return "" if "分之" in one.quantity.text else "ratio"
    if not one.amount or one.family is None:
        return ""
    if one.role is Role.CHANGE or _names_both(one) or _LEFT.search(one.lead):
        return "change"
    if "其余" in one.clause and _OTHERS.search(one.clause):
        return "change"
    return "per_capita" if one.each or _MEAN in one.lead else ""


def _names_both(one: Mention) -> bool:
    return "者" in one.clause and _BOTH.search(one.clause) is not None


def _near(passage: Passage, place: int, wanted: Callable[[Mention], bool], limit: int = KEPT) -> list[Mention]:
    """Return the figures near a result that may be its operands: those before, the nearest first, then those behind."""
    mentions, one = passage.mentions, passage.mentions[place]
    found: list[Mention] = []
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        candidate = mentions[other]
        if one.paragraph - candidate.paragraph > PARAGRAPHS or len(found) >= limit:
            break
        if wanted(candidate):
            found.append(candidate)
    behind = mentions[place + 1 : place + 1 + AHEAD]
    return [*found, *(other for other in behind if other.sentence == one.sentence and wanted(other))]


def _amount(one: Mention) -> bool:
    # An open amount (56人以上) fits whatever is tried.
    usable = one.slack is not None and one.quantity.value > 0 and one.family is not None
    return usable and one.amount and one.role not in (Role.CHANGE, Role.EXCESS)


def _cut_off(one: Mention, stem: str) -> bool:
    """Return whether a change is what a rate is named by: 审减1800万元，审减率8.4%."""
    named = one.role is Role.CHANGE and one.amount and one.lead.endswith(stem)
    return named and one.quantity.upper is None and one.quantity.value > 0


def _percentage(one: Mention) -> bool:
    """Return whether a rate may be compared with another: 初中近视率69.5%，是小学的1.89倍."""
    usable = one.quantity.upper is None and one.quantity.value > 0
    return usable and one.quantity.kind is Kind.PERCENT and one.role in (Role.LEVEL, Role.SHARE, Role.TO)


def _room(one: Mention) -> float:
    return float(step(one.quantity))


def _chance(one: Mention) -> float:
    """Return how likely one trial fits by chance."""
    if one.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
        return _room(one) / PERCENTS
    return _room(one) / float(one.quantity.value)


def _tried(passage: Passage, one: Mention, trials: Iterator[_Trial], *, derived: bool) -> Iterator[Proposal]:
    """Yield the first trial that fits, as long as chance would not have made one fit."""
    value, chance = float(one.quantity.value), _chance(one)
    room = max(_room(one), value / 200) * 1.01
    for number, (made, rule, first, second) in enumerate(trials, 1):
        if number * chance * CHANCE > 1 and number > 1:
            return
        if abs(made - value) <= room:
            found = rule.proposed(passage, one, (first, second), WEAK, derived=derived)
            if found is not None:
                yield found
                return


def _pairs(near: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of figures that can be compared, those nearest to the result first; the larger stands first."""
    for later in range(1, len(near)):
        for earlier in range(later):
            one, other = near[earlier], near[later]
            if _comparable(one, other) and one.quantity.value != other.quantity.value:
                yield (one, other) if one.quantity.value > other.quantity.value else (other, one)


def _comparable(one: Mention, other: Mention) -> bool:
    """Return whether two amounts count the same: both per head or not, or of one size as pay is however it is named."""
    if not same_unit(one, other):
        return False
    return one.each == other.each or other.quantity.value / 8 < one.quantity.value < other.quantity.value * 8


def _changes(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield differences and growths."""
    one = passage.mentions[place]
    kind = one.quantity.kind
    if kind is Kind.PERCENTAGE_POINT or one.amount:
        yield from _tried(passage, one, _differences(passage, place), derived=False)
    else:
        # The growth an increase makes and the growth of two levels are two claims, told of one figure.
        near = _near(passage, place, _amount)
        for trials in (_risings(passage, place, near), _growths(one, near)):
            yield from _tried(passage, one, trials, derived=True)


def _differences(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    points = one.quantity.kind is Kind.PERCENTAGE_POINT
    own_unit = one.quantity.unit.partition("/")[0]
    growths = points and _FASTER.search(one.clause) is not None

    def wanted(other: Mention) -> bool:
        if points:
            gap = other.quantity.kind is Kind.PERCENTAGE_POINT and _GAP.search(other.clause) is not None
            percent = other.quantity.kind is Kind.PERCENT and (other.role is Role.CHANGE) == growths
            return (percent or gap) and other.quantity.upper is None
        alike = same_unit(other, one) or other.quantity.unit.partition("/")[0] == own_unit
        return alike and _amount(other)

    norm = one.role is Role.EXCESS and _NORM.search(one.clause)
    rule = _EXCESS if norm else _DIFFERENCE
    for high, low in _pairs(_near(passage, place, wanted)):
        yield float(high.quantity.value - low.quantity.value), rule, high, low


def _risings(passage: Passage, place: int, near: list[Mention]) -> Iterator[_Trial]:
    """Yield the growths that an increase just told makes of the levels nearby."""
    one = passage.mentions[place]
    rises = one.direction >= 0
    deltas = [
        other
        for other in passage.mentions[max(place - 3, 0) : place + 2]
        if other.role is Role.CHANGE and other.amount and other.sentence == one.sentence and other.quantity.value > 0
    ]
    for delta in deltas:
        for level in near:
            if not same_unit(level, delta) or (rises and level.quantity.value <= delta.quantity.value):
                continue
            base = level.quantity.value - delta.quantity.value if rises else level.quantity.value + delta.quantity.value
            yield float(delta.quantity.value * 100 / base), _RISE if rises else _FALL, level, delta


def _growths(one: Mention, near: list[Mention]) -> Iterator[_Trial]:
    """Yield the growths that two levels nearby make."""
    rises = one.direction >= 0
    for high, low in _pairs(near):
        new, old = (high, low) if rises else (low, high)
        made = abs(float(new.quantity.value / old.quantity.value) - 1) * 100
        yield made, _GROWTH if rises else _SHRINKAGE, new, old


def _shares(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the share of one of the amounts just before the result in another."""
    one = passage.mentions[place]
    found = list(_tried(passage, one, _quotas(passage, place), derived=True))
    found = found or list(_neighbours_share(passage, place))
    yield from found or _pooled(passage, place)


def _neighbours_share(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 项目42个，已完工16个，在建19个，…尚未启动2个，开工率83.3%: parts side by side over their whole."""
    mentions, one = passage.mentions, passage.mentions[place]
    near = [other for other in mentions[max(place - KEPT, 0) : place] if _amount(other) and other.level]
    near = [other for other in near if one.paragraph == other.paragraph and one.sentence - other.sentence <= 1]
    if not one.quantity.decimals or len(near) < 3:
        return
    for number, whole in enumerate(near[:-2]):
        parts = [other for other in near[number + 1 :] if same_unit(other, whole) and not other.each]
        if len(parts) < 3 or not adds_up(whole, parts):
            continue
        for first in range(len(parts) - 1):
            for last in range(first + 2, len(parts)):
                found = share_of_sum(passage, parts[first:last], whole, one)
                if found is not None:
                    yield found
                    return


def _pooled(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 毕业生2476人，升学1684人，就业745人，升学就业率98.1%: two amounts over the one before them."""
    mentions, one = passage.mentions, passage.mentions[place]
    near = mentions[max(place - 3, 0) : place]
    plain = all(_amount(other) and other.level and not other.each and same_unit(other, near[0]) for other in near)
    if len(near) == 3 and plain and one.quantity.decimals and near[0].sentence == one.sentence:
        found = share_of_sum(passage, [*near[1:]], near[0], one)
        if found is not None:
            yield found


def _quotas(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    stem = one.lead[:2]
    near = _near(passage, place, lambda other: _amount(other) or _cut_off(other, stem), limit=2 * KEPT)
    parts = [other for other in near if other.index < one.index][:4]
    trials = [
        (number + behind, part, whole)
        for number, part in enumerate(parts)
        for behind, whole in enumerate(near)
        if whole is not part and _comparable(part, whole)
    ]
    for _, part, whole in sorted(trials, key=lambda trial: trial[0]):
        yield float(part.quantity.value * 100 / whole.quantity.value), _SHARE, part, whole


def _ratios(passage: Passage, place: int) -> Iterator[Proposal]:
    one = passage.mentions[place]
    yield from _tried(passage, one, _quotients(passage, place), derived=True)


def _means(passage: Passage, place: int) -> Iterator[Proposal]:
    one = passage.mentions[place]
    yield from _tried(passage, one, _over_heads(passage, place), derived=True)


def _quotients(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    times = one.quantity.unit == "倍"
    near = _near(passage, place, lambda other: _amount(other) or (times and _percentage(other)), limit=16)
    for later in range(1, len(near)):
        for earlier in range(later):
            for top, bottom in ((near[earlier], near[later]), (near[later], near[earlier])):
                if top.quantity.kind is not bottom.quantity.kind:
                    continue
                if one.quantity.unit == "倍" and not same_unit(top, bottom):
                    continue
                yield float(top.quantity.value / bottom.quantity.value), _RATIO, top, bottom


def _over_heads(passage: Passage, place: int) -> Iterator[_Trial]:
    """Yield the amounts just before a mean over the heads that may be told far before."""
    one = passage.mentions[place]
    unit = one.quantity.unit.partition("/")[0]
    amounts: list[Mention] = []
    heads: list[Mention] = []
    who = _EACH_WHO.search(one.lead)
    for other in passage.mentions[max(place - HEADS_REACH, 0) : place][::-1]:
        if not _amount(other) or not other.level or other.each:
            continue
        alike = other.quantity.unit == unit or (other.family == one.family == "人")
        if alike and len(amounts) < AMOUNTS_TRIED:
            amounts.append(other)
        if who is not None and who["who"] not in other.clause:
            continue
        if other.quantity.kind is Kind.COUNT and len(heads) < HEADS_TRIED:
            heads.append(other)
    if _PER_PUPIL.search(one.lead):
        # 生均图书11.4册 is said of all pupils, whoever else was counted since.
        far = passage.mentions[max(place - PUPILS_REACH, 0) : place]
        heads = [*(other for other in far if _ALL_PUPILS.fullmatch(core_noun(other.noun)) and _amount(other)), *heads]
    counted = [(float(head.quantity.value), head) for head in heads]
    named = _MEAN_OF_WHAT.sub("", one.lead)[:2]
    amounts.sort(key=lambda amount: len(named) < 2 or named not in amount.lead)
    yield from _over_group(passage, place)
    for amount in amounts:
        value = float(amount.quantity.value)
        for heads_told, head in counted:
            if head is not amount:
                yield value / heads_told, _MEAN_OF, amount, head


def _over_group(passage: Passage, place: int) -> Iterator[_Trial]:
    """Yield the persons told before over the groups right beside a mean: 开设班级286个，平均班额26.6人."""
    mentions, one = passage.mentions, passage.mentions[place]
    beside = mentions[place - 1 : place] + mentions[place + 1 : place + 2]
    groups = [
        other
        for other in beside
        if other.sentence == one.sentence
        and other.family in GROUPS
        and other.quantity.value > 0
        and abs(other.clause_number - one.clause_number) <= 1
        and (other.index < one.index or other.depth > one.depth)
    ]
    if one.family != "人" or not groups:
        return
    for other in mentions[max(place - HEADS_REACH, 0) : place][::-1]:
        if other.family == "人" and _amount(other) and other.level and not other.each:
            for group in groups:
                yield float(other.quantity.value / group.quantity.value), _MEAN_OF, other, group


def _lists(passage: Passage) -> Iterator[Proposal]:
    """Yield lists of amounts side by side that make an amount told before: 86213万元 … 税务60127万元，财政26086万元."""
    mentions = passage.mentions
    totals = levels_of(mentions)
    first = 0
    while first < len(mentions):
        run = amounts_in_a_row(mentions, first, totals)
        if len(run) >= 2:
            yield from _total(passage, first, run, totals)
        first += max(len(run), 1)


def levels_of(mentions: Sequence[Mention]) -> list[tuple[float, float] | None]:
    """Return value and step of each figure that can be a total or its part, None for any other."""
    return [
        (float(one.quantity.value), _room(one)) if one.level and not one.each and _amount(one) else None
        for one in mentions
    ]


def amounts_in_a_row(
    mentions: Sequence[Mention], first: int, totals: Sequence[tuple[float, float] | None]
) -> list[Mention]:
    """Return the amounts of one unit that follow one another from a place on; `totals` are their levels."""
    run: list[Mention] = []
    shared = 0
    last = min(first + RUN_LIMIT, len(mentions)) - 1
    for place in range(first, last + 1):
        one = mentions[place]
        if place < last:
            behind = mentions[place + 1]
            beside = one.clause_number == behind.clause_number and one.depth >= behind.depth
            if beside and one.quantity.unit != behind.quantity.unit:
                # 11至50人的42所: the first figure belongs to the name of the second; what a parenthesis tells does not.
                continue
        if totals[place] is None:
            if run and one.role is Role.SHARE and one.clause_number - run[-1].clause_number == 1:
                # A share told of the last amount does not end the list.
                shared = 1
                continue
            break
        if run and (one.sentence != run[-1].sentence or one.quantity.unit != run[-1].quantity.unit):
            break
        if run and one.clause_number - run[-1].clause_number > 1 + shared:
            break
        if len(run) > 1 and LEFT_OVER.match(run[-1].lead):
            break  # 增长的98个，其余8个下降，下降超过2%的3个: behind the rest nothing is left to tell
        run.append(one)
        shared = 0
    return run


def _total(
    passage: Passage, first: int, run: list[Mention], totals: Sequence[tuple[float, float] | None]
) -> Iterator[Proposal]:
    """Yield the sum of a run that an earlier figure gives; `totals` are value and step of those that may."""
    mentions = passage.mentions
    tried = 0
    for begin in (0, 1):
        parts = run[begin:]
        if len(parts) < 2 or (begin and any(right.depth != left.depth for left, right in pairwise(parts))):
            continue
        reached = float(sum((one.quantity.value for one in parts), Decimal(0)))
        parts_room = sum(float(step(one.quantity)) for one in parts if one.quantity.decimals)
        for other in range(first + begin - 1, max(first - TOTALS, -1), -1):
            known = totals[other]
            if known is None or not same_unit(mentions[other], parts[0]):
                continue
            tried += 1
            total, (value, own_room) = mentions[other], known
            room = own_room + parts_room
            near = abs(reached - value) <= room
            if near and told_again(total, mentions[other + 1 : first + begin]):
                continue
            if near and tried * room * CHANCE <= value and adds_up(total, parts):
                yield from sum_of(passage, total, parts, WEAK)
                return


_DIFFERENCE = _Rule(ClaimType.DIFFERENCE, "diff = a - b", ("a", "b"), "{0}－{1}", minus)
_EXCESS = _Rule(ClaimType.EXCEEDS_STANDARD, "diff = a - b", ("a", "b"), "{0}－{1}", minus)
_SHARE = _Rule(ClaimType.SHARE, "share = part / whole", ("part", "whole"), "{0}÷{1}×100%", share_in_percent)
_RATIO = _Rule(ClaimType.RATIO, "ratio = b / a", ("b", "a"), "{0}÷{1}", quotient)
_MEAN_OF = _Rule(ClaimType.PER_CAPITA, "per = total / n", ("total", "n"), "{0}÷{1}", quotient)
_GROWTH = _Rule(ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", ("new", "old"), "（{0}÷{1}－1）×100%", grown)
_SHRINKAGE = _Rule(ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", ("new", "old"), "（1－{0}÷{1}）×100%", shrunk)
_RISE = _Rule(
    ClaimType.LEVEL_DELTA_GROWTH,
    "growth = delta / (level - delta)",
    ("level", "delta"),
    "{1}÷（{0}－{1}）×100%",
    risen,
)
_FALL = _Rule(
    ClaimType.LEVEL_DELTA_GROWTH,
    "growth = delta / (level + delta)",
    ("level", "delta"),
    "{1}÷（{0}＋{1}）×100%",
    fallen,
)

_SEARCHES: dict[str, Callable[[Passage, int], Iterator[Proposal]]] = {
    "change": _changes,
    "share": _shares,
    "ratio": _ratios,
    "per_capita": _means,
}
