"""Grade bands: half-open, without gaps or overlaps, covering every total from 0 up."""

from decimal import Decimal
from itertools import pairwise

from dudao.issues import Issue, Level
from dudao.scheme.checks.points import plain
from dudao.scheme.model import GradeBand, Scheme


def check(scheme: Scheme) -> list[Issue]:
    """Return an issue for each gap, overlap, empty band and name used twice."""
    bands = sorted(scheme.grades, key=lambda band: band.low if band.low is not None else Decimal("-Infinity"))
    if not bands or _only_named(scheme):
        return []
    issues = [issue for band in bands if (issue := _empty(band))]
    names = [band.name for band in bands]
    for band in bands:
        if names.count(band.name) > 1:
            message = f"等次“{band.name}”写了两次。"
            issues.append(Issue(Level.ERROR, "scheme.grade_twice", message, band.location, "请合并成一段。"))
    if bands[0].low is not None and bands[0].low > 0:
        low = plain(bands[0].low)
        message = f"低于{low}分的总分没有等次：最低的等次“{bands[0].name}”从{low}分起。"
        issues.append(_gap(bands[0], message, "请补上最低的等次，或去掉它的low。"))
    for lower, upper in pairwise(bands):
        issues.extend(_border(lower, upper))
    top = bands[-1]
    if top.high is not None and (scheme.full_points is None or top.high <= scheme.full_points):
        message = f"{plain(top.high)}分及以上没有等次：最高的等次“{top.name}”只到{plain(top.high)}分（不含）。"
        issues.append(_gap(top, message, "请去掉它的high，表示以上都算。"))
    return issues


def _only_named(scheme: Scheme) -> bool:
    """Return whether the scheme gives no points and so only names its grades, best first."""
    return not scheme.scored and all(band.low is None and band.high is None for band in scheme.grades)


def _empty(band: GradeBand) -> Issue | None:
    if band.low is None or band.high is None or band.low < band.high:
        return None
    message = f"等次“{band.name}”从{plain(band.low)}到{plain(band.high)}，里面没有分数。"
    return Issue(Level.ERROR, "scheme.grade_empty", message, band.location, "请改正low和high：含low，不含high。")


def _border(lower: GradeBand, upper: GradeBand) -> list[Issue]:
    if lower.high is not None and lower.high == upper.low:
        return []
    high = "没有上限" if lower.high is None else f"到{plain(lower.high)}分（不含）"
    low = "没有下限" if upper.low is None else f"从{plain(upper.low)}分起"
    overlap = lower.high is None or upper.low is None or lower.high > upper.low
    what = "重叠" if overlap else "之间有空档"
    message = f"等次“{lower.name}”与“{upper.name}”{what}：前者{high}，后者{low}。"
    remedy = "请让前一等次的high等于后一等次的low；印作80—89的写80到90，这样89.5也有等次。"
    code = "scheme.grade_overlap" if overlap else "scheme.grade_gap"
    return [Issue(Level.ERROR, code, message, lower.location, remedy, (upper.location,))]


def _gap(band: GradeBand, message: str, remedy: str) -> Issue:
    return Issue(Level.ERROR, "scheme.grade_gap", message, band.location, remedy)
