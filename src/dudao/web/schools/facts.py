"""What the tables in use compute of a region: balance and the other duties as facts, kept until the tables change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import polars as pl

from dudao.assessment.facts import Fact, FactSource
from dudao.balance.facts import balance_facts
from dudao.balance.standard import Method
from dudao.pipelines.duties.compute import duty_facts
from dudao.pipelines.duties.school_means import Together, counted_schools, pooled_means
from dudao.tables.catalogue import KINDS
from dudao.tables.table import Table
from dudao.web.people.models import Region
from dudao.web.schools.files import frame_of
from dudao.web.schools.models import ComputedFact, InUse
from dudao.web.schools.results import DEFAULT_STANDARD, as_result, balances, standard_of, summary_county
from dudao.web.schools.units import units_of

_BASIC = "basic-2012"
_WHOLLY_COMPULSORY = ("211", "218", "311", "312")
_COMPULSORY = (*_WHOLLY_COMPULSORY, "341", "345")
"""Types of schools with pupils of compulsory education: primary, teaching points, junior, combined."""


def refresh(units: Iterable[Region]) -> None:
    """Compute the facts of regions at the foot of the tree, and of all above them, anew; inside a transaction.

    A region above gets a fact of a year and kind of table only where all its counties have that table in use: a
    sum over some of them would pass for the whole.
    """
    own = list(units)
    above = Region.objects.filter(path__in={unit.path[:end] for unit in own for end in range(4, len(unit.path), 4)})
    rows = {unit.pk: list(_rows(unit, _tables([unit]))) for unit in own}
    for region in above.exclude(level="nation"):
        rows[region.pk] = list(_rows(region, _whole(region)))
    ComputedFact.objects.filter(region_id__in=rows).delete()
    ComputedFact.objects.bulk_create((row for each in rows.values() for row in each), batch_size=500)


Tables = dict[tuple[str, int], tuple[pl.DataFrame, set[int]]]
"""By kind and year: the rows, and the snapshots they come from."""


def _tables(units: list[Region]) -> Tables:
    """Return the rows in use of regions; each snapshot is read once."""
    wanted: dict[tuple[str, int, int, str], list[str]] = defaultdict(list)
    for each in InUse.objects.filter(region__in=units).select_related("snapshot", "region"):
        wanted[each.kind, each.year, each.snapshot_id, each.snapshot.frame].append(each.region.code)
    frames: dict[tuple[str, int], tuple[list[pl.DataFrame], set[int]]] = {}
    for (kind, year, snapshot, digest), codes in sorted(wanted.items()):
        parts, sources = frames.setdefault((kind, year), ([], set()))
        parts.append(frame_of(digest).filter(pl.col("region").is_in(codes)))
        sources.add(snapshot)
    return {key: (pl.concat(parts, how="diagonal_relaxed"), sources) for key, (parts, sources) in frames.items()}


def _whole(region: Region) -> Tables:
    """Return the rows of a region above counties as if it were one, for the kinds and years that are complete."""
    held: dict[tuple[str, int], set[int]] = defaultdict(set)
    inside = InUse.objects.filter(region__path__startswith=region.path)
    for kind, year, unit in inside.values_list("kind", "year", "region_id"):
        held[kind, year].add(unit)
    expected = {year: {unit.pk for unit in units_of(region, year)} for year in {year for _, year in held}}
    complete = {key for key, units in held.items() if expected[key[1]] <= units}
    if not complete:
        return {}
    name = [pl.lit(region.code).alias(column) for column in ("region", "region_code")]
    name.append(pl.lit(region.name).alias("region_name"))
    found = _tables(list(Region.objects.filter(pk__in=set().union(*held.values()))))
    return {key: (frame.with_columns(name), sources) for key, (frame, sources) in found.items() if key in complete}


def _rows(region: Region, tables: Tables) -> Iterator[ComputedFact]:
    sources: dict[str, set[int]] = defaultdict(set)
    for (_, year), (_, snapshots) in tables.items():
        sources[str(year)] |= snapshots
    named = [Table(KINDS[kind], frame, ()) for (kind, _), (frame, _) in sorted(tables.items())]
    facts = list(duty_facts(named, region=region.code).facts) if named else []
    years = [year for kind, year in tables if kind == "schools"]
    if region.numchild == 0:
        facts += _balance(region, years)
    for year in years:
        facts += _together(region, year, tables["schools", year][0])
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
            source="" if fact.source.clause is None else str(fact.source.clause),
            snapshots=sorted(sources.get(fact.period, set())),
        )


def _balance(region: Region, years: list[int]) -> list[Fact]:
    facts: list[Fact] = []
    for name in (DEFAULT_STANDARD, _BASIC):
        found = balances([region], years, name, Method.WEIGHTED)
        result = as_result(map(summary_county, found.values()), name, Method.WEIGHTED)
        computed = balance_facts(result)
        if name == _BASIC:
            computed = tuple(replace(each, name="basic_balance_met") for each in computed if each.name == "balance_met")
        title = f"{standard_of(name).name}，按学生数加权"
        facts += [replace(each, source=replace(each.source, method=title)) for each in computed]
    return facts


def _together(region: Region, year: int, rows: pl.DataFrame) -> Iterator[Fact]:
    """Yield the pooled means of all counties of a region, and how many schools and pupils they have."""
    found = balances(units_of(region, year), [year], DEFAULT_STANDARD, Method.WEIGHTED)
    together = Together(
        place=region.code,
        period=str(year),
        counties=[summary_county(row) for row in found.values()],
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
