"""Leaf → section → total: the points of the parts add up to the points printed above them."""

import re
from decimal import Decimal

from dudao.documents.score_sheet import ScoreRow
from dudao.issues import Issue, Level, Location
from dudao.quantities.decimals import decimal_text
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title

_EXTRA = re.compile(r"附加|加分|奖励")


def check_sums(audited: AuditedSheet) -> list[Issue]:
    """Return an error for every printed sum that is not the sum of its parts; nothing where a part is unprinted."""
    sheet = audited.sheet
    found = []
    for row in sheet.rows:
        parts = sheet.children(row.id)
        found += _compare(row, parts, row.full_points, [part.full_points for part in parts], "full", "分值")
        found += _compare(row, parts, row.self_points, [part.self_points for part in parts], "self", "自评得分")
    found += _total(audited, "full")
    found += _total(audited, "self")
    return found


def _compare(
    row: ScoreRow,
    parts: tuple[ScoreRow, ...],
    printed: Decimal | None,
    values: list[Decimal | None],
    key: str,
    what: str,
) -> list[Issue]:
    known = [value for value in values if value is not None]
    if printed is None or not values or len(known) < len(values) or sum(known) == printed:
        return []
    added = f"下属{len(known)}项相加为{_sum(known)}"
    message = f"{title(row)}的{what}印为{points(printed)}，{added}，相差{_gap(known, printed)}。"
    remedy = f"请核对{title(row)}及其下属各项的{what}，改正其中一处。"
    return [finding(Level.ERROR, f"{key}_points_do_not_add_up", row, message, remedy, *(part.span for part in parts))]


def _total(audited: AuditedSheet, key: str) -> list[Issue]:
    sheet = audited.sheet
    top = sheet.children(None)
    printed = sheet.full_points if key == "full" else sheet.self_points
    is_printed = sheet.full_points_printed if key == "full" else sheet.self_points_printed
    below = _top_points(audited, key)
    if printed is None or not is_printed or below is None or sum(below) == printed:
        return []
    if key == "full" and sum(below) - _bonus(top) == printed:
        return []  # bonus items come on top of the full points
    if key == "self" and not _is_whole(audited):
        return []
    what = "满分" if key == "full" else "自评总分"
    message = f"{what}印为{points(printed)}，各部分相加为{_sum(below)}，相差{_gap(below, printed)}。"
    place = sheet.total_span if sheet.total_span is not None else top[0].span
    related = tuple(Location(span=row.span) for row in top)
    remedy = f"请核对{what}和各部分的得分，改正其中一处。"
    return [
        Issue(Level.ERROR, f"score_sheet.{key}_total_does_not_add_up", message, Location(span=place), remedy, related)
    ]


def _bonus(rows: tuple[ScoreRow, ...]) -> Decimal:
    """Return the full points of the sections that give extra points (加分项)."""
    return sum((row.full_points or Decimal(0) for row in rows if _EXTRA.match(row.name)), Decimal(0))


def _is_whole(audited: AuditedSheet) -> bool:
    """Return whether the sheet prints all items: a report may print only those that lost points.

    Its full points then are those of the total, or where no total of them is printed a round number.
    """
    below = _top_points(audited, "full")
    if below is None:
        return False
    if audited.sheet.full_points_printed and audited.sheet.full_points is not None:
        bonus = _bonus(audited.sheet.children(None))
        return sum(below) in {audited.sheet.full_points, audited.sheet.full_points + bonus}
    return sum(below) % 10 == 0


def _top_points(audited: AuditedSheet, key: str, parent: str | None = None) -> list[Decimal] | None:
    """Return the points of the rows below a parent; where a section prints none, those of the rows below it."""
    values: list[Decimal] = []
    for row in audited.sheet.children(parent):
        value = row.full_points if key == "full" else row.self_points
        below = [value] if value is not None else _top_points(audited, key, row.id)
        if not below:
            return None
        values += below
    return values


def _sum(values: list[Decimal]) -> str:
    total = decimal_text(sum(values, Decimal(0)))
    if len(values) > 8:
        return f"{total}分"
    return "＋".join(decimal_text(value) for value in values) + f"＝{total}分"


def _gap(values: list[Decimal], printed: Decimal) -> str:
    return points(abs(sum(values, Decimal(0)) - printed))
