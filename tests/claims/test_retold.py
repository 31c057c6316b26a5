"""A figure told again in much the same words: another value is found, figures of other things are left in peace."""

import pytest

from dudao.claims.contradictions.reading import read_report, read_text
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

REPORT = """明川县人民政府关于2022年履行教育职责的自评报告
一、基本情况
{first}
二、主要成效
各项工作扎实推进，党委和政府多次研究，人民群众的获得感进一步增强。{second}
三、存在问题
师资结构有待优化。
四、下一步打算
继续努力。
"""


def codes(first: str, second: str) -> list[str]:
    text = REPORT.format(first=first, second=second)
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(read_text(text))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全年改造运动场11个，新增学位2160个。", "新建、改造运动场17个，受到群众欢迎。"),
        ("全县有幼儿园57所、小学38所。", "75所幼儿园全部实现专职保安到位。"),
        ("全县现有高中阶段学校52所。", "全县56所高中阶段学校实行统一平台招生。"),
        ("投入25.6亿元，实施学校新建改扩建项目22个。", "25.6亿元投入换来变化，24个新建改扩建项目全部投用。"),
        ("校内课后服务覆盖面扩大，学生参与率93.4%。", "家长称赞课后服务，课后服务学生参与率89.4%。"),
        ("发放问卷2.36万份，公众满意度为92.7%。", "公众满意度为90.7%，仍有提升空间。"),
        ("营养改善计划覆盖学校68所，受益学生2.14万人。", "86所学校2.14万名学生吃上热乎饭。"),
        ("学科类培训机构由436家压减至21家，压减率95.2%。", "学科类培训机构压减率达到92.5%，走在前列。"),
    ],
)
def test_another_value_in_much_the_same_words_is_found(first: str, second: str) -> None:
    assert len(codes(first, second)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全年改造运动场11个，新增学位2160个。", "计划2023年再改造运动场17个。"),
        ("全县有幼儿园57所、小学38所。", "42所乡镇幼儿园全部实行一体管理。"),
        ("全县普惠性幼儿园覆盖率90.8%。", "西部4个镇普惠性幼儿园覆盖率87.2%。"),
        ("公办园在园幼儿占比54.9%。", "城区（3个区）公办园在园幼儿占比为51.3%。"),
        ("小学招生3.58万人，毕业生3.41万人。", "初中招生3.39万人，毕业生3.22万人。"),
        ("中小学体质健康测试合格率97.6%。", "高三学生体质健康测试合格率93.7%。"),
        ("年末结转和结余2218.72万元。", "收入之外，年初结转和结余2532.93万元。"),
        ("公开招聘教师1382人，其中特岗教师546人。", "公开招聘教师1382人，选派487名城区教师支教。"),
        (
            "市本级政府性基金收入完成51.7亿元，中央和省补助收入0.6亿元，上年结转9.4亿元，收入总计61.7亿元。",
            "市本级一般公共预算收入完成33.2亿元，中央和省补助收入41.8亿元，上年结转9.4亿元，收入总计84.4亿元。",
        ),
        ("对全部伙伴出口314.6亿元。", "对成员国进出口315.6亿元，占32.8%。"),
        ("自查隐患5214处，整改率95.6%；复查638处，整改率89.5%。", "三级共发现6039处，总整改率94.5%。"),
        (
            "2022年全县在职在编公务员1863人，工资收入总额20679.3万元，年平均工资收入11.10万元。",
            "2022年全县义务教育学校在职在编教师4127人，工资收入总额46222.4万元，年人均工资收入11.20万元。",
        ),
    ],
)
def test_figures_of_other_things_are_left_in_peace(first: str, second: str) -> None:
    assert codes(first, second) == []


@pytest.mark.parametrize(("value", "expected"), [("95.1", []), ("91.5", ["echo"])])
def test_a_table_and_the_text_behind_it_are_held_against_each_other(value: str, expected: list[str]) -> None:
    rows = "指标\t2021年\t2022年\n随迁子女公办学校就读比例（%）\t93.7\t95.1\n教育支出（亿元）\t9.17\t9.68"
    text = REPORT.format(first=f"主要数据见下表。\n{rows}", second=f"随迁子女在公办学校就读比例为{value}%。")
    document = document_of(read_plain_text(text.encode(), "报告.txt"), file="报告.txt", sha256="", media="text/plain")
    found = contradictions_of(read_report(document))
    assert [finding.code.rsplit(".", 1)[-1] for finding in found] == expected
