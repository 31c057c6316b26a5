"""Tables of schools from xlsx, csv and parquet: typed, in canonical columns, with all problems at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, Location
from dudao.tables.checks.catalogue import CHECKS
from dudao.tables.codes import SET_APART, TYPE_SUFFIXES
from dudao.tables.columns import ColumnType, TableKind
from dudao.tables.grids import ROW, TEXTS, Grid, read_grids
from dudao.tables.header import Header, find_header, title_money_unit, title_region, title_year, with_assigned
from dudao.tables.headings import UNITS, UNUSED, Match, compact, known_headings
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.problems import Place, Problems
from dudao.tables.read_parquet import read_parquet
from dudao.tables.recognise import kind_of
from dudao.tables.rows import school_rows
from dudao.tables.section_rows import name_section_rows, with_section_types
from dudao.tables.table import Doubt, SheetColumn, Table
from dudao.tables.values import Sheet, read_column

BESIDE = ("上年", "填表说明")
"""Sheets with these words in their names stand beside the table and are not read."""

_PER_HEAD = re.compile(r"^(生均|师均|人均|每百名?学生|百名?学生|每百人|班均)(拥有)?")
"""Headings of figures that were divided already; their totals are what is asked for."""

_EXAMPLE_ROWS = 30
_EXAMPLES = 3

DTYPES = {
    ColumnType.TEXT: pl.String,
    ColumnType.COUNT: pl.Float64,
    ColumnType.NUMBER: pl.Float64,
    ColumnType.YEAR: pl.Int64,
    ColumnType.FLAG: pl.Boolean,
}


def read_table(
    path: Path,
    kind: TableKind = SCHOOLS,
    *,
    sheets: frozenset[str] | None = None,
    assigned: Mapping[str, str] | None = None,
) -> Table:
    """Return the table in a file; a folder of parquet files is one table.

    Args:
        path: the file or folder.
        kind: what it holds.
        sheets: the sheets to read; every sheet with a heading of this kind when None.
        assigned: what headings of a sheet mean where somebody says so: heading → canonical name, empty for unused.

    Raises:
        UnreadableInputError: the file cannot be opened, or no sheet of it has the headings of this kind of table.
    """
    if not path.exists():
        raise UnreadableInputError(f"找不到文件 {path}。", advice="请检查路径和文件名。")
    problems = Problems(path.name)
    columns: list[SheetColumn] = []
    if path.is_dir() or path.suffix.lower() in (".parquet", ".pq"):
        frame, headings = read_parquet(path, kind, problems)
    else:
        frame, headings = _read_sheets(path, kind, problems, sheets, assigned or {}, columns)
    if frame is None:
        covered = [issue.location.sheet for issue in problems.plain if issue.code == "tables.hidden_sheet"]
        words = f"，只有隐藏的工作表{'、'.join(f'“{name}”' for name in covered)}有，没有读取" if covered else ""
        raise UnreadableInputError(
            f"{path.name} 中没有找到“{kind.title}”的表头{words}。",
            advice="表头至少要有学校名称和在校生数等列；空白模板可在导入页下载，命令行用 dudao balance template。",
        )
    if frame.is_empty():
        message = f"表中没有一{kind.subject}的数据"
        problems.tell(Issue(Level.ERROR, "tables.empty", message, Location(file=path.name), "请检查表头下面的各行。"))
    doubts: list[Doubt] = []
    if kind is SCHOOLS:
        frame = with_region(frame, headings, problems)
        frame = with_indoor_sports(frame, headings, problems)
        doubts = duplicates(frame, headings, problems)
    for check in CHECKS:
        check(frame, kind, headings, problems)
    frame = frame.drop("by_section", strict=False)
    places = tuple(
        (place, group.sentence.replace("{value}", place.value))
        for group in problems.groups.values()
        for place in group.places
    )
    return Table(
        kind,
        frame,
        problems.issues(),
        places,
        headings,
        tuple(doubts),
        groups=tuple(problems.groups.values()),
        remarks=tuple(problems.plain),
        columns=tuple(columns),
    )


def _read_sheets(
    path: Path,
    kind: TableKind,
    problems: Problems,
    sheets: frozenset[str] | None,
    assigned: Mapping[str, str],
    columns: list[SheetColumn],
) -> tuple[pl.DataFrame | None, dict[str, str]]:
    frames, unread = [], []
    headings: dict[str, str] = {}
    grids: Iterable[Grid] = read_grids(path, hidden=True)
    strange: dict[str, TableKind] = {}
    if sheets is None and path.suffix.lower() not in TEXTS:
        grids = list(grids)
        strange = _of_other_kinds(grids, kind)
    for grid in grids:
        if grid.frame.is_empty() or not grid.width or (sheets is not None and grid.sheet not in sheets):
            continue
        beside = any(word in grid.sheet for word in BESIDE)
        header = None if beside else find_header(kind, grid)
        if grid.hidden:
            if header is not None:
                _tell_hidden_sheet(grid.sheet, kind, problems)
            continue
        if header is None:
            unread.append(grid.sheet)
            continue
        if grid.sheet in strange:
            message = f"工作表“{grid.sheet}”像是{strange[grid.sheet].title}，没有当作{kind.title}读取"
            location = Location(file=path.name, sheet=grid.sheet)
            remedy = f"如是{kind.title}，请单独存成一个文件再读。"
            problems.tell(Issue(Level.NOTE, "tables.sheet_of_another_kind", message, location, remedy))
            continue
        header = with_assigned(kind, header, assigned)
        columns += _columns(grid, header)
        frames.append(_read_sheet(grid, header, kind, problems))
        for index, match in header.matches.items():
            headings.setdefault(match.column.name, header.texts[index])
    if not frames:
        return None, headings
    if unread:
        message = f"工作表{'、'.join(f'“{name}”' for name in unread)}不是本年的{kind.title}，没有读取"
        problems.tell(Issue(Level.NOTE, "tables.sheet_not_read", message, Location(file=problems.file)))
    return pl.concat(frames, how="diagonal"), headings


def _of_other_kinds(grids: Sequence[Grid], kind: TableKind) -> dict[str, TableKind]:
    """Return the sheets that are more like another kind of table; none where no sheet is most like this one."""
    shown = [grid for grid in grids if not grid.hidden and not any(word in grid.sheet for word in BESIDE)]
    if len(shown) < 2:
        return {}
    kinds = {grid.sheet: found for grid in shown if grid.width and (found := kind_of(grid)) is not None}
    return {sheet: found for sheet, found in kinds.items() if found is not kind} if kind in kinds.values() else {}


def _columns(grid: Grid, header: Header) -> Iterator[SheetColumn]:
    """Yield the columns of a sheet that have a heading, with the first values below it."""
    below = grid.frame.slice(header.last + 1, _EXAMPLE_ROWS)
    for index, text in header.texts.items():
        if text:
            values = below[f"c{index}"].drop_nulls()
            examples = tuple(dict.fromkeys(value for value in values.to_list() if value))[:_EXAMPLES]
            match = header.matches.get(index)
            yield SheetColumn(grid.sheet, text, match.column.name if match else "", examples)


def _read_sheet(grid: Grid, header: Header, kind: TableKind, problems: Problems) -> pl.DataFrame:
    chosen = _chosen(header, kind, grid.sheet, problems)
    place_of = {match.column.name: f"c{index}" for index, match in chosen.items()}
    subject = [place_of[name] for name in ("school_name", "school_id") if name in place_of]
    if kind is not SCHOOLS:
        named = [place_of[name] for name in ("school_name", "institution", "region_name") if name in place_of]
        subject = named[:1] or [f"c{index}" for index in chosen if not chosen[index].column.is_numeric][:1]
    if kind is SCHOOLS:
        grid = name_section_rows(grid, header)
    rows = school_rows(grid, header, subject, problems)
    _tell_hidden(grid, header, rows, problems)
    sheet, numbers = Sheet(grid.sheet, rows, problems), rows[ROW]
    del rows
    money = title_money_unit(header.title)
    columns = []
    for index, match in chosen.items():
        if match.column.unit == "元" and not match.unit and money:
            match = Match(match.column, UNITS[money][1], money)
            message = f"“{header.texts[index]}”没有写单位，按表头上方的“单位：{money}”换算为元"
            location = Location(file=problems.file, sheet=grid.sheet, column=header.texts[index])
            problems.tell(Issue(Level.NOTE, "tables.unit_from_title", message, location, "请核对单位。"))
        values = read_column(sheet, f"c{index}", match, header.texts[index])
        columns.append(values.cast(DTYPES[match.column.type]).alias(match.column.name))
        # a column of text takes more room than all that is read of it
        sheet.rows.drop_in_place(f"c{index}")
    frame = pl.DataFrame(columns) if columns else pl.DataFrame()
    frame = frame.with_columns(
        pl.lit(grid.sheet).alias("sheet"), numbers.alias("sheet_row") if columns else pl.lit(None).alias("sheet_row")
    )
    year = title_year(header.title) or title_year(grid.sheet)
    region = title_region(header.title) or title_region(f"{grid.sheet} ")
    if "year" in kind.names() and "year" not in frame.columns and year is not None:
        frame = frame.with_columns(pl.lit(year, dtype=pl.Int64).alias("year"))
    if kind is SCHOOLS:
        if not {"region_code", "region_name"} & set(frame.columns) and region:
            frame = frame.with_columns(pl.lit(region).alias("region_name"))
        split = {"pupils_primary", "pupils_junior", "pupils_senior"} & set(frame.columns)
        frame = frame.drop("section", strict=False) if split else with_section_types(frame, problems)
        frame = _with_types(frame, f"{grid.sheet} {header.title}", problems)
    return frame


def _tell_hidden_sheet(sheet: str, kind: TableKind, problems: Problems) -> None:
    message = f"隐藏的工作表“{sheet}”有{kind.title}的表头，没有读取"
    location = Location(file=problems.file, sheet=sheet)
    remedy = "要计入的请取消隐藏；不要的请删去。"
    problems.tell(Issue(Level.WARNING, "tables.hidden_sheet", message, location, remedy))


def _tell_hidden(grid: Grid, header: Header, rows: pl.DataFrame, problems: Problems) -> None:
    """Tell of hidden rows that were counted as schools and of hidden columns that were used."""
    numbers = [number for number in rows[ROW].to_list() if number - 1 in grid.marks.hidden_rows] if len(rows) else []
    texts = [header.texts[index] for index in sorted(grid.marks.hidden_columns) if index in header.matches]
    parts = []
    if numbers:
        more = "等" if len(numbers) > 8 else ""
        parts.append(f"隐藏的{len(numbers)}行（第{'、'.join(map(str, numbers[:8]))}行{more}）")
    if texts:
        parts.append(f"隐藏的{len(texts)}列（{'、'.join(f'“{text}”' for text in texts[:8])}）")
    if parts:
        message = f"{'和'.join(parts)}也照常读取了"
        location = Location(file=problems.file, sheet=grid.sheet)
        problems.tell(Issue(Level.NOTE, "tables.hidden_read", message, location, "不要计入的行、列请删去。"))


def _chosen(header: Header, kind: TableKind, sheet: str, problems: Problems) -> dict[int, Match]:
    """Return one sheet column for each meaning, with the unknown and the doubled told."""
    chosen: dict[int, Match] = {}
    taken: dict[str, int] = {}
    location = Location(file=problems.file, sheet=sheet, row=header.last + 1)
    for index, match in header.matches.items():
        name = match.column.name
        if name in taken:
            message = f"“{header.texts[index]}”和“{header.texts[taken[name]]}”是同一项，只用了前一列"
            problems.tell(Issue(Level.WARNING, "tables.column_twice", message, location, "请删去或改名其中一列。"))
            continue
        taken[name] = index
        chosen[index] = match
    unknown = [text for index, text in header.texts.items() if text and index not in header.matches]
    unknown = [text for text in unknown if compact(text) not in UNUSED]
    known = known_headings(kind)
    for text in list(unknown):
        if per_head := _PER_HEAD.match(compact(text)):
            whole = get_close_matches(compact(text)[per_head.end() :], known, n=1, cutoff=0.6)
            if not whole or known[whole[0]].name in taken:
                continue
            message = f"“{text}”是{per_head[1]}数，不是总数，没有使用"
            remedy = "请补填总数（面积、人数、台数、金额）；不要只改列名。"
            problems.tell(Issue(Level.WARNING, "tables.per_head", message, location, remedy))
            unknown.remove(text)
            continue
        near = get_close_matches(compact(text), known, n=1, cutoff=0.8)
        if near and known[near[0]].name not in taken:
            message = f"“{text}”不认识，没有使用；是不是“{known[near[0]].title}”？"
            problems.tell(Issue(Level.WARNING, "tables.heading_unsure", message, location, "如是，请改成这个列名。"))
            unknown.remove(text)
    if unknown:
        shown = "、".join(f"“{text}”" for text in unknown[:12]) + ("等" if len(unknown) > 12 else "")
        message = f"{len(unknown)}列没有用到：{shown}"
        problems.tell(Issue(Level.NOTE, "tables.columns_unused", message, location))
    for column in kind.columns:
        if column.required and column.name not in taken:
            message = f"缺少“{column.title}”列"
            problems.tell(Issue(Level.ERROR, "tables.column_missing", message, location, "请补上这一列。"))
    return chosen


def _with_types(frame: pl.DataFrame, words: str, problems: Problems) -> pl.DataFrame:
    """Return the schools with types: those of a sheet of one level are its sections, others go by their names."""
    sections = {"pupils_primary", "pupils_junior", "pupils_senior"} & set(frame.columns)
    level = "" if sections else _level_of(words)
    types = frame["school_type"] if "school_type" in frame.columns else pl.Series([None] * len(frame), dtype=pl.String)
    if level:
        code = {"primary": "211", "junior": "311"}[level]
        combined = types.is_in(["312", "341", "345"]).fill_null(False)
        missing = types.is_null()
        if int((combined | missing).sum()):
            name = {"primary": "小学", "junior": "初中"}[level]
            message = f"按“{words.strip()[:40]}”把本表各行当作{name}（段）的数据"
            location = Location(file=problems.file, sheet=str(frame["sheet"][0]) if len(frame) else "")
            problems.tell(Issue(Level.NOTE, "tables.level_from_title", message, location, "如不是，请填办学类型。"))
        types = pl.select(pl.when(combined | missing).then(pl.lit(code)).otherwise(types)).to_series()
        frame = frame.with_columns((combined | missing).alias("by_section"))
    elif "school_name" in frame.columns:
        inferred = _types_by_name(frame["school_name"])
        if sections:
            # pupils by section say where a school stands; only its name says that it is not judged, or by its size
            inferred = pl.select(pl.when(inferred.is_in(SET_APART)).then(inferred)).to_series()
        used = types.is_null() & inferred.is_not_null()
        if int(used.sum()):
            names = frame["school_name"].filter(used).head(5).to_list()
            message = f"{int(used.sum())}所学校没有办学类型，按校名推断（如{'、'.join(names)}）"
            rows = frame["sheet_row"].filter(used)
            location = Location(file=problems.file, sheet=str(frame["sheet"][0]), row=rows[0])
            others = tuple(replace(location, row=row) for row in rows[1:20])
            problems.tell(Issue(Level.WARNING, "tables.type_by_name", message, location, "请填写办学类型。", others))
        types = pl.select(pl.coalesce(types, inferred)).to_series()
    return frame.with_columns(types.alias("school_type"))


def _level_of(words: str) -> str:
    primary = re.search(r"小学", words) is not None
    junior = re.search(r"初中|初级中学", words) is not None
    if primary == junior or "九年" in words or "中小学" in words:
        return ""
    return "primary" if primary else "junior"


def _types_by_name(names: pl.Series) -> pl.Series:
    expression = pl.lit(None, dtype=pl.String)
    bare = pl.col("v").str.replace(r"[（(].*[）)]$", "")
    for suffix, code in reversed(TYPE_SUFFIXES):
        expression = pl.when(bare.str.ends_with(suffix)).then(pl.lit(code)).otherwise(expression)
    return names.to_frame("v").select(expression).to_series()


def with_region(frame: pl.DataFrame, headings: dict[str, str], problems: Problems) -> pl.DataFrame:
    """Return the schools with `region`, the county: its code where given, else its name; none is an error."""
    present = [name for name in ("region_code", "region_name") if name in frame.columns]
    if not present:
        return frame.with_columns(pl.lit("").alias("region"))
    parts = []
    if "region_code" in present:
        digits = pl.col("region_code").str.replace_all(r"\D", "")
        parts.append(pl.when(digits.str.len_chars() >= 6).then(digits.str.slice(0, 6)).otherwise(pl.col("region_code")))
    if "region_name" in present:
        parts.append(pl.col("region_name"))
    frame = frame.with_columns(pl.coalesce(parts).alias("region"))
    if len(present) == 2:
        # some rows may give the code, others the name alone
        pairs = frame.filter(pl.col("region_code").is_not_null() & pl.col("region_name").is_not_null())
        codes = pairs.select("region_name", "region").unique()
        single = codes.group_by("region_name").agg(pl.col("region").first(), pl.len().alias("count"))
        table = dict(single.filter(pl.col("count") == 1).select("region_name", "region").rows())
        if table:
            named = pl.when(pl.col("region_code").is_null()).then(pl.col("region").replace(table))
            frame = frame.with_columns(named.otherwise(pl.col("region")).alias("region"))
    lost = frame.filter(pl.col("region").is_null())
    heading = headings.get("region_name") or headings.get("region_code", "县区")
    problems.add(
        Level.ERROR,
        "tables.no_region",
        f"“{heading}”没有填写，“{{value}}”没有计入任何县区",
        places=_places(lost, heading),
        count=len(lost),
        heading=heading,
        remedy="请补填所属县区。",
    )
    return frame


def with_indoor_sports(frame: pl.DataFrame, headings: dict[str, str], problems: Problems) -> pl.DataFrame:
    """Return the schools with indoor rooms added to grounds, where the heading names grounds alone (运动场地)."""
    heading = headings.get("sports_area", "")
    if "indoor_sports_area" not in frame.columns or "运动场" not in heading or "馆" in heading:
        return frame
    indoor = pl.col("indoor_sports_area").fill_null(0)
    message = f"“{heading}”不含室内，已加上“{headings['indoor_sports_area']}”作为体育运动场馆面积"
    remedy = "如已含室内，请把列名改为“体育运动场馆面积”。"
    problems.tell(Issue(Level.NOTE, "tables.indoor_sports_added", message, Location(file=problems.file), remedy))
    return frame.with_columns(pl.col("sports_area") + indoor)


def duplicates(frame: pl.DataFrame, headings: dict[str, str], problems: Problems) -> list[Doubt]:
    """Report schools that share an identifier in one year, and return them as doubts for their counties."""
    if "school_id" not in frame.columns:
        return []
    keys: list[str] = [name for name in ("year", "school_id") if name in frame.columns]
    # a sheet of primary and one of junior sections may name the same school: each level counts once
    by_section = "by_section" in frame.columns and bool(frame["by_section"].any())
    levels = by_section or frame["sheet"].n_unique() > 1
    keys += ["school_type"] if "school_type" in frame.columns and levels else []
    twice = frame.filter(pl.col("school_id").is_not_null() & pl.struct(keys).is_duplicated())
    if twice.is_empty():
        return []
    heading = headings.get("school_id", "学校标识码")
    problems.add(
        Level.ERROR,
        "tables.duplicate_school_id",
        f"“{heading}”{{value}}与别的行重复，不能确定哪一行是对的",
        places=_places(twice, heading, "school_id"),
        count=len(twice),
        heading=heading,
        remedy="请核对学校标识码；重复填报的行请删去一行。",
    )
    return _doubts(twice, keys)


MOST_DOUBTS = 200
"""So many doubtful rows of one county and year are named in its result; one is enough to keep its verdict open."""


def _doubts(twice: pl.DataFrame, keys: list[str]) -> list[Doubt]:
    places = [name for name in ("year", "region") if name in twice.columns]
    rows = twice.filter(pl.col("region").is_not_null()) if "region" in places else twice
    shown = rows.group_by(places, maintain_order=True).head(MOST_DOUBTS) if places else rows.head(MOST_DOUBTS)
    others = twice.join(shown.select(keys).unique(), on=keys, how="semi", nulls_equal=True)
    same = others.group_by(keys).agg(pl.col("sheet_row").head(6))
    rows_of = {row[:-1]: row[-1] for row in same.select(*keys, "sheet_row").rows()}
    doubts = []
    for row in shown.iter_rows(named=True):
        numbers = rows_of[tuple(row[key] for key in keys)]
        apart = [str(number) for number in numbers if number is not None and number != row["sheet_row"]]
        where = f"与第{'、'.join(apart[:5])}行" if apart else "与别的行"
        doubts.append(
            Doubt(
                row.get("year"),
                row.get("region") or "",
                row["school_id"],
                row.get("school_name") or "",
                f"学校标识码{row['school_id']}{where}重复，不能确定哪一行是对的",
                row["sheet"] or "",
                row["sheet_row"],
            )
        )
    return doubts


def _places(rows: pl.DataFrame, heading: str, value: str = "school_name") -> Iterable[Place]:
    for row in rows.head(2000).iter_rows(named=True):
        yield Place(row.get("sheet") or "", row.get("sheet_row") or 0, heading, str(row.get(value) or ""))
