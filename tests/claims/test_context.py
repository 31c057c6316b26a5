"""What a figure is about, read from its clause, sentence and chapter."""

import pytest

from dudao.claims.chapters import Chapter, read_chapters
from dudao.claims.context import Context, contextualise, measure_of
from dudao.claims.mentions import Role
from dudao.claims.places_named import own_place, place_before
from dudao.documents.model import Block, BlockKind, Cell, Table
from dudao.provenance import Span
from dudao.quantities.reading import read_quantities


def contexts(text: str) -> list[Context]:
    return list(contextualise(text, read_quantities(text)))


@pytest.mark.parametrize(
    ("clause", "measure"),
    [
        ("2022年底全区共有普惠性幼儿园", "普惠性幼儿园"),
        ("截至2022年6月，全县义务教育阶段专任教师达到", "义务教育阶段专任教师"),
        ("全市学前三年毛入园率为", "学前三年毛入园率"),
        ("普惠率", "普惠率"),
        ("共", ""),
        ("覆盖率达到", ""),
    ],
)
def test_a_measure_is_the_noun_without_time_place_and_verbs(clause: str, measure: str) -> None:
    assert measure_of(clause) == measure


def test_the_year_of_a_sentence_holds_for_its_figures() -> None:
    first, second = contexts("2022年全区现有幼儿园43所，公办园在园幼儿总数2616人。")
    assert (first.period, first.inherited, first.place) == ("2022", False, "全区")
    assert (second.measure, second.period) == ("公办园在园幼儿总", "2022")


def test_the_year_of_an_earlier_sentence_is_inherited_within_the_paragraph() -> None:
    text = "2021年全县新建幼儿园3所。普惠率达到86.5%。\n专任教师总数1200人。"
    _, rate, teachers = contexts(text)
    assert (rate.period, rate.inherited) == ("2021", True)
    assert teachers.period == ""


def test_a_year_in_a_title_or_a_comparison_says_nothing_about_the_next_sentence() -> None:
    (rate,) = contexts("按照《2019年工作方案》要求推进。普惠率达到86.5%。")
    assert rate.period == ""
    _, _, later = contexts("在校生5000人，比2019年增加100人。专任教师总数400人。")
    assert later.period == ""


def test_a_date_is_kept_to_the_day() -> None:
    (context,) = contexts("截至2022年6月30日，全市普惠率达到86.5%。")
    assert context.period == "2022-06-30"


def test_a_target_is_told_from_a_fact() -> None:
    target, fact = contexts("力争到2025年普惠率达到90%。目前普惠率为86.5%。")
    assert target.aim
    assert not fact.aim


def test_a_change_has_a_direction() -> None:
    level, change = contexts("教育支出44.42亿元，比上年减少3.84亿元。")
    assert (level.role, level.direction) == (Role.LEVEL, 0)
    assert (change.role, change.direction) == (Role.CHANGE, -1)


def test_a_named_place_is_found_and_two_places_are_unclear() -> None:
    text = "海州区，普惠率"
    assert place_before(text, 0, len(text), "") == "海州区"
    text = "海州区、太平区，普惠率"
    assert place_before(text, 0, len(text), "") in ("?", "太平区")
    assert own_place("明川县人民政府\n关于履行教育职责的报告") == "明川县"
    assert place_before("明川县，普惠率", 0, 7, "明川县") == "全县"


def test_chapters_tell_results_from_problems_and_plans() -> None:
    text = "一、工作成效\n（一）经费保障\n甲。\n二、存在问题\n乙。\n三、下一步打算\n丙。\n"
    chapters = read_chapters(text)
    assert [chapters.at(text.index(mark)) for mark in "甲乙丙"] == [Chapter.RESULTS, Chapter.PROBLEMS, Chapter.PLANS]


def test_a_heading_without_a_number_is_taken_from_the_blocks() -> None:
    text = "存在的主要问题\n普惠率为86.5%。\n"
    block = Block(BlockKind.HEADING, Span(0, 7), level=1)
    (context,) = contextualise(text, read_quantities(text), (block,))
    assert context.chapter is Chapter.PROBLEMS


def test_a_cell_takes_its_words_from_row_column_and_unit_line() -> None:
    text = "单位：万元\n项目\t2021年\t2022年\n教育支出\t1200\t1350\n"
    places = {word: text.index(word) for word in ("项目", "2021年", "2022年", "教育支出", "1200", "1350")}
    grid = {"项目": (0, 0), "2021年": (0, 1), "2022年": (0, 2), "教育支出": (1, 0), "1200": (1, 1), "1350": (1, 2)}
    cells = tuple(
        Cell(row, column, Span(places[word], places[word] + len(word)), word) for word, (row, column) in grid.items()
    )
    table = Table(Span(6, len(text)), 2, 3, cells)
    found = {text[q.span.start : q.span.end]: q for q in read_quantities(text)}
    assert set(found) == {"2021年", "2022年", "1200", "1350"}
    last = contextualise(text, read_quantities(text), (), (table,))[-1]
    assert (last.row, last.column, last.unit_line, last.period) == ("教育支出", "2022年", "万元", "2022")
    assert last.measure == "教育支出"
