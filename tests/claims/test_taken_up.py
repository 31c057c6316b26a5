"""Counts that a later paragraph takes up as known, lines said not to be reached, grades against their table."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

REPORT = """明川县人民政府关于2022年履行教育职责的自评报告
一、工作成效
{result}
二、存在的主要问题
{problem}
三、下一步打算
{plan}
"""


def kinds(text: str) -> list[str]:
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


def of_report(result: str, problem: str = "师资结构有待优化。", plan: str = "继续努力。") -> list[str]:
    return kinds(REPORT.format(result=result, problem=problem, plan=plan))


@pytest.mark.parametrize(
    ("result", "problem", "plan"),
    [
        ("全年实地查看学校136所。", "实地查看的138所学校中，有19所应急演练记录不全。", "继续努力。"),
        ("全年补充教师168名。", "新补充的158名教师中有9名离职。", "继续努力。"),
        ("交流教师243名，其中骨干教师58人。", "交流的骨干教师53人中，到教学点的只有11人。", "继续努力。"),
        ("查处违规收费问题6起。", "16起违规收费问题反映出少数学校纪律意识不强。", "继续努力。"),
        ("实有在编3352人，空编134名。", "师资结构有待优化。", "优化师资配置，用好124名空编。"),
        ("建成督学工作室14个。", "师资结构有待优化。", "在16个督学工作室基础上，再建10个。"),
        ("组建教育集团18个。", "15个集团中紧密型仅7个。", "继续努力。"),
    ],
)
def test_a_count_taken_up_with_another_value_is_found(result: str, problem: str, plan: str) -> None:
    assert of_report(result, problem, plan) in (["taken_up"], ["referring"])


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        ("民办学校由2020年的58所减少到35所，民办学校在校生19846人。", "35所民办学校中，城区21所。"),
        ("7项指标全部达标的乡镇为18个。", "15项指标中，全部达标的乡镇34个。"),
        ("全年补充教师168名，其中特岗教师62名。", "补充的62名特岗教师中有9名离职。"),
        ("实地查看学校136所、幼儿园34所。", "查看的34所幼儿园中，有3所应急演练记录不全。"),
    ],
)
def test_a_count_of_something_else_is_left_alone(result: str, problem: str) -> None:
    assert of_report(result, problem) == []


def test_what_all_do_is_gainsaid_by_a_few_of_them() -> None:
    told = "年初确定的64个项目6月底前全部开工。"
    assert of_report(told, "至今仍有4个项目没有开工。") == ["results_against_problems"]
    assert of_report("63所学校中61所七项指标全部达标。", "2所学校各有1项指标未达标。") == []


def test_what_one_county_did_is_not_gainsaid_by_another() -> None:
    told = "永宁县建立闭环机制，2022年反馈的问题全部销号。"
    assert of_report(told, "反馈的147个问题中还有8个没有完成整改。") == []
    assert of_report(told, "永宁县尚有4个反馈问题没有销号。") != []


def test_a_line_that_is_reached_is_not_called_missed() -> None:
    told = "2022年全县普惠性幼儿园覆盖率90.3%。"
    assert of_report(told, "普惠性幼儿园覆盖率仍未达到85%。") == ["short_of"]
    assert of_report(told, "普惠性幼儿园覆盖率仍未达到95%。") == []
    assert of_report(told, "龙潭镇普惠性幼儿园覆盖率仍未达到85%。") == []


def test_nothing_is_left_of_what_is_all_done() -> None:
    told = "内部审计发现问题64个，全部整改到位。"
    assert of_report(told, "审计发现的64个问题中仍有7个未整改。")[-1] == "left_over"


def test_classes_of_one_stage_are_not_those_of_another() -> None:
    told = "全县义务教育学校大班额由2021年底的16个减少到3个，小学已无大班额。"
    assert of_report(told, "初中还有3个大班额。") == []
    assert of_report(told, "小学还有4个大班额。") != []


NOTICE = """青川市关于2023年对县级人民政府履行教育职责评价情况的通报
一、评价结果
评价结果为：优秀{best}个，即甲山县、乙水县；合格1个，为{last}。最高分{high}分，平均得分88.4分。
| 县 | 得分 | 等次 |
|---|---|---|
| 甲山县 | 94.3 | 优秀 |
| 乙水县 | 91.4 | 优秀 |
| 丙林县 | 79.5 | 合格 |
"""


def test_grades_and_scores_are_those_of_the_table() -> None:
    assert kinds(NOTICE.format(best=2, last="丙林县", high="94.3")) == []
    assert kinds(NOTICE.format(best=3, last="丙林县", high="94.3")) == ["graded_table"]
    assert kinds(NOTICE.format(best=2, last="乙水县", high="94.3")) == ["graded_table"]
    assert kinds(NOTICE.format(best=2, last="丙林县", high="93.4")) == ["graded_table"]


def test_an_amount_and_its_rate_change_the_same_way() -> None:
    assert of_report("教育支出16.93亿元，较上年减少0.65亿元，增长4.0%。") == ["turned_changes"]
    assert of_report("教育支出16.93亿元，较上年增加0.65亿元，增长4.0%。") == []
    assert of_report("在园幼儿比上年减少1268人，毛入园率提高2.1%。") == []


def test_some_counties_do_not_speak_for_all() -> None:
    told = "7个县（市）实现“两个只增不减”；大班额由163个减少到58个，江城市、云台县大班额全部清零。"
    assert of_report(told, "石屏河县教育支出比上年下降0.7%，未实现“两个只增不减”；58个大班额中，石屏河县23个。") == []
