"""What plans set and reports take up, numbers of documents, what is left undone, bounds, wages and ranks told twice."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

REPORT = """禾川县人民政府关于2023年履行教育职责的自评报告
一、主要成效
{result}
二、存在的主要问题
{problem}
三、下一步打算
{plan}
"""
QUIET = "师资结构有待优化。"


def codes(result: str, problem: str = QUIET, plan: str = "继续努力。") -> list[str]:
    text = REPORT.format(result=result, problem=problem, plan=plan)
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


RULES = "《禾川县教育发展规划》（禾政发〔2021〕12号）印发实施。"


@pytest.mark.parametrize(
    ("result", "plan", "kind"),
    [
        (RULES, "对照禾政发〔2021〕21号文件逐条落实。", ["cited_numbers"]),
        (RULES, "对照禾政发〔2021〕12号文件逐条落实。", []),
        (RULES, "对照禾政办发〔2021〕21号文件逐条落实。", []),
        (RULES, "落实《禾川县教育发展规划》（禾政发〔2021〕15号）。", ["cited_numbers"]),
        (RULES, "落实《禾川县教师编制办法》（禾政发〔2021〕15号）。", []),
        (f"{RULES}《禾川县编制办法》（禾政发〔2021〕15号）出台。", "落实禾政发〔2021〕18号文件。", []),
    ],
)
def test_a_document_has_one_number(result: str, plan: str, kind: list[str]) -> None:
    assert codes(result, plan=plan) == kind


@pytest.mark.parametrize(
    ("result", "problem", "kind"),
    [
        ("规划安排的38个重大项目，已完工21个，在建13个，未开工4个。", "34个重大项目中，部分推进缓慢。", ["taken_up"]),
        (
            "规划安排的38个重大项目，已完工21个，在建13个，未开工4个。",
            "38个重大项目中，仍有7个尚未开工。",
            ["left_over"],
        ),
        ("规划安排的38个重大项目，已完工21个，在建13个，未开工4个。", "38个重大项目中，仍有4个尚未开工。", []),
        ("计划撤并教学点46个，已撤并29个。", "规划撤并的46个教学点尚有27个未完成。", ["left_over"]),
        ("计划撤并教学点46个，已撤并29个。", "规划撤并的46个教学点尚有17个未完成。", []),
        ("21项指标中，达标21项。", "21项指标中仍有3项没有达标。", ["left_over"]),
        ("建成智慧校园示范校17所。", "部分设备闲置，13所智慧校园示范校的带动作用不明显。", ["taken_up"]),
        ("全县幼儿园96所，其中公办57所。", "67所公办园中有11所没有独立建制。", ["taken_up"]),
        ("随机抽查6个乡镇的23所学校。", "29所被抽查学校中，有3所记录不全。", ["taken_up"]),
        ("与31家企业建立合作关系。", "与21家企业的合作停留在顶岗实习层面。", ["taken_up"]),
        ("小学、初中班级学生数全部控制在45人、50人以内。", "有3所小学的11个班级学生数超过45人。", ["beyond_bound"]),
        ("义务教育学校均不超过规定规模。", "1所小学办学规模达到2500人，超过规定规模。", ["results_against_problems"]),
        (
            "义务教育教师平均工资收入水平不低于当地公务员平均工资收入水平。",
            "义务教育教师平均工资收入仅为当地公务员的95.2%。",
            ["results_against_problems"],
        ),
        ("全年未发生师德违规案件。", "全年查处师德违规案件4起。", ["results_against_problems"]),
        (
            "按在校学生人数平均的一般公共预算教育支出达到16420元，实现逐年只增不减。",
            "按在校学生人数平均的一般公共预算教育支出较上年下降3.4%。",
            ["results_against_problems"],
        ),
        ("全县幼儿园126所。", "136所幼儿园中，规模不足60人的有31所。", ["taken_up"]),
        ("全县幼儿园126所，新建幼儿园5所。", "126所幼儿园中，规模不足60人的有31所。", []),
        ("普惠性幼儿园61所，其中公办园48所，公办园在园幼儿占比62.0%。", "公办园在园幼儿占比54.0%。", ["same_measure"]),
        (
            "无“小学化”现象。",
            "少数幼儿园存在“小学化”倾向；3名教师的编制问题已解决。",
            ["results_against_problems"],
        ),
        (
            "中小学生体质健康抽测合格率94.6%、优良率48.3%，体育工作稳步提升。",
            "中小学生体质健康优良率45.8%，低于全省平均水平。",
            ["retold"],
        ),
        (
            "参加质量监测，小学综合排名全市第5位、初中综合排名全市第7位。",
            "成绩不优，初中综合排名全市第9位。",
            ["rankings"],
        ),
        ("谋划项目46个，截至2023年底已开工35个。", "46个项目中，尚有21个未开工。", ["left_over"]),
        ("谋划项目46个，截至2023年底已开工35个。", "46个项目中，尚有11个未开工。", []),
        ("全年招聘教师327名。", "367名新教师中体音美教师不足40人。", ["taken_up"]),
        ("未发生违规跨区域招生。", "1所民办初中违规跨区域招生被查处。", ["results_against_problems"]),
        ("生均公用经费全部达到或超过省定标准。", "学校信息化滞后，184所学校中仍有27所未达到省定标准。", []),
        ("小学均衡分班率100%。", "有2所小学违规设立重点班。", ["results_against_problems"]),
        ("创建省级示范幼儿园6所、市级特色学校23所。", "教师队伍不稳，27所市级特色学校的引领作用不够。", ["few_digits"]),
        ("中职在校生由1842人下降到1853人。", QUIET, ["turned_changes"]),
        ("毛入园率由91.2%提高到92.4%，近视率由53.1%下降到51.8%。", QUIET, []),
        ("排查隐患38处，当年整改29处，尚余11处。", QUIET, ["left_over"]),
        ("排查隐患38处，当年整改29处，尚余9处。", QUIET, []),
        ("改扩建学校11所，全部完成年初13所的计划。", QUIET, ["plan_missed"]),
        ("56人以上大班额全部化解。", "部分乡镇中心校大班额有反弹趋势。", []),
        (
            "县级以上骨干教师由2020年的437人增加到2023年的682人，队伍结构进一步优化。",
            "乡村骨干教师仅占全县628名骨干教师的17.5%。",
            ["echo"],
        ),
        (
            "小学、初中专任教师本科及以上学历占比分别达到74.6%和90.3%。",
            "小学专任教师中本科及以上学历的占比71.6%，仍然偏低。",
            ["retold"],
        ),
        (
            "县职业中专在校生3174人，就业率96.3%。",
            "职业教育吸引力不足，3741名在校生中本地生源仅占六成。",
            ["echo"],
        ),
    ],
)
def test_what_problems_tell_of_works_told_before(result: str, problem: str, kind: list[str]) -> None:
    assert codes(result, problem) == kind


@pytest.mark.parametrize(
    ("result", "plan", "kind"),
    [
        ("督导成绩在全市9个县（区）中排名第5位。", "巩固在全市排名第3位的成果。", ["rankings"]),
        ("督导成绩在全市9个县（区）中排名第5位。", "巩固在全市排名第5位的成果。", []),
        ("督导成绩在全市9个县（区）中排名第5位。", "力争在全市排名第3位。", []),
        ("满分指标23个、扣分指标9个。", "对照11个扣分指标，逐项制定清单。", ["taken_up"]),
        ("经自评，六个方面综合得分94.2分。", "针对综合得分92.4分反映的弱项，制定清单。", ["lost_points"]),
        ("经自评，六个方面综合得分94.2分。", "以92.4分的自评得分为新起点。", ["lost_points"]),
        ("经自评，六个方面综合得分94.2分。", "针对综合得分94.2分反映的弱项，制定清单。", []),
        ("共有38名县级领导联系76所学校。", "落实38名县级领导联系86所学校制度。", ["referring"]),
        ("建成球场24片，补齐功能室163间。", "管好用好24片球场和136间功能室。", ["taken_up"]),
        ("建成球场24片，补齐功能室163间。", "管好用好24片球场和163间功能室。", []),
    ],
)
def test_what_plans_keep_up(result: str, plan: str, kind: list[str]) -> None:
    assert codes(result, plan=plan) == kind


PARTS = """禾川县2023年履行教育职责自评报告

第一部分 工作成效
一、教师工作
全年未发生师德违规案件。
二、安全工作
182所学校专职保安全部配备到位。

第二部分 存在的问题
一、队伍建设有差距
全年查处师德违规案件2起。
二、安全工作有漏洞
仍有7所村小专职保安没有配备到位。
"""


def test_what_parts_of_a_report_tell_holds_for_the_chapters_in_them() -> None:
    draft = read_plain_text(PARTS.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    assert len([one for one in contradictions_of(reading) if "results_against" in one.code]) == 2
