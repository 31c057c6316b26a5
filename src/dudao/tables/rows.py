"""Which rows of a sheet are schools: totals, town lines, notes, repeated headings and blanks are told apart."""

from collections.abc import Sequence

import polars as pl

from dudao.issues import Issue, Level, Location
from dudao.tables.grids import OVERFLOW, ROW, Grid
from dudao.tables.header import Header
from dudao.tables.problems import KEPT, Place, Problems
from dudao.tables.totals import ASIDE, compare_totals, sums_without_a_word
from dudao.tables.values import MISSING

TOTAL = (
    r"(合计|小计|总计|共计|累计|汇总|总数)[:：]?$|^(合计|小计|总计|共计|累计|其中)|"
    r"^(全|本)(县|区|市|旗|州|省|镇|乡|校)(平均|均值|情况)?[:：]?$|(平均|平均值|均值|平均数)[:：]?$|"
    r"^(标准|标准值|达标值|达标要求|国家标准|评估标准|门槛值|差异系数|标准差|综合差异系数)[:：]?$|"
    r"^(比|较|与|同)(上年|去年|上一年|上年度|上年同期|去年同期)(度|数)?(相比|比较|对比|增减|增长|增加|减少|变化|差额)*(数|率|额|情况|百分比|%)*$|"
    r"^(上年|去年|上年度|上年同期|去年同期)(数|值|数值|数据|合计|情况)$|^(同比|环比)?(增减|增长|变化)(数|率|额|值|幅度|情况|%)+$"
)
"""What stands in the first cells of a row that adds up or compares, and is no school."""

GROUP_TOTAL = r"^(城区|镇区|乡村|农村|公办|民办)(学校)?$"
"""A group of schools in the place of a name."""

NAMING = ("school_name", "region_name", "institution")
"""Columns in which a row may be named a total."""

NOTE = (
    r"^(注|备注|说明|附注|填表说明|填表人|填报人|制表人|制表|审核人|审核|负责人|单位负责人|"
    r"联系电话|联系人|填报单位|填报日期|填表日期|日期|分管领导|校长签字)[:：\d]?"
)
"""How lines below or between begin that say something about the table."""

SCHOOL_WORDS = (
    r"(学校|小学|中学|初中|高中|教学点|幼儿园|校区|分校|书院|学堂|完小|村小|附小|附中|实验|学园|"
    r"[一二三四五六七八九十]中|[一二三四五六七八九十]小|校|校[(（].*[)）]|园|部)$"
)
"""Endings of names of schools; a line with another name and no figure is a heading of a group."""


def school_rows(grid: Grid, header: Header, subject: Sequence[str], problems: Problems) -> pl.DataFrame:
    """Return the rows that tell of a school, with what was left out told to the reader.

    Args:
        grid: the sheet.
        header: its heading.
        subject: the sheet columns, by name `c0`, that name the subject of a row: first its name, then its identifier.
        problems: where findings go.
    """
    rows = grid.frame.slice(header.last + 1)
    if rows.is_empty():
        return rows
    figures = [f"c{index}" for index, match in header.matches.items() if match.column.is_numeric]
    first_figure = min((int(name[1:]) for name in figures), default=grid.width)
    # a total is named where a school would be: in its name, its identifier, its county, or a column of no meaning
    # (序号, 乡镇)
    naming = {index for index, match in header.matches.items() if match.column.name in NAMING}
    naming |= {index for index in range(min(first_figure, grid.width)) if index not in header.matches}
    words = list(dict.fromkeys([*(f"c{index}" for index in sorted(naming)), *subject])) or ["c0"]
    blank = pl.all_horizontal(_absent(pl.col(f"c{index}")) for index in range(grid.width))
    has_figure = pl.any_horizontal(_figure(pl.col(name)) for name in figures) if figures else pl.lit(True)
    has_more = pl.any_horizontal(~_absent(pl.col(name)) for name in figures) if figures else pl.lit(True)
    tight = {name: pl.col(name).str.replace_all(r"\s", "") for name in words}
    total = pl.any_horizontal(tight[name].str.replace(ASIDE, "").str.contains(TOTAL) for name in words)
    if subject:
        total = total | tight[subject[0]].str.contains(GROUP_TOTAL)
    texts = [f"c{index}" for index in range(min(first_figure, grid.width))] or words
    notes = pl.any_horizontal(pl.col(name).str.replace_all(r"\s", "").str.contains(NOTE) for name in texts)
    note = notes & ~has_figure
    named = ~_absent(pl.col(subject[0])) if subject else pl.lit(True)
    identified = pl.lit(False)
    if len(subject) > 1:
        identified = ~_absent(pl.col(subject[1])) & ~tight[subject[1]].str.contains(TOTAL)
    schoolish = tight[subject[0]].str.contains(SCHOOL_WORDS) if subject else pl.lit(True)
    long = pl.max_horizontal(pl.col(name).str.len_chars() for name in words).fill_null(0) > 40
    group = ~has_more & ~identified & (~schoolish.fill_null(False) | long)
    # a single cell that is neither a name nor an identifier says something about the table, wherever it stands
    filled = pl.sum_horizontal((~_absent(pl.col(f"c{index}"))).cast(pl.Int32) for index in range(grid.width))
    remark = (filled == 1) & ~named & ~has_more
    if len(subject) > 1:
        remark = remark & ~pl.col(subject[1]).str.contains(r"^[\s'’`]*[0-9A-Za-z]{6,}").fill_null(False)
    kind = (
        pl.when(blank)
        .then(pl.lit("blank"))
        .when(_repeats(header))
        .then(pl.lit("heading"))
        .when(_numbering(grid, header))
        .then(pl.lit("heading"))
        .when(total.fill_null(False) & ~identified.fill_null(False))
        .then(pl.lit("total"))
        .when(note.fill_null(False) | remark)
        .then(pl.lit("note"))
        .when(group)
        .then(pl.lit("group"))
        .when(~named & ~identified)
        .then(pl.lit("unnamed"))
        .otherwise(pl.lit("school"))
        .alias("kind")
    )
    # a row with a long identifier and a name is a school; only what is left is looked at closely
    plain = _plain(subject) & (pl.col(ROW) > header.last + 4)
    rows = rows.with_columns(pl.concat([_kinds(block, plain, kind) for block in rows.iter_slices(_BLOCK)]))
    doubtful = named & ~identified.fill_null(False) & ~schoolish.fill_null(False) & (pl.col("kind") == "school")
    doubts = rows.select(doubtful.alias("d"))["d"]
    silent = sums_without_a_word(rows, header, doubts)
    if silent:
        rows = rows.with_columns(rows["kind"].scatter(silent, "total"))
        doubts = doubts.scatter(silent, False)
    if len(subject) > 1:
        _tell_unlike(rows, grid.sheet, doubts, rows.select(identified.alias("i"))["i"], subject, problems)
    _tell_skipped(rows, grid.sheet, words, problems)
    _tell_unnamed(rows, grid.sheet, words, problems)
    compare_totals(rows, header, words, grid.sheet, problems, silent)
    if OVERFLOW in rows.columns:
        headed = max((index for index, text in header.texts.items() if text), default=0)
        beyond = [f"c{index}" for index in range(headed + 1, grid.width)]
        _tell_overflow(rows, grid.sheet, [*beyond, OVERFLOW], problems)
    return _schools(rows)


_NEARLY_ALL = 0.8
"""Where so many rows have an identifier, one without is told."""

_BLOCK = 200_000
"""So many rows are looked at at once, so that a long table is never held twice."""


def _kinds(rows: pl.DataFrame, plain: pl.Expr, kind: pl.Expr) -> pl.Series:
    """Return what each row is, the doubtful ones looked at closely."""
    kinds = pl.repeat("school", len(rows), dtype=pl.String, eager=True).alias("kind")
    left = rows.filter(~plain)
    return kinds.scatter(left[ROW] - rows[ROW][0], left.select(kind).to_series()) if len(left) else kinds


def _schools(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are schools; where they stand together, as they are and not copied."""
    mask = rows.drop_in_place("kind") == "school"
    count, first = int(mask.sum()), mask.arg_max() or 0
    return rows.slice(first, count) if bool(mask.slice(first, count).all()) else rows.filter(mask)


def _plain(subject: Sequence[str]) -> pl.Expr:
    """Return whether a row is identified beyond doubt."""
    if len(subject) < 2:
        return pl.lit(value=False)
    name = pl.col(subject[0])
    told = name.str.contains(SCHOOL_WORDS) & ~name.str.contains(NOTE)
    return (told & pl.col(subject[1]).str.contains(r"^\s*\d{8,}\s*$")).fill_null(False)


def _absent(column: pl.Expr) -> pl.Expr:
    return column.is_null() | column.str.strip_chars().str.to_lowercase().is_in(list(MISSING))


def _figure(column: pl.Expr) -> pl.Expr:
    return column.str.contains(r"\d").fill_null(False)


def _repeats(header: Header) -> pl.Expr:
    """Return whether a row repeats the heading, as printed tables do on each page."""
    same = [
        pl.col(f"c{index}").str.replace_all(r"\s", "") == header.texts[index]
        for index in header.matches
        if header.texts[index]
    ]
    return pl.sum_horizontal(expression.fill_null(False).cast(pl.Int32) for expression in same) >= min(2, len(same))


def _numbering(grid: Grid, header: Header) -> pl.Expr:
    """Return whether a row right below the heading numbers the columns or names their units."""
    near = pl.col(ROW) <= header.last + 4
    codes = [
        pl.col(f"c{index}").str.contains(r"^(甲|乙|丙|丁|戊|—|-|栏次|\(?\d{1,2}\)?|人|元|万元|册|台|间|平方米|㎡|个)?$")
        for index in range(grid.width)
    ]
    letters = pl.any_horizontal(
        pl.col(f"c{index}").str.contains(r"^(甲|乙|栏次|人|元|万元|册|台|间|平方米|㎡)$").fill_null(False)
        for index in range(grid.width)
    )
    return near & letters & pl.all_horizontal(code.fill_null(True) for code in codes)


def _tell_skipped(rows: pl.DataFrame, sheet: str, words: Sequence[str], problems: Problems) -> None:
    """Tell in one note which rows were taken for totals, notes or lines of a group."""
    names = {"total": "合计或比较", "note": "说明", "group": "分组标题"}
    parts = []
    for kind, word in names.items():
        hits = rows.lazy().filter(pl.col("kind") == kind).select(ROW).collect()[ROW]
        if len(hits):
            numbers = hits.head(8).to_list()
            more = "等" if len(hits) > len(numbers) else ""
            parts.append(f"{word}行{len(hits)}个（第{'、'.join(map(str, numbers))}行{more}）")
    if parts:
        message = "，".join(parts) + "，没有当作学校统计"
        location = Location(file=problems.file, sheet=sheet)
        remedy = "如有误判，请补全该行的学校标识码。"
        problems.tell(Issue(Level.NOTE, "tables.rows_not_schools", message, location, remedy))


def _tell_unnamed(rows: pl.DataFrame, sheet: str, words: Sequence[str], problems: Problems) -> None:
    hits = rows.lazy().filter(pl.col("kind") == "unnamed").select(ROW, words[0]).collect()
    places = [Place(sheet, row, "", value or "") for row, value in hits.head(KEPT).rows()]
    problems.add(
        Level.ERROR,
        "tables.unnamed_row",
        "这一行有数据，但没有学校名称和标识码，没有统计",
        places=places,
        count=len(hits),
        remedy="请补填学校名称；如果是合计行，请在名称处写明“合计”。",
    )


def _tell_unlike(
    rows: pl.DataFrame, sheet: str, doubts: pl.Series, identified: pl.Series, subject: Sequence[str], problems: Problems
) -> None:
    """Warn of rows counted as schools that have neither the name of one nor, as nearly all others, an identifier."""
    schools = rows["kind"] == "school"
    if not doubts.any() or int((identified & schools).sum()) < _NEARLY_ALL * int(schools.sum()):
        return
    hits = rows.lazy().select(ROW, subject[0]).filter(doubts).collect()
    places = [Place(sheet, row, "", value or "") for row, value in hits.head(KEPT).rows()]
    problems.add(
        Level.WARNING,
        "tables.unlike_school",
        "“{value}”没有学校标识码，也不像学校名称，照一所学校统计了",
        places=places,
        count=len(hits),
        remedy="如是合计行，请在名称处写明“合计”；如是学校，请补填标识码。",
    )


def _tell_overflow(rows: pl.DataFrame, sheet: str, beyond: Sequence[str], problems: Problems) -> None:
    stray = pl.coalesce(pl.when(pl.col(name) != "").then(pl.col(name)) for name in beyond)
    told = rows.lazy().filter(stray.is_not_null() & (pl.col("kind") == "school"))
    hits = told.select(ROW, stray.alias("v")).collect()
    places = [Place(sheet, row, "", value or "") for row, value in hits.head(KEPT).rows()]
    problems.add(
        Level.ERROR,
        "tables.too_many_cells",
        "这一行的单元格比表头多，后面的数值可能错位",
        places=places,
        count=len(hits),
        remedy="请检查数值中是否有多余的分隔符（如千分位逗号），有则去掉或用引号括起。",
    )
