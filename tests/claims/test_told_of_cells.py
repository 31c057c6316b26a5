"""What sentences reckon from a table beside them: confirmed where cells make it, called where one digit is wrong."""

import pytest

from dudao.claims.check import check_text
from dudao.claims.model import Claim, Verdict
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

FUNDS = """表1 各学段支出（单位：万元）
学段\t2022年决算\t2023年决算
学前教育\t8236.41\t9087.36
小学\t24318.57\t25517.92
初中\t15802.33\t16743.08
普通高中\t9874.65\t10411.27
合计\t58231.96\t61759.63
"""
PUPILS = """表2 学年初基本情况
类别\t班数\t在校生数\t专任教师数
小学\t716\t29640\t1705
初中\t318\t14562\t1138
普通高中\t152\t7695\t601
合计\t1186\t51897\t3444
"""
RATES = """表3 分县教育支出增幅（%）
县区\t教育支出增幅\t财政收入增幅
东湖区\t6.21\t5.18
西山区\t4.07\t4.35
北岭县\t3.86\t4.11
"""


def claims(text: str) -> list[Claim]:
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain")
    return [one for one in check_text(document).claims if one.relation == "told_of_cells"]


@pytest.mark.parametrize(
    "sentence",
    [
        "初中支出比上年增加940.75万元。",
        "小学支出增长4.93%，学前教育支出增长10.33%。",
        "学前教育支出占全部支出的14.7%。",
        "2023年小学支出比初中多8774.84万元。",
        "学前教育和普通高中两项合计支出19498.63万元。",
        "普通高中支出比2022年增加536.62万元。",
    ],
)
def test_results_of_named_rows_are_confirmed(sentence: str) -> None:
    found = claims(f"{FUNDS}{sentence}\n")
    assert found
    assert {one.verdict for one in found} <= {Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED}


@pytest.mark.parametrize(
    "sentence",
    ["小学平均班额41.4人。", "初中生师比12.8:1。", "小学在校生占全县的57.1%。", "义务教育阶段在校生44202人。"],
)
def test_means_and_shares_of_a_row_are_confirmed(sentence: str) -> None:
    assert [one.verdict for one in claims(f"{PUPILS}{sentence}\n")] == [Verdict.CONSISTENT]


def test_a_dealt_row_goes_to_the_lines_in_their_order() -> None:
    found = claims(f"{RATES}西山区、北岭县教育支出增幅低于财政收入增幅，分别低0.28个、0.25个百分点。\n")
    assert [one.verdict for one in found] == [Verdict.CONSISTENT, Verdict.CONSISTENT]


@pytest.mark.parametrize("sentence", ["初中支出比上年增加960.75万元。", "小学支出比上年增长4.63%。"])
def test_one_digit_wrong_is_called_where_the_words_leave_no_choice(sentence: str) -> None:
    assert [one.verdict for one in claims(f"{FUNDS}{sentence}\n")] == [Verdict.INCONSISTENT]


@pytest.mark.parametrize(
    "sentence",
    [
        "初中公用经费比上年增加315.20万元。",
        "近三年小学支出累计增长17.42%。",
        "小学支出比年初预算减少212.08万元。",
        "普通高中占教育系统收费收入的63.1%。",
    ],
)
def test_what_cells_do_not_make_is_left_alone(sentence: str) -> None:
    assert claims(f"{FUNDS}{sentence}\n") == []


STAFF = """表4 各校在编人数和空编
学校\t在编\t空编
云岭中学\t1352\t117
第二中学\t898\t126
中心小学\t1706\t143
东湖小学\t846\t108
合计\t4802\t494
"""


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("两所中学在编2250人。", Verdict.CONSISTENT),
        ("两所中学在编2750人。", Verdict.INCONSISTENT),
        ("两所小学空编251名。", Verdict.CONSISTENT),
        ("云岭中学和东湖小学在编2198人，其余两所学校在编2604人。", Verdict.CONSISTENT),
    ],
)
def test_rows_are_added_up_that_a_sentence_counts_by_their_kind(sentence: str, verdict: Verdict) -> None:
    """The words 两所中学 leave no choice of rows, so one wrong digit is called."""
    assert {one.verdict for one in claims(f"{STAFF}{sentence}\n")} == {verdict}


def test_columns_that_stand_in_one_phrase_are_not_added_up() -> None:
    """累计新增学位 names one column by words of which another has some too."""
    table = "年份\t新增学位\t累计新增\n2021年\t1350\t4170\n2022年\t1980\t6150\n2023年\t2160\t8310\n"
    found = claims(f"{table}五年来全区累计新增学位8310个。\n")
    assert all(one.verdict is Verdict.CONSISTENT for one in found)


STAGES = """表4 办学规模
指标\t城区\t乡村\t全县
一、小学\t\t\t
班级数\t203\t117\t320
专任教师\t486\t251\t737
二、初中\t\t\t
班级数\t94\t58\t152
专任教师\t367\t218\t585
"""
CODED = """一级指标\t二级指标\t分值\t自评得分
A1组织领导\tB1领导体制\t8\t8
\tB2党建工作\t7\t6.4
\t小计\t15\t14.4
A2条件保障\tB3经费投入\t14\t12.7
\tB4校舍设备\t11\t9.8
\t小计\t25\t22.5
"""
PARTED = """单位：人
学校 编制 在编 空编 学校 编制 在编 空编
南关中学 164 151 13 东街小学 118 112 6
北关中学 137 129 8 西街小学 94 87 7
开发区中学 105 98 7 新城小学 76 75 1
中学小计 406 378 28 小学小计 288 274 14
"""


@pytest.mark.parametrize(
    "text",
    [
        f"{STAGES}全县义务教育专任教师1322人。",
        f"{PARTED}全区在编教师652名。",
        f"{PARTED}小学空编14名，比中学少14名。",
        f"{PARTED}小学空编14名，编制比中学少118名。",
    ],
)
def test_rows_under_two_heads_and_tables_of_one_header_are_reckoned_together(text: str) -> None:
    assert Verdict.CONSISTENT in {one.verdict for one in claims(text)}


INCOME = """表5 经费来源（单位：万元）
来源\t2022年\t2023年
财政拨款\t61842.57\t64207.19
事业收入\t7318.46\t7642.80
其中：学费\t5120.33\t5486.91
合计\t69161.03\t71849.99
"""


def test_a_share_of_a_row_that_is_named_whole_is_called_when_wrong() -> None:
    told = f"{INCOME}2023年学费收入5486.91万元，占事业收入的{{}}%。"
    assert Verdict.INCONSISTENT not in {one.verdict for one in claims(told.format("71.8"))}
    assert Verdict.INCONSISTENT in {one.verdict for one in claims(told.format("77.8"))}


MERGED = """一级指标\t二级指标\t分值\t自评得分
A1组织领导\tB1领导体制\t8\t8
\tB2党建工作\t7\t6.4
A2条件保障\tB3经费投入\t14\t12.7
\tB4校舍设备\t11\t9.8
合计\t\t40\t36.9
"""
DEGREES = """表6 教师结构（单位：人）
学段\t研究生\t本科\t专科
小学\t37\t1186\t295
初中\t68\t854\t43
合计\t105\t2040\t338
"""


@pytest.mark.parametrize(
    "text",
    [
        f"{CODED}其中A2扣2.5分。",
        f"{MERGED}条件保障自评22.5分。",
        f"{DEGREES}全县本科及以上学历教师2145人。",
    ],
)
def test_rows_under_one_cell_and_columns_up_to_one_are_added(text: str) -> None:
    assert Verdict.CONSISTENT in {one.verdict for one in claims(text)}


MERGED = """表4 学校分布
学段\t类别\t学校数（所）\t在校生（人）
义务教育\t小学\t61\t4218
\t初中\t27\t2103
高中阶段\t普通高中\t9\t1874
\t中职\t3\t655
"""


def test_nothing_at_all_is_held_against_no_cells() -> None:
    """A count of nothing under the name of merged rows leads to no cells, and does not end the check."""
    assert not claims(f"{MERGED}民办义务教育学校0所，在校生0人。\n")
    assert claims(f"{MERGED}义务教育学校88所，在校生6321人。\n")
