"""The reasons behind a verdict, in words an office can act on."""

from collections.abc import Mapping, Sequence

import polars as pl

from dudao.balance.standard import LEVEL_NAMES, LEVELS, BalanceStandard, ResourceIndicator, Sharing

COLUMN_NAMES: Mapping[str, str] = {
    "pupils": "在校生数",
    "full_time_teachers": "专任教师数",
    "above_degree_teachers": "高于规定学历教师数",
    "mid_title_teachers": "中级及以上专业技术职务教师数",
    "backbone_teachers": "县级以上骨干教师数",
    "pe_art_teachers": "体育艺术专任教师数",
    "teaching_area": "教学及辅助用房面积",
    "sports_area": "体育运动场馆面积",
    "equipment_value": "教学仪器设备资产值",
    "computers": "计算机台数",
    "books": "图书册数",
    "multimedia_rooms": "网络多媒体教室数",
}
"""What the columns of the schools table are called in a sentence; another column is called by its name."""

UNPLACED = "缺少办学类型，也没有分学段在校生数，无法确定学段"
"""Why a school cannot be put to any level."""

TYPE_GROUPS: Mapping[str, str] = {
    "1": "幼儿园",
    "2": "成人小学或扫盲班",
    "32": "职业学校",
    "33": "成人初中",
    "34": "普通高中",
    "35": "成人高中",
    "36": "中等职业学校",
    "37": "专门学校",
    "4": "高等学校",
    "5": "特殊教育学校",
}
"""What school types that a standard does not name are, by the beginning of their code."""


def figure(value: float, decimals: int = 3) -> str:
    """Return a coefficient or value as printed: so many decimals, but never rounded onto a limit it misses."""
    return f"{value:.{decimals}f}"


def against(value: float, limit: float) -> str:
    """Return a value written with as many decimals as it takes to tell it from its limit."""
    for decimals in range(3, 10):
        text = figure(value, decimals)
        if float(text) != limit:
            return text
    return repr(value)


def level_reasons(frame: pl.DataFrame, standard: BalanceStandard, level: str) -> list[list[str]]:
    """Return every reason for the verdict of each county; what is missing comes before what is missed.

    Args:
        frame: the counties of one level, as `judged_level` returns them.
        standard: what is asked.
        level: the level.
    """
    missing_pupils = pl.col("schools") - pl.col("n_known")
    missing = [
        _where(missing_pupils > 0, "{}所学校缺在校生数，各项差异系数无法计算", missing_pupils),
        _where(pl.col("n_zero") > 0, "{}所学校在校生数为0，无法计算生均值", pl.col("n_zero")),
    ]
    # nothing differs from itself: the coefficient is 0 by its formula, and no sign of balance
    missing.append(_where(pl.col("schools") == 1, "只有1所学校，差异系数必为0，不能说明校际均衡"))
    missed: list[pl.Expr | pl.Series] = []
    limit = standard.balance_rule.limits.get(level)
    for index, indicator in enumerate(standard.indicators):
        lacking = pl.col("schools") - pl.col(f"known{index}") - pl.col("n_zero") - missing_pupils
        nothing = (
            pl.col(f"coefficient{index}").is_null() & (missing_pupils == 0) & (pl.col("schools") > pl.col("n_zero"))
        )
        missing.append(_where(lacking > 0, f"“{_plain(indicator.name)}”有{{}}所学校缺数，差异系数无法计算", lacking))
        missing.append(_where(nothing & (lacking <= 0), f"“{_plain(indicator.name)}”全县均值为0，差异系数没有意义"))
        missed.append(_over(frame, f"coefficient{index}", f"within{index}", f"“{indicator.name}”差异系数", limit))
    missed.append(_over(frame, "composite", "within_composite", "综合差异系数", limit))
    opened, failed = (pl.col("schools") - pl.col("school_known"), pl.col("school_known") - pl.col("school_met"))
    missing.append(_where(opened > 0, "{}所学校数据不全，学校是否达标无法确定", opened))
    if standard.school_rule is not None:
        words = f"{{}}所学校中{{}}所未达到{_plain(rule_in_words(standard))}"
        missed.append(_where(failed > 0, words, pl.col("schools"), failed))
    told = frame.select(pl.concat_list([*missing, *missed]).list.drop_nulls().alias("reasons"))
    reasons: list[list[str]] = told["reasons"].to_list()
    return reasons


def _where(condition: pl.Expr, words: str, *values: pl.Expr) -> pl.Expr:
    """Return a sentence where the condition holds, null elsewhere."""
    text = pl.format(words, *values) if values else pl.lit(words.format())
    return pl.when(condition).then(text)


def _plain(text: str) -> str:
    """Return a text that may stand in a pattern with `{}`."""
    return text.replace("{", "（").replace("}", "）")


def _over(frame: pl.DataFrame, value: str, within: str, name: str, limit: float | None) -> pl.Series:
    """Return, where a coefficient lies above its limit, a sentence with as many decimals as tell the two apart."""
    texts: list[str | None] = [None] * len(frame)
    if limit is not None:
        for place in (~frame[within]).fill_null(False).arg_true().to_list():
            texts[place] = f"{name}{against(frame[value][place], limit)}，超过{limit:g}"
    return pl.Series(texts, dtype=pl.String)


def county_reasons(levels: Mapping[str, Sequence[str]], unplaced: int, doubtful: int) -> tuple[str, ...]:
    """Return the reasons of a county: those of its levels, and what kept schools out of any."""
    reasons = [f"{LEVEL_NAMES[level]}：{reason}" for level, told in levels.items() for reason in told]
    if unplaced:
        reasons.append(f"{unplaced}所学校无法确定学段")
    if doubtful:
        reasons.append(f"{doubtful}行数据有疑，须核对改正")
    for level in LEVELS if len(levels) == 1 else ():
        if level not in levels:
            judged = next(iter(levels))
            reasons.append(f"表中没有{LEVEL_NAMES[level]}（段），结论只涉及{LEVEL_NAMES[judged]}")
    if not levels:
        reasons.append("没有列入评估范围的学校")
    return tuple(reasons)


def rule_in_words(standard: BalanceStandard) -> str:
    """Return the rule for a school in a few words."""
    rule = standard.school_rule
    if rule is None:
        return "学校达标要求"
    words = f"“{len(standard.indicators)}项至少{rule.at_least}项达标"
    if rule.floor is not None:
        words += f"、余项不低于{rule.floor * 100:g}%"
    return words + "”的要求"


def missing_because(row: Mapping[str, object], indicator: ResourceIndicator, level: str) -> str:
    """Return which figure of a school an indicator lacks."""
    lacking = []
    for term in (*indicator.numerator, *indicator.denominator):
        if term.optional or term.column == "pupils":
            continue
        name = COLUMN_NAMES.get(term.column, term.column)
        if term.sharing is Sharing.PER_SECTION:
            if row.get(f"{term.column}_{level}") is not None:
                continue
            single = bool(row.get("single_section"))
            if single and row.get(term.column) is not None:
                continue
            lacking.append(name if single else f"{LEVEL_NAMES[level]}{name}（一贯制学校、完全中学须分学段填报）")
        elif row.get(term.column) is None:
            lacking.append(name)
    if lacking:
        return f"缺少{'、'.join(lacking)}，“{indicator.name}”无法计算"
    sections = [LEVEL_NAMES[each] for each in (*LEVELS, "senior") if row.get(f"n_{each}") is None]
    if sections:
        return f"缺少{'、'.join(sections)}在校生数，共用的数量不能按权重折算，“{indicator.name}”无法计算"
    if any(term.factor < 0 for term in indicator.numerator):
        return f"“{indicator.name}”扣除的部分比总数还大，或分母为0，无法计算"
    return f"“{indicator.name}”的分母为0，无法计算"


def excluded_because(row: Mapping[str, object], standard: BalanceStandard) -> str:
    """Return why a standard does not judge a school."""
    code = str(row["school_type"] or "")
    scope = standard.scope
    if code not in scope.levels_by_type:
        for length in (3, 2, 1):
            if group := TYPE_GROUPS.get(code[:length]):
                return f"{group}（办学类型{code}）不在评估范围"
        return f"办学类型{code}不在评估范围"
    if code in scope.teaching_point_types:
        if scope.teaching_points_from is None:
            return "教学点不在评估范围"
        return f"不足{scope.teaching_points_from}人的教学点不在评估范围"
    if row["ownership"] == "private" and not scope.private_included:
        return "民办学校不在评估范围"
    return "没有小学或初中学生"
