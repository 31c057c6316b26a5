"""What a balance computation results in: the judgement in columns, and its counties as objects where asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, overload

import polars as pl

from dudao.balance.county_results import county_results
from dudao.balance.judge import Judgement
from dudao.balance.measure import KEYS
from dudao.balance.model import CountyResult
from dudao.balance.standard import BalanceStandard, Method
from dudao.issues import Issue


class Counties(Sequence[CountyResult]):
    """Counties and years in order of region and year; an object is made when it is asked for, all when iterated."""

    def __init__(self, judged: Judgement) -> None:
        self.judged = judged
        self._made: tuple[CountyResult, ...] | None = None

    def __len__(self) -> int:
        return len(self.judged.counties)

    @overload
    def __getitem__(self, index: int) -> CountyResult: ...

    @overload
    def __getitem__(self, index: slice) -> "Counties": ...

    def __getitem__(self, index: int | slice) -> "CountyResult | Counties":
        if isinstance(index, slice):
            return Counties(self.judged.of(self.judged.counties[index].select(KEYS)))
        if self._made is not None:
            return self._made[index]
        place = range(len(self))[index]
        [one] = county_results(self.judged.of(self.judged.counties[place : place + 1].select(KEYS)))
        return one

    def __iter__(self) -> Iterator[CountyResult]:
        if self._made is None:
            self._made = tuple(county_results(self.judged))
        return iter(self._made)


class Balanced(Protocol):
    """What pages and facts need of a result, whether it was computed just now or kept."""

    @property
    def standard(self) -> BalanceStandard:
        """Return what was asked."""
        ...

    @property
    def method(self) -> Method:
        """Return how schools weighed."""
        ...

    @property
    def counties(self) -> Sequence[CountyResult]:
        """Return each county in each year."""
        ...

    def latest(self) -> Sequence[CountyResult]:
        """Return each county in its latest year, in order of region."""
        ...

    def years_of(self, region: str) -> Sequence[CountyResult]:
        """Return one county through the years, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class KeptResult:
    """A result put together from counties that were computed earlier."""

    standard: BalanceStandard
    method: Method
    counties: tuple[CountyResult, ...]

    def latest(self) -> tuple[CountyResult, ...]:
        """Return each county in its latest year, in order of region."""
        found = {each.region: each for each in sorted(self.counties, key=lambda each: each.year or 0)}
        return tuple(found[region] for region in sorted(found))

    def years_of(self, region: str) -> tuple[CountyResult, ...]:
        """Return one county through the years, oldest first."""
        rows = (each for each in self.counties if each.region == region)
        return tuple(sorted(rows, key=lambda each: each.year or 0))


@dataclass(frozen=True, slots=True)
class BalanceResult:
    """Everything computed from one table: each county in each year, the latest year last."""

    judged: Judgement
    counties: Counties
    issues: tuple[Issue, ...] = field(default=())

    @property
    def standard(self) -> BalanceStandard:
        """Return what was asked."""
        return self.judged.standard

    @property
    def method(self) -> Method:
        """Return how schools weighed."""
        return self.judged.method

    def latest(self) -> Counties:
        """Return each county in its latest year, in order of region."""
        keys = self.judged.counties.group_by("region", maintain_order=True).agg(pl.col("year").max()).select(KEYS)
        return self.counties if len(keys) == len(self.counties) else Counties(self.judged.of(keys))

    def years_of(self, region: str) -> Counties:
        """Return one county through the years, oldest first."""
        return Counties(self.judged.of(self.judged.counties.filter(pl.col("region") == region).select(KEYS)))
