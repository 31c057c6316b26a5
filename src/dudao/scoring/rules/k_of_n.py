"""若干项中达到几项: full points when at least k of n tests pass and the others keep a share of their standard."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, between
from dudao.scoring.comparison import Comparison, read_comparison
from dudao.scoring.condition import Judgement, compare
from dudao.scoring.context import Context
from dudao.scoring.otherwise import Otherwise, read_otherwise
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import Value, read_value
from dudao.scoring.wording import figure


@dataclass(frozen=True, slots=True)
class Test:
    """One value and its standard, with the floor that a missed one must keep (None: no floor)."""

    value: Value
    comparison: Comparison
    floor: Fraction | None

    def trial(self, context: Context) -> "Trial":
        """Return how the test went."""
        judged = compare(self.value, self.comparison, context)
        if self.floor is None:
            return Trial(self, judged, judged.holds, True, judged.steps)
        found = self.value.find(context)
        if found.value is None:
            return Trial(self, judged, judged.holds, None, judged.steps)
        kept = found.value >= self.floor if self.comparison.relation == "at_least" else found.value <= self.floor
        below = () if kept else (f"{found.label}还低于底线 {figure(self.floor, found.unit)}",)
        return Trial(self, judged, judged.holds, kept, (*judged.steps, *below))


@dataclass(frozen=True, slots=True)
class Trial:
    """How one test went: passed, and its floor kept; None is unknown."""

    test: Test
    judged: Judgement
    passed: bool | None
    kept: bool | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KOfN:
    """How many tests must pass, and what failing is worth."""

    k: int
    tests: tuple[Test, ...]
    otherwise: Otherwise

    def award(self, context: Context) -> Award:
        """Return full points, the points otherwise, or both as bounds while missing values could decide."""
        trials = [test.trial(context) for test in self.tests]
        passed, kept = [trial.passed for trial in trials], [trial.kept for trial in trials]
        met, unknown = passed.count(True), passed.count(None)
        used = tuple(fact for trial in trials for fact in trial.judged.used)
        missing = tuple(gap for trial in trials for gap in trial.judged.missing)
        steps = [step for trial in trials for step in trial.steps]
        open_ones = f"、未知 {unknown} 项" if unknown else ""
        steps.append(f"{len(self.tests)} 项中达到 {met} 项{open_ones}，要求至少 {self.k} 项")
        if False in kept:
            steps.append(f"有 {kept.count(False)} 项低于底线")
        if met >= self.k and False not in kept and None not in kept:
            steps.append(f"{context.full_words}")
            return between(context.full, context.full, steps=steps, used=used, missing=missing)
        if met + unknown >= self.k and False not in kept:
            low = min(self.otherwise.least(), context.full)
            return between(low, context.full, steps=steps, used=used, missing=missing)
        after = self.otherwise.consequence(context)
        steps.append(after.step)
        return between(
            after.low,
            after.high,
            steps=steps,
            used=used,
            missing=(*missing, *after.missing),
            improvements=self._improvements(context, trials, met, context.full - after.high),
            reasons=[step for trial in trials if trial.passed is False for step in trial.steps],
        )

    def _improvements(self, context: Context, trials: list[Trial], met: int, gain: Decimal) -> tuple[Improvement, ...]:
        """Return the changes of one value that would pass on their own; none when more than one is needed."""
        improvements: list[Improvement] = []
        below = sum(1 for trial in trials if trial.kept is False)
        for trial in trials:
            bound, floor = trial.test.comparison.bound, trial.test.floor
            if trial.passed is not False or below > (trial.kept is False) or isinstance(bound, bool | str):
                continue
            if met + 1 < self.k or gain <= 0:
                continue
            needed = floor if met >= self.k and floor is not None else Fraction(bound)
            upward = trial.test.comparison.relation not in {"at_most", "below"}
            change = trial.test.value.reach(context, needed, upward=upward)
            if change is not None and trial.test.comparison.relation in {"at_least", "at_most"}:
                improvements.append(replace(change, gain=gain))
        return tuple(improvements)


def read(settings: SettingsReader) -> KOfN:
    """Return the rule its settings state."""
    k = settings.whole("k", least=1)
    share = settings.optional_number("floor_share")
    if share is not None and not 0 < share <= 1:
        settings.report("ill_typed_setting", f"floor_share 应在 0 与 1 之间，写的是 {share}", '85% 写 "0.85"')
        share = Decimal(1)
    tests = tuple(_read_test(child, share) for child in settings.children("tests"))
    if k > len(tests):
        settings.report("k_above_n", f"k 为 {k}，但只有 {len(tests)} 项", "请改小 k，或补齐各项")
    return KOfN(k, tests, read_otherwise(settings))


def _read_test(settings: SettingsReader, share: Decimal | None) -> Test:
    value, comparison = read_value(settings), read_comparison(settings)
    settings.finish()
    if share is None:
        return Test(value, comparison, None)
    if comparison.relation not in {"at_least", "at_most"} or isinstance(comparison.bound, bool | str):
        settings.report("unknown_option", "写了 floor_share 时，各项只能写 at_least 或 at_most 加数")
        return Test(value, comparison, None)
    bound = Fraction(comparison.bound)
    floor = bound * Fraction(share) if comparison.relation == "at_least" else bound / Fraction(share)
    return Test(value, comparison, floor)
