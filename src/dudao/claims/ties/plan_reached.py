"""What a report says reached the plan, against what the plan of the year sets: 改造教室680间，完成率100%, plan 860间.

A report says so in many words: 全面完成年度目标, 任务完成率100%, 超过年初目标1.3个百分点, 完成年初计划的100.6%.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from dudao.claims.contradictions.differences import is_near
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.ties.planned import Planned, alike, as_planned
from dudao.documents.model import Document
from dudao.provenance import Span
from dudao.quantities.model import Kind

_REACHED = re.compile(
    r"[，,（](?:已)?(?:[\u4e00-\u9fff]{0,6}完成率(?:达到?|为)?100%|(?:(?:超额|全面|提前|圆满|如期|顺利|全部)完成了?|完成了?(?=(?:年度|全年|年初)))(?!省|市|国|上级)[^，。；]{0,10}(?:目标|任务|计划)"
    r"|(?:达到|实现|超过)了?(?:年初|年度|既定|预期|计划|全年|要点|规划|方案)[^，。；\d]{0,8}(?:目标|要求|任务|计划)(?![^，。；]{0,4}的)"
    r"|(?:年度|建设|各项|全年|计划|目标)?(?:任务|目标|计划)(?:已|均已?|都)?(?:超额|全面|提前|圆满|如期|顺利|全部|按期)?完成(?![^，。；]{0,4}\d))"
)
_BEYOND = re.compile(
    r"[，,（](?:超过|超出|高于|比)(?:年初|年度|既定|预期|计划|全年)[^，。；\d]{0,8}(?P<points>\d+(?:\.\d+)?)个百分点"
)
_OVER_PLAN = re.compile(
    r"[，,（](?:超过|超出|比)(?:年初|年度|既定|全年)?(?:计划|目标|任务)(?:数)?(?:多)?(?P<over>\d+(?:\.\d+)?)(?P<unit>万?[个名人所间元亿]+)(?=[，。；）])"
)
_OF_PLAN = re.compile(
    r"[，,（](?:占|完成|为)(?:了)?(?:年初|年度|全年|既定)?[^，。；\d]{0,6}(?:计划|目标|任务)(?:数)?的?(?P<rate>\d+(?:\.\d+)?)%"
)
_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA})
_LESS_IS_BETTER = re.compile("大班额|大校额|近视|肥胖|辍学|缺编|缺额|债务|减少|压减|下降|控制")
_MOST = 100
_REACH = 40
_HUNDRED = Decimal(100)
_SLACK = Decimal("0.0006")
"""How far a rate of completion told to a tenth of a per cent may leave the plan."""


def reached_of(document: Document, reading: Reading) -> tuple[tuple[Planned, Decimal, Decimal], ...]:
    """Return the figures that a report says reached the plan, each with the least and the most the plan may be then."""
    return tuple(
        islice(
            (
                (_with_words_behind(document, reading, mention), *bounds)
                for mention in reading.passage.mentions
                if _told(reading, mention) and (bounds := _bounds(reading, mention)) is not None
            ),
            _MOST,
        )
    )


def _with_words_behind(document: Document, reading: Reading, mention: Mention) -> Planned:
    """Return a figure whose place holds the words that say how it lies to the plan."""
    told = as_planned(document, reading, mention)
    start, end = mention.quantity.span.start, mention.quantity.span.end
    words = reading.text[end : end + _REACH]
    behind = _BEYOND.match(words) or _OVER_PLAN.match(words) or _OF_PLAN.match(words)
    if behind is None:
        return told
    span = document.repaired.source_span(Span(start, end + behind.end()))
    return replace(told, where=replace(told.where, span=span, words=f"{told.where.words}{behind[0]}"))


def _told(reading: Reading, mention: Mention) -> bool:
    quantity = mention.quantity
    plain = quantity.kind in _KINDS and quantity.upper is None and quantity.approximation is None
    stated = mention.role in (Role.LEVEL, Role.TO, Role.SHARE)
    return plain and stated and not mention.depth and not reading.passage.in_doubt(quantity)


def _bounds(reading: Reading, mention: Mention) -> tuple[Decimal, Decimal] | None:
    """Return between what the plan must lie by the words behind a figure; None where they say nothing of it."""
    quantity, end = mention.quantity, mention.quantity.span.end
    behind = reading.text[end : end + _REACH]
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None or _LESS_IS_BETTER.search(mention.clause):
        return None
    if beyond := _BEYOND.match(behind):
        points = Decimal(beyond["points"])
        half = Decimal(1).scaleb(int(points.as_tuple().exponent)) / 2
        return (low - points - half, high - points + half) if quantity.kind is Kind.PERCENT else None
    if over := _OVER_PLAN.match(behind):
        same = over["unit"] == quantity.unit and quantity.scale == 1
        return (low - Decimal(over["over"]), high - Decimal(over["over"])) if same else None
    if of_plan := _OF_PLAN.match(behind):
        rate = Decimal(of_plan["rate"]) / _HUNDRED
        return (low / (rate + _SLACK), high / (rate - _SLACK)) if rate else None
    return (Decimal(0), high) if _REACHED.match(behind) else None


def falls_short(
    plan: Sequence[Planned], reached: Sequence[tuple[Planned, Decimal, Decimal]]
) -> list[tuple[Planned, Planned]]:
    """Return the figures of a report that did not reach what the plan sets, each behind the figure of the plan."""
    found = []
    for told, least, most in reached:
        meant = alike(plan, told)
        if len(meant) > 1:  # of 新增学位6200个 and those of one school the nearer one
            meant = [one for one in meant if is_near(one.quantity, told.quantity)]
        if len(meant) != 1:
            continue
        if not least <= meant[0].quantity.value <= most:  # what a plan sets is no rounded figure
            found.append((meant[0], told))
    return found
