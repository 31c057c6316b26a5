"""What a table of stages says of compulsory education: 小学6894人 and 初中8716人 make 义务教育15610人."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.proposals import shown
from dudao.claims.table_facts import TableFact
from dudao.quantities.model import Interval, Kind, Quantity

_STAGES = ("小学", "初中")
_STAGE_NAME = re.compile(r"(?:普通)?(?P<stage>小学|初中)(?:阶段)?(?P<what>[\u4e00-\u9fff]{2,14})")
_OTHERS = re.compile(r"义务教育|一贯制|特殊教育|特教|中小学|附设|教学点|完全中学|合计.*小计")
_SCHOOLS = re.compile("学校数?|校数")
_WHOLES = ("义务教育", "小学初中")


def sums_of_stages(facts: Sequence[TableFact]) -> Iterator[TableFact]:
    """Yield how many the primary and middle schools of a table have together, where it has no further kind of school.

    Schools themselves are left out: those of nine years are counted among either.
    """
    told: dict[tuple[int, str, str, str, str], dict[str, TableFact]] = defaultdict(dict)
    others = {one.table for one in facts if _OTHERS.search(one.measures[0])}
    for one in facts:
        match = _STAGE_NAME.fullmatch(one.measures[0])
        plain = one.quantity.kind is Kind.COUNT and one.quantity.upper is None and one.table not in others
        if match and plain and not _SCHOOLS.fullmatch(match["what"]):
            told[one.table, one.place, one.period, one.quantity.unit, match["what"]][match["stage"]] = one
    for (*_, what), stages in told.items():
        if len(stages) == len(_STAGES):
            left, right = (stages[name] for name in _STAGES)
            names = tuple(f"{whole}{what}" for whole in _WHOLES)
            yield replace(left, measures=names, quantity=_added(left.quantity, right.quantity), sums=True)


def _added(one: Quantity, other: Quantity) -> Quantity:
    low, high = (
        None if left is None or right is None else left + right
        for left, right in ((one.interval.low, other.interval.low), (one.interval.high, other.interval.high))
    )
    value = one.value + other.value
    return replace(one, value=value, interval=Interval(low, high), text=shown(value, one, more=0))
