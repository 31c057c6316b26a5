"""How a balance was computed and from what, in sentences that worksheet and page share."""

from collections.abc import Iterator, Mapping, Sequence

from dudao.balance.model import CountyResult
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, Judged, Method
from dudao.provenance import ClauseSource, SourceStatus

METHOD_WORDS: Mapping[Method, str] = {
    Method.WEIGHTED: "按学生数加权，总体标准差，均值为全县总量÷全县学生数",
    Method.UNWEIGHTED: "各校同权，总体标准差，均值为各校指标值的平均数",
}


def method_lines(standard: BalanceStandard, method: Method) -> Iterator[str]:
    """Yield standard, method, rules and split, one sentence a line."""
    yield f"标准：{standard.name}。{source_words(standard.source)}"
    if method is Method.WEIGHTED:
        yield "学校指标值 x = 总量 ÷ 学生数 × 基数（每百名学生的指标基数为 100，生均指标为 1）。"
        yield "全县均值 X = 各校总量之和 ÷ 学生总数 N × 基数。"
        yield "标准差 S = √( Σ n(x−X)² ÷ N )；差异系数 = S ÷ X。n 为该校学生数。"
    else:
        yield "全县均值 X 为各校指标值 x 的平均数；标准差 S = √( Σ (x−X)² ÷ 学校数 )；差异系数 = S ÷ X。"
    rule = standard.balance_rule
    limits = "，".join(f"{LEVEL_NAMES[level]}不超过 {limit:g}" for level, limit in rule.limits.items())
    scope = "每项指标的差异系数" if rule.judged is Judged.EACH else "综合差异系数（各项差异系数的平均数）"
    yield f"{scope}：{limits}。按未舍入的值判断，显示 3 位小数。{source_words(rule.source)}"
    if standard.school_rule is not None:
        floor = standard.school_rule.floor
        rest = f"，余项不低于达标值的 {floor:.0%}" if floor is not None else ""
        words = f"{len(standard.indicators)} 项指标至少 {standard.school_rule.at_least} 项达标{rest}"
        yield f"学校达标：{words}。{source_words(standard.school_rule.source)}"
    weights = " : ".join(f"{standard.section_weights[name]:g}" for name in ("primary", "junior", "senior"))
    yield f"一贯制学校、完全中学：共用的校舍、场地、设备按小学、初中、高中学生 {weights} 折算到学段，教师按学段填报。"
    yield "折算后各学段视同独立学校，表中“总量”为折算后的数。"
    for indicator in standard.indicators:
        note = source_words(indicator.source)
        if note:
            yield f"{indicator.name}：{note}"
    yield "“—”表示未填报或无法计算；缺数不作零处理，有缺数的指标不计算差异系数。"


def source_words(source: ClauseSource) -> str:
    """Return document, number, clause and whether it was confirmed; empty when nothing is known."""
    parts = []
    if source.document:
        parts.append(f"《{source.document}》{f'（{source.number}）' if source.number else ''}")
    if source.clause:
        parts.append(f"“{source.clause}”")
    if source.note:
        parts.append(source.note)
    if source.status is SourceStatus.UNCONFIRMED:
        parts.append("依据待核原文")
    return "；".join(parts) + ("。" if parts else "")


def exclusion_lines(counties: Sequence[CountyResult]) -> Iterator[str]:
    """Yield the schools that are not judged and the figures that are missing."""
    for county in counties:
        name = county.name or county.region
        for excluded in county.excluded:
            yield f"未列入：{name}{excluded.school_name}，{excluded.reason}。"
        for missing in county.incomplete:
            yield f"缺数：{name}{missing.school_name}，{missing.reason}。"
