"""What a figure and its change say of the year before: 52.37亿元，比上年增加1.94亿元 says 50.43亿元."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.facts import Fact
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import shown
from dudao.claims.series import row_at
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind

_MOVES = (
    r"(?:增加|增长|提高|提升|上升|减少|下降|降低|[多少](?:招|收|完成|投入|支出|安排|发放|拨付|资助|培训|建成?)?)了?"
)
_SINCE = re.compile(
    rf"(?:分别|均|各)?(?:比|较)(?:上年度?|去年|上一年|(?P<year>(?:19|20)\d\d)年)(?:同期|末|底)?(?:分别|依次|各)?(?:净)?{_MOVES}"
)
_ALIKE = re.compile(rf"(?:分别|也|则)?(?:净)?{_MOVES}")
"""小学85.0%，比上年提高2.3个百分点，初中92.6%，提高1.1个百分点: the second rose since the same year."""
_LEVELS = (Role.LEVEL, Role.TO, Role.SHARE)
_CLEAR = (Bar.ANY, Bar.NEAR)


@dataclass(frozen=True, slots=True)
class Since:
    """By how much a level has changed, and since which year; empty for the year before."""

    change: Mention
    year: str


@lru_cache(maxsize=1)
def changes_since(passage: Passage) -> dict[int, Since]:
    """Return by how much levels have changed since an earlier year, keyed by the number of the level's figure.

    小学4.97平方米、初中6.20平方米，比上年分别增加0.11和0.08平方米 deals the changes out to as many levels.
    """
    found: dict[int, Since] = {}
    mentions = passage.mentions
    said: tuple[int, str] | None = None
    for place, change in enumerate(mentions):
        if change.role is not Role.CHANGE or change.depth or not change.direction or not place:
            continue
        match = _SINCE.fullmatch(change.lead)
        if match is not None:
            said = (change.part, match["year"] or "")
        elif said is None or said[0] != change.part or not _ALIKE.fullmatch(change.lead):
            continue
        row = row_at(passage, place)
        levels = mentions[max(0, place - len(row)) : place]
        if len(row) == 1 and _share_between(mentions, place):  # 支出5.91亿元，占计划的87.6%，比上年增加0.99亿元
            levels = mentions[place - 2 : place - 1]
        for level, by in zip(levels, row, strict=len(row) == len(levels)):
            near = 1 + (level is not mentions[place - 1] and len(row) == 1)
            beside = level.part == change.part and level.clause_number + near == change.clause_number
            if beside and not level.depth and level.role in _LEVELS:
                found[level.index] = Since(by, said[1])
    return found


def _share_between(mentions: Sequence[Mention], place: int) -> bool:
    """Return whether a share stands between an amount and its change."""
    if place < 2:
        return False
    level, share, change = mentions[place - 2 : place + 1]
    share_told = share.role is Role.SHARE and share.quantity.kind is Kind.PERCENT
    return share_told and change.amount and level.quantity.unit == change.quantity.unit


def year_before(fact: Fact, since: Since | None, *, growth: bool = False) -> Fact | None:
    """Return the fact of the year before that a fact and the change told of it give.

    None where nothing says which year was before. With `growth` a growth in per cent tells it too.
    """
    if since is None or not since.change.direction:
        return None
    one, change = fact.quantity, since.change
    other = change.quantity
    points = one.kind is Kind.PERCENT and other.kind is Kind.PERCENTAGE_POINT
    grown = growth and one.kind is not Kind.PERCENT and other.kind is Kind.PERCENT
    if not points and not grown and (one.unit != other.unit or one.kind is Kind.PERCENT):
        return None
    if fact.bar not in _CLEAR or not fact.period.isdigit() or one.approximation or other.approximation or other.upper:
        return None
    move = _grown if grown else _moved
    interval = move(one.interval, other.interval, change.direction)
    if interval is None or interval.low is None or interval.high is None:
        return None
    value = (interval.low + interval.high) / 2 if grown else one.value - change.direction * other.value
    year = since.year or str(int(fact.period) - 1)
    if int(year) >= int(fact.period) or value <= 0:
        return None
    decimals = max(one.decimals, other.decimals)
    text = shown(value, replace(one, decimals=decimals), more=0)
    return replace(
        fact,
        period=year,
        quantity=replace(
            one, span=Span(one.span.start, other.span.end), text=text, value=value, interval=interval, decimals=decimals
        ),
        bar=Bar.NEAR,
        dated=False,
        said=f"由{one.text}、{_told_as(change, since.year)}{other.text}算出",
    )


def _told_as(change: Mention, year: str) -> str:
    """Return how a change is told, with the year it is since: 比上年增加."""
    words = change.lead
    if year or _SINCE.fullmatch(words):
        return words
    return f"比上年{words}"


def _moved(level: Interval, change: Interval, direction: int) -> Interval | None:
    """Return what a value may have been before it rose (or fell, -1) by a change; None where an end is open."""
    if level.low is None or level.high is None or change.low is None or change.high is None:
        return None
    if direction > 0:
        return Interval(level.low - change.high, level.high - change.low)
    return Interval(level.low + change.low, level.high + change.high)


def _grown(level: Interval, growth: Interval, direction: int) -> Interval | None:
    """Return what a value may have been before it grew (or shrank, -1) by per cent; None where an end is open."""
    if level.low is None or level.high is None or growth.low is None or growth.high is None:
        return None
    least, most = sorted((1 + direction * growth.low / 100, 1 + direction * growth.high / 100))
    return Interval(level.low / most, level.high / least) if least > 0 else None
