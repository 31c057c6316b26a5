"""Finance, pay and running costs, put to the functions of their duties."""

from collections.abc import Iterable, Iterator, Mapping

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Where, exact, fact, total
from dudao.balance.duties.never_decrease import SOURCE as SPENDING_SOURCE
from dudao.balance.duties.never_decrease import never_decrease
from dudao.balance.duties.running_cost import FundedSchool, per_pupil, running_cost
from dudao.balance.duties.teacher_pay import teacher_pay
from dudao.balance.duties.three_increases import three_increases
from dudao.pipelines.duties.rows import Around, County, Row, Rows, by_level, level_of, summed, yes
from dudao.provenance import ClauseSource

SPENDING = "budget_education_spending"
BASES = {
    "primary": "running_cost_base_primary",
    "junior": "running_cost_base_junior",
    "senior": "running_cost_base_senior",
    "special": "running_cost_base_special",
}
SPECIAL_TYPES = ("511", "512", "513", "514", "515", "516")


def series_facts(counties: Iterable[County]) -> Iterator[Fact]:
    """Yield what a county's finance tells through the years: 两个只增不减 and 三个增长."""
    places: dict[str, list[County]] = {}
    for county in counties:
        places.setdefault(county.place, []).append(county)
    for place, years in places.items():
        known = {county.year: county.rows for county in years if county.year}
        levels = sorted({level_of(row) for rows in known.values() for row in rows} - {""})
        for year in sorted(known):
            yield from _amounts(place, year, known[year])
        for year in sorted(known)[1:]:
            spending = {level: _levels(known, level, SPENDING) for level in levels}
            pupils = {level: _levels(known, level, "pupils") for level in levels}
            yield from never_decrease(place, year, _whole(known, SPENDING), spending, pupils)
            yield from three_increases(
                place,
                year,
                appropriation=_whole(known, "education_appropriation"),
                regular_revenue=_whole(known, "regular_revenue"),
                spending=_whole(known, SPENDING),
                pupils=_whole(known, "pupils"),
                teacher_pay=_whole(known, "teacher_pay"),
                teachers=_whole(known, "teachers"),
                running_cost=_whole(known, "running_cost"),
            )


def _amounts(place: str, year: int, rows: Rows) -> Iterator[Fact]:
    where = Where(place, str(year))
    whole = _whole({year: rows}, SPENDING)[year]
    method = "经费表合计，没有合计行时为各学段之和"
    yield fact(where, "education_spending", exact(whole), unit="元", method=method, source=SPENDING_SOURCE)
    for level, each in by_level(rows).items():
        count = exact(summed(each, "pupils"))
        yield fact(where, "pupils", count, unit="人", part=level, method="经费表在校学生数", source=SPENDING_SOURCE)


def _levels(known: Mapping[int, Rows], level: str, name: str) -> dict[int, float | None]:
    return {year: summed(by_level(rows).get(level, []), name) for year, rows in known.items()}


def _whole(known: Mapping[int, Rows], name: str) -> dict[int, float | None]:
    """Return a figure of the whole county by year: its own row, else the sum of its levels.

    What only the county has, regular revenue, is written once or repeated in every row: it is never added up.
    """
    return {year: _of_whole(rows, name) for year, rows in known.items()}


def _of_whole(rows: Rows, name: str) -> float | None:
    own = [row[name] for row in rows if not level_of(row) and row.get(name) is not None]
    if own:
        return float(own[0]) if len(set(own)) == 1 else None
    parts = [row for row in rows if level_of(row)]
    if name != "regular_revenue":
        return summed(parts, name)
    given = {row[name] for row in parts if row.get(name) is not None}
    return float(given.pop()) if len(given) == 1 else None


def running_cost_by_level(county: County, around: Around) -> Iterator[Fact]:
    """Yield what was paid per pupil of each level against the base in force."""
    for level, rows in by_level(county.rows).items():
        if level in BASES:
            issued, pupils = summed(rows, "running_cost"), summed(rows, "pupils")
            base, source = around.limits.number(BASES[level]), around.limits.source(BASES[level])
            where = Where(county.place, str(county.year))
            method = "经费表中该学段公用经费"
            yield fact(where, "running_cost_paid", exact(issued), unit="元", part=level, method=method, source=source)
            yield from per_pupil(
                county.place, county.year, level, issued=issued, pupils=pupils, base=base, source=source
            )


def running_cost_by_school(county: County, around: Around) -> Iterator[Fact]:
    """Yield the schools that were issued less than the base in force, small ones counted as 100 pupils."""
    base = {level: around.limits.number(name) for level, name in BASES.items()}
    boarding = around.limits.number("running_cost_boarding_extra")
    smallest = around.limits.whole("small_school_funded_as")
    schools = [_funded(row) for row in county.rows]
    if not around.beside("finance", county):
        yield from _paid_by_level(county, schools, around.limits.source(BASES["primary"]))
    yield from running_cost(
        county.place,
        county.year,
        schools,
        base=base,
        boarding=boarding,
        source=around.limits.source(BASES["primary"]),
        counted_as=smallest,
    )


def _paid_by_level(county: County, schools: Iterable[FundedSchool], source: ClauseSource) -> Iterator[Fact]:
    """Yield what the schools of each level were issued; open where a school of several levels has one sum for all."""
    issued: dict[str, list[float | None]] = {}
    for school in schools:
        for level in school.pupils:
            money = school.issued if len(school.pupils) == 1 else None
            issued.setdefault(level, []).append(None if money is None else float(money))
    where = Where(county.place, str(county.year))
    method = "各校下达额之和；一校几个学段合并下达的不能分开"
    for level, parts in issued.items():
        if level in BASES:
            paid = total(parts)
            yield fact(where, "running_cost_paid", paid, unit="元", part=level, method=method, source=source)


def _funded(row: Row) -> FundedSchool:
    kind = str(row.get("school_type") or "")
    sections = {level: row.get(f"pupils_{level}") for level in ("primary", "junior", "senior")}
    pupils = {level: count for level, count in sections.items() if count is not None}
    whole = row.get("pupils")
    if kind in SPECIAL_TYPES:
        pupils = {"special": whole}
    elif not pupils:
        level = {"2": "primary", "3": "junior"}.get(kind[:1]) if kind not in ("312", "341", "342", "345") else None
        level = "senior" if kind == "342" else level
        pupils = {level: whole} if level else {"unknown": None}
    elif whole is not None and sum(pupils.values()) != whole:
        pupils = {"unknown": None}
    small = yes(row.get("counts_as_small"))
    boarders = 0 if row.get("boarders") is None else row["boarders"]
    name = str(row.get("school_name") or "")
    return FundedSchool(str(row.get("school_id") or ""), name, pupils, boarders, row.get("issued"), small is not False)


def pay(county: County, around: Around) -> Iterator[Fact]:
    """Yield the mean pay of teachers beside that of civil servants."""
    for row in county.rows:
        teachers = row.get("teacher_mean_pay") or _mean(row, "teacher_pay_total", "teachers")
        officials = row.get("civil_servant_mean_pay") or _mean(row, "civil_servant_pay_total", "civil_servants")
        yield from teacher_pay(county.place, county.year, teacher_mean=teachers, civil_servant_mean=officials)


def _mean(row: Row, top: str, bottom: str) -> float | None:
    above, below = row.get(top), row.get(bottom)
    return None if above is None or not below else float(above) / float(below)
