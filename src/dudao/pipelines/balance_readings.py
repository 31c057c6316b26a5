"""Schools whose printed total contradicts their sections: each reading is computed, and decides or does not.

The table says two things of such a school and nobody but the school knows which is right. Where the verdict on the
county is the same whichever is taken, the verdict stands; where it is not, the school makes its county unsure.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from dudao.balance.compute import compute_balance
from dudao.balance.model import VERDICT_NAMES, Verdict
from dudao.balance.standard import BalanceStandard, Method
from dudao.issues import Issue, Level, Location
from dudao.tables.checks.sections import Contradiction, contradictions
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.table import Doubt

MOST_ROWS = 500_000
"""Of so many rows at most it is found out what depends on them; where there are more, that is said."""

_BY_SECTIONS, _BY_TOTAL = "按各学段", "按合计"


def doubtful_readings(
    schools: pl.DataFrame, standard: BalanceStandard, method: Method | None, file: str = ""
) -> tuple[list[Doubt], list[Issue]]:
    """Return the contradicting schools of counties whose verdict depends on which figure is taken, and what to tell.

    Args:
        schools: the schools in canonical columns, `region` naming the county.
        standard: what is asked.
        method: how schools weigh; the standard's own when None.
        file: the file, for the place of what is told.
    """
    found = list(contradictions(schools, SCHOOLS))
    if not found:
        return [], []
    keys = [name for name in ("year", "region") if name in schools.columns]
    wrong = schools.filter(pl.any_horizontal(each.wrong for each in found))
    if wrong.is_empty():
        return [], []
    touched = schools.join(wrong.select(keys).unique(), on=keys, how="semi", nulls_equal=True)
    if len(touched) > MOST_ROWS:
        return [], [not_compared(file)]
    verdicts = [(words, _verdicts(frame, standard, method)) for words, frame in _readings(touched, found)]
    first = verdicts[0][1]
    apart = {key for key in first if len({each.get(key) for _, each in verdicts}) > 1}
    doubts = []
    for row in wrong.iter_rows(named=True):
        key = (row.get("year") or 0, row["region"])
        if key in apart:
            doubts.append(_doubt(row, found, _told(key, verdicts)))
    same = len(first) - len(apart)
    issues = []
    if same:
        message = f"有学校的合计与各学段之和不等，按哪一个算，{same}个县区（年）的结论都相同，结论照常给出"
        issues.append(Issue(Level.NOTE, "balance.readings_agree", message, Location(file=file), "各校的数仍请核对。"))
    return doubts, issues


def not_compared(file: str) -> Issue:
    """Return that there were too many contradictions to see what depends on each."""
    message = "合计与各学段之和不等的县区太多，没有逐县核对结论是否取决于按哪一个数算"
    where = Location(file=file)
    return Issue(Level.WARNING, "balance.readings_not_compared", message, where, "请改正后再算，或逐县计算。")


def _readings(schools: pl.DataFrame, found: Sequence[Contradiction]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the schools with each contradiction settled: by the sections, and by the total in the ways it can be."""
    yield (
        _BY_SECTIONS,
        schools.with_columns(
            pl.when(each.wrong).then(each.total).otherwise(pl.col(each.whole)).alias(each.whole) for each in found
        ),
    )
    # which section the difference belongs to is not known: in proportion, all to the first, all to the last
    for place in (None, 0, -1):
        columns = []
        for each in found:
            ratio = pl.col(each.whole) / pl.when(each.total > 0).then(each.total)
            order = range(len(each.parts)) if place != -1 else range(len(each.parts) - 1, -1, -1)
            before: pl.Expr = pl.lit(value=False)
            for number in order:
                part = pl.col(each.parts[number])
                runs = part.fill_null(0) > 0
                moved = (part + pl.col(each.whole) - each.total).clip(lower_bound=0)
                settled = part * ratio if place is None else pl.when(runs & ~before).then(moved).otherwise(part)
                columns.append(pl.when(each.wrong).then(settled).otherwise(part).alias(each.parts[number]))
                before = before | runs
        yield _BY_TOTAL, schools.with_columns(columns)


def _verdicts(schools: pl.DataFrame, standard: BalanceStandard, method: Method | None) -> dict[tuple[int, str], str]:
    result = compute_balance(schools, standard, method=method, detail=False, named=False)
    rows = result.judged.counties.select("year", "region", "verdict").iter_rows()
    return {(year, region): verdict for year, region, verdict in rows}


def _told(key: tuple[int, str], verdicts: Sequence[tuple[str, dict[tuple[int, str], str]]]) -> str:
    words: dict[str, list[str]] = {}
    for reading, by_county in verdicts:
        name = VERDICT_NAMES[Verdict(by_county[key])] if key in by_county else "没有可评的学校"
        if name not in words.setdefault(reading, []):
            words[reading].append(name)
    return "，".join(f"{reading}为{'或'.join(names)}" for reading, names in words.items())


def _doubt(row: dict[str, object], found: Sequence[Contradiction], verdicts: str) -> Doubt:
    titles = {column.name: column.title for column in SCHOOLS.columns}
    apart = [titles[each.whole] for each in found if each.holds(row)]
    year, sheet_row = row.get("year"), row.get("sheet_row")
    return Doubt(
        year if isinstance(year, int) else None,
        str(row["region"] or ""),
        str(row.get("school_id") or ""),
        str(row.get("school_name") or ""),
        f"{'、'.join(apart)}与各学段之和不等，本县结论随之不同（{verdicts}）",
        str(row.get("sheet") or ""),
        sheet_row if isinstance(sheet_row, int) else None,
    )
