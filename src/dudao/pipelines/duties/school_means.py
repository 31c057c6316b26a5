"""What the schools of a place have together: means over several counties, pooled, and how many schools and pupils."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dudao.assessment.facts import Fact, FactSource
from dudao.balance.model import CountyResult, LevelResult
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, ResourceIndicator

_DECIMALS = Decimal("0.000001")


@dataclass(slots=True)
class _Pool:
    """Sums over levels of counties: pupils, and mean × pupils; `lacking` once a mean could not be computed."""

    pupils: float = 0.0
    amount: float = 0.0
    lacking: bool = False

    def add(self, level: LevelResult, place: int) -> None:
        mean = level.indicators[place].mean
        if mean is None:
            self.lacking = True
            return
        self.pupils += level.pupils
        self.amount += mean * level.pupils

    @property
    def mean(self) -> Decimal | None:
        return None if self.lacking or not self.pupils else Decimal(repr(self.amount / self.pupils)).quantize(_DECIMALS)


@dataclass(frozen=True, slots=True)
class Together:
    """The counties of one place in one year, computed by one standard, schools weighed by their pupils."""

    place: str
    period: str
    counties: Sequence[CountyResult]
    standard: BalanceStandard
    listed: Mapping[str, int] = field(default_factory=dict)
    """Schools as reported, before combined schools are split: `schools` and `pupils` of compulsory education."""


def pooled_means(together: Together) -> Iterator[Fact]:
    """Yield the mean of each indicator over all judged sections, by level and for both levels (part empty).

    A mean that one county lacks is missing, for it would pass for the whole.
    """
    for place, indicator in enumerate(together.standard.indicators):
        pools: dict[str, _Pool] = {"": _Pool()}
        for county in together.counties:
            for level in county.levels.values():
                pools.setdefault(level.level, _Pool()).add(level, place)
                pools[""].add(level, place)
        for part, pool in pools.items():
            words = LEVEL_NAMES[part] if part else "小学、初中合并"
            method = f"{words}：各校总量之和 ÷ 学生总数{_per(indicator)}，一贯制按学段折算"
            source = FactSource(method=method, clause=indicator.source)
            yield Fact(f"mean_{indicator.id}", together.place, together.period, pool.mean, indicator.unit, part, source)


def counted_schools(together: Together) -> Iterator[Fact]:
    """Yield how many schools of compulsory education there are, how many pupils, and how many pupils a school."""
    schools, pupils = together.listed.get("schools"), together.listed.get("pupils")
    place, period = together.place, together.period
    source = FactSource(method="学校表中有小学或初中学生的学校")
    yield Fact("compulsory_schools", place, period, _whole(schools), "所", source=source)
    yield Fact("compulsory_pupils", place, period, _whole(pupils), "人", source=FactSource(method="小学、初中学生之和"))
    size = Decimal(pupils or 0) / Decimal(schools) if schools else None
    size = size.quantize(_DECIMALS) if size is not None else None
    source = FactSource(method="小学、初中学生之和 ÷ 有小学或初中学生的学校数")
    yield Fact("compulsory_school_size", place, period, size, "人", source=source)


def _whole(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def _per(indicator: ResourceIndicator) -> str:
    return "" if indicator.per == 1 else f" × {indicator.per:g}"
