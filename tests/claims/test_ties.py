"""Documents of one place tied out: planted differences are found, true differences are left in peace."""

import hashlib
from pathlib import Path

import pytest

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
