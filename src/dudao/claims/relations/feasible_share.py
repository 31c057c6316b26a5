"""A percentage that some whole number must make: 273所，覆盖率98.9% is 273 of 276; 7所，占33.9% is 7 of nothing."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from dudao.claims.arithmetic import cut_off, stands_for
from dudao.claims.likeness import is_level, own_subject
from dudao.claims.mentions import Mention, Passage, Role, span_of
from dudao.claims.model import Claim, ClaimType, Computed, Verdict
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, text_of
from dudao.claims.series import starts_series
from dudao.claims.wholes import head_of_closed_list
from dudao.quantities.model import Interval, Kind, Quantity

_WHOLE_THINGS = frozenset({"所", "家", "园", "校", "个", "人", "名"})
LARGEST = 5000
"""A larger count of things makes every percentage of a few digits possible."""
_RATES = ("覆盖率", "达标率", "合格率", "完成率", "创建率", "普惠率", "优良率", "比例", "占比", "率")
_OVER_HUNDRED = (
    "覆盖率",
    "达标率",
    "合格率",
    "普惠率",
    "公办率",
    "优良率",
    "优秀率",
    "及格率",
    "占比",
    "参与率",
    "知晓率",
    "满意率",
    "满意度",
    "就业率",
    "压减率",
    "办结率",
    "整改率",
    "持证率",
    "通过率",
    "出勤率",
    "入读率",
    "接种率",
    "见警率",
    "安装率",
)
"""Rates of no more than all there are. 巩固率 and 升学率 may be more: pupils that move in count among those who leave,
not among those who entered, and a county whose schools take in others' pupils tells 102.6 %.
"""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield whether a count and the percentage right behind it can come from a whole number of things."""
    mentions = passage.mentions
    for place, rate in enumerate(mentions):
        if rate.quantity.kind is not Kind.PERCENT or rate.quantity.upper is not None:
            continue
        if rate.role in (Role.LEVEL, Role.SHARE, Role.CHANGE) and rate.quantity.value > 100:
            yield from _over_hundred(passage, rate)
        # 小学49所、初中21所，分别占94.23%和100%: the first of a row is not said of the last amount.
        if place and rate.quantity.approximation is None and not starts_series(passage, place):
            for one in _base(passage, mentions[place - 1], rate):
                if one.holds or not _of_several(passage, place - 1):
                    yield one


def _of_several(passage: Passage, place: int) -> bool:
    """Return whether a count is one of several that a percentage behind may be said of, or of their whole."""
    return head_of_closed_list(passage.mentions, place) is not None or starts_series(passage, place)


def _base(passage: Passage, part: Mention, rate: Mention) -> Iterator[Proposal]:
    """Yield whether some whole number N makes part / N the percentage as printed."""
    figure = part.quantity
    if part.sentence != rate.sentence or rate.clause_number - part.clause_number != 1 or not is_level(part):
        return
    if (
        part.depth > rate.depth
        or figure.kind is not Kind.COUNT
        or figure.unit not in _WHOLE_THINGS
        or figure.approximation is not None
    ):
        return
    if (
        figure.scale != 1
        or figure.decimals
        or not 1 <= figure.value <= LARGEST
        or part.each
        or figure.upper is not None
    ):
        return
    bare_share = rate.role is Role.SHARE and not own_subject(rate.lead.partition("占")[0])
    bare_rate = rate.role is Role.LEVEL and rate.lead.rstrip("为达到是") in _RATES
    if not (bare_share or bare_rate) or not 0 < rate.quantity.value <= 100:
        return
    base = _smallest_base(figure.value, stands_for(rate.quantity, derived=True))
    if base is None:
        base = _smallest_base(figure.value, cut_off(rate.quantity, derived=True))
    if base is None and not bare_share:
        return
    yield _claim(passage, part, rate, base)


def _smallest_base(count: Decimal, share: Interval) -> int | None:
    """Return the smallest whole number of which `count` is such a share; None when there is none."""
    if share.low is None or share.high is None or share.high <= 0:
        return None
    lowest = max((count * 100 / share.high).to_integral_value(ROUND_CEILING), count)
    if share.low <= 0:
        return int(lowest)
    highest = (count * 100 / share.low).to_integral_value(ROUND_FLOOR)
    return int(lowest) if lowest <= highest else None


def _claim(passage: Passage, part: Mention, rate: Mention, base: int | None) -> Proposal:
    a, p = text_of(part), text_of(rate)
    if base is None:
        verdict = Verdict.INCONSISTENT
        message = f"{a}占任何整数的比重都不会是{p}，两个数字至少有一个有误"
        computed = None
    else:
        verdict = Verdict.CONSISTENT
        message = f"{a}占{base}的比重为{p}，总数为{base}时成立"
        computed = Computed(Decimal(base), Interval(Decimal(base), Decimal(base)), part.quantity.unit)
    indexes = {"part": part.index, "share": rate.index}
    claim = Claim(
        type=ClaimType.FEASIBILITY,
        relation="feasible_share",
        span=span_of(passage, list(indexes.values())),
        operands=indexes,
        formula="share = part / N for a whole number N",
        verdict=verdict,
        computed=computed,
        message=message,
    )
    return Proposal(claim, rate.index, WEAK if base is not None else STRUCTURAL)


def _over_hundred(passage: Passage, rate: Mention) -> Iterator[Proposal]:
    """Yield that a share of a whole cannot exceed 100 per cent; 毛入学率 and the like may."""
    words = rate.lead.rstrip("为达到是了已均")
    if not words.endswith(_OVER_HUNDRED) or "毛" in words or _low(rate.quantity) <= 100:
        return
    claim = Claim(
        type=ClaimType.FEASIBILITY,
        relation="feasible_share",
        span=rate.quantity.span,
        operands={"share": rate.index},
        formula="share <= 100%",
        verdict=Verdict.INCONSISTENT,
        computed=None,
        message=f"“{words[-12:]}{text_of(rate)}”超过100%，部分不会多于总体",
    )
    yield Proposal(claim, rate.index, STRUCTURAL)


def _low(figure: Quantity) -> Decimal:
    return figure.interval.low if figure.interval.low is not None else figure.value
