"""Differences and growths that figures near them make."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.nearby.rules import (
    DIFFERENCE,
    EXCESS,
    FALL,
    GROWTH,
    RISE,
    SHRINKAGE,
    Trial,
    is_operand,
    near_figures,
    pairs_of,
    tried,
)
from dudao.claims.proposals import Proposal
from dudao.quantities.model import Kind

_NORM = re.compile(r"标准|目标|要求|规定|定额|省定|市定|国家|上限|控制|平均水平|限额")
_GAP = re.compile(r"差距|相差|[仅只]差|差异")
"""A gap in points that can widen or narrow: 仅差6.6个百分点，五年前差距18.2个百分点，缩小11.6个百分点."""
_FASTER = re.compile(r"增幅|增速|涨幅|降幅|增长率|(?<!加)快|(?<!放)慢|跑赢")
"""教育支出增幅快1.4个百分点 compares two growths."""
_EARLIER = re.compile(r"(?:19|20)\d\d|同口径|上年|去年|前年|同期|上学年|年初|原|基期")
"""为118260万元，2023年同口径114025万元，增长3.71%: the figure right before a change may be what it is counted from."""
_DEALT = re.compile(r"分别|依次")
_ELSEWHERE = re.compile(
    r"(?:高|低|多|少)[出于][^，。；、\d]{0,2}?(?P<named>全[国省市州县区盟旗]|国家|自治区|同类|平均)[^，。；、\d]{0,8}$"
)
"""高出全省平均水平8个百分点: that of another place, told by its name or nowhere."""
_SAVED = re.compile(r"[节减缩少降]")
"""比新建的4.50万元节约3.15万元，下降70%: what is saved is no level."""


def changes(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield differences and growths."""
    one = passage.mentions[place]
    kind = one.quantity.kind
    if kind is Kind.PERCENTAGE_POINT or one.amount:
        yield from tried(passage, one, _differences(passage, place), derived=False)
    else:
        # The growth an increase makes and the growth of two levels are two claims, told of one figure.
        near = near_figures(passage, place, is_operand)
        own = _own_level(passage, place)
        told = own is not None and own.amount
        grown = (trial for trial in _growths(one, near) if own is None or not told or _is_of(own, trial))
        for trials in (_risings(passage, place, near), grown):
            yield from tried(passage, one, trials, derived=True)


def _own_level(passage: Passage, place: int) -> Mention | None:
    """Return the figure right before a change that names nothing else: 出口1.71万亿元，下降7.3%; None where none is."""
    one, before = passage.mentions[place], passage.mentions[place - 1] if place else None
    if before is None or one.role is not Role.CHANGE or before.sentence != one.sentence or before.depth != one.depth:
        return None
    beside = one.clause_number - before.clause_number <= 1 and before.part == one.part
    plain = before.role in (Role.LEVEL, Role.SHARE) and not own_subject(one.lead) and not before.tail
    plain = plain and not _DEALT.search(one.lead) and not _SAVED.search(before.lead[-4:])
    return before if beside and plain else None


def _is_of(own: Mention, trial: Trial) -> bool:
    """Return whether a growth leads to the figure right before it, or from it where that is of an earlier time."""
    _, _, new, old = trial
    return own is new or (own is old and _EARLIER.search(own.clause[-16:]) is not None)


def _differences(passage: Passage, place: int) -> Iterator[Trial]:
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
        return alike and is_operand(other)

    norm = one.role is Role.EXCESS and _NORM.search(one.clause)
    rule = EXCESS if norm else DIFFERENCE
    own = _own_level(passage, place) if points else None
    elsewhere = _ELSEWHERE.search(one.clause)
    for high, low in pairs_of(near_figures(passage, place, wanted)):
        if own is not None and own.quantity.kind is Kind.PERCENT and own is not high and own is not low:
            continue
        if elsewhere is not None and not any(elsewhere["named"] in told.topic + told.clause for told in (high, low)):
            continue
        yield float(high.quantity.value - low.quantity.value), rule, high, low


def _risings(passage: Passage, place: int, near: list[Mention]) -> Iterator[Trial]:
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
            yield float(delta.quantity.value * 100 / base), RISE if rises else FALL, level, delta


def _growths(one: Mention, near: list[Mention]) -> Iterator[Trial]:
    """Yield the growths that two levels nearby make."""
    rises = one.direction >= 0
    for high, low in pairs_of(near):
        new, old = (high, low) if rises else (low, high)
        made = abs(float(new.quantity.value / old.quantity.value) - 1) * 100
        yield made, GROWTH if rises else SHRINKAGE, new, old
