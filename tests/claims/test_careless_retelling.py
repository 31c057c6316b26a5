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
