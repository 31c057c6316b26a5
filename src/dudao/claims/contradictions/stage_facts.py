"""What the facts of two stages say of compulsory education: 小学6894人 and 初中8716人 make 义务教育15610人."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.facts import Fact
from dudao.claims.contradictions.measure_keys import key_of
from dudao.claims.proposals import shown
from dudao.quantities.model import Interval, Kind, Quantity

_STAGES = ("小学", "初中")
_STAGE_NAME = re.compile(r"(?:普通)?(?P<stage>小学|初中)(?:阶段)?(?P<what>[\u4e00-\u9fff]{2,14})")
_OTHERS = re.compile(r"义务教育|一贯制|特殊教育|特教|中小学|附设|教学点|完全中学")
_SCHOOLS = re.compile("学校数?|校数")
SUMMED = "各学段相加"
"""How the sum of the stages is told of in a finding."""
_WHOLES = ("义务教育", "义务教育学校", "小学初中")


def sums_of_stages(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield how many the primary and middle schools have together, where the same table or text tells of no others.

    Schools themselves are left out: those of nine years are counted among either. Only what looks like a slip of the
    sum is held against it, as special schools may or may not be in it.
    """
    told: dict[tuple[int, str, str, str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    others = {one.table for one in facts if one.table >= 0 and _OTHERS.search(one.measure)}
    for one in facts:
        match = _STAGE_NAME.fullmatch(one.measure)
        plain = one.quantity.kind is Kind.COUNT and one.quantity.upper is None and "/" not in one.core
        if match and plain and not one.aim and one.table not in others and not _SCHOOLS.fullmatch(match["what"]):
            told[one.table, one.place, one.period, one.unit, match["what"]][match["stage"]].append(one)
    for (*_, unit, what), stages in told.items():
        if len(stages) == len(_STAGES) and all(len(stage) == 1 for stage in stages.values()):
            left, right = (stages[name][0] for name in _STAGES)
            quantity = _added(left.quantity, right.quantity)
            for name in (f"{whole}{what}" for whole in _WHOLES):
                yield replace(
                    left,
                    measure=name,
                    core=key_of(name, unit),
                    broad="",
                    quantity=quantity,
                    heading="",
                    bar=Bar.CLOSE,
                    said=SUMMED,
                )


def _added(one: Quantity, other: Quantity) -> Quantity:
    low, high = (
        None if left is None or right is None else left + right
        for left, right in ((one.interval.low, other.interval.low), (one.interval.high, other.interval.high))
    )
    value = one.value + other.value
    return replace(one, value=value, interval=Interval(low, high), text=shown(value, one, more=0))
