"""Which time evidence must speak of: as the scheme's requests say in words, else the year of the round."""

import re
from collections.abc import Iterable
from datetime import date

from dudao.web.evaluations.items import Item

Period = tuple[date, date]

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_LAST = ("上一年", "上年", "前一年", "去年")
_THIS = ("评价年", "本年", "当年", "考核年", "自评年")
_BACK = {"近两年": 1, "近二年": 1, "近2年": 1, "近三年": 2, "近3年": 2, "近五年": 4, "近5年": 4}


def asked_years(words: str, year: int) -> set[int]:
    """Return the years that a request's words name for a round of a year; empty when they name none."""
    plain = words.replace(" ", "")
    years = {int(found) for found in _YEAR.findall(plain)}
    if any(word in plain for word in _LAST):
        years.add(year - 1)
    if any(word in plain for word in _THIS):
        years.add(year)
    for word, back in _BACK.items():
        if word in plain:
            years.update((year - back, year))
    return years


def asked_period(words: Iterable[str], year: int) -> Period:
    """Return the days from the first to the last year that any of the words name; the round's year when none does."""
    years = set().union(*(asked_years(each, year) for each in words)) or {year}
    return date(min(years), 1, 1), date(max(years), 12, 31)


def item_period(item: Item, year: int, request: str = "") -> Period:
    """Return the period that an item asks for, or one request of it when it is named."""
    asked = [each for point in item.points for each in point.evidence]
    named = [each for each in asked if each.name == request]
    return asked_period([each.period for each in named or asked], year)


def scheme_period(items: Iterable[Item], year: int) -> Period:
    """Return the period that any item of a scheme asks for; it always holds the round's year."""
    starts, ends = date(year, 1, 1), date(year, 12, 31)
    for item in items:
        first, last = item_period(item, year)
        starts, ends = min(starts, first), max(ends, last)
    return starts, ends
