"""Ratios and multiples: 学生15200人，教师1000人，生师比15.2:1; 是2015年的2.3倍; 翻一番."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import divide, stands_for, step
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, order_claim, propose, text_of
from dudao.quantities.model import Interval, Kind

REACH = 5
"""How many figures back the two amounts may stand."""

_TIMES = re.compile(r"(?:是|为|相当于|达到?|约为|约|近|超过|的)+$")
_PER = re.compile(
    r"生师比|师生比|班师比|师班比|职普比|普职比|人机比|生机比|医生比|床位比|比例为|比例是|之比|收入比|[与和][^，。；、]{1,6}比(?:例)?(?:约?为|是)?"
)
_DOUBLED = re.compile(r"翻了?(?P<times>一|两|二|1|2)番")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a ratio or multiple is what two amounts make it."""
    for place, one in enumerate(passage.mentions):
        if one.quantity.kind is not Kind.RATIO or one.quantity.upper is not None:
            continue
        if one.quantity.unit == "倍":
            yield from _multiple(passage, place)
        elif ":" in one.quantity.text or "∶" in one.quantity.text or "：" in one.quantity.text:
            yield from _proportion(passage, place)
    yield from _doubled(passage)


def _multiple(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield X是Y的n倍 where both are given: 由100所增加到230所，是原来的2.3倍."""
    mentions, times = passage.mentions, passage.mentions[place]
    if times.role in (Role.CHANGE, Role.EXCESS) or (
        "是" not in times.clause[-30:] and "相当于" not in times.clause[-30:]
    ):
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == times.sentence and is_amount(one) and one.role is not Role.CHANGE
    ]
    if len(near) < 2 or not same_unit(near[-1], near[-2]):
        return
    first, second = near[-2], near[-1]
    named = second.clause_number == times.clause_number and "是" in second.lead + second.clause
    old = second if named or second.role in (Role.PREVIOUS, Role.FROM) else first
    new = first if old is second else second
    strength = (
        EXPLICIT
        if named or Role.FROM in (first.role, second.role) or Role.PREVIOUS in (first.role, second.role)
        else WEAK
    )
    wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(new)}÷{text_of(old)}")
    proposal = propose(passage, wording, ("times", times), {"new": new, "old": old}, _quotient, strength)
    if proposal is not None:
        yield proposal


def _proportion(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 生师比15.2:1 against pupils and teachers of its sentence or the one before."""
    mentions, ratio = passage.mentions, passage.mentions[place]
    if not _PER.search(ratio.clause[-30:]):
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence >= ratio.sentence - 1 and is_amount(one) and is_level(one)
    ]
    if len(near) >= 2 and near[-2].sentence == ratio.sentence:
        for top, bottom in ((near[-1], near[-2]), (near[-2], near[-1])):
            if _fits_words(ratio, top, bottom):
                wording = Wording("ratio", ClaimType.RATIO, "ratio = b / a", f"{text_of(top)}÷{text_of(bottom)}")
                named = propose(passage, wording, ("ratio", ratio), {"b": top, "a": bottom}, _quotient, STRUCTURAL)
                if named is not None:
                    yield named
                    return
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            for top, bottom in ((near[later], near[earlier]), (near[earlier], near[later])):
                if not _may_fit(ratio, top, bottom):
                    continue
                wording = Wording("ratio", ClaimType.RATIO, "ratio = b / a", f"{text_of(top)}÷{text_of(bottom)}")
                operands = {"b": top, "a": bottom}
                proposal = propose(passage, wording, ("ratio", ratio), operands, _quotient, WEAK)
                if proposal is not None:
                    yield proposal
                    return


def _may_fit(ratio: Mention, top: Mention, bottom: Mention) -> bool:
    """Return whether two amounts come near the ratio, so that judging them is worth the work."""
    if any(one.quantity.approximation is not None for one in (ratio, top, bottom)):
        return True
    value, divisor = ratio.quantity.value, bottom.quantity.value
    room = step(top.quantity) + value * step(bottom.quantity) + divisor * step(ratio.quantity)
    return abs(value * divisor - top.quantity.value) <= 2 * room


def _fits_words(ratio: Mention, top: Mention, bottom: Mention) -> bool:
    """Return whether 生师比 or 师生比 names both amounts, the left number of the ratio standing for `bottom`."""
    pupils_first = "生师比" in ratio.clause
    teachers_first = "师生比" in ratio.clause
    left, right = bottom.noun, top.noun
    if "职普比" in ratio.clause or "普职比" in ratio.clause:
        first, second = ("职", "普") if "职普比" in ratio.clause else ("普", "职")
        return first in left and second in right and first not in right
    teacher, pupil = re.compile("教师|教职工|老师"), re.compile("学生|在校生|幼儿(?!园)")
    if pupils_first:
        return bool(pupil.search(left) and teacher.search(right))
    return bool(teachers_first and teacher.search(left) and pupil.search(right))


def _doubled(passage: Passage) -> Iterator[Proposal]:
    """Yield 翻一番 behind two levels: the later is at least about twice the earlier."""
    for match in _DOUBLED.finditer(passage.text):
        pair = _levels_before(passage, match.start())
        if pair is None:
            continue
        old, new = pair
        factor = Decimal(4) if match["times"] in ("两", "二", "2") else Decimal(2)
        interval = divide(stands_for(new.quantity), stands_for(old.quantity))
        value = new.quantity.value / old.quantity.value if old.quantity.value else Decimal(0)
        slack = factor * Decimal("0.97")
        if value >= factor:
            verdict = Verdict.CONSISTENT
        elif value >= slack or interval.high is None or interval.high >= slack:
            verdict = Verdict.CONSISTENT_IF_ROUNDED
        else:
            verdict = Verdict.INCONSISTENT
        spoken = f"{text_of(new)}÷{text_of(old)}＝{value:.2f}，文中写“{match[0]}”（应不小于{factor}倍）"
        wording = Wording("ratio", ClaimType.RATIO, f"new / old >= {factor}", spoken, "改变增长的结论")
        yield order_claim(passage, wording, {"new": new, "old": old}, verdict, EXPLICIT)


def _levels_before(passage: Passage, position: int) -> tuple[Mention, Mention] | None:
    """Return the pair 由a增加到b that ends within the clause before a position."""
    mentions = passage.mentions
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].quantity.span.end <= position:
            low = middle + 1
        else:
            high = middle
    if low < 2:
        return None
    old, new = mentions[low - 2], mentions[low - 1]
    close = position - new.quantity.span.end <= 12 and old.sentence == new.sentence
    if close and old.role is Role.FROM and new.role is Role.TO and same_unit(old, new):
        return old, new
    return None


def _quotient(values: Sequence[Interval]) -> Interval:
    return divide(values[0], values[1])
