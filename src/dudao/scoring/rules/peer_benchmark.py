"""对照同类地区: full points at or beyond the mean or median of the peers; below it ranked, or stated points."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, Missing, UsedFact, between
from dudao.scoring.context import Context
from dudao.scoring.otherwise import Otherwise, read_otherwise
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue, Found, Value, check_dimension, read_value
from dudao.scoring.wording import figure, points_text

NAMES = {"mean": "平均值", "median": "中位数", "given": "基准"}


@dataclass(frozen=True, slots=True)
class PeerBenchmark:
    """Where the benchmark comes from, which way is good, and what falling behind is worth."""

    value: Value
    benchmark: str
    given: FactValue | None
    at_least: bool
    otherwise: Otherwise | None
    ranked: tuple[Decimal, ...]
    ties_best: bool

    def award(self, context: Context) -> Award:
        """Return the points; unknown while the benchmark or the own value is."""
        own = self.value.find(context)
        needs_peers = self.benchmark != "given" or self.otherwise is None
        others = [self.value.find(context.at(peer)) for peer in context.peers] if needs_peers else []
        given = self.given.find(context) if self.given is not None else None
        used = own.used + tuple(fact for found in others for fact in found.used)
        missing = own.missing + tuple(gap for found in others for gap in found.missing)
        if given is not None:
            used, missing = used + given.used, missing + given.missing
        if needs_peers and not others:
            missing = (*missing, Missing("缺同类地区的数据，无法比较"))
        values = [found.value for found in others if found.value is not None]
        line = self._line(own.value, values, given, complete=len(values) == len(others))
        if own.value is None or line is None:
            return between(self._worst(context), context.full, used=used, missing=missing)
        word = f"{NAMES[self.benchmark]} {figure(line, own.unit)}"
        if self._reaches(own.value, line):
            good = "不低于" if self.at_least else "不高于"
            steps = (*own.steps, f"{own.label} {own.shown}，{good}{word}，{context.full_words}")
            return between(context.full, context.full, steps=steps, used=used)
        return self._behind(context, own, values, line, word, used, missing)

    def _behind(
        self,
        context: Context,
        own: Found,
        values: list[Fraction],
        line: Fraction,
        word: str,
        used: tuple[UsedFact, ...],
        missing: tuple[Missing, ...],
    ) -> Award:
        assert own.value is not None
        bad = "低于" if self.at_least else "高于"
        step = f"{own.label} {own.shown}，{bad}{word}"
        if self.otherwise is not None:
            after = self.otherwise.consequence(context)
            low, high, missing = after.low, after.high, (*missing, *after.missing)
            step += f"，{after.step}"
        else:
            behind = [value for value in values if not self._reaches(value, line)]
            better = sum(1 for value in behind if (value > own.value if self.at_least else value < own.value))
            equal = sum(1 for value in behind if value == own.value)
            first = better + (0 if self.ties_best else equal)
            unknown = len(context.peers) - len(values)
            high, low = self._at(context, first), self._at(context, first + unknown)
            step += f"；在未达到的 {len(behind) + 1} 个地区中排第 {first + 1} 名"
            step += f"，得 {points_text(low)} 分" if low == high else ""
        improvements = () if missing else self._improvements(context, values, line, context.full - high)
        return between(low, high, steps=(*own.steps, step), used=used, missing=missing, improvements=improvements)

    def _line(
        self, own: Fraction | None, values: list[Fraction], given: Found | None, *, complete: bool
    ) -> Fraction | None:
        if given is not None:
            return given.value
        if own is None or not complete or not values:
            return None
        return _middle(self.benchmark, [own, *values])

    def _reaches(self, value: Fraction, line: Fraction) -> bool:
        return value >= line if self.at_least else value <= line

    def _at(self, context: Context, position: int) -> Decimal:
        return min(self.ranked[min(position, len(self.ranked) - 1)], context.full)

    def _worst(self, context: Context) -> Decimal:
        lowest = self.otherwise.least() if self.otherwise is not None else self.ranked[-1]
        return min(lowest, context.full)

    def _improvements(
        self, context: Context, values: list[Fraction], line: Fraction, gain: Decimal
    ) -> tuple[Improvement, ...]:
        """Return the smallest value that reaches the benchmark, which moves along with it where it is a mean."""
        needed = line
        if self.benchmark == "mean":
            needed = sum(values, Fraction(0)) / len(values)
        elif self.benchmark == "median":
            candidates = sorted({*values, line}, reverse=not self.at_least)
            needed = next(
                (value for value in candidates if self._reaches(value, _middle("median", [value, *values]))), line
            )
        change = self.value.reach(context, needed, upward=self.at_least)
        return (replace(change, gain=gain),) if change is not None else ()


def _middle(benchmark: str, values: list[Fraction]) -> Fraction:
    if benchmark != "median":
        return sum(values, Fraction(0)) / len(values)
    # The module `statistics` takes longer to load than a report to check.
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def read(settings: SettingsReader) -> PeerBenchmark:
    """Return the rule its settings state."""
    value = read_value(settings)
    benchmark = settings.choice("benchmark", ("mean", "median", "given"))
    given = None
    if benchmark == "given":
        name = settings.fact_name("benchmark_fact")
        part = value.part if name in settings.declared and settings.declared[name].dimension else ""
        check_dimension(settings, name, part)
        given = FactValue(name, part, value.year)
    if settings.has("ranked") == settings.has("otherwise"):
        settings.report(
            "one_consequence", "otherwise 与 ranked 应写且只写一个", "固定分写 otherwise，排位给分写 ranked"
        )
    if settings.has("ranked"):
        ranked = settings.numbers("ranked")
        for points in ranked:
            settings.check_points("ranked", points)
        if list(ranked) != sorted(ranked, reverse=True) or ranked[-1] < 0:
            settings.report("points_must_fall", "ranked 应从第一名起逐档不增，且不为负")
        ties = settings.choice("ties", ("best", "worst"))
        at_least = settings.choice("direction", ("at_least", "at_most")) == "at_least"
        return PeerBenchmark(value, benchmark, given, at_least, None, ranked, ties == "best")
    at_least = settings.choice("direction", ("at_least", "at_most")) == "at_least"
    settings.raw("ties", required=False)
    return PeerBenchmark(value, benchmark, given, at_least, read_otherwise(settings), (), ties_best=True)
