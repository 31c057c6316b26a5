"""What a file says of the year before by a level and its change, against what the file of that year told.

高考上线812人，较上年增加49人 here says 763人 of last year; last year's own report has 732人.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from dudao.claims.contradictions import retold
from dudao.claims.contradictions.derived import changes_since, year_before
from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.echo_words import SORTS, plain, sorts
from dudao.claims.contradictions.echoes import Echo, echoes_and_aims, echoes_of
from dudao.claims.contradictions.facts import Fact
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Role
from dudao.claims.ties.model import FilePlace
from dudao.documents.model import Document
from dudao.records import pickled_by_fields

_SHORTEST = 4
_LONGER_AGO = re.compile(
    r"(?<!学)[近前过][去]?[一两三四五]年|[两三四五]年[来间前]|以来|十[二三四]五|[一二三]期|(?:19|20)\d\d年"
)
"""由86.2%提高到90.3% begins with last year where nothing says that it took longer."""
_FROM = re.compile("[由从]$")
_ALL = re.compile("生|专师|教师|教职工|园|小学|初中?|普通高中?|高中?")
"""Names, brought to one form, of all there are of a kind."""
_LONG = 7
_NUMBER_OF = re.compile("数$")
_LEAST, _CLOSE = 40, Decimal("1.05")
"""Counts of so many that differ by no more than this are of one thing told by one name."""
_MOST = 200
"""So many levels with their changes are kept of one file."""


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Before:
    """A figure of the year before as a level and its change leave it, with the place of both."""

    echo: Echo
    where: FilePlace


def befores_of(document: Document, reading: Reading, year: str) -> tuple[Before, ...]:
    """Return what a file says of the year before by its levels and changes."""
    changes = changes_since(reading.passage)
    numbers = {one.quantity.span.start: one.index for one in reading.passage.mentions}
    found = list(islice(_began(document, reading, year), _MOST))
    for echo in echoes_of(reading, year):
        since = changes.get(numbers.get(echo.quantity.span.start, -1))
        if since is None or echo.aim or echo.running or echo.some or echo.place or not echo.period.isdigit():
            continue
        fact = Fact(echo.own, echo.own, echo.unit, "", echo.period, False, echo.quantity, "", Bar.NEAR)
        before = year_before(fact, since, growth=True)
        if before is None or len(found) == _MOST:
            continue
        span = document.repaired.source_span(before.quantity.span)
        text = reading.text[before.quantity.span.start : before.quantity.span.end]
        where = FilePlace(document.file, span, before.quantity.text, f"{echo.own}{''.join(text.split())}")
        _, _, wide = echo.wide.partition("，")  # not the heading, which names the year of the file
        past = replace(echo, quantity=before.quantity, period=before.period, beside=frozenset(), wide=wide)
        found.append(Before(past, where))
    return tuple(found)


def _began(document: Document, reading: Reading, year: str) -> Iterator[Before]:
    """Yield what figures rose or fell from within the year of the file, which they had the year before."""
    began = {one.quantity.span.start for one in reading.passage.mentions if one.role is Role.FROM}
    for echo in echoes_and_aims(reading, year):
        _, _, wide = echo.wide.partition("，")
        if not echo.aim or echo.quantity.span.start not in began or echo.some or echo.place or echo.running:
            continue
        if not year.isdigit() or echo.period != str(int(year) - 1) or _LONGER_AGO.search(wide):
            continue
        span = document.repaired.source_span(echo.quantity.span)
        own = _FROM.sub("", echo.own)
        where = FilePlace(document.file, span, echo.quantity.text, f"{own}由{echo.quantity.text}")
        yield Before(replace(echo, own=own, wide=wide, beside=frozenset(), aim=False), where)


def left_otherwise(
    told: Sequence[Echo], befores: Sequence[Before], values: Collection[tuple[str, Decimal]]
) -> Iterator[tuple[Echo, Before]]:
    """Yield the figures of an earlier file that a later one's levels and changes do not leave.

    One whose value is among those the later file tells itself is no slip of the change.
    """
    for one in befores:
        alike = [
            other
            for other in told
            if other.period == one.echo.period
            and other.unit == one.echo.unit
            and not (other.aim or other.running or other.some)
            and (
                (_one_name(other, one.echo) and retold.told_alike(other, one.echo, one.echo.period))
                or _of_all(other, one.echo)
            )
        ]
        if len({other.quantity.value for other in alike}) != 1 or (one.echo.unit, alike[0].quantity.value) in values:
            continue
        if retold.comparable(alike[0], one.echo):
            yield alike[0], one


def _of_all(one: Echo, other: Echo) -> bool:
    """Return whether two figures count all schools of a kind, or all pupils or teachers, and hardly differ."""
    if plain(one.own) != plain(other.own) or not plain(one.own) or one.place != other.place or one.each != other.each:
        return False
    if _heading_sorts(one) != _heading_sorts(other) or not _ALL.fullmatch(plain(one.own)):
        return False
    return _close(one, other)


def _close(one: Echo, other: Echo) -> bool:
    """Return whether two figures hardly differ."""
    low, high = sorted((abs(one.quantity.value), abs(other.quantity.value)))
    return low >= _LEAST and high <= low * _CLOSE


def _heading_sorts(echo: Echo) -> frozenset[str]:
    return sorts(SORTS[0], echo.wide.split("，", 1)[0])


def _one_name(one: Echo, other: Echo) -> bool:
    """Return whether two figures have one name in much the same words, long enough to say what they are."""
    left, right = (retold.name_of_echo(echo) for echo in (one, other))
    names = sorted((_NUMBER_OF.sub("", left), _NUMBER_OF.sub("", right)), key=len)
    long = len(names[0]) >= _LONG or (len(names[0]) >= _SHORTEST and _close(one, other))
    if long and names[1].endswith(names[0]):
        return True  # 义务教育学校生均教学及辅助用房面积小学, 生均教学及辅助用房面积小学
    short = _close(one, other) and len(left) == _SHORTEST - 1 and left == right
    return short or (len(left) >= _SHORTEST and sorted(left) == sorted(right))
