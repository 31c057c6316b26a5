"""What the balance pages show: of one county with its schools, and of everything below a city or province."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from dudao.balance.model import VERDICT_NAMES, CountyResult, LevelResult, SchoolResult, Verdict
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, Method
from dudao.pipelines.balance_standards import STANDARDS
from dudao.reporting.balance_chart_svg import coefficient_svg, strip_svg
from dudao.reporting.balance_charts import coefficient_chart, short_name, strip_chart
from dudao.reporting.balance_words import METHOD_WORDS, method_lines
from dudao.web.people.models import Region
from dudao.web.phrase_book import told_markup
from dudao.web.schools.models import CountyBalance, InUse
from dudao.web.schools.results import (
    DEFAULT_STANDARD,
    MOST_YEARS,
    balances,
    full_county,
    standard_of,
    summary_county,
)
from dudao.web.schools.units import units_of

FAILING_SHOWN = 12
_CHART = 640.0
METHOD_TITLES = {Method.WEIGHTED: "按学生数加权", Method.UNWEIGHTED: "各校同权（不加权）"}


@dataclass(frozen=True, slots=True)
class Choice:
    """By which standard and method a page is computed, as its address says."""

    standard: str = DEFAULT_STANDARD
    method: str = str(Method.WEIGHTED)

    @property
    def query(self) -> str:
        """The query that keeps the choice in links; empty for the usual one."""
        said = {"standard": self.standard} if self.standard != DEFAULT_STANDARD else {}
        said |= {"method": self.method} if self.method != str(Method.WEIGHTED) else {}
        return "?" + urlencode(said) if said else ""

    @property
    def method_title(self) -> str:
        """The method in words."""
        return gettext(METHOD_TITLES[Method(self.method)])


def choice_of(asked: Mapping[str, Any]) -> Choice:
    """Return the choice that an address names; the usual one for what it does not name or misspells."""
    standard, method = str(asked.get("standard", "")), str(asked.get("method", ""))
    return Choice(
        standard if standard in STANDARDS else DEFAULT_STANDARD,
        method if method in set(Method) else str(Method.WEIGHTED),
    )


def is_unit(place: Region) -> bool:
    """Return whether schools belong to the region itself and not to regions below it."""
    return place.level == "county" or place.numchild == 0


def county_years(place: Region, year: int, choice: Choice) -> list[CountyBalance]:
    """Return the results of a county up to a year, oldest first; none for a region above counties."""
    if not is_unit(place):
        return []
    years = range(year - MOST_YEARS + 1, year + 1)
    found = balances([place], years, choice.standard, Method(choice.method))
    return [row for _, row in sorted(found.items(), key=lambda pair: pair[0][1])]


@dataclass(frozen=True, slots=True)
class LevelCell:
    """One indicator of one level: None where it cannot be computed or is not judged."""

    level: str
    threshold: float | None
    mean: float | None
    coefficient: float | None
    limit: float | None
    over: bool
    met: int
    schools: int
    below: int
    missing: int

    @property
    def words(self) -> str:
        """The coefficient with 3 decimals, and unrounded where it lies so near the limit that they hide the verdict."""
        if self.coefficient is None:
            return "—"
        text = f"{self.coefficient:.3f}"
        near = self.limit is not None and abs(self.coefficient - self.limit) < 0.005
        return (
            gettext("%(text)s（未舍入 %(coefficient)s）") % {"text": text, "coefficient": f"{self.coefficient:.4f}"}
            if near
            else text
        )


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator in all levels."""

    id: str
    number: int
    name: str
    unit: str
    cells: tuple[LevelCell, ...]


def indicator_lines(county: CountyResult, standard: BalanceStandard) -> list[IndicatorLine]:
    """Return the indicators of a county, each with its levels."""
    lines = []
    for place, indicator in enumerate(standard.indicators):
        cells = []
        for level in county.levels.values():
            each = level.indicators[place]
            cells.append(
                LevelCell(
                    level.level,
                    each.threshold,
                    each.mean,
                    each.coefficient,
                    each.limit,
                    each.met is False,
                    each.schools_met,
                    level.schools,
                    each.schools_below,
                    each.schools_missing,
                )
            )
        lines.append(IndicatorLine(indicator.id, place + 1, indicator.name, indicator.unit, tuple(cells)))
    return lines


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell of the strip on top: what, how it stands in words, its tint, and the basis."""

    title: str
    words: str
    tint: str
    basis: str


def standings(county: CountyResult, standard: BalanceStandard) -> list[Standing]:
    """Return how a county stands: coefficients of each level, schools, verdict."""
    found = [_level_standing(level) for level in county.levels.values()]
    rule = standard.school_rule
    if rule is not None:
        schools = sum(level.schools for level in county.levels.values())
        met = sum(level.schools_met for level in county.levels.values())
        unknown = sum(level.schools_incomplete for level in county.levels.values())
        basis = gettext("%(count)s 项至少 %(at_least)s 项") % {
            "count": len(standard.indicators),
            "at_least": rule.at_least,
        }
        basis += gettext("，余项 ≥ %(floor)s") % {"floor": f"{rule.floor:.0%}"} if rule.floor is not None else ""
        basis += (
            ngettext("；%(unknown)s 所数据不全", "；%(unknown)s 所数据不全", unknown) % {"unknown": unknown}
            if unknown
            else ""
        )
        tint = "ok" if met == schools else "mut" if met + unknown == schools else "bad"
        found.append(
            Standing(
                gettext("学校达标（按学段）"),
                gettext("%(met)s / %(schools)s 所") % {"met": met, "schools": schools},
                tint,
                basis,
            )
        )
    return found


def _level_standing(level: LevelResult) -> Standing:
    title = gettext("%(n)s差异系数") % {"n": gettext(LEVEL_NAMES[level.level])}
    judged = [each for each in level.indicators if each.limit is not None]
    if judged:
        met = sum(each.met is True for each in judged)
        unknown = sum(each.met is None for each in judged)
        tint = "ok" if met == len(judged) else "mut" if met + unknown == len(judged) else "bad"
        basis = (gettext("上限 %(limit)s") % {"limit": f"{judged[0].limit:.2f}"}) + (
            gettext("；%(unknown)s 项无法计算") % {"unknown": unknown} if unknown else ""
        )
        return Standing(title, gettext("%(met)s / %(count)s 项达标") % {"met": met, "count": len(judged)}, tint, basis)
    value, limit = level.composite, level.composite_limit
    within = value is not None and limit is not None and value <= limit
    tint = "mut" if value is None else "ok" if within else "bad"
    words = gettext("无法计算") if value is None else gettext("综合 %(value)s") % {"value": f"{value:.3f}"}
    return Standing(
        title, words, tint, gettext("上限 %(limit)s") % {"limit": f"{limit:.2f}"} if limit is not None else ""
    )


@dataclass(frozen=True, slots=True)
class Missed:
    """What a school misses in one indicator: the share of the threshold reached, and how much is lacking."""

    name: str
    share: str
    below_floor: bool
    lacking: str


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One section of a school with what it misses and what cannot be computed."""

    school: SchoolResult
    level: str
    judged: int
    missed: tuple[Missed, ...]
    unknown: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The state of the section as `states` names it."""
        return str(self.school.verdict)


def _lacking(count: int, unit: str) -> str:
    """Return in words how many persons, or units of a column, a school lacks."""
    if "人" in unit:
        return ngettext("缺 %(n)s 人", "缺 %(n)s 人", count) % {"n": f"{count:,}"}
    return gettext("缺 %(gap_quantity)s %(column)s") % {"gap_quantity": f"{count:,}", "column": unit}


def school_line(school: SchoolResult, standard: BalanceStandard) -> SchoolLine:
    """Return a section as a line of a table."""
    missed = []
    for own in school.missed:
        if own.value is None or not own.threshold:
            continue
        indicator = standard.indicator(own.id)
        lacking = _lacking(own.units_lacking, indicator.unit) if own.units_lacking else ""
        missed.append(
            Missed(short_name(indicator.name), f"{own.value / own.threshold:.1%}", own.above_floor is False, lacking)
        )
    return SchoolLine(
        school,
        gettext(LEVEL_NAMES[school.level]),
        sum(own.threshold is not None for own in school.indicators),
        tuple(missed),
        tuple(short_name(standard.indicator(own.id).name) for own in school.missing),
    )


def county_page(place: Region, year: int, choice: Choice) -> dict[str, Any]:
    """Return the context of a county's overview; `county` is None where there are no data of the year."""
    rows = county_years(place, year, choice)
    standard = standard_of(choice.standard)
    current = next((row for row in rows if row.snapshot.year == year), None)
    if current is None:
        return {"county": None, "known_years": [row.snapshot.year for row in rows]}
    county = full_county(current)
    years = [summary_county(row) for row in rows]
    lines = indicator_lines(county, standard)
    failing = sorted(county.schools_failing, key=lambda school: (school.met_count, -school.pupils))
    thresholds = any(indicator.thresholds for indicator in standard.indicators)
    return {
        "county": county,
        "snapshot": current.snapshot,
        "verdict": VERDICT_NAMES[county.verdict],
        "verdict_tint": {Verdict.MET: "ok", Verdict.NOT_MET: "bad", Verdict.INCOMPLETE: "mut"}[county.verdict],
        "standings": standings(county, standard),
        "lines": lines,
        "levels": [(level, gettext(LEVEL_NAMES[level.level])) for level in county.levels.values()],
        "highest": highest_of(lines),
        "failing": [school_line(school, standard) for school in failing[:FAILING_SHOWN]],
        "failing_count": len(failing),
        "section_count": len(county.schools),
        "coefficient_svg": _drawn(coefficient_svg(coefficient_chart(years, standard), width=_CHART)),
        "strip_svg": _drawn(strip_svg(strip_chart(county, standard), width=_CHART)) if thresholds else "",
        "strip_rows": list(strip_rows(county, standard)) if thresholds else [],
        "judged_names": [short_name(each.name) for each in standard.indicators if each.thresholds],
        "gaps": list(gap_lines(county, standard)),
        "many_years": len(rows) > 1,
        "composite": [(level, gettext(LEVEL_NAMES[level.level])) for level in county.levels.values()],
    }


def _drawn(svg: str) -> SafeString:
    """Return a picture as it stands: it is drawn here, and every text in it was escaped when it was drawn."""
    return mark_safe(told_markup(svg))


def highest_of(lines: Iterable[IndicatorLine]) -> float:
    """Return the right end of the bars of coefficients: every bar and limit lies within."""
    values = [0.1]
    for line in lines:
        for cell in line.cells:
            values += [cell.coefficient or 0.0, cell.limit or 0.0]
    return max(values) * 1.15


def strip_rows(county: CountyResult, standard: BalanceStandard) -> Iterable[tuple[str, str, list[str]]]:
    """Yield the shares of the threshold that each section reaches: what the strip plot shows, as text."""
    judged = [place for place, each in enumerate(standard.indicators) if each.thresholds]
    for school in county.schools:
        cells = []
        for place in judged:
            own = school.indicators[place]
            cells.append(f"{own.value / own.threshold:.0%}" if own.value is not None and own.threshold else "—")
        yield school.school_name or school.school_id, gettext(LEVEL_NAMES[school.level]), cells


@dataclass(frozen=True, slots=True)
class GapLine:
    """The means of town and country, public and private schools, in one indicator of one level."""

    name: str
    level: str
    values: tuple[float | None, ...]


def gap_lines(county: CountyResult, standard: BalanceStandard) -> Iterable[GapLine]:
    """Yield the gaps of every indicator; none where the table names neither town nor owner."""
    for level in county.levels.values():
        pairs = zip(standard.indicators, level.urban_rural_gaps, level.public_private_gaps, strict=False)
        for indicator, town, owner in pairs:
            values = (town.first, town.second, town.ratio, owner.first, owner.second, owner.ratio)
            if any(value is not None for value in values):
                yield GapLine(indicator.name, gettext(LEVEL_NAMES[level.level]), values)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One indicator of one level through the years: coefficients, oldest first, and whether each is over its limit."""

    name: str
    limit: float | None
    cells: tuple[tuple[float | None, bool], ...]
    change: float | None


def year_lines(years: Sequence[CountyResult], standard: BalanceStandard, level: str) -> list[YearLine]:
    """Return the coefficients of a level through the years, a line an indicator; gaps stay gaps."""
    found = []
    for place, indicator in enumerate(standard.indicators):
        cells = []
        limit = None
        for county in years:
            result = county.levels.get(level)
            own = result.indicators[place] if result else None
            cells.append((own.coefficient if own else None, bool(own and own.met is False)))
            limit = own.limit if own else limit
        known = [value for value, _ in cells if value is not None]
        change = known[-1] - known[0] if len(known) > 1 else None
        found.append(YearLine(indicator.name, limit, tuple(cells), change))
    return found


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county in the list of a city or province; `county` is None where it has no data of the year."""

    region: Region
    county: CountyResult | None
    row: CountyBalance | None
    cells: tuple[LevelCell, ...]
    past: tuple[tuple[int, str], ...]

    @property
    def verdict(self) -> str:
        """The verdict as `states` names it; `nothing` without data."""
        return str(self.county.verdict) if self.county else "nothing"

    @property
    def schools(self) -> int:
        """How many sections were judged."""
        return sum(level.schools for level in self.county.levels.values()) if self.county else 0

    @property
    def schools_met(self) -> int:
        """How many sections meet the standard."""
        return sum(level.schools_met for level in self.county.levels.values()) if self.county else 0

    @property
    def over(self) -> int:
        """How many coefficients of all levels lie above their limit."""
        if self.county is None:
            return 0
        return sum(each.met is False for level in self.county.levels.values() for each in level.indicators)


def subtree_page(place: Region, year: int, choice: Choice, level: str) -> dict[str, Any]:
    """Return the context of a city's or province's overview: every county below it, from what was computed once."""
    units = units_of(place, year)
    standard = standard_of(choice.standard)
    found = balances(units, [year], choice.standard, Method(choice.method))
    past = _past_verdicts(place, year, choice)
    lines = []
    for unit in units:
        row = found.get((unit.code, year))
        county = summary_county(row) if row else None
        cells: tuple[LevelCell, ...] = ()
        if county and level in county.levels:
            names = list(county.levels)
            cells = tuple(line.cells[names.index(level)] for line in indicator_lines(county, standard))
        lines.append(CountyLine(unit, county, row, cells, past.get(unit.pk, ())))
    counts = {verdict: sum(line.verdict == verdict for line in lines) for verdict in (*map(str, Verdict), "nothing")}
    parents = {region.path: region for region in Region.objects.filter(path__startswith=place.path, numchild__gt=0)}
    groups: dict[str, list[CountyLine]] = {}
    for line in lines:
        groups.setdefault(line.region.path[:-4], []).append(line)
    return {
        "groups": [(parents.get(path), held) for path, held in groups.items()],
        "grouped": len(groups) > 1,
        "lines": lines,
        "counts": counts,
        "level": level,
        "level_titles": [(name, gettext(LEVEL_NAMES[name])) for name in ("primary", "junior")],
        "indicator_names": [(each.name, short_name(each.name)) for each in standard.indicators],
        "limit": standard.balance_rule.limits.get(level),
        "schools": sum(line.schools for line in lines),
        "schools_met": sum(line.schools_met for line in lines),
        "with_data": sum(line.county is not None for line in lines),
        "trend": _trend(past, units),
    }


def _past_verdicts(place: Region, year: int, choice: Choice) -> dict[int, tuple[tuple[int, str], ...]]:
    """Return the verdicts of the counties below a region in the years before and of the year, by key of the county.

    Only what was computed already: an earlier year that nobody looked at yet by this choice is left out.
    """
    used = InUse.objects.filter(
        kind="schools", region__path__startswith=place.path, year__gt=year - MOST_YEARS, year__lte=year
    ).values_list("region_id", "year", "snapshot_id")
    wanted = {(snapshot, region): used_year for region, used_year, snapshot in used}
    rows = CountyBalance.objects.filter(
        snapshot__in={snapshot for snapshot, _ in wanted}, standard=choice.standard, method=choice.method
    ).values_list("snapshot_id", "region_id", "verdict")
    found: dict[int, dict[int, str]] = {}
    for snapshot, region, verdict in rows:
        if (snapshot, region) in wanted:
            found.setdefault(region, {})[wanted[snapshot, region]] = verdict
    return {region: tuple(sorted(years.items())) for region, years in found.items()}


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One year of a city or province: how many of its counties meet the standard."""

    year: int
    met: int
    not_met: int
    incomplete: int
    nothing: int


def _trend(past: Mapping[int, tuple[tuple[int, str], ...]], units: Sequence[Region]) -> list[TrendLine]:
    years: dict[int, list[str]] = {}
    for verdicts in past.values():
        for year, verdict in verdicts:
            years.setdefault(year, []).append(verdict)
    return [
        TrendLine(
            year,
            held.count(str(Verdict.MET)),
            held.count(str(Verdict.NOT_MET)),
            held.count(str(Verdict.INCOMPLETE)),
            max(len(units) - len(held), 0),
        )
        for year, held in sorted(years.items())
    ]


def basis_words(choice: Choice) -> list[str]:
    """Return how figures are computed, in sentences."""
    standard, method = standard_of(choice.standard), Method(choice.method)
    return [METHOD_WORDS[method], *method_lines(standard, method)]
