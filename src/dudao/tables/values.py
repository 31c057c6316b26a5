"""Cells of text as values: numbers, flags, codes, years; what cannot be read is named, what is missing is null."""

import re
from collections.abc import Callable, Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.codes import OWNERSHIP_WORDS, SCHOOL_TYPES, TYPE_WORDS, URBAN_RURAL, URBAN_RURAL_WORDS
from dudao.tables.columns import Column, ColumnType
from dudao.tables.headings import UNITS, Match
from dudao.tables.problems import KEPT, Place, Problems
from dudao.tables.sheet_marks import NOT_WORKED_OUT

MISSING = (
    "", "-", "--", "---", "—", "——", "———", "–", "/", "\\", "//", "无", "空", "缺", "缺失", "未填", "未报", "未统计",
    "不详",
    "暂无", "无数据", "n/a", "na", "null", "none", "nil", "…", "……", "...", "*", "**", "?", "？",
)  # fmt: skip
"""What offices write where they have no figure; none of these is 0."""

FORMULA_ERROR = r"^#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|未计算的公式|GETTING_DATA|SPILL!|CALC!)"

FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "对", "符合"), True),
    **dict.fromkeys(
        ("否", "无", "×", "✗", "x", "n", "no", "false", "0", "不是", "没有", "不符合", "-", "—", "/"), False
    ),
}

WIDE = str.maketrans("０１２３４５６７８９．，－＋％　：；（）", "0123456789.,-+% :;()")


class Sheet:
    """The rows of one sheet that are schools, and where its problems go."""

    def __init__(self, name: str, rows: pl.DataFrame, problems: Problems) -> None:
        self.name = name
        self.rows = rows
        self.problems = problems

    def report(
        self,
        mask: pl.Series,
        column: str,
        heading: str,
        level: Level,
        code: str,
        sentence: str,
        remedy: str,
    ) -> None:
        """Report the rows where the mask holds, with what stands in that sheet column."""
        count = int(mask.sum() or 0)
        if not count:
            return
        hits = self.rows.lazy().select("row", pl.col(column)).filter(mask).head(KEPT).collect()
        places = [Place(self.name, row, heading, _shortened(value)) for row, value in hits.rows()]
        self.problems.add(level, code, sentence, places=places, count=count, heading=heading, remedy=remedy)


def _shortened(value: str | None) -> str:
    text = re.sub(r"\s+", " ", value or "")
    return text if len(text) <= 40 else text[:39] + "…"


def read_column(sheet: Sheet, source: str, match: Match, heading: str) -> pl.Series:
    """Return the values of one sheet column, with every cell that cannot be one reported."""
    column = match.column
    if column.is_numeric:
        return read_numbers(sheet, source, match, heading)
    if column.type is ColumnType.YEAR:
        return _years(sheet, source, heading)
    if column.type is ColumnType.FLAG:
        return _flags(sheet, source, heading)
    if column.name in CODED:
        return CODED[column.name](sheet, source, heading)
    text = sheet.rows[source].str.strip_chars().str.replace_all(r"\s+", " ")
    if column.name.endswith(("_id", "_code")):
        text = text.str.replace(r"\.0+$", "").str.replace_all(r"[\s'’`]", "")
    return _without_missing(text)


def _without_missing(text: pl.Series) -> pl.Series:
    frame = text.to_frame("v")
    return frame.select(pl.when(~pl.col("v").str.to_lowercase().is_in(list(MISSING))).then(pl.col("v"))).to_series()


def read_numbers(sheet: Sheet, source: str, match: Match, heading: str) -> pl.Series:
    """Return a column of numbers in the base unit; what is no number, or cannot be one, is null and reported."""
    column = match.column
    raw = sheet.rows[source]
    values = raw.cast(pl.Float64, strict=False)
    rest = (values.is_null() & raw.is_not_null()) | ~values.is_finite().fill_null(True)
    if rest.any():
        values, cleaned, broken = _read_again(raw, values, rest, match)
        unsaved = broken & (cleaned == NOT_WORKED_OUT).fill_null(False)
        sheet.report(
            unsaved, source, heading, Level.ERROR, "tables.formula_error",
            f"“{heading}”是公式，文件里没有保存它的计算结果（{{value}}）",
            "请用表格软件打开这个文件，重新保存后再算，或直接填写数值。",
        )  # fmt: skip
        formula = broken & ~unsaved & cleaned.str.contains(FORMULA_ERROR).fill_null(False)
        sheet.report(
            formula, source, heading, Level.ERROR, "tables.formula_error",
            f"“{heading}”是出错的公式“{{value}}”，没有数值", "请在表格中修好这个公式，或直接填写数值。",
        )  # fmt: skip
        sheet.report(
            broken & ~formula & ~unsaved, source, heading, Level.ERROR, "tables.not_a_number",
            f"“{heading}”应填数字，这里是“{{value}}”", "请改为数字；没有数据请留空，不要填0。",
        )  # fmt: skip
    if match.factor != 1:
        values = values * match.factor
    return _sound(sheet, values, source, column, heading)


def _sound(sheet: Sheet, values: pl.Series, source: str, column: Column, heading: str) -> pl.Series:
    low, high = column.low, column.high
    least, most = values.min(), values.max()
    if low is not None and isinstance(least, float) and least < low:
        bad = (values < low).fill_null(False)
        code, what = ("tables.negative", "不能是负数") if low == 0 else ("tables.too_small", f"不能小于{low:g}")
        sheet.report(
            bad, source, heading, Level.ERROR, code,
            f"“{heading}”{what}，这里是“{{value}}”，已按缺数处理", "请核对后改正。",
        )  # fmt: skip
        values = values.to_frame("v").select(pl.when(pl.col("v") >= low).then(pl.col("v"))).to_series()
    if high is not None and isinstance(most, float) and most > high:
        sheet.report(
            (values > high).fill_null(False), source, heading, Level.WARNING, "tables.out_of_range",
            f"“{heading}”为“{{value}}”，大得不寻常", f"请核对数值和单位（应为{column.unit}）。",
        )  # fmt: skip
    if column.type is ColumnType.COUNT:
        broken = ((values - values.round()).abs() > 1e-6).fill_null(False)
        sheet.report(
            broken, source, heading, Level.WARNING, "tables.not_whole",
            f"“{heading}”应为整数，这里是“{{value}}”", "请核对；如按折算填报请注明。",
        )  # fmt: skip
    return values


def _read_again(
    raw: pl.Series, values: pl.Series, rest: pl.Series, match: Match
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return the values with what could be read from untidy cells, those cells tidied, and which of them are broken.

    Each spelling is looked at once, however often it occurs.
    """
    spellings = raw.filter(rest).unique()
    cleaned, factors = _without_units(_cleaned(spellings), match)
    given = cleaned.is_not_null() & ~cleaned.str.to_lowercase().is_in(list(MISSING))
    again = cleaned.cast(pl.Float64, strict=False) * factors
    again = again.to_frame("v").select(pl.when(pl.col("v").is_finite()).then(pl.col("v"))).to_series()
    read = pl.DataFrame({"raw": spellings, "cleaned": cleaned, "again": again, "broken": again.is_null() & given})
    cells = pl.DataFrame({"raw": raw, "value": values, "rest": rest})
    cells = cells.with_columns(pl.when("rest").then("raw").alias("raw")).join(
        read, on="raw", how="left", maintain_order="left"
    )
    cells = cells.with_columns(
        pl.when("rest").then("again").otherwise("value").alias("value"), pl.col("broken").fill_null(False)
    )
    return cells["value"], cells["cleaned"], cells["broken"]


_NARROW = dict(zip("０１２３４５６７８９．－＋，", "0123456789.-+,", strict=True))


def _cleaned(raw: pl.Series) -> pl.Series:
    narrow = raw.str.replace_many(list(_NARROW), list(_NARROW.values()))
    return narrow.str.replace_all(r"[\s,'’]", "")


def _without_units(cells: pl.Series, match: Match) -> tuple[pl.Series, pl.Series]:
    """Return the cells without the unit behind a figure (1200人, 35.2万元), and the factors that it stands for.

    The unit of the cell speaks before that of the heading; one of another measure stays, and so does a bare 万.
    """
    fitting = {unit: factor / match.factor for unit, (base, factor) in UNITS.items() if base == match.column.unit}
    fitting |= {"m²": 1.0 / match.factor} if match.column.unit == "平方米" else {}
    fitting |= {"个": 1.0 / match.factor} if match.column.type is ColumnType.COUNT else {}
    units = "|".join(sorted(map(re.escape, fitting), key=len, reverse=True))
    unit = cells.str.extract(rf"^[-+]?[0-9]*\.?[0-9]+({units})$", 1) if units else cells.clear(len(cells))
    factors = unit.fill_null("").replace_strict(fitting, default=1.0, return_dtype=pl.Float64)
    bare = cells.str.replace(rf"^([-+]?[0-9]*\.?[0-9]+)({units})$", "$1") if units else cells
    return bare, factors


def _years(sheet: Sheet, source: str, heading: str) -> pl.Series:
    raw = _without_missing(sheet.rows[source].str.strip_chars())
    years = raw.str.extract(r"^((?:19|20)\d{2})(?:\D.*)?$", 1).cast(pl.Int64, strict=False)
    sheet.report(
        years.is_null() & raw.is_not_null(), source, heading, Level.ERROR, "tables.not_a_year",
        f"“{heading}”应填年份，这里是“{{value}}”", "请填四位年份，学年填起始年份，如 2023 或 2023-2024。",
    )  # fmt: skip
    return years


def _flags(sheet: Sheet, source: str, heading: str) -> pl.Series:
    raw = sheet.rows[source].str.strip_chars().str.to_lowercase()
    values = raw.replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)
    given = _without_missing(raw).is_not_null()
    sheet.report(
        values.is_null() & given, source, heading, Level.WARNING, "tables.not_a_flag",
        f"“{heading}”应填“是”或“否”，这里是“{{value}}”，已按未填处理", "请改为“是”或“否”。",
    )  # fmt: skip
    return values


def _coded(words: Mapping[str, str], codes: Mapping[str, str], code: str, remedy: str) -> Callable[..., pl.Series]:
    """Return a reader of a column of codes or their names; a name with its code in either order will do."""

    def read(sheet: Sheet, source: str, heading: str) -> pl.Series:
        raw = _without_missing(sheet.rows[source].str.strip_chars())
        known = {**words, **{each: each for each in codes}}
        distinct = raw.drop_nulls().unique().to_list()
        table = {text: found for text in distinct if (found := _code_of(text, known)) is not None}
        values = raw.replace_strict(table, default=None, return_dtype=pl.String)
        sheet.report(
            values.is_null() & raw.is_not_null(), source, heading, Level.ERROR, code,
            f"“{heading}”中的“{{value}}”不认识，已按未填处理", remedy,
        )  # fmt: skip
        return values

    return read


_OWNED = re.compile(r"^(公办|民办|公立|私立)(?=.)")


def _code_of(text: str, known: Mapping[str, str]) -> str | None:
    plain = re.sub(r"\s", "", text.translate(WIDE)).removesuffix(".0")
    if plain in known:
        return known[plain]
    digits, words = "".join(re.findall(r"\d+", plain)), re.sub(r"[\d\-_.()（）、:：]", "", plain)
    if digits in known and (not words or known.get(words, known[digits])[:1] == known[digits][:1]):
        return known[digits]
    bare = re.sub(r"\(.*?\)", "", plain)
    return known.get(bare) or known.get(_OWNED.sub("", bare)) if not digits else None


CODED: Mapping[str, Callable[..., pl.Series]] = {
    "school_type": _coded(
        TYPE_WORDS, SCHOOL_TYPES, "tables.unknown_school_type",
        "请填办学类型代码或名称，如 211 小学、311 初级中学、312 九年一贯制学校。",
    ),
    "urban_rural": _coded(
        URBAN_RURAL_WORDS, URBAN_RURAL, "tables.unknown_urban_rural",
        "请填城乡分类代码或名称，如 111 主城区、121 镇中心区、220 村庄，或城区、镇区、乡村。",
    ),
    "ownership": _coded(OWNERSHIP_WORDS, {}, "tables.unknown_ownership", "请填“公办”或“民办”，或举办者名称。"),
}  # fmt: skip
"""Columns whose cells are codes or names of codes."""
