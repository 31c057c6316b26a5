"""What a figure and its change say of the year before: 52.37亿元，比上年增加1.94亿元 says 50.43亿元."""

import re
from dataclasses import replace

from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.facts import Fact
from dudao.claims.mentions import Mention, Role
from dudao.claims.proposals import shown
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind

_SINCE = re.compile(
    r"(?:比|较)(?:上年度?|去年|上一年|(?P<year>(?:19|20)\d\d)年)(?:同期|末|底)?(?:净)?"
    r"(?:增加|增长|提高|提升|上升|减少|下降|降低)了?"
)
_CLEAR = (Bar.ANY, Bar.NEAR)


def year_before(fact: Fact, told: Mention, change: Mention, *, growth: bool = False) -> Fact | None:
    """Return the fact of the year before that a fact (told by `told`) and the change right behind it give.

    None where the change is not said of it plainly, or where nothing says which year was before. With `growth` a
    growth in per cent tells it too.
    """
    one, other = fact.quantity, change.quantity
    since = _SINCE.fullmatch(change.lead)
    if since is None or change.role is not Role.CHANGE or change.depth or not change.direction:
        return None
    if change.sentence != told.sentence or change.clause_number != told.clause_number + 1 or told.depth:
        return None
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
    year = since["year"] or str(int(fact.period) - 1)
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
        said=f"由{one.text}、{change.lead}{other.text}算出",
    )


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
