"""The reasons behind a verdict, in words an office can act on."""

from collections.abc import Iterable, Mapping

from dudao.balance.model import IndicatorResult, Verdict
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


def level_reasons(
    standard: BalanceStandard,
    indicators: Iterable[IndicatorResult],
    *,
    schools: int,
    schools_failed: int,
    schools_open: int,
    pupils_missing: int,
    pupils_zero: int,
    composite: float | None,
    composite_limit: float | None,
) -> tuple[Verdict, tuple[str, ...]]:
    """Return the verdict of one level and every reason for it; what is missing comes before what is missed."""
    missing, missed = [], []
    if pupils_missing:
        missing.append(f"{pupils_missing}所学校缺在校生数，各项差异系数无法计算")
    if pupils_zero:
        missing.append(f"{pupils_zero}所学校在校生数为0，无法计算生均值")
    for indicator in indicators:
        lacking = indicator.schools_missing - pupils_zero - pupils_missing
        if lacking > 0:
            missing.append(f"“{indicator.name}”有{lacking}所学校缺数，差异系数无法计算")
        elif indicator.coefficient is None and not pupils_missing and schools > pupils_zero:
            missing.append(f"“{indicator.name}”全县均值为0，差异系数没有意义")
        if indicator.met is False and indicator.coefficient is not None and indicator.limit is not None:
            value = against(indicator.coefficient, indicator.limit)
            missed.append(f"“{indicator.name}”差异系数{value}，超过{indicator.limit:g}")
    if composite_limit is not None and composite is not None and composite > composite_limit * (1 + 1e-9):
        missed.append(f"综合差异系数{against(composite, composite_limit)}，超过{composite_limit:g}")
    if schools_failed and standard.school_rule is not None:
        missed.append(f"{schools}所学校中{schools_failed}所未达到{rule_in_words(standard)}")
    if schools_open:
        missing.append(f"{schools_open}所学校数据不全，学校是否达标无法确定")
    verdict = Verdict.INCOMPLETE if missing else Verdict.NOT_MET if missed else Verdict.MET
    return verdict, (*missing, *missed)


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
