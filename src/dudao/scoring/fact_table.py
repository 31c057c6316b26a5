"""Facts found by name, place, year and part, whatever order they came in."""

import re
from collections import defaultdict
from collections.abc import Iterable

from dudao.assessment.facts import Fact

_SCHOOL_YEAR = re.compile(r"(\d{4})-\d{4}")


def year_of(period: str) -> int | None:
    """Return the year a period counts for: of a date its year, of a school year the year it begins in."""
    if match := _SCHOOL_YEAR.fullmatch(period):
        return int(match[1])
    return int(period[:4]) if period[:4].isdigit() else None


def _preference(fact: Fact) -> tuple[int, str, str]:
    """Return what decides between facts of one year: the year itself, then the latest date, then the school year."""
    if len(fact.period) == 4:
        return (2, fact.period, str(fact.value))
    return (0 if _SCHOOL_YEAR.fullmatch(fact.period) else 1, fact.period, str(fact.value))


class FactTable:
    """The facts of an assessment, ready to be looked up; built once and not changed."""

    __slots__ = ("_facts", "_years")

    def __init__(self, facts: Iterable[Fact]) -> None:
        found: dict[tuple[str, str, int, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            year = year_of(fact.period)
            if year is not None:
                found[fact.name, fact.place, year, fact.part].append(fact)
        self._facts = {key: max(group, key=_preference) for key, group in found.items()}
        self._years: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for (name, place, year, part), fact in sorted(self._facts.items(), key=lambda item: item[0]):
            if fact.value is not None:
                self._years[name, place, part].append(year)

    def find(self, name: str, place: str, year: int, part: str = "") -> Fact | None:
        """Return the fact, None when nobody stated it; a fact stated as missing is returned with its value None."""
        return self._facts.get((name, place, year, part))

    def years(self, name: str, place: str, part: str = "") -> tuple[int, ...]:
        """Return the years in which the fact has a value, in order."""
        return tuple(self._years.get((name, place, part), ()))
