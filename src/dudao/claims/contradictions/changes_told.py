"""By how much a measure changed since a year, against the figures of both years told elsewhere.

体质健康优良率比2021年提高5.1个百分点 here, 48.2% of 2021 and 54.3% of 2023 in a table there. Only changes whose own
words name what changed are read; one right behind its level is held by `base_told`.
"""

import re
from collections import defaultdict
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.context import title_year
from dudao.claims.contradictions.directions import keys_of_name
from dudao.claims.contradictions.facts import Fact, facts_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.same_measure import own_or_named
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.claims.proposals import shown
from dudao.issues import Level
from dudao.quantities.model import Interval, Kind

CODE = "claims.contradiction.year_before"
_CHANGED = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<name>[\u4e00-\u9fff]{3,18}?)(?:虽然?|已|也|仅|只|却|均)?(?:[比较](?:(?P<since>20\d\d)年|上年|去年))(?:底|末|同期)?"
    r"(?:净|仅|只|已)?(?:提高|提升|上升|增加|增长|下降|降低|减少)了?$"
)
_SOME = re.compile(r"部分|个别|有的|其中|民办|农村|城区|乡镇|年均")
_MOST = 200


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each change that the figures of its two years do not make."""
    reported = title_year(reading.text)
    if not reported:
        return []
    facts: list[Fact] | None = None
    found = []
    for mention in reading.passage.mentions:
        changed = _CHANGED.search(mention.lead) if mention.role is Role.CHANGE and mention.direction else None
        if changed is None or _SOME.search(changed["name"]) or mention.quantity.upper is not None:
            continue
        if reading.chapters.at(mention.quantity.span.start) is Chapter.PLANS or mention.quantity.approximation:
            continue
        if facts is None:
            facts = [one for one in facts_of(reading) if not own_or_named(one.place)][:_MOST]
        year = changed["year"] or reported
        since = changed["since"] or str(int(year) - 1)
        pair = _of_years(keys_of_name(changed["name"], facts), facts, since, year)
        if pair is not None and (made := _made(mention, *pair)) is not None:
            found.append(_finding(mention, *pair, made))
    return found


def _of_years(keys: frozenset[str], facts: list[Fact], since: str, year: str) -> tuple[Fact, Fact] | None:
    """Return the one figure of each year told under some name, None where one is missing or told twice otherwise."""
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.core in keys and fact.period in (since, year):
            told[fact.period].append(fact)
    if len(told) != len((since, year)):
        return None
    if any(not one.quantity.interval.meets(ones[0].quantity.interval) for ones in told.values() for one in ones):
        return None
    first, last = told[since][0], told[year][0]
    return (first, last) if first.unit == last.unit else None


def _made(mention: Mention, first: Fact, last: Fact) -> Decimal | None:
    """Return the change that two figures make where the one told is none of theirs; None where it fits or is open."""
    points = mention.quantity.kind is Kind.PERCENTAGE_POINT
    if points != (first.quantity.kind is Kind.PERCENT) or mention.quantity.kind is Kind.PERCENT:
        return None
    if not points and mention.quantity.unit != first.quantity.unit:
        return None
    low, high = first.quantity.interval, last.quantity.interval
    if low.low is None or low.high is None or high.low is None or high.high is None:
        return None
    change = (last.quantity.value - first.quantity.value) * mention.direction
    least, most = sorted(((high.low - low.high) * mention.direction, (high.high - low.low) * mention.direction))
    return None if Interval(least, most).meets(mention.quantity.interval) else change


def _finding(mention: Mention, first: Fact, last: Fact, made: Decimal) -> Finding:
    written = mention.quantity
    change = shown(abs(made), written, more=0)
    return Finding(
        CODE,
        Level.WARNING,
        written.span,
        f"“{last.measure}”文中{first.period}年为{first.quantity.text}，{last.period}年为{last.quantity.text}，"
        f"相差{change}，此处写的是{written.text}。",
        related=(first.quantity.span, last.quantity.span),
        remedy="请核对各年数字和增减数，统一两处说法；如口径不同，请在文中分别注明。",
    )
