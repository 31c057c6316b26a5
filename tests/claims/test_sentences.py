"""A text is cut at its punctuation, never inside a number, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.claims.sentences import SENTENCE_LIMITS, Level, segment

TEXT = "全县有小学5所，初中2所（含民办1所）；高中1所。\n教师1,200人，师生比1:15、生均850元。"


def pieces(level: Level, text: str) -> list[str]:
    return [text[level.span(i).start : level.span(i).end] for i in range(len(level))]


def test_each_level_is_cut_at_its_marks() -> None:
    cut = segment(TEXT)
    assert pieces(cut.paragraphs, TEXT)[0].endswith("高中1所。\n")
    assert [p.strip() for p in pieces(cut.parts, TEXT)] == [
        "全县有小学5所，初中2所（含民办1所）；",
        "高中1所。",
        "",
        "教师1,200人，师生比1:15、生均850元。",
    ]
    assert "教师1,200人，" in pieces(cut.clauses, TEXT)
    assert "师生比1:15、" in pieces(cut.items, TEXT)


def test_parentheses_are_found_with_their_depth() -> None:
    text = "一（二（三）四）五）"
    found = [(text[p.span.start : p.span.end], p.depth) for p in segment(text).parentheses]
    assert found == [("二（三）四", 1), ("三", 2)]


def test_an_opening_mark_far_from_its_end_stands_alone() -> None:
    assert segment("（" + "甲" * 1000 + "）").parentheses == ()


@pytest.mark.parametrize(("mark", "limit"), [("；", "part"), ("，", "clause"), ("、", "item")])
def test_a_sentence_that_does_not_end_is_cut_where_something_smaller_does(mark: str, limit: str) -> None:
    text = f"小学5所{mark}" * 4_000
    cut = segment(text)
    lengths = [len(piece) for piece in pieces(cut.sentences, text)]
    assert max(lengths) <= SENTENCE_LIMITS[limit] + 5
    assert min(lengths[:-1]) >= SENTENCE_LIMITS[limit]
    assert set(cut.sentences.starts) <= set(cut.parts.starts) <= set(cut.clauses.starts) <= set(cut.items.starts)


@given(st.text(alphabet="一二3,.:：，。；、（）()\n 甲"))
def test_the_stretches_of_a_level_cover_the_text(text: str) -> None:
    cut = segment(text)
    for level in (cut.paragraphs, cut.sentences, cut.parts, cut.clauses, cut.items):
        assert "".join(pieces(level, text)) == text
        for position in range(len(text)):
            span = level.span_at(position)
            assert span.start <= position < span.end


def test_blank_lines_part_nothing() -> None:
    apart, together = segment("全县5所。\n\n \n其中公办3所。"), segment("全县5所。\n其中公办3所。")
    assert len(apart.sentences) == len(together.sentences)
    assert len(apart.paragraphs) == len(together.paragraphs) == 2


def test_two_marks_in_a_row_enclose_no_clause() -> None:
    once, twice = "收入5万元，增长3%；支出4万元，增长2%。", "收入5万元,,增长3%,;支出4万元,,增长2%,。"
    assert [len(segment(text).clauses) for text in (once, twice)] == [4, 4]
    assert [len(segment(text).parts) for text in (once, twice)] == [2, 2]
    assert "".join(pieces(segment(twice).clauses, twice)) == twice
