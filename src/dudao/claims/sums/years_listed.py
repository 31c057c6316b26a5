"""Amounts told year by year behind what they make: 近三年补充318名，其中2021年94名，2022年107名，2023年117名."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.claims.sums.proposing import sum_of

_COUNTED = re.compile(r"(?P<count>[两二三四五六])年(?:来|间|内)?(?!级|制)")
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s?(?:[-—–~～]+|至|到)\s?(?P<last>(?:19|20)\d\d)年")
_YEAR = re.compile(r"(?:其中)?[：:]?(?P<year>(?:19|20)\d\d)年(?:度)?")
_IN_TURN = re.compile(r"(?:其中)?(?:分年度?|按年度?|各年度?|逐年)(?:分别|依次)?(?:为|是)?")
_COUNTS = "零一二三四五六"


def listed_by_years(passage: Passage, place: int) -> list[Mention]:
    """Return the amounts of all the years that a figure is told of, one behind the other; empty when one lacks."""
    total = passage.mentions[place]
    years = _years_of(total)
    parts = list(passage.mentions[place + 1 : place + 1 + years])
    if (
        years > 1
        and len(parts) == years
        and _IN_TURN.fullmatch(parts[0].lead)
        and not any(one.lead for one in parts[1:])
    ):
        alike = all(one.level and one.amount and same_unit(one, total) and not one.each for one in parts)
        behind = parts[0].clause_number - total.clause_number == 1 and parts[0].sentence == total.sentence
        return parts if alike and behind else []
    named = [said["year"] for one in parts if (said := _YEAR.fullmatch(one.lead)) is not None]
    if years < 2 or len(named) < years or len(parts) < years or named != sorted(set(named)):
        return []
    plain = all(one.level and one.amount and not one.each and same_unit(one, total) for one in parts)
    beside = all(one.sentence == total.sentence and one.depth == parts[0].depth for one in parts)
    return parts if plain and beside and parts[0].clause_number - total.clause_number <= 1 else []


def by_years(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the sum of the years told behind what was done in all of them."""
    if parts := listed_by_years(passage, place):
        yield from sum_of(passage, passage.mentions[place], parts, EXPLICIT)


def _years_of(total: Mention) -> int:
    if (span := _SPAN.search(total.clause) or _SPAN.search(total.topic)) is not None:
        return int(span["last"]) - int(span["first"]) + 1
    counted = _COUNTED.search(total.clause)
    return _COUNTS.index(counted["count"].replace("两", "二")) if counted is not None else 0
