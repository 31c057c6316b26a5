"""What is said to rise, to fall, or to lie above an average, against what the same text tells elsewhere."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

TITLE = "青禾县2024年履行教育职责自评报告\n一、主要成效\n"
PROBLEMS = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n二、存在问题\n"
TABLE = (
    "\n| 指标 | 2022年 | 2023年 | 2024年 |\n|---|---|---|---|\n| 教育支出（亿元） | 12.87 | 13.34 | 13.82 |\n"
    "| 高中阶段毛入学率（%） | 91.2 | 92.4 | 93.5 |\n\n"
)


def codes(text: str) -> list[str]:
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("高中阶段毛入学率连续两年下降，生源外流。", ["trend"]),
        ("高中阶段毛入学率逐年下降。", ["trend"]),
        ("2023年教育支出较上年减少，压力较大。", ["trend"]),
        ("高中阶段毛入学率逐年提高。", []),
        ("高中阶段毛入学率连续三年下降。", []),
        ("部分乡镇高中阶段毛入学率逐年下降。", []),
        ("教育支出占比逐年下降。", []),
    ],
)
def test_what_is_said_to_move_is_held_against_the_years_of_a_table(said: str, kind: list[str]) -> None:
    assert codes(f"{TITLE}各项指标稳步提高。{TABLE}{PROBLEMS}{said}") == kind


@pytest.mark.parametrize(
    ("told", "said", "kind"),
    [
        ("普惠性幼儿园覆盖率由92.1%提高到93.5%。", "普惠性幼儿园覆盖率比上年下降。", ["trend"]),
        ("全县教育经费支出22.86亿元，比上年增加1.24亿元。", "教育经费支出较上年下降。", ["trend"]),
        ("普惠性幼儿园覆盖率由92.1%提高到93.5%。", "普惠性幼儿园覆盖率比上年提高。", []),
        ("学生体质健康优良率61.4%，高于全市平均水平。", "体质健康优良率低于全市平均水平。", ["trend"]),
        ("学生体质健康优良率61.4%，高于全市平均水平。", "学生近视率低于全市平均水平。", []),
        ("学生体质健康优良率61.4%，高于全市平均水平。", "农村学生体质健康优良率低于全市平均水平。", []),
    ],
)
def test_what_is_said_to_move_is_held_against_changes_told(told: str, said: str, kind: list[str]) -> None:
    assert codes(f"{TITLE}{told}{PROBLEMS}{said}") == kind


def test_stages_told_paragraph_by_paragraph_move_each_its_own_way() -> None:
    primary = "小学128所。招生9612人；在校生58214人，比上年减少1036人，下降1.75%。"
    lower = "初中41所。招生9845人；在校生28733人，比上年增加624人，增长2.22%。"
    assert codes(f"{TITLE}{primary}\n{lower}{PROBLEMS}师资不足。") == []
