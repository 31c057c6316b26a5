"""What one figure has more than another: 应配1200人，实有1100人，缺100人; 小学270所，比初中多177所."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import add, step, subtract
from dudao.claims.completeness import stage_of
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import (
    EXPLICIT,
    STRUCTURAL,
    WEAK,
    Proposal,
    Wording,
    digits_written,
    propose,
    text_of,
)
from dudao.quantities.model import Approximation, Interval, Kind, Quantity

REACH = 5
"""How many figures back the two may stand in their sentence."""
BEFORE = 8
"""How many figures back the two amounts may stand whose difference is left over."""
CLAUSES = 4
DUE_REACH = 12
DISTANT = 160
"""How many figures back the level of an earlier year may stand."""
ALIKE = 0.55
TELLING = 5
SMALLEST = 10
"""A smaller shortage fits too many pairs by chance."""
FILLED_REACH = 12
"""How many figures back a shortage may stand that was filled since."""
LIST = 3
"""How many figures a list has at least whose highest and lowest are compared."""
SUBJECT = 2
"""How many characters name what a shortage is said of."""
BALANCE_PARAGRAPHS = 2
"""In how many paragraphs before: income and spending may be a chapter each."""
BALANCE_REACH = 24
"""How many figures back income and spending may stand."""

_DUE = re.compile(
    r"上报|申报|应(?:配|有|当|建|设|到|拨|支|列|达|缴|发|收|交|计|提|安排|投入)|需(?:要|求)?|概算|估算|总投资|核(?:定|编)|编制|计划|规划|定编|额定|要求|设计|容量|预算|测算"
)
_PRESENT = re.compile(
    r"实(?:有|际|配|到|建|支|拨|列|达|缴|发|收|测|提)|可用财力|落实|现有|在岗|在编|在职|已(?:有|配|聘|建|拨|完成)|到位|完成|决算|执行数|支出"
)
_LACK = re.compile(
    r"(?:缺额|缺口|缺编|空编|尚缺|还缺|仍缺|缺少|短缺|缺|差额|尚差|还差|差|不足|欠缺|少(?:[列支拨提发缴]|安排|投入|计提|征收|配备|配)|[欠漏][列支拨提发缴付配]|虚报|短收|结余|节余|剩余|空余|余)(?:为|达|约|了)*$"
)
_LEFT_OVER = re.compile(
    r"^(?:其|目前|现|尚|还|仍|仅|有|共|实际|年末|期末|已|当年|形成|产生)*"
    r"(?:结余|结转|结存|节余|剩余|余下|剩下|余|剩|未[^，。；、\d]{1,6}?|欠缴|欠账|欠|空编|空余|缺额|缺口|缺|差|富余|富裕|盈余|超[容支员编期出额标]?)"
    r"(?:资金|经费|学位|人数|名额|编制|任务)?(?:为|达|约|了|的)*$"
)
"""What is left over or missing when the second of two amounts is taken from the first, whichever is the larger."""
_STILL_LACKS = re.compile(
    r"(?:还|仍|尚|现)缺(?:编|口)?(?:为|约)?$|缺口(?:已)?(?:缩小|减少|下降|降|压缩)(?:到|至|为)(?:约)?$"
)
_FILLS = re.compile(r"补充|招聘|引进|新聘|录用|调入|交流|走教|支教|选调|解决")
_NOW_DONE = re.compile(r"^(?:目前|现|已|已经|实际|共|累计|中)+")
_UNDONE = re.compile(r"(?:其余|剩余|目前|仍|还|尚)*未(?P<what>[^，。；、\d未]{2})的?")
_DONE = re.compile(
    r"实[际有配检测到缴拨支收建聘达]|使用|支出|支付|拨付|完成|归还|偿还|已|聘|就读|入学|入园|安置|在[编岗职]|到[岗位校账]|办结|整改|建成|发放|开工|落实|参加|容纳"
)
_BALANCED = re.compile(r"结余|结转|结存|节余|剩余|盈余")
_NET = re.compile(
    r"(?:三年|两年|五年|全年|[^，。；、\d]{0,4})净(?:增加?|减少?|流[入出]|[转调][入出])(?:了|约|教师|人员|学生|编制)*"
)
_YEARLY = re.compile(r"均|每")
_NET_LOSS = re.compile(r"净(?:减|流出|[转调]出)")
_CAME = re.compile(r"补充|招聘|新增|调入|转入|流入|增加|引进|新聘|录用|新招")
_WENT = re.compile(r"退休|流失|调出|转出|流出|减少|离职|辞职|自然减员|减员|离岗")
_MORE = re.compile(r"追加|调增|新增|另|加上|上年结[余转]")
_SIZES = Decimal(5)
"""An amount that is so many times the other is no plan of it: 学生15000人，教师1200人，缺58人."""
_PLACES_FOR = re.compile(r"学位|容量|床位|核定规模|设计规模")
"""A place is filled by a person: 学位容量21600个，实际就读22918人，超容1318人."""
_PLACES = re.compile(r"(?:现有|可提供|能提供|提供|实有|现)(?:公办)?学位$")
"""适龄儿童13650人，现有学位11880个，缺口1770个."""
_AHEAD = re.compile(r"[：:，（(][^，。；]{0,20}")
_LESS = re.compile(r"(?:还|尚|仍)?(?:短?少)")
_SURPLUS = re.compile(r"(?:超编|超员|超容|超载|超配|多列|超出|富余|超(?:计划|预算|任务|目标)?)(?:为|达|约|了)*$")
_SHORT = re.compile(
    r"^(?:的?[^，。；：、\d]{0,4}(?:标准|规定|要求|目标|定额)(?:值|线)?)?(?:仍|还|尚|有|相)*(?:差|低|不足|差距)(?:距)?(?:为|达|约|了)*$"
)
_AIM = re.compile(r"计划|目标|要求|规定|应达|预期|任务|指标为|标准|控制在")
_OFF_PLAN = re.compile(
    r"^(?:比|较|与|距|离)?(?:原?计划|年初目标|目标|预期|任务|要求|规定|标准|控制数|指标)?(?:值|数)?(?:相比)?[，]?(?:仍|还|尚|仅|只)?"
    r"(?:相差|差|低|少|高|超出|超过|超|高出|多)(?:了|约)*$"
)
_APART = re.compile(
    r"(?:[二两]者|最[高大多](?:分|值|的)?[与和]最[低小少](?:分|值|的)?)?(?:相差|差距|之差|差额)(?:为|达|约)*"
)
_BARELY_MORE = re.compile(r"(?:高出|高|多出|多)(?:约)?")
_STAFF_PAY = re.compile(r"教师|公务员")
_MORE_THAN = re.compile(r"(?:比|较)[^，。；、\d]{2,12}?(?P<word>高出?|多出?|低|少)(?:了|约)*$")
_EXTREME = re.compile(r"最[高低多少大小]")
_BALANCE = re.compile(r"结转下年|净结余|年终结余|滚存结余|收支相抵|收支差额|结余")
_OWN_SHORTAGE = re.compile(r"(?:现|尚|还|仍|共|合计|总|计|有|实际|应)*(?:缺|差|欠|超|余|空|少|多)[^，。；、]{0,3}$")
_STAFF = re.compile(r"教师|教职工|人员|编制")
_DISTANCE = re.compile(r"(?:距|离|与)[^，。；]{0,20}$")
_STANDARD = re.compile(r"(?:的)?(?:标准|定额|要求|水平|基准)")
_NORM = re.compile(r"省定|国定|国家|规定|标准|要求|定额|限额")
_HOLDS = re.compile(r"含|包括|其中")
_COMPARED = re.compile(r"比(?P<other>[^，。；、\d]{1,14}?)(?P<word>多|少|高|低)(?:了|出|约)*+$")
_THAN = re.compile(r"^(?:比|较|与)(?P<other>[^，。；、\d]{2,8}?)(?:相比)?(?P<word>多|少|高|低)(?:了|出|支出)*$")
_ITSELF = re.compile(
    r"^(?P<who>[^比较同与跟，。；、\d]{2,8}?)(?:仍|还|均|要)?(?P<word>高出|多出|低出|高|低|快|慢)(?:了|约|近)*$"
)
_ABOVE = re.compile(r"(?P<word>高于|低于|多于|少于|超过|超出)(?P<other>[^，。；、\d]{2,14}?)(?:约|近)*+$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a figure is the difference of two others."""
    for place, by in enumerate(passage.mentions):
        if by.quantity.upper is not None:
            continue
        if _APART.fullmatch(by.lead):
            yield from _apart(passage, place)
            continue
        if _SHORT.search(by.lead) and (by.amount or by.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT)):
            yield from _short_of(passage, place)
        if by.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
            yield from _against_plan(passage, place)
            yield from _by_subject(passage, place)
        if not is_amount(by):
            continue
        if _STILL_LACKS.search(by.lead):
            left = [*_filled(passage, place)]
            yield from left
            if left:
                continue
        yield from _other_behind(passage, place)
        if _LESS.fullmatch(by.lead):
            yield from _shortage(passage, place, near_only=True)
        elif _LACK.search(by.lead) or _SURPLUS.search(by.lead):
            found = [*_shortage(passage, place), *_said_before(passage, place)]
            yield from found or _left_over(passage, place)
        elif (than := _MORE_THAN.search(by.lead)) is not None and _pair_behind(passage, place):
            first, second = passage.mentions[place + 1 : place + 3]
            high, low = (first, second) if than["word"][0] in "高多" else (second, first)
            yield from _claim(passage, by, high, low, STRUCTURAL)
        elif _ITSELF.match(by.lead):
            yield from _by_subject(passage, place)
        elif _BARELY_MORE.fullmatch(by.lead):
            yield from _of_two_joined(passage, place)
        elif _LEFT_OVER.match(by.lead):
            undone = _UNDONE.fullmatch(by.lead)
            yield from [*_left_over(passage, place)] or (_not_yet(passage, place, undone["what"]) if undone else ())
        elif _NET.fullmatch(by.lead):
            yield from _net(passage, place)
        elif match := _COMPARED.search(by.lead) or _ABOVE.search(by.lead):
            if _STANDARD.match(by.tail) or _NORM.search(match["other"]):
                continue
            yield from _compared(passage, place, match)
        elif _WENT.search(by.lead) and by.level:
            yield from _net_before(passage, place)
        elif _BALANCE.search(by.clause):
            yield from _balance(passage, place)
        elif by.role is Role.CHANGE:
            yield from _earlier_year(passage, place)


def _short_of(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 毛入园率93.2%，距目标95%还差1.8个百分点; 2.86平方米，距3平方米的规定还差0.14平方米."""
    mentions, by = passage.mentions, passage.mentions[place]
    near = [one for one in mentions[max(place - REACH, 0) : place] if one.sentence == by.sentence]
    rates = [
        one
        for one in near
        if one.role is not Role.CHANGE
        and (same_unit(one, by) if by.amount else one.quantity.kind is Kind.PERCENT)
        and one.quantity.upper is None
    ]
    if len(rates) < 2 or rates[-1] is not near[-1] or not _DISTANCE.search(rates[-1].clause):
        return
    level = next((one for one in reversed(rates[:-1]) if is_level(one)), None)
    if level is not None:
        target = replace(rates[-1], quantity=_as_aimed(rates[-1].quantity))
        yield from _claim(passage, by, target, level, EXPLICIT)


def _as_aimed(target: Quantity) -> Quantity:
    """Return a whole target as what it says: 95% is no rounded figure, nor is 51% in 控制在51%以内."""
    if target.decimals or target.approximation not in (None, Approximation.AT_MOST, Approximation.AT_LEAST):
        return target
    return replace(target, interval=Interval(target.value, target.value))


def _against_plan(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 计划95%，年末达到92.7%，差2.3个百分点; 控制在51%以内，实际50.3%，比计划低0.7个百分点."""
    mentions, by = passage.mentions, passage.mentions[place]
    if place < 2 or not _OFF_PLAN.match(by.lead):
        return
    plan, fact = mentions[place - 2 : place]
    rates = all(one.quantity.kind is Kind.PERCENT and one.quantity.upper is None for one in (plan, fact))
    in_order = plan.clause_number < fact.clause_number < by.clause_number <= plan.clause_number + CLAUSES
    plan = replace(plan, quantity=_as_aimed(plan.quantity))
    if rates and in_order and plan.part == by.part and _AIM.search(plan.lead) and not _AIM.search(fact.lead):
        high, low = (plan, fact) if plan.quantity.value > fact.quantity.value else (fact, plan)
        if fact.role in (Role.LEVEL, Role.TO, Role.SHARE):
            yield from _claim(passage, by, high, low, EXPLICIT)


def _apart(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 最高的县22.17%，最低的区13.06%，相差9.11个百分点: the only two figures of their kind in the part before."""
    mentions, by = passage.mentions, passage.mentions[place]
    if "最" in by.lead:
        yield from _spread(passage, place)
        return
    points = by.quantity.kind is Kind.PERCENTAGE_POINT
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.part == by.part
        and one.depth == by.depth
        and one.quantity.upper is None
        and (one.quantity.kind is Kind.PERCENT if points else one.amount and same_unit(one, by))
    ]
    if len(near) == 1 and not points:
        # 在编教师月均7218元；聘用教师304人，月均3650元，相差3568元: one in each of the two parts.
        back = mentions[max(place - REACH, 0) : place]
        near = [one for one in back if one.part == by.part - 1 and one.amount and same_unit(one, by)] + near
        near = near if near[0].sentence == by.sentence else near[1:]
    extremes = [one for one in near if _EXTREME.search(one.clause)]
    if len(extremes) == 2 and len({_EXTREME.findall(one.clause)[-1] for one in extremes}) == 2:
        # 平均88.4分，最高93.7分，最低82.9分，相差10.8分
        near = [_as_written(one) for one in extremes]
    alike = len(near) == 2 and all(one.role is Role.LEVEL for one in near) and _of_one_size(*near)
    if not alike or near[1].index != mentions[place - 1].index:
        return
    high, low = sorted(near, key=lambda one: one.quantity.value, reverse=True)
    yield from _claim(passage, by, high, low, EXPLICIT)


def _spread(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 依次为：西陵区94.2分、北岗区92.8分、…南丰县86.5分。…最高与最低相差7.7分: of the list told last."""
    by = passage.mentions[place]
    reach = passage.mentions[max(place - DISTANT, 0) : place]
    lists = [
        [one for one in reach if one.sentence == number and one.level and same_unit(one, by) and one.lead]
        for number in (by.sentence, by.sentence - 1)
    ]
    lists = [[one for one in told if not one.total] for told in lists]
    for told in lists:
        row = [one for one in told if one.index < by.index]
        joints = [passage.text[one.quantity.span.end : one.quantity.span.end + 1] for one in row[:-1]]
        if len(row) >= LIST and all(joint in ("、", "，") for joint in joints):
            row.sort(key=lambda one: one.quantity.value)
            if row[0].quantity.value * 2 > row[-1].quantity.value:
                yield from _claim(passage, by, row[-1], row[0], STRUCTURAL)
            return


def _of_one_size(one: Mention, other: Mention) -> bool:
    """Return whether two amounts are told alike: both per head, or as near to one another as 8.27万元 and 8.69万元."""
    return one.each == other.each or one.quantity.value * 2 > other.quantity.value > one.quantity.value / 2


def _as_written(one: Mention) -> Mention:
    """Return 最高93.7分 as the very figure, for it is the highest of some and not at most so much."""
    half = step(one.quantity) / 2 if one.quantity.decimals else Decimal(0)
    exact = Interval(one.quantity.value - half, one.quantity.value + half)
    return replace(one, quantity=replace(one.quantity, interval=exact, approximation=None))


def _shortage(passage: Passage, place: int, *, near_only: bool = False) -> Iterator[Proposal]:
    mentions, by = passage.mentions, passage.mentions[place]
    if by.tail.startswith("的") or (
        by.summing and any(_LACK.search(one.lead) for one in mentions[max(place - REACH, 0) : place])
    ):
        # 空编58名的学校 is said of some; 初中超拨15万元，合计欠拨55万元 is a sum.
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == by.sentence
        and is_level(one)
        and is_amount(one)
        # 高级岗位核定612个 counts posts, and so does 空余75个, which does not say so.
        and (same_unit(one, by) or one.quantity.unit == by.quantity.unit)
    ]
    due = next((one for one in reversed(near) if _DUE.search(one.lead)), None) or _total_due(passage, place, near)
    present = next((one for one in reversed(near) if _PRESENT.search(one.lead) and one is not due), None)
    if due is not None and present is not None:
        settled = any(_settles(one, due, present) for one in mentions[max(place - REACH, 0) : place])
        if _of_another(by, due, present, settled=settled) or _added(near, due, present):
            return
    if due is None or present is None:
        known = None if near_only else due or present
        if known is not None and by.quantity.value >= SMALLEST:
            yield from _shortage_afar(passage, place, known, due_known=due is not None)
        return
    surplus = bool(_SURPLUS.search(by.lead))
    high, low = (present, due) if surplus else (due, present)
    if (within := _held_within(passage, present)) is not None:
        yield from _without_those(passage, by, due, present, within) if not surplus else ()
        yield from _claim(passage, by, high, low, WEAK)
        return
    yield from _claim(passage, by, high, low, EXPLICIT)


def _held_within(passage: Passage, present: Mention) -> Mention | None:
    """Return the figure that a parenthesis right behind another one says is in it: 在岗2207名（含临聘312名）."""
    place = bisect_left(passage.mentions, present.index, key=lambda one: one.index) + 1
    inner = passage.mentions[place] if place < len(passage.mentions) else None
    if inner is None or inner.depth != present.depth + 1 or not (inner.level and same_unit(inner, present)):
        return None
    opens = inner.parenthesis - present.quantity.span.end <= 1 and _HOLDS.match(inner.lead)
    return inner if opens else None


def _without_those(
    passage: Passage, by: Mention, due: Mention, present: Mention, within: Mention
) -> Iterator[Proposal]:
    """Yield 核编2418名，在岗2207名（含临聘312名），缺编523名: those who hold no post are no less lacking."""
    spoken = f"{text_of(due)}－（{text_of(present)}－{text_of(within)}）"
    wording = Wording("difference", ClaimType.DIFFERENCE, "diff = a - (b - c)", spoken)
    operands = {"a": due, "b": present, "c": within}
    found = propose(passage, wording, ("diff", by), operands, _minus_others, WEAK, derived=False)
    if found is not None:
        yield found


def _minus_others(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], subtract(values[1], values[2]))


def _total_due(passage: Passage, place: int, near: list[Mention]) -> Mention | None:
    """Return what opens the sentence before a shortage: 编制总量5162名，其中…。实有在编人员4978名，空编184名."""
    mentions, by = passage.mentions, passage.mentions[place]
    if len(near) != 1 or not _PRESENT.search(near[0].lead):
        return None
    for one in mentions[max(place - DUE_REACH, 0) : place]:
        if one.sentence == by.sentence - 1 and one.paragraph == by.paragraph:
            usable = is_level(one) and is_amount(one) and same_unit(one, by) and _DUE.search(one.lead) and one.total
            return one if usable else None
    return None


def _said_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 缺口58人：按班级测算应配412人，实有354人: the shortage first, then what it is the difference of."""
    mentions, by = passage.mentions, passage.mentions[place]
    behind = [one for one in mentions[place + 1 : place + 3] if one.part == by.part and one.depth >= by.depth]
    if len(behind) < 2 or not all(is_level(one) and is_amount(one) and same_unit(one, by) for one in behind):
        return
    due = next((one for one in behind if _DUE.search(one.lead)), None)
    present = next((one for one in behind if _PRESENT.search(one.lead) and one is not due), None)
    opens = _AHEAD.fullmatch(passage.words_between(by, behind[0])) is not None
    if due is None or present is None or not opens:
        return
    high, low = (present, due) if _SURPLUS.search(by.lead) else (due, present)
    yield from _claim(passage, by, high, low, EXPLICIT)


def _left_over(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 预算120万元，实际支出113.4万元，执行率94.5%，结余6.6万元: the only two amounts of its part."""
    mentions, by = passage.mentions, passage.mentions[place]
    if not _LEFT_OVER.match(by.lead) or by.tail.startswith("的"):
        return
    beside = mentions[place - 1] if place else by
    places = beside.part == by.part and _PLACES.match(beside.lead) is not None
    near = [
        one
        for one in mentions[max(place - BEFORE, 0) : place]
        if one.part == by.part and is_amount(one) and one.depth == by.depth and _fills(one, by, places=places)
    ]
    if len(near) != 2 or not all(is_level(one) for one in near) or near[0].each != near[1].each:
        return
    whole, done = near
    if not whole.clause_number < done.clause_number < by.clause_number <= whole.clause_number + CLAUSES:
        return
    small, large = sorted((whole.quantity.value, done.quantity.value))
    worded = bool(_DONE.search(done.lead)) and not _DONE.match(whole.lead) and "其中" not in done.lead
    worded = worded or (whole.family == "人" and _PLACES.match(done.lead) is not None)
    if worded and small > 0 and large <= _SIZES * small and by.quantity.value < large:
        high, low = (whole, done) if whole.quantity.value >= done.quantity.value else (done, whole)
        # 收入28.64亿元，支出27.19亿元，结余3.37亿元: what was left over before may be in it, unless there was a plan.
        sure = _DUE.search(whole.lead) or not _BALANCED.search(by.lead)
        yield from _claim(passage, by, high, low, EXPLICIT if sure else WEAK)


def _net(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 三年共退休612人，补充403人，净减少209人: what came in against what went out, told one behind the other."""
    mentions, by = passage.mentions, passage.mentions[place]
    pair = mentions[max(place - 2, 0) : place]
    if len(pair) < 2 or not all(one.amount and same_unit(one, by) and one.depth == by.depth for one in pair):
        return
    in_order = pair[0].clause_number + 1 == pair[1].clause_number == by.clause_number - 1 and pair[0].part == by.part
    opposed = [bool(_CAME.search(one.lead)) - bool(_WENT.search(one.lead)) for one in pair]
    yearly = any(_YEARLY.search(one.clause) for one in (*pair, by))  # 三年招聘529人，年均退休150人
    if not in_order or sorted(opposed) != [-1, 1] or yearly or any(one.quantity.upper is not None for one in pair):
        return
    came, went = pair if opposed[0] > 0 else pair[::-1]
    grows = _NET_LOSS.search(by.lead) is None
    yield from _claim(passage, by, came if grows else went, went if grows else came, EXPLICIT)


def _filled(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 共缺教师94名，招聘补充41名、交流补充26名，缺口缩小到27名: what lacked, less what was filled since.

    A figure that adds up what was filled (三项补充175名) stands for those it adds up.
    """
    mentions, by = passage.mentions, passage.mentions[place]
    filled: list[Mention] = []
    for one in mentions[max(place - FILLED_REACH, 0) : place][::-1]:
        if one.paragraph != by.paragraph or not (one.amount and same_unit(one, by)):
            break
        if _FILLS.search(one.lead) and one.level and not _LACK.search(one.lead):
            filled.append(one)
            continue
        lacked = passage.text[passage.segmentation.sentences.starts[one.sentence] : one.quantity.span.start]
        if filled and one.level and one.total and "缺" in lacked:
            parts = [one for one in filled if one.summing][:1] or filled[::-1]
            names = {f"f{number}": part for number, part in enumerate(parts, 1)}
            spoken = "－".join(text_of(part) for part in (one, *parts))
            wording = Wording("difference", ClaimType.DIFFERENCE, "left = lack - " + " - ".join(names), spoken)
            operands = {"lack": one} | names
            found = propose(passage, wording, ("left", by), operands, _less_all, STRUCTURAL, derived=False)
            if found is not None:
                yield found
        return


def _less_all(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], add(values[1:]))


def _not_yet(passage: Passage, place: int, what: str) -> Iterator[Proposal]:
    """Yield 查实286.4万元，已清退271.9万元。尚未清退的14.5万元: what the same word says is done."""
    mentions, by = passage.mentions, passage.mentions[place]
    for other in range(place - 1, max(place - BEFORE, 0), -1):
        done, whole = mentions[other], mentions[other - 1]
        if done.sentence < by.sentence - 1 or done.paragraph != by.paragraph:
            return
        if not (_NOW_DONE.sub("", done.lead) == what and same_unit(done, by) and done.level):
            continue
        beside = whole.sentence == done.sentence and done.clause_number - whole.clause_number <= 1
        if beside and whole.level and same_unit(whole, by) and whole.quantity.value > done.quantity.value:
            yield from _claim(passage, by, whole, done, EXPLICIT)
        return


def _net_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 净增727人。其间新招聘1194人，退休、调出467人: what the net change was made of; only when it fits."""
    mentions, went = passage.mentions, passage.mentions[place]
    came = mentions[place - 1] if place else None
    if came is None or not _CAME.search(came.lead) or _WENT.search(came.lead) or not came.level:
        return
    beside = went.clause_number - came.clause_number <= 2 and went.sentence == came.sentence
    if not (beside and came.amount and same_unit(came, went)) or came.each or went.each:
        return
    for by in mentions[max(place - BEFORE, 0) : place - 1][::-1]:
        if by.paragraph == went.paragraph and by.amount and same_unit(by, came) and "净" in by.lead:
            grows = _NET_LOSS.search(by.lead) is None
            yield from _claim(passage, by, came if grows else went, went if grows else came, WEAK)
            return


def _added(near: list[Mention], due: Mention, present: Mention) -> bool:
    """Return whether more was added to what was due: 预算3200万元，追加460万元，实际支出3558万元."""
    between = (one for one in near if due.index < one.index < present.index)
    return any(_MORE.search(one.lead) for one in between)


def _fills(one: Mention, by: Mention, *, places: bool) -> bool:
    """Return whether an amount can be compared with what is left over: its unit, or places and those who fill them."""
    if same_unit(one, by):
        return True
    return {one.family, by.family} == {"所", "人"} and (
        places or any(_PLACES_FOR.search(each.clause) for each in (one, by))
    )


def _settles(one: Mention, due: Mention, present: Mention) -> bool:
    """Return whether a shortage told before is just what lies between the two: 编制3876名，在编3714名，空编162名."""
    between = one.index > max(due.index, present.index) and one.sentence == present.sentence and same_unit(one, due)
    return between and one.quantity.value == abs(due.quantity.value - present.quantity.value)


def _of_another(by: Mention, due: Mention, present: Mention, *, settled: bool) -> bool:
    """Return whether a shortage is that of a part or of other things: 缺324名，其中小学缺187名；音体美教师缺96名.

    Behind a shortage that the two settle, another one with a name of its own is of other things.
    """
    subject = core_noun(own_subject(_OWN_SHORTAGE.sub("", by.lead)))
    if "其中" in by.lead:
        return True
    apart = by.part not in (due.part, present.part) or stage_of(by) is not None or settled
    return apart and len(subject) >= SUBJECT and subject not in due.clause + present.clause


def _shortage_afar(passage: Passage, place: int, known: Mention, *, due_known: bool) -> Iterator[Proposal]:
    """Yield 应配教师6940名，尚缺125名 where 教职工6815人 stands far before; only when it fits."""
    mentions, by = passage.mentions, passage.mentions[place]
    surplus = bool(_SURPLUS.search(by.lead))
    more = due_known == surplus
    wanted = known.quantity.value + by.quantity.value if more else known.quantity.value - by.quantity.value
    kind = core_noun(known.noun)[-1:]
    for other in range(place - 1, max(place - 1 - DISTANT, -1), -1):
        one = mentions[other]
        if one.quantity.value != wanted or not is_level(one) or not same_unit(one, known) or one is known:
            continue
        if _STAFF.search(one.noun) or (kind and core_noun(one.noun)[-1:] == kind):
            high, low = (one, known) if one.quantity.value > known.quantity.value else (known, one)
            yield from _claim(passage, by, high, low, WEAK)
            return


def _balance(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 收入合计53.67亿元；支出合计52.81亿元；收支相抵，结转下年0.86亿元; only when it fits."""
    mentions, by = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - BALANCE_REACH, 0) : place]
        if by.paragraph - one.paragraph <= BALANCE_PARAGRAPHS and is_level(one) and same_unit(one, by) and one.total
    ]
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            found = list(_claim(passage, by, near[earlier], near[later], WEAK))
            if found:
                yield from found
                return


def _compared(passage: Passage, place: int, match: re.Match[str]) -> Iterator[Proposal]:
    """Yield 小学270所，比初中多177所 where the other one is named before."""
    mentions, by = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - 8, 0) : place]
        if is_level(one)
        and is_amount(one)
        and same_unit(one, by)
        and one.paragraph == by.paragraph
        and not _ABOVE.search(one.lead)
        and not _LACK.search(one.lead)
    ]
    named = by.lead[: match.start()]
    if len(near) < 2 or by.sentence - near[-1].sentence > bool(named):
        return
    subject = _like(near, named) if named else near[-1]
    other = _like([one for one in near if one is not subject], match["other"])
    if subject is None or other is None or subject is other:
        return
    more = match["word"] in ("多", "高", "高于", "多于", "超过", "超出")
    high, low = (subject, other) if more else (other, subject)
    yield from _claim(passage, by, high, low, EXPLICIT)


def _other_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 职业教育3.05亿元，较预算多0.11亿元，预算为2.94亿元: what it is compared with is told behind."""
    mentions, by = passage.mentions, passage.mentions[place]
    said = _THAN.search(by.lead)
    if said is None or not 0 < place < len(mentions) - 1:
        return
    subject, other = mentions[place - 1], mentions[place + 1]
    in_order = subject.clause_number + 1 == by.clause_number == other.clause_number - 1 and subject.part == other.part
    alike = is_level(subject) and is_level(other) and same_unit(subject, by) and same_unit(other, by)
    if in_order and alike and other.lead.startswith(said["other"]):
        more = said["word"] in "多高"
        yield from _claim(passage, by, subject if more else other, other if more else subject, EXPLICIT)


def _by_subject(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教师平均工资124730元，公务员122960元，教师高出1770元: one of the only two figures before, named again."""
    mentions, by = passage.mentions, passage.mentions[place]
    said = _ITSELF.match(by.lead)
    if said is None or place < 2:
        return
    points = by.quantity.kind is Kind.PERCENTAGE_POINT
    near = [
        one
        for one in mentions[max(place - BEFORE, 0) : place]
        if one.sentence == by.sentence and (one.quantity.kind is Kind.PERCENT if points else same_unit(one, by))
    ]
    if (
        len(near) != 2
        or near[1].clause_number != by.clause_number - 1
        or not near[0].depth == near[1].depth == by.depth
    ):
        return
    named = [said["who"] in one.clause for one in near]
    if sum(named) == 1 and all(one.quantity.upper is None for one in near):
        subject, other = near if named[0] else near[::-1]
        more = said["word"][0] in "高多快"
        high, low = (subject, other) if more else (other, subject)
        yield from _claim(passage, by, high, low, EXPLICIT)


def _of_two_joined(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教师9.14万元、公务员9.12万元，高出200元: the first of two that stand side by side against the second."""
    mentions, by = passage.mentions, passage.mentions[place]
    pair = mentions[max(place - 2, 0) : place]
    if len(pair) < 2 or not all(one.level and one.amount and same_unit(one, by) for one in pair):
        return
    first, second = pair
    joined = passage.text.startswith(("、", "，"), first.quantity.span.end) and second.lead.strip("，、") != ""
    before = mentions[place - 3] if place > 2 else None
    alone = before is None or before.part != first.part or not same_unit(before, first)
    beside = by.clause_number - second.clause_number == 1 and second.clause_number - first.clause_number <= 1
    named = len(first.noun) >= 2 and len(second.noun) >= 2 and first.depth == second.depth == by.depth
    if joined and alone and beside and named and _STAFF_PAY.search(first.noun) and _STAFF_PAY.search(second.noun):
        yield from _claim(passage, by, first, second, EXPLICIT)


def _pair_behind(passage: Passage, place: int) -> bool:
    """Return whether the two that are compared follow: 教师平均工资较公务员高0.13万元，分别为9.86万元、9.73万元."""
    mentions, by = passage.mentions, passage.mentions[place]
    pair = mentions[place + 1 : place + 3]
    dealt = len(pair) == 2 and pair[0].lead in ("分别为", "分别是", "依次为") and not pair[1].lead.strip("和与及")
    further = mentions[place + 3] if place + 3 < len(mentions) else None
    more = further is not None and further.clause_number == pair[-1].clause_number
    return dealt and not more and all(same_unit(one, by) and one.sentence == by.sentence for one in pair)


def _like(near: list[Mention], name: str) -> Mention | None:
    """Return the figure whose name is most like a name, if any is."""
    best = max(near, key=lambda one: likeness(one.noun, name), default=None)
    return best if best is not None and likeness(best.noun, name) > 0.75 else None


def _earlier_year(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 7161亿元，比上年增加1206亿元 where last year's level stands far before; only when it fits."""
    mentions, by = passage.mentions, passage.mentions[place]
    level = mentions[place - 1] if place else None
    if level is None or level.sentence != by.sentence or own_subject(by.lead):
        return
    if not is_level(level) or not is_amount(level) or not same_unit(level, by):
        return
    wanted = level.quantity.value - by.direction * by.quantity.value
    for other in range(place - 2, max(place - 2 - DISTANT, -1), -1):
        old = mentions[other]
        if old.quantity.value != wanted or not is_level(old) or not same_unit(old, level):
            continue
        alike = likeness(old.noun or old.lead, level.noun or level.lead) >= ALIKE
        alike = alike or ("年初" in by.lead and "年初" in old.clause)
        # A figure of five digits is not met by chance, whatever it is called there.
        if alike or digits_written(old.quantity) >= TELLING:
            high, low = (level, old) if by.direction > 0 else (old, level)
            yield from _claim(passage, by, high, low, WEAK)
            return


def _claim(passage: Passage, by: Mention, high: Mention, low: Mention, strength: int) -> Iterator[Proposal]:
    wording = Wording("difference", ClaimType.DIFFERENCE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
    proposal = propose(passage, wording, ("diff", by), {"a": high, "b": low}, _minus, strength, derived=False)
    if proposal is not None:
        yield proposal


def _minus(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])
