"""Sections of a circular that are each of one county or school."""

import pytest

from dudao.claims.contradictions.reading import read_text
from dudao.claims.contradictions.registry import contradictions_of
from dudao.claims.places_headed import read_headed_places
from dudao.issues import Level

COUNTIES = (
    "关于2023年督导结果的通报\n一、各县情况\n（一）陇原市\n2023年一般公共预算教育支出7.86亿元，占20.07%。\n（二）榆中区（96.4分）\n"
    "2023年一般公共预算教育支出6.42亿元，占18.92%。\n二、要求\n全市教育支出14.28亿元。\n"
)


def test_a_heading_gives_its_section_a_place() -> None:
    sections = read_headed_places(COUNTIES)
    assert sections.at(COUNTIES.index("7.86")) == "陇原市"
    assert sections.at(COUNTIES.index("6.42")) == "榆中区"
    assert sections.at(COUNTIES.index("14.28")) == ""


def test_a_school_before_a_colon_has_its_line() -> None:
    text = "第一小学：生均用房9.95平方米。\n第二小学：生均用房9.09平方米。\n两校平均9.5平方米。\n"
    sections = read_headed_places(text)
    assert sections.at(text.index("9.95")) == "第一小学"
    assert sections.at(text.index("9.09")) == "第二小学"
    assert sections.at(text.index("9.5平")) == ""


@pytest.mark.parametrize("text", ["（一）普通小学\n共38所。\n（二）公办幼儿园\n共52所。\n", "（一）宁远县\n共38所。\n"])
def test_kinds_of_schools_and_a_single_place_are_no_sections(text: str) -> None:
    assert read_headed_places(text).at(text.index("共")) == ""


def test_a_paragraph_on_all_of_them_ends_the_last_section() -> None:
    text = "（一）宁远县。支出55.17亿元。\n（二）永平区。支出91.36亿元。\n两县（区）合计，支出146.53亿元。\n"
    assert read_headed_places(text).at(text.index("146")) == ""


def test_figures_of_two_sections_do_not_gainsay_one_another() -> None:
    assert contradictions_of(read_text(COUNTIES)) == []


def test_figures_of_one_section_do() -> None:
    slipped = COUNTIES.replace("占18.92%。\n", "占18.92%。\n2023年一般公共预算教育支出6.24亿元，增长3.1%。\n")
    assert [one.level for one in contradictions_of(read_text(slipped))] == [Level.ERROR]


def test_what_was_found_is_not_held_against_what_was_put_right() -> None:
    text = (
        "青禾县整改情况报告\n（一）关于教师老龄化问题\n反馈问题：乡村学校50岁以上教师占比38.6%。\n"
        "整改情况：2023年乡村学校50岁以上教师占比35.9%。\n"
    )
    assert contradictions_of(read_text(text)) == []


def test_results_that_admit_a_failing_do_not_gainsay_the_problems() -> None:
    text = "青禾县自评报告\n一、工作成效\n因大班额未清零扣0.5分。\n二、存在问题\n大班额尚未清零，全县仍有21个大班额。\n"
    assert contradictions_of(read_text(text)) == []


def test_the_whole_county_is_that_of_the_section() -> None:
    text = (
        "2023年督导综合报告\n一、渝岭区\n1．概况。全区在校生9.13万人，教职工6842人。\n"
        "二、梁山铺区\n1．概况。全区在校生9.47万人，教职工6915人。\n"
    )
    assert contradictions_of(read_text(text)) == []
