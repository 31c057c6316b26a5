"""分段给分: points by the half-open band a value lies in."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, between
from dudao.scoring.bands import band_of, gaps_and_overlaps
from dudao.scoring.context import Context
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import Value, read_value
from dudao.scoring.wording import figure, points_text


@dataclass(frozen=True, slots=True)
class Band:
    """Points for values in [low, high); None is open."""

    low: Decimal | None
    high: Decimal | None
    points: Decimal

    def wording(self, unit: str) -> str:
        """Return the band as people say it."""
        parts = [f"{figure(self.low, unit)} 及以上"] if self.low is not None else []
        parts += [f"{figure(self.high, unit)} 以下（不含）"] if self.high is not None else []
        return "、".join(parts) or "任何值"


@dataclass(frozen=True, slots=True)
class GradeBands:
    """The value and its bands."""

    value: Value
    bands: tuple[Band, ...]

    def award(self, context: Context) -> Award:
        """Return the points of the band; all bands are possible while the value is missing."""
        found = self.value.find(context)
        worth = [min(band.points, context.full) for band in self.bands]
        if found.value is None:
            return between(min(worth), max(worth), steps=found.steps, used=found.used, missing=found.missing)
        index = band_of(found.value, [(band.low, band.high) for band in self.bands])
        assert index is not None, "the bands were checked to cover every value"
        points = worth[index]
        band = self.bands[index].wording(found.unit)
        steps = (*found.steps, f"{found.label} {found.shown}，属于 {band}，得 {points_text(points)} 分")
        improvements = self._improvements(context, found.value, points, worth)
        return between(points, points, steps=steps, used=found.used, improvements=improvements)

    def _improvements(
        self, context: Context, value: Fraction, points: Decimal, worth: list[Decimal]
    ) -> tuple[Improvement, ...]:
        """Return the smallest rise into the best band, where the best lies above the value."""
        best = max(worth)
        starts = [
            band.low
            for band, worth_of in zip(self.bands, worth, strict=True)
            if worth_of == best and band.low is not None and Fraction(band.low) > value
        ]
        if best <= points or not starts:
            return ()
        change = self.value.reach(context, Fraction(min(starts)), upward=True)
        return (replace(change, gain=best - points),) if change is not None else ()


def read(settings: SettingsReader) -> GradeBands:
    """Return the rule its settings state."""
    value = read_value(settings)
    bands = tuple(_read_band(child) for child in settings.children("bands"))
    for problem in gaps_and_overlaps([(band.low, band.high) for band in bands]):
        settings.report(
            "bands_not_contiguous", f"各段没有首尾相接：{problem}", "左闭右开，最低一段不写 from，最高一段不写 to"
        )
    return GradeBands(value, bands or (Band(None, None, Decimal(0)),))


def _read_band(settings: SettingsReader) -> Band:
    low, high = settings.optional_number("from"), settings.optional_number("to")
    band = Band(low, high, settings.points("points"))
    settings.finish()
    return band
