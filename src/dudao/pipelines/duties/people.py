"""Population and cohorts, health and kindergartens, put to the functions of their duties."""

from collections.abc import Iterator

from dudao.assessment.facts import Fact
from dudao.balance.duties.enrolment import gross_rate, junior_retention, nine_year_retention
from dudao.balance.duties.fitness import FitnessCounts, fitness, myopia, obesity
from dudao.balance.duties.preschool import Kindergarten, preschool
from dudao.balance.duties.town_kindergartens import town_kindergartens
from dudao.pipelines.duties.rows import Around, County, Rows, by_level, summed, yes

GROSS_TARGETS = {"preschool": "preschool_gross_enrolment_target", "senior": "senior_gross_enrolment_target"}


def population(county: County, around: Around) -> Iterator[Fact]:
    """Yield gross rates and how many of a cohort stayed to the end."""
    for level, rows in by_level(county.rows).items():
        figures = {name: summed(rows, name) for name in (
            "enrolled", "population", "entrants", "finishing", "moved_in", "moved_out", "died",
        )}  # fmt: skip
        if any(row.get("population") is not None for row in rows):
            least = around.limits.number(GROSS_TARGETS[level]) if level in GROSS_TARGETS else None
            yield from gross_rate(
                county.place,
                county.period,
                level,
                enrolled=figures["enrolled"],
                population=figures["population"],
                least=least,
            )
        if not any(row.get("finishing") is not None for row in rows):
            continue
        if level == "junior":
            yield from junior_retention(
                county.place,
                county.period,
                graduates=figures["finishing"],
                moved_in=figures["moved_in"],
                moved_out=figures["moved_out"],
                entrants=figures["entrants"],
                died=figures["died"],
                least=around.limits.number("junior_retention_rate"),
            )
        elif level == "compulsory":
            least = around.limits.number("nine_year_retention_rate")
            yield from nine_year_retention(
                county.place,
                county.period,
                finishing=figures["finishing"],
                entrants=figures["entrants"],
                least=least,
            )


def health(county: County, around: Around) -> Iterator[Fact]:
    """Yield fitness, myopia and obesity by level and for all levels together."""
    target = around.limits.number("fitness_good_rate_target")
    groups = {**by_level(county.rows), "": county.rows}
    for level, rows in groups.items():
        names = ("pupils", "tested", "excellent", "good", "passed", "failed")
        counts = FitnessCounts(*(summed(rows, name) for name in names))
        yield from fitness(county.place, county.period, level, counts, good_share=target)
        limit = around.limits.number(f"myopia_rate_{level}") if level in ("primary", "junior", "senior") else None
        myopic, tested = summed(rows, "myopic"), summed(rows, "eyes_tested")
        fall = None if level else around.limits.number("myopia_yearly_decrease")
        yield from myopia(
            county.place,
            county.period,
            level,
            myopic=myopic,
            tested=tested,
            limit=limit,
            last_rate=None if level else _last_rate(county, around),
            yearly_fall=fall,
        )
        weighed = summed(rows, "weighed")
        yield from obesity(county.place, county.period, level, obese=summed(rows, "obese"), weighed=weighed)


def _last_rate(county: County, around: Around) -> float | None:
    before = County(county.place, county.name, str(county.year - 1), [])
    rows = around.beside("fitness", before)
    myopic, tested = summed(rows, "myopic"), summed(rows, "eyes_tested")
    return None if myopic is None or not tested else myopic * 100 / tested


def kindergartens(county: County, around: Around) -> Iterator[Fact]:
    """Yield the preschool rates; the children of the age come from the table of population."""
    gardens = [
        Kindergarten(
            name=row.get("school_name") or "",
            children=row.get("children"),
            public=_public(row.get("ownership")),
            inclusive=yes(row.get("inclusive")),
            full_time_teachers=row.get("full_time_teachers"),
            classes=row.get("classes"),
            classes_within_size=row.get("classes_within_size"),
            outdoor_area=row.get("outdoor_area"),
            activity_area=row.get("activity_area"),
            building_area=row.get("building_area"),
            designed_year=row.get("designed_year"),
            certified=row.get("certified_teachers"),
            heads_and_teachers=row.get("heads_and_teachers"),
            grant=row.get("grant"),
            town=str(row.get("town") or ""),
            central=yes(row.get("central")),
        )
        for row in county.rows
    ]
    children: Rows = by_level(around.beside("population", county)).get("preschool", [])
    asked = around.limits.preschool()
    yield from preschool(
        county.place, county.period, gardens, population=summed(children, "population"), thresholds=asked
    )
    yield from town_kindergartens(
        county.place,
        county.period,
        gardens,
        towns=summed(children, "towns"),
        streets=summed(children, "streets"),
    )


def _public(words: object) -> bool | None:
    text = str(words or "")
    if text in ("public", "private"):
        return text == "public"
    if "民办" in text:
        return False
    return True if any(word in text for word in ("公办", "教育部门", "集体", "事业", "国有", "街道")) else None
