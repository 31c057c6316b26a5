"""Every kind of scoring rule, in the order of the reference; to see what dudao can score, read the tuples."""

from dudao.scoring.rule import OutcomeKind, RuleKind
from dudao.scoring.rules import (
    aggregate,
    bonus,
    cap,
    checklist,
    contagion,
    discretion,
    dispersion,
    downgrade,
    grade_bands,
    interpolated_standard,
    k_of_n,
    named_case,
    not_applicable,
    occurrence,
    peer_benchmark,
    provisional,
    rank,
    rubric,
    shortfall,
    sum,
    target_ratio,
    threshold,
    veto,
    year_on_year,
)

RULE_KINDS: tuple[RuleKind, ...] = (
    RuleKind("threshold", "达标得分", threshold.read),
    RuleKind("shortfall", "差额扣分", shortfall.read),
    RuleKind("occurrence", "按次扣分", occurrence.read),
    RuleKind("rank", "按位次给分", rank.read),
    RuleKind("peer_benchmark", "对照同类地区", peer_benchmark.read),
    RuleKind("rubric", "等级描述", rubric.read),
    RuleKind("checklist", "要点累加", checklist.read),
    RuleKind("target_ratio", "实现程度", target_ratio.read),
    RuleKind("year_on_year", "与上年相比", year_on_year.read),
    RuleKind("k_of_n", "若干项中达到几项", k_of_n.read),
    RuleKind("dispersion", "差异限度", dispersion.read),
    RuleKind("named_case", "情形扣分", named_case.read),
    RuleKind("discretion", "酌情给分", discretion.read),
    RuleKind("grade_bands", "分段给分", grade_bands.read),
    RuleKind("bonus", "加分", bonus.read),
    RuleKind("not_applicable", "不适用", not_applicable.read),
    RuleKind("provisional", "自评暂计", provisional.read),
    RuleKind("interpolated_standard", "插入法定标准", interpolated_standard.read),
    RuleKind("sum", "分项之和", sum.read),
    RuleKind("aggregate", "由校到县、由县到市", aggregate.read),
)

OUTCOME_RULE_KINDS: tuple[OutcomeKind, ...] = (
    OutcomeKind("veto", "一票否决", veto.read),
    OutcomeKind("cap", "等次封顶", cap.read),
    OutcomeKind("downgrade", "降等", downgrade.read),
    OutcomeKind("contagion", "逐级牵连", contagion.read),
)

KINDS: tuple[str, ...] = tuple(each.kind for each in RULE_KINDS)
OUTCOME_KINDS: tuple[str, ...] = tuple(each.kind for each in OUTCOME_RULE_KINDS)
