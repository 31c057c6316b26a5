"""School table → indicators → difference coefficients → standards met, in one call."""

from collections.abc import Iterable, Iterator
from typing import Any

import narwhals as nw

from dudao.balance.judge import CountyKey, Judgement, judge
from dudao.balance.measure import measure
from dudao.balance.model import Incomplete
from dudao.balance.result import BalanceResult, Counties
from dudao.balance.school_frames import most_told, shortened
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, Method
from dudao.issues import Issue, Level

_FEW = 20
"""So many shortened lists are told one by one."""


def compute_balance(
    schools: Any,
    standard: BalanceStandard,
    *,
    method: Method | None = None,
    detail: bool = True,
    named: bool = True,
    gaps: bool | None = None,
    issues: Iterable[Issue] = (),
    doubts: Iterable[tuple[CountyKey, Incomplete]] = (),
) -> BalanceResult:
    """Return the balance of every county and year in a table of schools.

    Args:
        schools: a frame or table of any engine that Narwhals knows (polars, duckdb, pyspark, pyarrow, pandas),
            in canonical columns, with `region` naming the county; absent columns count as not reported.
        standard: what is asked.
        method: how schools weigh; the standard's own when None.
        detail: whether every judged section is listed, not only failing ones: yes for counties, no for a nation.
        named: whether schools are named at all; without, only counties and counts leave the engine.
        gaps: whether urban–rural and public–private means are compared; as `detail` when None.
        issues: what reading the table found, carried into the result.
        doubts: rows, by (year or 0, region), that are not sure enough for a verdict on their county.
    """
    method = method or standard.method
    frame = nw.from_native(schools).lazy()
    measured = measure(frame, standard, method, gaps=detail if gaps is None else gaps)
    judged = judge(measured, detail=detail, named=named, doubts=doubts)
    return BalanceResult(judged, Counties(judged), (*issues, *_shortened(judged)))


def _shortened(judged: Judgement) -> Iterator[Issue]:
    most = most_told(judged)
    cut = list(shortened(judged))
    if len(cut) > _FEW:
        counties, schools = len({region for region, _, _ in cut}), sum(count for _, _, count in cut)
        message = f"{counties}个县区共有{schools}所学校（学段）缺数，各县各学段只列出前{most}所，总数见各县结论的原因"
        yield Issue(Level.NOTE, "balance.incomplete_shortened", message)
        return
    for region, level, count in cut:
        place = f"{region}的" if region else ""
        message = f"{place}{LEVEL_NAMES[level]}有{count}所学校（学段）缺数，逐条只列出前{most}所，总数见结论的原因"
        yield Issue(Level.NOTE, "balance.incomplete_shortened", message)
