"""Schools whose figures contradict each other: each reading is computed, and decides or does not.

Two contradictions are known: a printed total that is not the sum of its sections, and more teachers of one sort than
teachers.

The table says two things of such a school and nobody but the school knows which is right. Where a county is not met
whichever is taken, that stands; where the verdict depends on it, or would be met with figures in doubt, the county is
unsure. The school is named either way, as long as any figure of its county depends on the reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import polars.selectors as cs

from dudao.balance.compute import compute_balance
from dudao.balance.judge import Judgement
from dudao.balance.measure import KEYS
from dudao.balance.model import VERDICT_NAMES, Verdict
from dudao.balance.standard import LEVELS, BalanceStandard, Method
from dudao.issues import Issue, Level, Location
from dudao.tables.checks.sections import Contradiction, contradictions
from dudao.tables.checks.teachers import groups_and_wholes
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.table import Doubt

MOST_ROWS = 500_000
"""Of so many rows at most it is found out what depends on them; where there are more, that is said."""

MOST_NAMED = 200
"""So many schools of one county and year are named."""

_SAME = 1e-9


def doubtful_readings(
    schools: pl.DataFrame, standard: BalanceStandard, method: Method | None, file: str = ""
) -> tuple[list[Doubt], list[Issue]]:
    """Return the contradicting schools of counties whose figures depend on which one is taken, and what to tell.

    Args:
        schools: the schools in canonical columns, `region` naming the county.
        standard: what is asked.
        method: how schools weigh; the standard's own when None.
        file: the file, for the place of what is told.
    """
    found = list(contradictions(schools, SCHOOLS))
    groups = list(groups_and_wholes(schools.columns))
    if not found and not groups:
        return [], []
    keys = [name for name in ("year", "region") if name in schools.columns]
    above = [(pl.col(part) > pl.col(whole)).fill_null(value=False) for part, whole in groups]
    wrong = schools.filter(pl.any_horizontal(*(each.wrong for each in found), *above))
    if wrong.is_empty():
        return [], []
    touched = schools.join(wrong.select(keys).unique(), on=keys, how="semi", nulls_equal=True)
    if len(touched) > MOST_ROWS:
        return [], [not_compared(file)]
    told = [_Reading(words, _judged(frame, standard, method)) for words, frame in _readings(touched, found, groups)]
    first = told[0].verdicts
    apart = {key for key in first if len({each.verdicts.get(key) for each in told}) > 1}
    moved = _moved(told)
    shown = wrong.filter(_may_be_judged(wrong, standard))
    shown = shown.group_by(keys, maintain_order=True).head(MOST_NAMED) if keys else shown.head(MOST_NAMED)
    doubts = []
    for row in shown.iter_rows(named=True):
        key = (row.get("year") or 0, row["region"])
        if key in apart:
            doubts.append(_doubt(row, found, groups, f"本县结论随之不同（{_told(key, told)}）"))
        elif key in moved:
            doubts.append(_doubt(row, found, groups, _AGREED[first[key]], decides=False))
    same = len(first) - len(apart)
    issues = []
    if same:
        message = f"有学校的数自相矛盾，按哪一个算，{same}个县区（年）的结论都相同；未达标的照常给出"
        issues.append(
            Issue(
                Level.NOTE,
                "balance.readings_agree",
                message,
                Location(file=file),
                "各校的数请改正；改正之前，均值和差异系数不作准，也不判为达标。",
            )
        )
    return doubts, issues


_AGREED: Mapping[str, str] = {
    Verdict.MET: "有关的指标和差异系数随之不同，不能作准；按哪一个算，本县都达标",
    Verdict.NOT_MET: "有关的指标和差异系数随之不同，不能作准；按哪一个算，本县都未达标",
    Verdict.INCOMPLETE: "有关的指标和差异系数随之不同，不能作准；按哪一个算，本县都因数据不全没有结论",
}
"""What is said of a school where the verdict is the same whichever figure is taken."""


def not_compared(file: str) -> Issue:
    """Return that there were too many contradictions to see what depends on each."""
    message = "学校的数自相矛盾的县区太多，没有逐县核对结论是否取决于按哪一个数算"
    where = Location(file=file)
    return Issue(Level.WARNING, "balance.readings_not_compared", message, where, "请改正后再算，或逐县计算。")


def _readings(
    schools: pl.DataFrame, found: Sequence[Contradiction], groups: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the schools with each contradiction settled in the ways it can be.

    By the sections and sorts of teachers as told; with no sort of teachers above all teachers; by the total.
    """
    apart = [each for each in found if schools.select(each.wrong.any()).item()]
    above = [pair for pair in groups if schools.select((pl.col(pair[0]) > pl.col(pair[1])).any()).item()]
    words = "和".join(["各学段"] * bool(apart) + ["分类教师"] * bool(above))
    by_sections = schools.with_columns(
        pl.when(each.wrong).then(each.total).otherwise(pl.col(each.whole)).alias(each.whole) for each in apart
    )
    yield f"按{words}", by_sections
    if above:
        within = (
            pl.when(pl.col(part) > pl.col(whole)).then(whole).otherwise(part).alias(part) for part, whole in above
        )
        yield "按专任教师", by_sections.with_columns(within)
    if not apart:
        return
    # which section the difference belongs to is not known: in proportion, all to the first, all to the last
    for place in (None, 0, -1):
        columns = []
        for each in apart:
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
        yield "按合计", schools.with_columns(columns)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What comes of the schools with contradictions settled in one way."""

    words: str
    judged: Judgement

    @property
    def verdicts(self) -> dict[tuple[int, str], str]:
        rows = self.judged.counties.select("year", "region", "verdict").iter_rows()
        return {(year, region): verdict for year, region, verdict in rows}


def _judged(schools: pl.DataFrame, standard: BalanceStandard, method: Method | None) -> Judgement:
    return compute_balance(schools, standard, method=method, detail=False, named=False).judged


def _moved(readings: Sequence[_Reading]) -> set[tuple[int, str]]:
    """Return the counties and years with a mean, a coefficient or a count that depends on the reading."""
    moved: set[tuple[int, str]] = set()
    for level in LEVELS:
        frames = [each.judged.levels[level] for each in readings]
        figures = cs.matches(r"^(mean|coefficient|met)\d+$") | cs.by_name("schools", "pupils", "school_met")
        rows = pl.concat([frame.select(*KEYS, figures.cast(pl.Float64)) for frame in frames])
        spread = (figures.max() - figures.min()).abs() > _SAME * figures.abs().max()
        holes = ~figures.null_count().is_in([0, len(frames)])
        here = rows.group_by(KEYS).agg(spread.fill_null(False), holes.name.suffix("_holes"), pl.len().alias("rows"))
        apart = pl.any_horizontal(cs.boolean()) | (pl.col("rows") < len(frames))
        moved.update(here.filter(apart).select(KEYS).rows())
    return moved


def _may_be_judged(rows: pl.DataFrame, standard: BalanceStandard) -> pl.Expr:
    """Return whether a standard judges schools of this type, or the type says nothing."""
    if "school_type" not in rows.columns:
        return pl.lit(value=True)
    types = [code for code, sections in standard.scope.levels_by_type.items() if set(sections) & set(LEVELS)]
    return pl.col("school_type").is_null() | pl.col("school_type").is_in(types)


def _told(key: tuple[int, str], readings: Sequence[_Reading]) -> str:
    words: dict[str, list[str]] = {}
    for each in readings:
        verdict = each.verdicts.get(key)
        name = "没有可评的学校" if verdict is None else VERDICT_NAMES[Verdict(verdict)]
        if name not in words.setdefault(each.words, []):
            words[each.words].append(name)
    return "，".join(f"{reading}为{'或'.join(names)}" for reading, names in words.items())


def _doubt(
    row: dict[str, object],
    found: Sequence[Contradiction],
    groups: Sequence[tuple[str, str]],
    why: str,
    *,
    decides: bool = True,
) -> Doubt:
    titles = {column.name: column.title for column in SCHOOLS.columns}
    apart = "、".join(titles[each.whole] for each in found if each.holds(row))
    above = "、".join(titles[part] for part, whole in groups if _is_above(row.get(part), row.get(whole)))
    said = [f"{apart}与各学段之和不等"] * bool(apart) + [f"{above}多于专任教师"] * bool(above)
    year, sheet_row = row.get("year"), row.get("sheet_row")
    return Doubt(
        year if isinstance(year, int) else None,
        str(row["region"] or ""),
        str(row.get("school_id") or ""),
        str(row.get("school_name") or ""),
        f"{'，'.join(said)}，{why}",
        str(row.get("sheet") or ""),
        sheet_row if isinstance(sheet_row, int) else None,
        decides,
    )


def _is_above(part: object, whole: object) -> bool:
    return isinstance(part, int | float) and isinstance(whole, int | float) and part > whole
