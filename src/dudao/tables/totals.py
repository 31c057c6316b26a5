"""Total rows held against the schools they add up: a sum that does not hold points to a figure changed or left out."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import polars as pl

from dudao.issues import Level
from dudao.tables.columns import ColumnType
from dudao.tables.grids import ROW
from dudao.tables.header import Header
from dudao.tables.problems import Place, Problems

SUMS = r"(合计|小计|总计|共计|总数)[:：]?$"
"""Names of rows that add up; means, standards and 其中 do not."""

ASIDE = r"([（(\[【〔][^（(\[【〔]*[)）\]】〕]|[:：,，]?(共|计|共计)?\d+[所校个][^一-鿿]*|[:：])+$"
"""What stands behind the name of a total: （5所）, ：5所."""

LONGEST = 50_000
LEAST = 3
"""So many columns at least, and half of them, must hold for one reading of a total; else what it adds is unknown."""

Figures = Sequence[float | None]


def compare_totals(
    rows: pl.DataFrame,
    header: Header,
    words: Sequence[str],
    sheet: str,
    problems: Problems,
    silent: Collection[int] = (),
) -> None:
    """Warn of total rows that differ from the schools: those since the last total, all above, all below, or all.

    Args:
        rows: every row below the heading, `kind` telling schools from totals.
        header: the heading.
        words: the sheet columns in which a row may be named a total.
        sheet: the name of the sheet.
        problems: where findings go.
        silent: places of totals that do not name themselves so.
    """
    if len(rows) > LONGEST:
        return
    named = pl.any_horizontal(
        pl.col(name).str.replace_all(r"\s", "").str.replace(ASIDE, "").str.contains(SUMS) for name in words
    )
    totals = rows.select(((pl.col("kind") == "total") & named.fill_null(False)).alias("t"))["t"].to_list()
    for place in silent:
        totals[place] = True
    if not any(totals):
        return
    columns = [index for index, match in header.matches.items() if match.column.is_numeric]
    figures = {index: _numbers(rows[f"c{index}"]) for index in columns}
    stated = {index: [not blank for blank in _blank(rows[f"c{index}"]).to_list()] for index in columns}
    schools = [kind == "school" for kind in rows["kind"].to_list()]
    numbers = rows[ROW].to_list()
    ends = [-1, *(place for place, total in enumerate(totals) if total)]
    for before, place in pairwise(ends):
        found = _differences(
            place, before, totals, schools, {i: f for i, f in figures.items() if stated[i][place]}, header
        )
        for index, total, summed in found:
            heading = header.texts[index]
            problems.add(
                Level.WARNING,
                "tables.total_differs",
                f"合计行的“{heading}”是{{value}}，与所合计的学校之和不等",
                places=[
                    Place(sheet, numbers[place], heading, f"{total:g}（各校之和{summed:g}，差{total - summed:+g}）")
                ],
                count=1,
                heading=heading,
                remedy="请核对合计行和各校的数；合计行不参加计算。",
            )


def sums_without_a_word(rows: pl.DataFrame, header: Header, doubtful: pl.Series) -> list[int]:
    """Return the places of totals that only their figures show to be such: 城关镇 above or below its schools.

    Args:
        rows: every row below the heading, `kind` telling schools from totals.
        header: the heading.
        doubtful: which schools have neither the name nor the identifier of one.
    """
    if len(rows) > LONGEST or not doubtful.any():
        return []
    doubts = [bool(each) for each in doubtful.to_list()]
    figures = [_numbers(rows[f"c{index}"]) for index, match in header.matches.items() if match.column.is_numeric]
    kinds = rows["kind"].to_list()
    schools = [kind == "school" and not doubt for kind, doubt in zip(kinds, doubts, strict=True)]
    totals = [kind == "total" or doubt for kind, doubt in zip(kinds, doubts, strict=True)]
    found: list[int] = []
    # a town of one school repeats its figures: that is a total only where other towns add up several
    for least in (2, 1):
        if least == 1 and not found:
            break
        for place in (place for place, doubt in enumerate(doubts) if doubt and place not in found):
            before = next((row for row in range(place - 1, -1, -1) if totals[row]), -1)
            readings = _readings(place, before, totals, schools)
            if any(len(members) >= least and _adds_up(place, members, figures) for members in readings):
                found.append(place)
    return sorted(found)


def _adds_up(place: int, members: Sequence[int], figures: Sequence[Figures]) -> bool:
    """Return whether the figures of a row that are more than 0 are, nearly all, the sums of some schools."""
    equal = unequal = 0
    for values in figures:
        total, parts = values[place], [values[member] for member in members]
        if not total or None in parts:
            continue
        slack = abs(total) * 1e-6 + 0.011 * len(parts)
        if abs(total - math.fsum(part or 0.0 for part in parts)) <= slack:
            equal += 1
        else:
            unequal += 1
    return equal >= LEAST and equal > 2 * unequal


def _differences(
    place: int,
    before: int,
    totals: Sequence[bool],
    schools: Sequence[bool],
    figures: Mapping[int, Figures],
    header: Header,
) -> list[tuple[int, float, float]]:
    best: list[tuple[int, float, float]] = []
    most = -1
    for members in _readings(place, before, totals, schools):
        equal, unequal = 0, []
        for index, values in figures.items():
            total = values[place]
            parts = [values[member] for member in members]
            if total is None or None in parts or not parts:
                continue
            summed = math.fsum(part for part in parts if part is not None)
            whole = header.matches[index].column.type is ColumnType.COUNT
            slack = abs(total) * 1e-6 + (1e-6 if whole else 0.011 * len(parts))
            if abs(total - summed) <= slack:
                equal += 1
            else:
                unequal.append((index, total, round(summed, 4)))
        if equal >= LEAST and equal >= len(unequal) and equal > most:
            best, most = unequal, equal
    return best


def _readings(place: int, before: int, totals: Sequence[bool], schools: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the schools that a total may add up: since the total before, all above, until the next one, or all."""
    after = next((row for row in range(place + 1, len(totals)) if totals[row]), len(totals))
    yield [row for row in range(before + 1, place) if schools[row]]
    yield [row for row in range(place) if schools[row]]
    yield [row for row in range(place + 1, after) if schools[row]]
    yield [row for row in range(len(totals)) if schools[row]]


def _numbers(cells: pl.Series) -> Figures:
    """Return plain figures, an empty cell as 0: whoever adds up a column skips it."""
    text = cells.fill_null("").str.replace_all(r"[\s,，]", "")
    return (
        pl.select(pl.when(_blank(cells)).then(0.0).otherwise(text.cast(pl.Float64, strict=False))).to_series().to_list()
    )


def _blank(cells: pl.Series) -> pl.Series:
    """Return where nothing is written; a total row left blank says nothing of its column."""
    return cells.fill_null("").str.replace_all(r"[\s,，]", "").is_in(["", "-", "—", "/"])
