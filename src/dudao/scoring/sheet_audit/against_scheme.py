"""The sheet against its scheme: the finest step of points, the full points, the items asked for."""

from collections.abc import Iterator
from decimal import Decimal

from dudao.documents.score_sheet import ScoreRow
from dudao.issues import Issue, Level, Location
from dudao.provenance import Span
from dudao.quantities.decimals import decimal_text
from dudao.scheme.model import Indicator, Point
from dudao.scoring.sheet_alignment import SheetAlignment
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title


def check_steps(audited: AuditedSheet) -> list[Issue]:
    """Return a warning for self points in finer steps than the scheme allows."""
    alignment = audited.alignment
    if alignment is None:
        return []
    found = []
    for row in audited.sheet.rows:
        item = alignment.item_of(row)
        step = item.step if isinstance(item, Point) and item.step is not None else alignment.scheme.step
        if step is None or row.self_points is None or row.self_points % step == 0:
            continue
        message = f"{title(row)}自评{points(row.self_points)}，方案的最小计分单位是{points(step)}。"
        remedy = f"请按{points(step)}的单位重新计分。"
        found.append(finding(Level.WARNING, "step_too_fine", row, message, remedy))
    return found


def check_full_points(audited: AuditedSheet) -> list[Issue]:
    """Return an error for every row whose full points are not those of the scheme."""
    found = []
    for pair in audited.alignment.pairs if audited.alignment else ():
        asked, printed = pair.item.full_points, pair.row.full_points
        if asked is None or printed is None or asked == printed:
            continue
        message = f"{title(pair.row)}的分值印为{points(printed)}，方案规定{points(asked)}。"
        found.append(
            finding(Level.ERROR, "full_points_differ_from_scheme", pair.row, message, "请按方案改正分值，并复核得分。")
        )
    return found


def check_missing(audited: AuditedSheet) -> list[Issue]:
    """Return a warning for every item of the scheme that the sheet leaves out.

    A sheet that stops at an upper level leaves nothing out below it; a missing group is told once.
    """
    alignment = audited.alignment
    if alignment is None:
        return []
    place = audited.sheet.total_span or audited.sheet.rows[0].span
    return [_missing(item, place, alignment) for item in _left_out(alignment, audited)]


def _left_out(alignment: SheetAlignment, audited: AuditedSheet) -> Iterator[Indicator | Point]:
    rows = alignment.rows_of_items()

    def below(items: tuple[Indicator | Point, ...], parent: ScoreRow | None) -> Iterator[Indicator | Point]:
        if parent is not None and not audited.sheet.children(parent.id):
            return
        for item in items:
            row = rows.get(item.id)
            children = item.children if isinstance(item, Indicator) else ()
            if row is not None:
                yield from below(children, row)
            elif any(one.id in rows for one in _all(children)):
                # The group has no row of its own, its items do: the sheet numbers them differently.
                yield from below(children, None)
            else:
                yield item

    yield from below(alignment.scheme.indicators, None)


def _all(items: tuple[Indicator | Point, ...]) -> Iterator[Indicator | Point]:
    for item in items:
        yield item
        if isinstance(item, Indicator):
            yield from _all(item.children)


def _missing(item: Indicator | Point, place: Span, alignment: SheetAlignment) -> Issue:
    worth = f"（{decimal_text(item.full_points)}分）" if isinstance(item.full_points, Decimal) else ""
    message = f"方案“{alignment.scheme.name}”的“{item.id} {item.name}”{worth}在自评中没有找到。"
    remedy = "请补写这一项；若名称作了改写，请改回方案中的名称。"
    return Issue(Level.WARNING, "score_sheet.item_missing", message, Location(span=place), remedy)
