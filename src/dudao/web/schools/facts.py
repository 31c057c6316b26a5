"""What the tables in use compute of a region: balance and the other duties as facts, kept until the tables change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from dudao.assessment.facts import Fact, FactSource
from dudao.balance.facts import balance_facts
from dudao.balance.model import CountyResult
from dudao.balance.standard import Method
from dudao.pipelines.balance import balance_table
from dudao.pipelines.duties.compute import duty_facts
from dudao.pipelines.duties.school_means import Together, counted_schools, pooled_means
from dudao.reporting.balance_words import source_words
from dudao.tables.catalogue import KINDS
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.table import Doubt, Table
from dudao.web.people.models import Region
from dudao.web.schools.files import frame_of
from dudao.web.schools.models import ComputedFact, InUse
from dudao.web.schools.results import DEFAULT_STANDARD, as_result, balances, standard_of, summary_county
from dudao.web.schools.units import units_of

_BASIC = "basic-2012"
_OVER_YEARS = frozenset({"finance", "running_costs", "pay"})
"""Kinds of tables of which some facts compare years: one that changes moves the facts of the others."""

_WHOLLY_COMPULSORY = ("211", "218", "311", "312")
_COMPULSORY = (*_WHOLLY_COMPULSORY, "341", "345")
"""Types of schools with pupils of compulsory education: primary, teaching points, junior, combined."""

Key = tuple[str, int]
"""A kind of table and a year."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The rows in use of some regions, by kind and year; from which snapshot a region has them; rows in doubt."""

    rows: Mapping[Key, pl.DataFrame]
    snapshots: Mapping[Key, Mapping[str, int]]
    doubts: Mapping[Key, Sequence[Doubt]]

    def of(self, codes: set[str]) -> dict[Key, pl.DataFrame]:
        """Return the rows of regions, for the kinds and years of which they have any."""
        found = {key: rows.filter(pl.col("region").is_in(codes)) for key, rows in self.rows.items()}
        return {key: rows for key, rows in found.items() if rows.height}

    def sources(self, codes: set[str], kind: str = "") -> dict[str, list[int]]:
        """Return the snapshots that rows of regions come from, by year; of one kind of table, or of all."""
        found: dict[str, set[int]] = defaultdict(set)
        for (of_kind, year), known in self.snapshots.items():
            if not kind or of_kind == kind:
                found[str(year)] |= {number for code, number in known.items() if code in codes}
        return {year: sorted(numbers) for year, numbers in found.items()}


def refresh(units: Iterable[Region], kind: str, year: int) -> None:
    """Compute the facts of regions at the foot of the tree, and of all above them, anew; inside a transaction.

    A region above gets a fact of a year and kind of table only where all its counties have that table in use: a
    sum over some of them would pass for the whole.

    Args:
        units: the regions whose table changed.
        kind: the kind of table.
        year: its year; the facts of other years stay, but where figures of several years are compared.
    """
    changed = list(units)
    above = list(
        Region.objects.filter(
            path__in={unit.path[:end] for unit in changed for end in range(4, len(unit.path), 4)}
        ).exclude(level="nation")
    )
    tops = [region for region in above if not any(region.path[:-4] == each.path for each in above)] or changed
    inside = [unit for top in tops for unit in units_of(top, year)]
    inside += [unit for unit in changed if unit.pk not in {each.pk for each in inside}]
    held = _held(inside, None if kind in _OVER_YEARS else year)
    years = sorted({each for _, each in held.rows})
    counties = _counties(inside, years)
    rows = list(_of_units(changed, held, counties))
    for region in above:
        own = {each: {unit.code for unit in units_of(region, each)} for each in years}
        rows += _of_region(region, own, held, counties)
    periods = [str(each) for each in {*years, year}]
    ComputedFact.objects.filter(region__in=[*changed, *above], period__in=periods).delete()
    ComputedFact.objects.bulk_create(rows, batch_size=500)


def _held(units: Sequence[Region], year: int | None) -> _Held:
    """Return the rows in use of regions, of one year or of all; each snapshot is read once."""
    used = InUse.objects.filter(region__in=units).select_related("snapshot", "region")
    if year is not None:
        used = used.filter(year=year)
    wanted: dict[tuple[str, int, int, str], list[str]] = defaultdict(list)
    snapshots: dict[Key, dict[str, int]] = defaultdict(dict)
    doubts: dict[Key, list[Doubt]] = defaultdict(list)
    for each in used:
        wanted[each.kind, each.year, each.snapshot_id, each.snapshot.frame].append(each.region.code)
        key, code = (each.kind, each.year), each.region.code
        snapshots[key][code] = each.snapshot_id
        doubts[key] += [Doubt(*row) for row in each.snapshot.doubts if row[1] == code]
    frames: dict[Key, list[pl.DataFrame]] = defaultdict(list)
    for (kind, used_year, _, digest), codes in sorted(wanted.items()):
        frames[kind, used_year].append(frame_of(digest).filter(pl.col("region").is_in(codes)))
    rows = {key: pl.concat(parts, how="diagonal_relaxed") for key, parts in frames.items()}
    return _Held(rows, snapshots, doubts)


Results = Mapping[tuple[str, int], CountyResult]
"""By code and year: the result of each county by the usual standard."""


def _counties(units: Sequence[Region], years: Sequence[int]) -> Results:
    kept = balances(units, years, DEFAULT_STANDARD, Method.WEIGHTED)
    return {key: summary_county(row) for key, row in kept.items()}


def _of_units(units: Sequence[Region], held: _Held, counties: Results) -> Iterator[ComputedFact]:
    by_code = {unit.code: unit for unit in units}
    tables = held.of(set(by_code))
    own_results = [county for (code, _), county in counties.items() if code in by_code]
    facts = _named_by(DEFAULT_STANDARD, balance_facts(as_result(own_results, DEFAULT_STANDARD, Method.WEIGHTED)))
    for (kind, year), rows in tables.items():
        if kind == "schools":
            facts += _basic(rows, held.doubts.get((kind, year), ()))
            for (code,), own in rows.group_by("region", maintain_order=True):
                facts += _together(str(code), year, own, counties, {str(code)})
    for found, kind in ((_duties(tables), ""), (facts, "schools")):
        for code, own_facts in _by_place(found).items():
            if code in by_code:
                yield from _rows(by_code[code], own_facts, held.sources({code}, kind))


def _of_region(region: Region, units: Mapping[int, set[str]], held: _Held, counties: Results) -> Iterator[ComputedFact]:
    """Yield the facts of a region above counties as if it were one, of the kinds and years that are complete."""
    everything = set().union(*units.values()) if units else set()
    complete = {
        key: rows
        for key, rows in held.of(everything).items()
        if units[key[1]] and units[key[1]] <= set(held.snapshots[key])
    }
    name = [pl.lit(region.code).alias(column) for column in ("region", "region_code")]
    name.append(pl.lit(region.name).alias("region_name"))
    whole = {key: rows.with_columns(name) for key, rows in complete.items()}
    facts: list[Fact] = []
    for (kind, year), rows in whole.items():
        if kind == "schools":
            facts += _together(region.code, year, rows, counties, units[year])
    yield from _rows(region, _duties(whole), held.sources(everything))
    yield from _rows(region, facts, held.sources(everything, "schools"))


def _duties(tables: Mapping[Key, pl.DataFrame]) -> list[Fact]:
    named = [Table(KINDS[kind], rows, ()) for (kind, _), rows in sorted(tables.items(), key=lambda each: each[0])]
    return list(duty_facts(named).facts) if named else []


def _basic(rows: pl.DataFrame, doubts: Sequence[Doubt]) -> list[Fact]:
    """Return whether counties are balanced by the earlier standard, of which nothing else is asked."""
    codes = set(rows["region"])
    table = Table(SCHOOLS, rows, (), doubts=tuple(doubt for doubt in doubts if doubt.region in codes))
    found = balance_facts(balance_table(table, standard_of(_BASIC), method=Method.WEIGHTED, detail=False))
    met = [replace(fact, name="basic_balance_met") for fact in found if fact.name == "balance_met"]
    return _named_by(_BASIC, met)


def _named_by(standard: str, facts: Iterable[Fact]) -> list[Fact]:
    title = f"{standard_of(standard).name}，按学生数加权"
    return [replace(fact, source=replace(fact.source, method=title)) for fact in facts]


def _together(place: str, year: int, rows: pl.DataFrame, counties: Results, codes: set[str]) -> Iterator[Fact]:
    """Yield the pooled means of the counties of a place, and how many schools and pupils they have."""
    together = Together(
        place=place,
        period=str(year),
        counties=[counties[code, year] for code in sorted(codes) if (code, year) in counties],
        standard=standard_of(DEFAULT_STANDARD),
        listed=_listed(rows),
    )
    yield from pooled_means(together)
    yield from counted_schools(together)


def _listed(rows: pl.DataFrame) -> dict[str, int]:
    """Return the schools with pupils of compulsory education and those pupils; empty where they are not all known."""
    names = [name for name in ("pupils_primary", "pupils_junior") if name in rows.columns]
    whole = pl.col("pupils") if "pupils" in rows.columns else pl.lit(None, dtype=pl.Float64)
    kind = pl.col("school_type") if "school_type" in rows.columns else pl.lit(None, dtype=pl.String)
    parts = pl.sum_horizontal(names) if names else pl.lit(0.0)
    given = pl.any_horizontal(pl.col(name).is_not_null() for name in names) if names else pl.lit(False)
    own = pl.when(given).then(parts).when(kind.is_in(_WHOLLY_COMPULSORY)).then(whole)
    counted = rows.select(own.alias("pupils"), kind.alias("kind"))
    judged = counted.filter(pl.col("kind").is_in(_COMPULSORY))
    if judged.is_empty() or judged["pupils"].null_count():
        return {}
    with_pupils = judged.filter(pl.col("pupils") > 0)
    return {"schools": with_pupils.height, "pupils": int(with_pupils["pupils"].sum())}


def _by_place(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.place].append(fact)
    return found


def _rows(region: Region, facts: Iterable[Fact], sources: Mapping[str, list[int]]) -> Iterator[ComputedFact]:
    seen: set[tuple[str, str, str]] = set()
    for fact in facts:
        key = (fact.name, fact.period, fact.part)
        if fact.place != region.code or key in seen:
            continue
        seen.add(key)
        yield ComputedFact(
            region=region,
            name=fact.name,
            period=fact.period,
            part=fact.part,
            kind="boolean" if isinstance(fact.value, bool) else "text" if isinstance(fact.value, str) else "number",
            value="" if fact.value is None else str(fact.value),
            unit=fact.unit,
            method=" ".join(part for part in (fact.source.method, fact.source.note) if part),
            source="" if fact.source.clause is None else source_words(fact.source.clause),
            snapshots=sources.get(fact.period, []),
        )


def core_fact(row: ComputedFact) -> Fact:
    """Return a kept fact as the engine reads it; one that cannot be computed is a missing one."""
    value: Decimal | bool | str | None = row.value
    if not row.value:
        value = None
    elif row.kind == "boolean":
        value = row.value == "True"
    elif row.kind == "number":
        value = Decimal(row.value)
    return Fact(row.name, "", row.period, value, row.unit, row.part, FactSource(method=row.method))
