"""A figure told a second time by a careless compiler: in words, with the other sign, in the closing sentence."""

import pytest

from dudao.claims.contradictions.reading import read_text
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document
from dudao.pipelines.tie_documents import TieDocuments

REPORT = """桐溪县人民政府2023年度履行教育职责自查自评报告
一、基本情况
{first}
二、主要成效
各项工作扎实推进。
三、存在问题
{second}
四、下一步打算
{third}
"""


def found(first: str, second: str = "师资结构有待优化。", third: str = "继续努力。") -> list[str]:
    text = REPORT.format(first=first, second=second, third=third)
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(read_text(text))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("专任教师2318人，其中本科以上学历1884人，占81.3%。", "专任教师中本科以上学历不足七成。"),
        ("家长对学校的满意度达96.4%。", "有近两成家长对学校工作不满意。"),
        ("寄宿生占在校生的36.2%。", "寄宿生超过四成，宿舍不足。"),
        ("幼儿园专任教师持证率92.6%。", "幼儿园教师持证率不足九成。"),
    ],
)
def test_a_share_in_words_is_held_against_the_share_in_figures(first: str, second: str) -> None:
    assert found(first, second) == ["worded_shares"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("专任教师2318人，其中本科以上学历1884人，占81.3%。", "专任教师中本科以上学历刚过八成。"),
        ("家长对学校的满意度达96.4%。", "仍有少数家长对学校工作不满意，占比不足一成。"),
        ("寄宿生占在校生的36.2%。", "寄宿生近四成，宿舍不足。"),
        ("寄宿生占在校生的36.2%。", "部分学校寄宿生超过六成。"),
        ("学前三年毛入园率92.3%。", "学前三年毛入园率不足九成的乡镇有3个。"),
        ("大班额占总班数的0.9%。", "近两成学校有大班额。"),
        ("50岁以上教师占36.2%。", "近两成教师年龄在55岁以上。"),
    ],
)
def test_a_share_in_words_may_be_rounded_or_of_another_thing(first: str, second: str) -> None:
    assert found(first, second) == []


def test_what_the_report_sums_up_is_no_plan() -> None:
    first = "全县现有各级各类学校168所。2023年度自评得分93.6分。"
    assert found(first, third="继续努力。\n综上，我县2023年度自评得分96.3分。") == ["same_measure"]
    assert found(first, third="继续努力。\n综上，我县2023年度自评得分93.6分。") == []


def test_a_year_of_a_sum_of_years_has_its_name() -> None:
    first = "近三年，全县教育投入累计达到28.7亿元，其中2021年8.6亿元、2022年9.7亿元、2023年10.4亿元。"
    assert len(found(first, "2023年全县教育投入14.0亿元，仍难满足需要。")) == 1
    assert found(first, "2023年全县教育投入10.4亿元，仍难满足需要。") == []


def test_a_bare_share_is_that_of_what_was_just_counted() -> None:
    first = "在园幼儿8420人，其中公办园在园幼儿4926人，占58.5%。"
    assert len(found(first, third="公办园在园幼儿占比由55.8%提高到62%以上。")) == 1
    assert found(first, third="公办园在园幼儿占比由58.5%提高到62%以上。") == []


def test_one_share_is_of_what_the_other_is_a_share_of() -> None:
    first = "公办园在园幼儿4926人，占比58.5%。"
    assert found(f"{first}\n公办园中，城区园2086人、农村园2840人，分别占公办园在园幼儿的42.3%和57.7%。") == []


def test_a_rate_is_named_by_the_clause_before() -> None:
    first = "全县62所义务教育学校（含九年一贯制学校）全部开展课后服务，参与学生21384人，参与率86.2%。"
    assert len(found(first, third="我县课后服务参与率已达91.8%，下一步要提高质量。")) == 1
    assert found(first, third="力争课后服务参与率达到91.8%。") == []


def test_all_schools_may_offer_what_some_pupils_do_not_take() -> None:
    first = "全县62所义务教育学校实现课后服务全覆盖。"
    assert found(first, "未参加课后服务的学生还有3426人。") == []


def test_a_change_told_as_rise_and_as_fall_is_found() -> None:
    first = "在校幼儿数8420人，比上年减少1364人。"
    assert found(first, "在园幼儿较上年增加1364人，学位紧张。") == ["opposite_changes"]
    assert found(first, "在园幼儿较上年减少1364人，部分乡镇园空置。") == []


LAST = "桐溪县2022年教育工作总结\n{words}\n"
NOW = "桐溪县2023年教育工作总结\n{words}\n"


def tied(last: str, now: str) -> list[str]:
    files = TieDocuments()
    for name, text in (("上年.txt", LAST.format(words=last)), ("本年.txt", NOW.format(words=now))):
        draft = read_plain_text(text.encode(), name)
        files.add(check_document(document_of(draft, file=name, sha256="", media="text/plain")))
    return [one.message for one in files.ties]


@pytest.mark.parametrize(
    ("last", "agrees", "differs"),
    [
        ("高考本科上线684人。", "高考本科上线731人，较上年增加47人。", "高考本科上线731人，较上年增加74人。"),
        (
            "财政性教育投入5.36亿元。",
            "财政性教育投入5.74亿元，比上年增长7.1%。",
            "财政性教育投入5.74亿元，比上年增长9.1%。",
        ),
        ("学前三年毛入园率87.4%。", "学前三年毛入园率由87.4%提高到89.6%。", "学前三年毛入园率由85.4%提高到89.6%。"),
        ("在园幼儿8420人，比去年减少1364人。", "2022年在园幼儿比上年减少1364人。", "2022年在园幼儿比上年增加1364人。"),
    ],
)
def test_what_this_year_says_of_last_year_is_held_against_last_year(last: str, agrees: str, differs: str) -> None:
    assert tied(last, agrees) == []
    assert len(tied(last, differs)) == 1


def test_a_figure_with_others_counted_in_is_the_same_where_digits_are_turned() -> None:
    last = "特殊教育在校生1284人。"
    assert tied(last, "2022年特殊教育在校生1284人（含送教上门）。") == []
    assert len(tied(last, "2022年特殊教育在校生1824人（含送教上门）。")) == 1


@pytest.mark.parametrize(
    ("first", "third", "differs"),
    [
        (
            "明溪小学新建工程2022年4月开工，计划2024年9月投用。",
            "确保明溪小学2024年9月投用。",
            "确保明溪小学2025年3月投用。",
        ),
        (
            "县第五中学新校区2022年3月开工，2023年8月竣工。",
            "县第五中学新校区于2023年8月竣工后，逐步扩大招生。",
            "县第五中学新校区力争2024年8月竣工。",
        ),
        ("县二中综合楼预计2025年8月交付使用。", "县二中综合楼2025年8月交付使用。", "县二中综合楼2025年12月交付使用。"),
    ],
)
def test_a_step_of_a_project_has_one_month(first: str, third: str, differs: str) -> None:
    assert found(first, third=third) == []
    assert found(first, third=differs) == ["dated_events"]


def test_a_step_put_off_or_of_another_building_may_have_another_month() -> None:
    first = "县二中综合楼预计2025年8月交付使用。"
    assert found(first, third="县二中教学楼2025年12月交付使用。") == []
    assert found(first, third="县二中综合楼推迟到2025年12月交付使用。") == []
    opened = "明溪小学2022年10月开工，今年9月投用。"
    assert found(opened, third="明溪小学2023年9月投用后，学位更充足。") == []
    assert found(opened, third="明溪小学附属幼儿园2024年3月投用。") == []
    assert found(opened, third="明溪小学2023年3月启用智慧平台。") == []


def test_a_rate_is_aimed_at_once_for_a_year() -> None:
    first = "2023年学前三年毛入园率91.8%，规划目标为94%。"
    assert found(first, third="到2025年，学前三年毛入园率达到94%。") == []
    assert found(first, third="到2025年，学前三年毛入园率达到96%。") == ["aims_twice"]
    cited = "《省“十四五”规划》提出，到2025年，学前三年毛入园率达到90%。"
    assert found(cited, third="到2025年，学前三年毛入园率达到96%。") == []
    assert found("国家要求学前三年毛入园率达到85%。", third="到2025年，学前三年毛入园率达到96%。") == []


def test_an_aim_behind_a_figure_is_no_fact() -> None:
    first = "体质健康优良率58.3%。"
    assert found(first, "体质健康优良率与2025年达到65%的目标有较大差距。") == []


def test_what_did_not_reach_the_plan_has_not_met_it() -> None:
    assert found("招聘教师316名，完成年初确定的320名招聘计划。") == ["plan_missed"]
    assert found("招聘教师326名，完成年初确定的320名招聘计划。") == []


def test_those_that_are_up_to_standard_leave_others_that_are_not() -> None:
    first = "7项资源配置指标全部达标的学校417所，占77.5%。"
    assert found(first, "7项资源配置指标未全部达标的学校还有121所。") == []


def test_classes_near_the_limit_are_within_it() -> None:
    assert found("全县已消除大班额。", "城区仍有部分班级接近大班额。") == []
    assert found("全县已消除大班额。", "城区仍有大班额7个。") == ["results_against_problems"]


PLAN = """桐溪县2023年教育工作要点
2023年，全县改造教室照明860间，集团化办学覆盖率达到75%，新增学位6200个，创建市级优质园8所。
"""


@pytest.mark.parametrize(
    ("agrees", "differs"),
    [
        ("完成教室照明改造860间，任务完成率100%。", "完成教室照明改造680间，任务完成率100%。"),
        ("集团化办学覆盖率76.3%，超过年初目标1.3个百分点。", "集团化办学覆盖率73.6%，超过年初目标1.3个百分点。"),
        ("新增学位6240个，完成年初计划的100.6%。", "新增学位6024个，完成年初计划的100.6%。"),
        ("创建市级优质园8所，全面完成年度目标。", "创建市级优质园6所，全面完成年度目标。"),
        ("创建市级优质园6所，未完成年度目标。", "创建市级优质园6所，超额完成年度目标。"),
    ],
)
def test_what_is_said_to_have_met_the_plan_is_held_against_the_plan(agrees: str, differs: str) -> None:
    for words, expected in ((agrees, 0), (differs, 1)):
        files = TieDocuments()
        for name, text in (("要点.txt", PLAN), ("总结.txt", NOW.format(words=words))):
            draft = read_plain_text(text.encode(), name)
            files.add(check_document(document_of(draft, file=name, sha256="", media="text/plain")))
        assert len(files.ties) == expected, words
