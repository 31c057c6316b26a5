"""Documents of one place tied out: planted differences are found, true differences are left in peace."""

import hashlib
from pathlib import Path

import pytest

from dudao.claims.contradictions.registry import find_contradictions
from dudao.claims.ties.model import TieFinding
from dudao.claims.ties.tie_out import tie_out
from dudao.documents.model import Document
from dudao.documents.reading import read_document
from dudao.issues import Level


def document(folder: Path, text: str) -> Document:
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:8]}.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def ties(folder: Path, first: str, second: str) -> list[TieFinding]:
    report = f"明川县人民政府2022年履行教育职责自评报告\n一、工作成效\n{first}\n"
    statistics = f"明川县教育局2022年教育事业统计公报\n一、基本情况\n{second}\n"
    return tie_out([document(folder, report), document(folder, statistics)])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022年全县普惠率达到86.5%。", "2022年普惠率为84.2%。"),
        ("2022年全县在园幼儿总数5232人。", "2022年，在园幼儿总数共有5322人。"),
        ("2022年一般公共预算教育支出44.42亿元，增长9.48%。", "2022年全县一般公共预算教育支出为44.24亿元。"),
        ("2022年义务教育巩固率99.8%。", "2022年，义务教育巩固率达到98.9%。"),
        ("2022年全县共有普惠性民办幼儿园29所。", "2022年我县普惠性民办幼儿园92所。"),
    ],
)
def test_planted_differences_are_found_with_both_places(tmp_path: Path, first: str, second: str) -> None:
    (finding,) = ties(tmp_path, first, second)
    assert finding.level is Level.ERROR
    assert finding.first.file != finding.second.file
    assert finding.first.text in first
    assert finding.second.text in second


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022年全县普惠率达到86.5%。", "2022年普惠率为86%以上。"),
        ("2022年全县普惠率达到86.5%。", "2021年普惠率为84.2%。"),
        ("2022年全县普惠率达到86.5%。", "力争2022年普惠率达到90%。"),
        ("2022年全县普惠率达到86.5%。", "2022年全市普惠率为88.2%。"),
        ("2022年全县普惠率达到86.5%。", "2022年青石镇，普惠率为98.2%。"),
        ("2022年全县义务教育学校57所。", "2022年全县义务教育寄宿制学校7所。"),
        ("2022年全县公办幼儿园10所。", "2022年全县幼儿园共有43所。"),
        ("2022年中小学专任教师3200人。", "2022年小学专任教师1800人。"),
        ("2022年全县在园幼儿总数5232人。", "2022年公办园在园幼儿总数2616人。"),
        ("2022年一般公共预算教育支出44.42亿元。", "2022年一般公共预算教育支出约44亿元。"),
        ("2022年一般公共预算教育支出44.42亿元。", "2022年一般公共预算教育支出年初预算为43亿元。"),
        ("2022年新建公办幼儿园3所。", "2022年新建公办幼儿园5所，其中完工3所。"),
        ("2022年一般公共预算教育支出444200万元。", "2022年一般公共预算教育支出44.42亿元。"),
        ("2022年全县义务教育巩固率99.8%。", "2021-2022学年义务教育巩固率99.5%。"),
        ("截至2022年6月底，全县普惠率86.5%。", "截至2022年12月底，全县普惠率88%。"),
        ("2022年生均公用经费850元。", "2022年特殊教育生均公用经费7000元。"),
    ],
)
def test_true_figures_that_differ_raise_no_alarm(tmp_path: Path, first: str, second: str) -> None:
    assert ties(tmp_path, first, second) == []


def test_another_county_is_not_compared(tmp_path: Path) -> None:
    one = document(tmp_path, "明川县人民政府自评报告\n2022年全县普惠率达到86.5%。\n")
    other = document(tmp_path, "临河县人民政府自评报告\n2022年全县普惠率达到90.1%。\n")
    assert tie_out([one, other]) == []


def test_a_report_does_not_differ_from_itself(tmp_path: Path) -> None:
    one = document(tmp_path, "明川县人民政府自评报告\n2022年全县普惠率达到86.5%。\n")
    assert tie_out([one, one]) == []


def test_a_third_file_is_held_against_the_first(tmp_path: Path) -> None:
    texts = [
        f"明川县教育局公报{name}\n2022年全县普惠率达到{rate}%。\n"
        for name, rate in (("甲", 86), ("乙", 86), ("丙", 81))
    ]
    (finding,) = tie_out([document(tmp_path, text) for text in texts])
    assert finding.second.text == "81%"


def of_years(
    folder: Path, last_year: str, report: str, title: str = "明川县人民政府2021年自评报告"
) -> list[TieFinding]:
    earlier = f"{title}\n一、工作情况\n{last_year}\n"
    later = f"明川县人民政府2022年履行教育职责自评报告\n一、工作成效\n{report}\n"
    return tie_out([document(folder, earlier), document(folder, later)])


@pytest.mark.parametrize(
    ("last_year", "report"),
    [
        ("2021年，全县普惠率88.9%。", "全县普惠率由2021年的89.8%提高到90.6%。"),
        ("2021年，全县教育支出12.48亿元。", "2022年全县教育支出13.02亿元，比上年增加0.45亿元。"),
        ("截至2021年底，公办园在园幼儿占比55.6%。", "公办园在园幼儿占比达到58.2%，较上年提高1.6个百分点。"),
        ("全县一般公共预算支出48.7亿元，其中：教育支出9.27亿元。", "2021年一般公共预算教育支出9.72亿元。"),
        ("全县实施教育项目28个，完成投资1.46亿元。", "2021年实施教育项目28个，完成投资1.64亿元。"),
        ("全县自评得分94.6分。", "对照指标，全县自评得分95.8分，比2021年的96.4分有所下降。"),
    ],
)
def test_what_is_said_of_last_year_is_held_against_last_years_report(
    tmp_path: Path, last_year: str, report: str
) -> None:
    assert len(of_years(tmp_path, last_year, report)) == 1


def test_a_figure_worked_out_is_shown_as_such(tmp_path: Path) -> None:
    (finding,) = of_years(
        tmp_path, "2021年，全县教育支出12.48亿元。", "2022年全县教育支出13.02亿元，比上年增加0.45亿元。"
    )
    assert "由13.02亿元、比上年增加0.45亿元算出是12.57亿元" in finding.message
    assert "上年应为12.48亿元，此处的数或增减的数要改" in finding.message


@pytest.mark.parametrize(
    ("last_year", "report"),
    [
        ("2021年，全县普惠率88.9%。", "全县普惠率由2021年的88.9%提高到90.6%。"),
        ("2021年，全县普惠率88.9%。", "全县普惠率由上年的88.9%提高到90.6%，公办率由上年的52.1%提高到53.4%。"),
        ("2021年，全县教育支出12.48亿元。", "2022年全县教育支出13.02亿元，比上年增加0.54亿元。"),
        ("2021年，全县教育支出12.48亿元。", "2022年全县教育支出13.02亿元，比上年预算增加0.45亿元。"),
        ("全县自评得分94.6分。", "对照指标，全县自评得分95.8分，比2021年的94.6分有所提高。"),
        ("2021年发放乡村教师生活补助462万元。", "2021年发放特岗教师生活补助426万元。"),
    ],
)
def test_what_agrees_with_last_years_report_is_left_in_peace(tmp_path: Path, last_year: str, report: str) -> None:
    assert of_years(tmp_path, last_year, report) == []


@pytest.mark.parametrize(
    ("plan", "report", "found"),
    [
        ("新增公办学位3000个。", "2022年新增公办学位2160个，超额完成年度目标任务。", 1),
        ("新增公办学位2000个。", "2022年新增公办学位2160个，超额完成年度目标任务。", 0),
        ("新增公办学位3000个。", "2022年新增公办学位2160个。", 0),
        ("2022年计划招聘教师120名。", "2022年计划招聘教师102名，实际招聘98名。", 1),
        ("2022年计划招聘教师120名。", "2022年招聘教师102名。", 0),
        ("义务教育大班额控制在10个以内。", "2022年义务教育大班额8个，完成年度目标。", 0),
    ],
)
def test_a_report_is_held_against_the_plan_of_its_year(tmp_path: Path, plan: str, report: str, found: int) -> None:
    assert len(of_years(tmp_path, plan, report, "明川县2022年教育工作计划")) == found


ANNEX = """明川县人民政府2022年履行教育职责自评报告
一、工作成效
2022年，全县普惠性幼儿园覆盖率88.5%。
二、下一步打算
2023年，普惠性幼儿园覆盖率达到90%。
附表：主要指标
指标\t2021年\t2022年\t2023年
普惠性幼儿园覆盖率（%）\t86.7\t{value}\t90.0
九年义务教育巩固率（%）\t97.6\t98.0\t98.5
"""


@pytest.mark.parametrize(("value", "found"), [("85.8", 1), ("88.5", 0)])
def test_an_annex_behind_the_plans_is_held_against_the_text(tmp_path: Path, value: str, found: int) -> None:
    assert len(find_contradictions(document(tmp_path, ANNEX.format(value=value)))) == found


def test_a_figure_of_a_table_is_told_by_the_name_of_the_table(tmp_path: Path) -> None:
    table = document(tmp_path, ANNEX.format(value="85.8"))
    text = document(tmp_path, "明川县教育局2022年统计公报\n2022年，全县九年义务教育巩固率99.0%。\n")
    (finding,) = tie_out([table, text])
    assert "（表格“附表：主要指标”）" in finding.message


def test_what_is_directly_under_one_city_is_not_held_against_another(tmp_path: Path) -> None:
    texts = [
        f"{city}教育局2023年统计公报\n2023年，市直学校核定编制{posts}名。\n"
        for city, posts in (("宁川市", 2140), ("东湾市", 2410))
    ]
    assert tie_out([document(tmp_path, text) for text in texts]) == []
    same = [text.replace("东湾市", "宁川市") for text in texts]
    assert len(tie_out([document(tmp_path, text) for text in same])) == 1
