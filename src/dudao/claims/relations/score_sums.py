"""Points of a score sheet: items add up to their section, sections to the total, own points stay within full points.

The sheet is read by `documents`, from a table or from points printed behind titles; here its figures are found
again among the quantities of the text, so that every claim has its places.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import add, judge, subtract
from dudao.claims.model import Claim, ClaimType, Computed, Verdict
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal, joined, shown
from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.documents.score_sheets.prose import deductions_in
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind, Quantity

_POINTS = (Kind.SCORE, Kind.OTHER)
FULL_BEFORE = 40
"""How many characters before the own points of the whole its full points may stand: 满分100分，扣2分，自评98分."""
NOTE_LIMIT = 2000
"""How many characters behind the last item its own words may reach."""
FULL_BEHIND = 8
"""How many characters behind them: 自评得93.4分（满分100分）."""
_OPEN_NOTE = re.compile(r"其中.{0,20}扣|等.{0,12}扣|加分|奖励|加[\d.]{1,4}分")
"""Words that take off only a part of what an item lacks, or give some of it back."""
_SUMMARY = re.compile(r"以上|上述|合计|总计|小计|共扣|共失|满分|总分|扣分(?:原因|情况|项|点)|失分(?:原因|情况|项|点)")
"""Words that speak of more than one item, as behind the last one."""
IN_PART = "各部分的满分和自评得分都少于印出的总分，可能有部分没有印在文中或没有读出"
_USUAL_TOTALS = (Decimal(100), Decimal(1000))


@dataclass(frozen=True, slots=True)
class _Points:
    """A row with the numbers of its printed points among the quantities; None where nothing is printed."""

    row: ScoreRow
    full: int | None
    own: int | None


def find(sheet: ScoreSheet, quantities: Sequence[Quantity]) -> Iterator[Proposal]:
    """Yield the claims that points add up; spans of the quantities count characters of the document's text."""
    starts = [one.span.start for one in quantities]
    rows = {row.id: _located(row, quantities, starts) for row in sheet.rows}
    for parent in sheet.rows:
        children = [rows[child.id] for child in sheet.children(parent.id)]
        whole = rows[parent.id]
        yield from _unless_in_part(
            quantities,
            [
                *_section(quantities, parent, whole.full, [one.full for one in children], "full", children),
                *_section(quantities, parent, whole.own, [one.own for one in children], "self", children),
            ],
        )
    yield from _unless_in_part(quantities, [*_totals(sheet, quantities, starts, rows)])
    for one in rows.values():
        yield from _within_full(quantities, one)
    yield from _taken_off(sheet, quantities, starts, rows)
    yield from _level_counts(sheet, quantities)


def _located(row: ScoreRow, quantities: Sequence[Quantity], starts: list[int]) -> _Points:
    """Return where the points of a row are printed: full points first, own points last."""
    inside = range(bisect_left(starts, row.span.start), bisect_left(starts, row.span.end))
    points = [i for i in inside if quantities[i].kind in _POINTS]
    full = next((i for i in points if quantities[i].value == row.full_points), None)
    own = next((i for i in reversed(points) if quantities[i].value == row.self_points and i != full), None)
    if full is not None and own is not None and own < full:
        own = None
    return _Points(row, full, own)


def _unless_in_part(quantities: Sequence[Quantity], sums: list[Proposal]) -> Iterator[Proposal]:
    """Yield the sums of full and of own points; not checkable where both fall short of what is printed.

    No one wrong figure makes both too little: the text prints some sections only, as an excerpt does.
    """
    missing = [_missing(quantities, one) for one in sums]
    in_part = len(sums) == 2 and missing[0] >= missing[1] > 0
    for one in sums:
        if in_part:
            claim = replace(one.claim, verdict=Verdict.NOT_CHECKABLE, reason=IN_PART)
            yield replace(one, claim=replace(claim, message=f"{claim.message.rpartition('，')[0]}；{IN_PART}"))
        else:
            yield one


def _missing(quantities: Sequence[Quantity], one: Proposal) -> Decimal:
    """Return by how much the printed points are more than those of the rows."""
    return quantities[one.stated].value - one.claim.computed.value if one.claim.computed is not None else Decimal(0)


def _section(
    quantities: Sequence[Quantity],
    parent: ScoreRow,
    total: int | None,
    parts: list[int | None],
    which: str,
    children: list[_Points],
) -> Iterator[Proposal]:
    known = [part for part in parts if part is not None]
    if total is None or len(known) < 2 or len(known) < len(parts):
        return
    what = "满分" if which == "full" else "自评得分"
    name = f"“{parent.name[:30]}”的{what}"
    yield _claim(quantities, total, known, name, gap=_gap([one.row.id for one in children]))


def _totals(
    sheet: ScoreSheet, quantities: Sequence[Quantity], starts: list[int], rows: dict[str, _Points]
) -> Iterator[Proposal]:
    """Yield the sums of the whole sheet: sections to the printed totals, else to 100."""
    tops = [rows[row.id] for row in sheet.children(None)]
    full = [one.full for one in tops if one.full is not None]
    printed_full = _printed_full(sheet, quantities, starts) if sheet.full_points_printed else None
    if len(full) == len(tops) > 1:
        if printed_full is not None:
            yield _claim(quantities, printed_full, full, "总满分", gap=_gap([one.row.id for one in tops]))
        elif sum((quantities[i].value for i in full), Decimal(0)) in _USUAL_TOTALS:
            yield _hundred(quantities, full)
    if not sheet.self_points_printed:
        return
    printed_own = _total(sheet, sheet.self_points, quantities, starts)
    if printed_own is None:
        return
    for chosen in (tops, [rows[row.id] for row in sheet.leaves()]):
        own = [one.own for one in chosen if one.own is not None and one.own != printed_own]
        if len(own) == len(chosen) > 1:
            yield _claim(quantities, printed_own, own, "自评总分", gap=_gap([one.row.id for one in chosen]))
            return


def _total(sheet: ScoreSheet, value: Decimal | None, quantities: Sequence[Quantity], starts: list[int]) -> int | None:
    if sheet.total_span is None or value is None:
        return None
    inside = range(bisect_left(starts, sheet.total_span.start), bisect_left(starts, sheet.total_span.end))
    return next((i for i in reversed(inside) if quantities[i].value == value), None)


def _printed_full(sheet: ScoreSheet, quantities: Sequence[Quantity], starts: list[int]) -> int | None:
    """Return where the full points of the whole are printed: with the own ones or shortly before them."""
    within = _total(sheet, sheet.full_points, quantities, starts)
    if within is not None or sheet.total_span is None:
        return within
    own = bisect_left(starts, sheet.total_span.start)
    before = range(bisect_left(starts, sheet.total_span.start - FULL_BEFORE), own)
    behind = bisect_left(starts, sheet.total_span.end)
    beside = range(behind, bisect_left(starts, sheet.total_span.end + FULL_BEHIND))
    return next(
        (
            i
            for i in (*reversed(before), *beside)
            if quantities[i].value == sheet.full_points and quantities[i].unit == "分"
        ),
        None,
    )


def _gap(ids: list[str]) -> str:
    """Return why rows may be missing: numbers that do not follow one another; empty when they do."""
    last = [one.rsplit(".", 1)[-1] for one in ids]
    if not all(one.isdecimal() for one in last):
        return ""
    numbers = [int(one) for one in last]
    for before, after in pairwise(numbers):
        if after not in (before + 1, 1):
            return f"条目编号由{before}到{after}不连续，可能有条目没有读出"
    return ""


def _claim(quantities: Sequence[Quantity], total: int, parts: list[int], name: str, *, gap: str) -> Proposal:
    figures = [quantities[i] for i in parts]
    stated = quantities[total]
    judgement = judge(stated, add, figures, derived=False)
    operands = {"total": total} | {f"p{number}": part for number, part in enumerate(parts, 1)}
    spoken = f"{name}：{joined(figures)}＝{shown(judgement.value, stated, more=2)}"
    verdict, reason = judgement.verdict, ""
    if judgement.holds:
        message = f"{spoken}，与文中“{stated.text}”相符"
    elif gap:
        verdict, reason, message = Verdict.NOT_CHECKABLE, gap, f"{spoken}，文中写“{stated.text}”；{gap}"
    else:
        fitting = shown(judgement.value, stated, more=2)  # points are exact: none is rounded away
        message = f"{spoken}，文中写“{stated.text}”，与各项相符的值为{fitting}"
    claim = Claim(
        type=ClaimType.SCORE_SUM,
        relation="score_sums",
        span=_span(quantities, list(operands.values())),
        operands=operands,
        formula="total = " + " + ".join(key for key in operands if key != "total"),
        verdict=verdict,
        computed=Computed(judgement.value, judgement.interval, "分"),
        message=message,
        rounding=judgement.rounding,
        reason=reason,
    )
    return Proposal(claim, total, EXPLICIT, effect="影响自评得分")


def _hundred(quantities: Sequence[Quantity], parts: list[int]) -> Proposal:
    """Return the claim that the full points of the sections make a round total that is not printed."""
    value = sum((quantities[i].value for i in parts), Decimal(0))
    operands = {f"p{number}": part for number, part in enumerate(parts, 1)}
    claim = Claim(
        type=ClaimType.SCORE_SUM,
        relation="score_sums",
        span=_span(quantities, parts),
        operands=operands,
        formula=" + ".join(operands) + f" = {value}",
        verdict=Verdict.CONSISTENT,
        computed=Computed(value, Interval(value, value), "分"),
        message=f"各部分满分：{joined([quantities[i] for i in parts])}＝{value}分，正好为{value}分",
    )
    return Proposal(claim, parts[0], WEAK)


def _within_full(quantities: Sequence[Quantity], one: _Points) -> Iterator[Proposal]:
    """Yield the claim that own points exceed the full points of their row; what is in order goes without saying."""
    if one.full is None or one.own is None or quantities[one.own].value <= quantities[one.full].value:
        return
    full, own = quantities[one.full], quantities[one.own]
    claim = Claim(
        type=ClaimType.SCORE_SUM,
        relation="score_sums",
        span=_span(quantities, [one.full, one.own]),
        operands={"self": one.own, "full": one.full},
        formula="self <= full",
        verdict=Verdict.INCONSISTENT,
        computed=Computed(full.value, Interval(Decimal(0), full.value), "分"),
        message=f"“{one.row.name[:30]}”自评{own.text}，超过满分{full.text}",
    )
    yield Proposal(claim, one.own, EXPLICIT, effect="影响自评得分")


def _taken_off(
    sheet: ScoreSheet, quantities: Sequence[Quantity], starts: list[int], rows: dict[str, _Points]
) -> Iterator[Proposal]:
    """Yield 经费投入（10分，自评8分）…此项扣2分: what the words of an item take off is what it lacks of full points."""
    ordered = sorted(rows.values(), key=lambda one: one.row.span.start)
    inner = {row.parent for row in sheet.rows}
    for one, following in pairwise([*ordered, None]):
        if one is None or one.full is None or one.own is None or one.row.id in inner:
            continue
        end = following.row.span.start if following is not None else one.row.span.end + NOTE_LIMIT
        behind = range(bisect_left(starts, one.row.span.end), bisect_left(starts, end))
        points = [number for number in behind if quantities[number].unit == "分"]
        off: list[int] = []
        values, passed_over = deductions_in(one.row.note)
        for value in values:
            place = next((k for k in points if quantities[k].value == value and k not in off), None)
            if place is None:
                break
            off.append(place)
        else:
            if off and not _OPEN_NOTE.search(one.row.note):
                found = _lacking(quantities, one.full, one.own, off, one.row.name)
                if found.holds or not (passed_over or _SUMMARY.search(one.row.note)):
                    yield found


def _lacking(quantities: Sequence[Quantity], full: int, own: int, off: list[int], name: str) -> Proposal:
    figures = [quantities[number] for number in (full, *off)]
    stated = quantities[own]

    def left(values: Sequence[Interval]) -> Interval:
        return subtract(values[0], add(values[1:]))

    judgement = judge(stated, left, figures, derived=False)
    operands = {"own": own, "full": full} | {f"off{number}": one for number, one in enumerate(off, 1)}
    spoken = f"“{name[:30]}”：{joined(figures, '－')}＝{shown(judgement.value, stated, more=2)}"
    message = f"{spoken}，与文中“{stated.text}”相符" if judgement.holds else f"{spoken}，文中自评“{stated.text}”"
    claim = Claim(
        type=ClaimType.DIFFERENCE,
        relation="score_sums",
        span=_span(quantities, list(operands.values())),
        operands=operands,
        formula="own = full - " + " - ".join(key for key in operands if key.startswith("off")),
        verdict=judgement.verdict,
        computed=Computed(judgement.value, judgement.interval, "分"),
        message=message,
        rounding=judgement.rounding,
    )
    return Proposal(claim, off[-1], EXPLICIT, effect="影响自评得分")


def _level_counts(sheet: ScoreSheet, quantities: Sequence[Quantity]) -> Iterator[Proposal]:
    """Yield the claim 2个一级指标、12个二级指标 where just so many rows of each level are printed."""
    levels = [Decimal(sum(row.level == level for row in sheet.rows)) for level in (1, 2)]
    for place, one in enumerate(quantities[:-1]):
        following = quantities[place + 1]
        if one.unit not in ("个", "项") or following.unit not in ("个", "项") or one.kind is not Kind.COUNT:
            continue
        if [one.value, following.value] != levels[:2] or following.span.start - one.span.end > 30:
            continue
        operands = {"a": place, "b": place + 1}
        claim = Claim(
            type=ClaimType.OTHER,
            relation="score_sums",
            span=_span(quantities, [place, place + 1]),
            operands=operands,
            formula="a = rows of level 1; b = rows of level 2",
            verdict=Verdict.CONSISTENT,
            computed=None,
            message=f"自评表正好列有{levels[0]}个一级指标、{levels[1]}个二级指标",
        )
        yield Proposal(claim, place, WEAK)


def _span(quantities: Sequence[Quantity], indexes: Sequence[int]) -> Span:
    return Span(min(quantities[i].span.start for i in indexes), max(quantities[i].span.end for i in indexes))
