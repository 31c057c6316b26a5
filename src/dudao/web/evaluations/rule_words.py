"""The rule of a point in words: what it looks at, what it asks, what a miss costs."""

from collections.abc import Mapping
from typing import Any

from dudao.scheme.model import FactDeclaration, Point

_KINDS = {
    "threshold": "达到规定的数值或条件得分",
    "shortfall": "按未达到的差额扣分",
    "year_on_year": "与上年相比",
    "k_of_n": "按达到的项数得分",
    "checklist": "逐项核对，按完成情况得分",
    "rubric": "按等次描述评定",
    "grade_bands": "按所处的分数段得分",
    "target_ratio": "按完成目标的比例得分",
    "interpolated_standard": "在标准之间按比例得分",
    "peer_benchmark": "与同类地区比较得分",
    "rank": "按名次得分",
    "dispersion": "按校际差异得分",
    "occurrence": "每发生一起扣分",
    "named_case": "出现所列情形扣分",
    "discretion": "由评价人员酌情评定",
    "sum": "各部分得分相加",
    "aggregate": "按所辖地区的情况汇总得分",
    "bonus": "加分项",
    "cap": "设有最高分",
    "provisional": "由评价方提供数据后计分，自评暂计",
    "not_applicable": "没有评价对象时不适用",
}
_POLICIES = {"full": "按满分计", "exclude": "剔除后折算", "zero": "按零分计、不算失分"}
_MUST = {"not_fall": "不得下降", "not_rise": "不得上升", "rise": "须上升", "fall": "须下降"}
_GROWTH = {"not_fall": "不得为负", "not_rise": "不得为正", "rise": "须为正", "fall": "须为负"}
_FAILURE = {"unspecified": "未达到时怎样扣分，原文没有规定", "zero": "有一处未达到不得分", "deduct": "每处未达到扣分"}


def rule_words(point: Point, declared: Mapping[str, FactDeclaration]) -> str:
    """Return the rule of a point in one or two sentences; empty when the scheme gives no rule to compute."""
    if point.rule is None:
        return ""
    settings = point.rule.settings
    names = "、".join(dict.fromkeys(declared[name].title for name in point.inputs if name in declared))
    if point.rule.kind == "year_on_year":
        words = f"{_followed(settings, declared)}，{_full(point)}。"
        failure = _FAILURE.get(str(settings.get("on_failure", "")), "")
        return f"{words}{failure}。" if failure else words
    kind = _kind_words(point.rule.kind, settings)
    told = f"{kind}：{names}" if names else kind
    asked = _asked(settings)
    if settings.get("otherwise") == "unspecified":
        asked += "。未达到时怎样扣分，原文没有规定"
    return f"{told}{asked}，{_full(point)}。" if not asked.startswith("。") else f"{told}，{_full(point)}{asked}。"


def _kind_words(kind: str, settings: Mapping[str, Any]) -> str:
    """Return what a kind of rule does; a rule around another one tells the inner one too."""
    words = _KINDS.get(kind, kind)
    if kind == "not_applicable":
        words += f"，{_POLICIES.get(str(settings.get('policy', '')), '按方案计')}"
    inner = settings.get({"not_applicable": "otherwise", "provisional": "then", "aggregate": "rule"}.get(kind, ""))
    if isinstance(inner, Mapping) and (below := _KINDS.get(str(inner.get("kind", "")))):
        words += {"not_applicable": "；否则", "aggregate": "，各地"}.get(kind, "；之后") + below
    return words


def _followed(settings: Mapping[str, Any], declared: Mapping[str, FactDeclaration]) -> str:
    """Return what a year-on-year rule follows and what it asks of each."""
    must = str(settings.get("must", "not_fall"))
    told = []
    tests = settings.get("tests")
    for test in tests if isinstance(tests, list | tuple) else ():
        fact = declared.get(str(test.get("fact"))) if isinstance(test, Mapping) else None
        if fact is None:
            continue
        asked = {
            "growth": _GROWTH.get(must, ""),
            "statement": "须为“是”",
        }.get(str(test.get("form", "values")), f"与上年相比{_MUST.get(must, '')}")
        parts = "（各分项）" if fact.parts else ""
        told.append(f"{fact.title}{parts}{asked}")
    return "；".join(told)


def _asked(settings: Mapping[str, Any]) -> str:
    """Return the condition of a threshold in words; empty for rules with other settings."""
    for name, word in (("at_least", "不低于"), ("at_most", "不高于"), ("above", "高于"), ("below", "低于")):
        if name in settings:
            return f"，{word} {settings[name]}"
    if settings.get("is") is True:
        return "，须为“是”"
    if settings.get("is") is False:
        return "，须为“否”"
    return ""


def _full(point: Point) -> str:
    return "方案未赋分" if point.full_points is None else f"满分 {point.full_points.normalize():f} 分"
