"""按位次给分: points by the place a value takes among the peers."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.award import Award, Improvement, Missing, between
from dudao.scoring.context import Context
from dudao.scoring.rounding import rounded
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import Value, read_value
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class Rank:
    """Points by rank, or by equal groups of ranks; how ties, late ranks and few peers are taken."""

    value: Value
    high_first: bool
    points: tuple[Decimal, ...]
    groups: bool
    beyond: Decimal
    ties: str
    few_unknown: bool
    rounding: Decimal | None

    def award(self, context: Context) -> Award:
        """Return the points of the rank; peers without a value leave a range of ranks."""
        own = self.value.find(context)
        others = [(peer, self.value.find(context.at(peer))) for peer in context.peers]
        used = own.used + tuple(fact for _, found in others for fact in found.used)
        missing = own.missing + tuple(gap for _, found in others for gap in found.missing)
        everything = self._sorted_points(context)
        if not others:
            gap = Missing("缺同类地区的数据，无法排位")
            return between(everything[0], everything[-1], used=used, missing=(*missing, gap))
        if self.few_unknown and len(others) + 1 < len(self.points):
            gap = Missing(f"同类地区连本地只有 {len(others) + 1} 个，少于 {len(self.points)} 档，按规则不评分")
            return between(everything[0], everything[-1], used=used, missing=(*missing, gap))
        if own.value is None:
            return between(everything[0], everything[-1], used=used, missing=missing)
        values = [found.value for _, found in others if found.value is not None]
        possible = self._possible(context, own.value, values, len(others) - len(values))
        low, high = min(possible), max(possible)
        first, last = self._ranks(own.value, values, len(others) - len(values))
        place = f"第 {first} 名" if first == last else f"第 {first} 至 {last} 名"
        order = "由高到低" if self.high_first else "由低到高"
        step = f"{own.label} {own.shown}，在 {len(others) + 1} 个地区中{order}排{place}"
        step += f"，得 {points_text(low)} 分" if low == high else ""
        improvements = () if missing or low == context.full else self._improvements(context, own.value, values, low)
        return between(low, high, steps=(*own.steps, step), used=used, missing=missing, improvements=improvements)

    def points_of(self, context: Context, better: int, equal: int, places: int) -> Decimal:
        """Return the points of a value that `better` others beat and `equal` others share."""
        ranks = range(better + 1, better + equal + 2)
        worth = [self._at(rank, places) for rank in ranks]
        if self.ties == "best":
            points = worth[0]
        elif self.ties == "worst":
            points = worth[-1]
        else:
            points = sum(worth, Fraction(0)) / len(worth)
        return min(rounded(points, self.rounding), context.full)

    def _at(self, rank: int, places: int) -> Fraction:
        if self.groups:
            return Fraction(self.points[(rank - 1) * len(self.points) // max(places, len(self.points))])
        return Fraction(self.points[rank - 1] if rank <= len(self.points) else self.beyond)

    def _possible(self, context: Context, own: Fraction, values: list[Fraction], unknown: int) -> set[Decimal]:
        """Return the points when every unknown peer is behind, and when every one is ahead; nothing lies outside.

        A peer that draws level stretches the shared ranks towards the same last rank, which costs less than a peer
        that goes ahead, since points never rise with the rank.
        """
        better, equal = self._standing(own, values)
        places = len(values) + unknown + 1
        return {self.points_of(context, better + ahead, equal, places) for ahead in (0, unknown)}

    def _standing(self, own: Fraction, values: list[Fraction]) -> tuple[int, int]:
        better = sum(1 for value in values if (value > own if self.high_first else value < own))
        return better, sum(1 for value in values if value == own)

    def _ranks(self, own: Fraction, values: list[Fraction], unknown: int) -> tuple[int, int]:
        better, equal = self._standing(own, values)
        first = better + 1 + (equal if self.ties == "worst" else 0)
        return first, first + unknown

    def _sorted_points(self, context: Context) -> list[Decimal]:
        worth = [*self.points] if self.groups else [*self.points, self.beyond]
        return sorted(min(rounded(Fraction(points), self.rounding), context.full) for points in worth)

    def _improvements(
        self, context: Context, own: Fraction, values: list[Fraction], now: Decimal
    ) -> tuple[Improvement, ...]:
        """Return the smallest change that wins the most: drawing level with a peer, tried from near to far."""
        best: tuple[Improvement, ...] = ()
        most = now
        for value in sorted(set(values), reverse=not self.high_first):
            if (value <= own) if self.high_first else (value >= own):
                continue
            points = self.points_of(context, *self._standing(value, values), len(values) + 1)
            if points > most:
                change = self.value.reach(context, value, upward=self.high_first)
                most = points
                best = (replace(change, gain=points - now),) if change is not None else best
        return best


def read(settings: SettingsReader) -> Rank:
    """Return the rule its settings state."""
    value = read_value(settings)
    points = settings.numbers("points")
    for number in points:
        settings.check_points("points", number)
    groups = settings.choice("positions", ("ranks", "groups")) == "groups"
    beyond = points[-1] if groups else settings.points("beyond")
    settings.raw("beyond", required=False)
    if [*points, beyond] != sorted((*points, beyond), reverse=True) or min(beyond, *points) < 0:
        settings.report("points_must_fall", "points（连同 beyond）应从第一名起逐档不增，且不为负", "请按名次从高到低写")
    return Rank(
        value,
        settings.choice("direction", ("high_first", "low_first")) == "high_first",
        points,
        groups,
        beyond,
        settings.choice("ties", ("best", "worst", "average")),
        settings.choice("few_peers", ("by_rank", "unknown")) == "unknown",
        settings.rounding(),
    )
