"""What one figure has more than another: 应配1200人，实有1100人，缺100人; 小学270所，比初中多177所."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.arithmetic import subtract
from dudao.claims.completeness import stage_of
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval, Kind

REACH = 5
"""How many figures back the two may stand in their sentence."""
DISTANT = 160
"""How many figures back the level of an earlier year may stand."""
ALIKE = 0.55
SMALLEST = 10
"""A smaller shortage fits too many pairs by chance."""
SUBJECT = 2
"""How many characters name what a shortage is said of."""
BALANCE_REACH = 16
"""How many figures back income and spending may stand."""

_DUE = re.compile(
    r"上报|申报|应(?:配|有|当|建|设|到|拨|支|列|达|缴|发|收|交|计|提)|需(?:要|求)?|核(?:定|编)|编制|计划|规划|定编|额定|要求|设计|预算"
)
_PRESENT = re.compile(
    r"实(?:有|际|配|到|建|支|拨|列|达|缴|发|收|测|提)|可用财力|落实|现有|在岗|在编|在职|已(?:有|配|建|拨|完成)|到位|完成|决算|执行数|支出"
)
_LACK = re.compile(
    r"(?:缺额|缺口|缺编|空编|尚缺|还缺|仍缺|缺少|短缺|缺|差额|尚差|还差|差|不足|欠缺|少[列支拨提发缴]|[欠漏][列支拨提发缴付配]|虚报|短收|结余|节余|剩余|空余|余)(?:为|达|约|了)*$"
)
_SURPLUS = re.compile(r"(?:超编|超员|多列|超出|富余|超(?:计划|预算|任务|目标)?)(?:为|达|约|了)*$")
_SHORT = re.compile(
    r"^(?:的?[^，。；：、\d]{0,4}(?:标准|规定|要求|目标|定额)(?:值|线)?)?(?:仍|还|尚|有|相)*(?:差|低|不足|差距)(?:距)?(?:为|达|约|了)*$"
)
_APART = re.compile(r"(?:[二两]者)?(?:相差|差距|之差|差额)(?:为|达|约)*")
_BALANCE = re.compile(r"结转下年|净结余|年终结余|滚存结余|收支相抵|收支差额|结余")
_OWN_SHORTAGE = re.compile(r"(?:现|尚|还|仍|共|合计|总|计|有|实际|应)*(?:缺|差|欠|超|余|空|少|多)[^，。；、]{0,3}$")
_STAFF = re.compile(r"教师|教职工|人员|编制")
_DISTANCE = re.compile(r"(?:距|离|与)[^，。；]{0,20}$")
_STANDARD = re.compile(r"(?:的)?(?:标准|定额|要求|水平|基准)")
_NORM = re.compile(r"省定|国定|国家|规定|标准|要求|定额|限额")
_COMPARED = re.compile(r"比(?P<other>[^，。；、\d]{1,14}?)(?P<word>多|少|高|低)(?:了|出|约)*+$")
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
        if not is_amount(by):
            continue
        if _LACK.search(by.lead) or _SURPLUS.search(by.lead):
            yield from _shortage(passage, place)
        elif match := _COMPARED.search(by.lead) or _ABOVE.search(by.lead):
            if _STANDARD.match(by.tail) or _NORM.search(match["other"]):
                continue
            yield from _compared(passage, place, match)
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
        target = rates[-1].quantity
        if target.decimals == 0 and target.approximation is None:
            # A target is what it says: 95% is no rounded figure.
            target = replace(target, interval=Interval(target.value, target.value))
        yield from _claim(passage, by, replace(rates[-1], quantity=target), level, EXPLICIT)


def _apart(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 最高的县22.17%，最低的区13.06%，相差9.11个百分点: the only two figures of their kind in the part before."""
    mentions, by = passage.mentions, passage.mentions[place]
    points = by.quantity.kind is Kind.PERCENTAGE_POINT
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.part == by.part
        and one.depth == by.depth
        and one.quantity.upper is None
        and (one.quantity.kind is Kind.PERCENT if points else one.amount and same_unit(one, by))
    ]
    alike = len(near) == 2 and all(one.role is Role.LEVEL for one in near) and near[0].each == near[1].each
    if not alike or near[1] is not mentions[place - 1]:
        return
    high, low = sorted(near, key=lambda one: one.quantity.value, reverse=True)
    yield from _claim(passage, by, high, low, EXPLICIT)


def _shortage(passage: Passage, place: int) -> Iterator[Proposal]:
    mentions, by = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == by.sentence and is_level(one) and is_amount(one) and same_unit(one, by)
    ]
    due = next((one for one in reversed(near) if _DUE.search(one.lead)), None)
    present = next((one for one in reversed(near) if _PRESENT.search(one.lead) and one is not due), None)
    if due is not None and present is not None and _of_another(by, due, present):
        return
    if due is None or present is None:
        known = due or present
        if known is not None and by.quantity.value >= SMALLEST:
            yield from _shortage_afar(passage, place, known, due_known=due is not None)
        return
    surplus = bool(_SURPLUS.search(by.lead))
    high, low = (present, due) if surplus else (due, present)
    yield from _claim(passage, by, high, low, EXPLICIT)


def _of_another(by: Mention, due: Mention, present: Mention) -> bool:
    """Return whether a shortage is that of a part or of other things: 缺324名，其中小学缺187名；音体美教师缺96名."""
    subject = core_noun(own_subject(_OWN_SHORTAGE.sub("", by.lead)))
    if "其中" in by.lead:
        return True
    apart = by.part not in (due.part, present.part) or stage_of(by) is not None
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
        if one.paragraph == by.paragraph and is_level(one) and same_unit(one, by) and one.total
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
        if is_level(one) and is_amount(one) and same_unit(one, by) and one.paragraph == by.paragraph
    ]
    if len(near) < 2 or near[-1].sentence != by.sentence:
        return
    named = by.lead[: match.start()]
    subject = _like(near, named) if named else near[-1]
    other = _like([one for one in near if one is not subject], match["other"])
    if subject is None or other is None or subject is other:
        return
    more = match["word"] in ("多", "高", "高于", "多于", "超过", "超出")
    high, low = (subject, other) if more else (other, subject)
    yield from _claim(passage, by, high, low, EXPLICIT)


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
        if likeness(old.noun or old.lead, level.noun or level.lead) >= ALIKE:
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
