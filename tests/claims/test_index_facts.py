"""差异系数, 生师比 and 平均班额 told in prose and in cells without a unit; scores and months told twice."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

TITLE = "青禾县2024年义务教育优质均衡发展自评报告\n一、主要成效\n"
PROBLEMS = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n二、存在问题\n"
COEFFICIENTS = (
    "\n表一 义务教育学校校际差异系数\n| 指标 | 小学 | 初中 |\n|---|---|---|\n"
    "| 每百名学生拥有县级以上骨干教师数 | 0.421 | 0.376 |\n"
    "| 生均体育运动场馆面积 | 0.483 | 0.428 |\n| 综合差异系数 | 0.452 | 0.402 |\n\n"
)
STAGES = (
    "\n表二 学校基本情况\n| 学段 | 在校生（人） | 平均班额 | 生师比 |\n|---|---|---|---|\n"
    "| 小学 | 24786 | 40.5 | 17.0 |\n"
    "| 初中 | 11780 | 47.5 | 13.0 |\n\n"
)


def codes(text: str) -> list[str]:
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


@pytest.mark.parametrize(
    ("said", "differs"),
    [
        ("小学综合差异系数为0.425。", True),
        ("综合差异系数小学0.452、初中0.420。", True),
        ("小学、初中综合差异系数分别为0.452和0.420。", True),
        ("小学综合差异系数0.452，初中0.420。", True),
        ("骨干教师校际分布不均，小学差异系数达到0.412。", True),
        ("小学体育运动场馆面积差异系数0.483，距0.50的上限不远。", False),
        ("小学、初中综合差异系数分别为0.452和0.402。", False),
        ("小学差异系数均不高于0.50。", False),
        ("城关小学骨干教师差异系数0.512。", False),
        ("上年小学综合差异系数为0.467。", False),
        ("督导评估时小学综合差异系数为0.467。", False),
        ("民办小学综合差异系数为0.467。", False),
    ],
)
def test_coefficients_are_held_against_the_table_of_them(said: str, differs: bool) -> None:
    assert codes(f"{TITLE}各项指标稳步提高。{COEFFICIENTS}{PROBLEMS}{said}") == ["same_measure"] * differs


@pytest.mark.parametrize(
    ("said", "differs"),
    [
        ("小学生师比17.6:1，初中生师比13.0:1。", True),
        ("小学生师比由17.4:1优化为17.6:1。", True),
        ("平均班额小学40.5人、初中45.7人。", True),
        ("小学生师比17:1，初中生师比13.0∶1。", False),
        ("城区小学平均班额46.3人。", False),
        ("力争小学生师比降到16.5:1。", False),
    ],
)
def test_pupils_to_a_teacher_and_to_a_class_are_held_against_their_table(said: str, differs: bool) -> None:
    assert codes(f"{TITLE}各项指标稳步提高。{STAGES}{PROBLEMS}{said}") == ["same_measure"] * differs


SHEET = (
    "\n附表 自评得分\n| 指标 | 分值 | 自评得分 |\n|---|---|---|\n"
    "| 优先发展保障 | 40 | 36.5 |\n| 教师队伍建设 | 60 | 56 |\n"
    "| 合计 | 100 | 92.5 |\n"
)


@pytest.mark.parametrize(("score", "kind"), [("91.5", ["score_sheet"]), ("92.5", [])])
def test_the_score_of_the_summary_is_that_of_the_sheet(score: str, kind: list[str]) -> None:
    assert codes(f"{TITLE}对照指标，我县自评得分{score}分。{PROBLEMS}师资结构有待优化。{SHEET}") == kind


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("2021年12月，县政府印发《青禾县创建优质均衡县方案》。", "2021年10月印发《青禾县创建优质均衡县方案》。", 1),
        ("2021年12月，县政府印发《青禾县创建优质均衡县方案》。", "2021年12月8日印发《青禾县创建优质均衡县方案》。", 0),
        ("2023年3月召开优质均衡创建推进会。", "2023年9月召开优质均衡创建推进会。", 0),
        ("2023年5月通过省级优质均衡评估验收。", "2023年6月通过省级优质均衡评估验收。", 1),
    ],
)
def test_months_of_what_happens_once_are_one(first: str, second: str, kind: int) -> None:
    assert codes(f"{TITLE}{first}{PROBLEMS}{second}") == ["dated_events"] * kind


@pytest.mark.parametrize(
    ("told", "said", "differs"),
    [
        ("中小学生近视率46.8%，比上年下降0.9个百分点。", "近视率不降反升。", True),
        ("义务教育巩固率98.9%，连续三年提高。", "义务教育巩固率较上年有所回落。", True),
        ("义务教育巩固率98.9%，比上年提高0.3个百分点。", "义务教育巩固率98.9%，比上年下降0.3个百分点。", True),
        ("义务教育巩固率98.9%，比上年提高0.3个百分点。", "义务教育巩固率98.9%，比2020年下降0.3个百分点。", False),
        ("小学近视率41.2%，比上年下降0.9个百分点。", "近视率不降反升。", False),
        ("义务教育巩固率98.9%，比上年提高0.3个百分点。", "力争义务教育巩固率较上年下降的趋势得到扭转。", False),
    ],
)
def test_two_places_let_a_measure_move_one_way(told: str, said: str, differs: bool) -> None:
    assert codes(f"{TITLE}{told}{PROBLEMS}{said}") == ["trend"] * differs
