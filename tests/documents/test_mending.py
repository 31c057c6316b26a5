"""Repairs keep the map back to the source, and every digit."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dudao.documents.model import RepairedText
from dudao.documents.reading import repaired_text
from dudao.documents.repairs.mending import Edit, mend, untouched
from dudao.documents.text_builder import Draft
from dudao.provenance import Span

PIECES = st.sampled_from(
    ["區(qū)政府", "教 育", "44.42 亿元", "，", "。", "\n\n", "\n", "\t", "（一）", "1. ", "教育督導體制", "《关于",
     "》", "2020 年", " ", "12", "- 3 -", "（鞍委发〔2019〕3号）", "普惠率达到", "領(lǐng)導", "\ufffd", "()",
     "(dǎo)", "\u3000"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)
DAMAGED = st.lists(
    st.sampled_from(
        ["公办31所,", "7 6 所", "，其中民办", "3O所", "1l.5%", "(含教学点)", "１２，３４５人", "12，345人",
         "9,87亿元", "28，64",
         "\u200b", "\u00ad", "\u2009", "\n", "8·5 %", "；", "2 0 2 1年", "共12", "\n345人"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def draft(text: str, *, wrapped: bool = True) -> Draft:
    return Draft(text, (), (), wrapped=wrapped)


def digits(text: str) -> list[str]:
    return re.findall(r"[0-9]+", text)


@given(TEXTS)
def test_origins_run_forward_and_lie_within_the_source(text: str) -> None:
    repaired = repaired_text(draft(text))
    places = [repaired.origin(position) for position in range(len(repaired.text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(text) for place in places)


@given(TEXTS)
def test_every_character_comes_from_its_place_or_is_its_simplified_form(text: str) -> None:
    repaired = repaired_text(draft(text))
    for position, character in enumerate(repaired.text):
        source = text[repaired.origin(position)]
        assert character == source or not source.isascii()


@given(TEXTS.filter(lambda text: "- 3 -" not in text))
def test_no_number_is_lost_changed_or_run_into_another(text: str) -> None:
    assert digits(repaired_text(draft(text)).text) == digits(text)


@given(DAMAGED, st.booleans())
def test_of_damaged_figures_no_digit_is_lost_and_letters_alone_become_digits(text: str, wrapped: bool) -> None:
    repaired = repaired_text(draft(text, wrapped=wrapped))
    meant = unicodedata.normalize("NFKC", text).translate(str.maketrans("Ol", "01"))
    read = unicodedata.normalize("NFKC", repaired.text).translate(str.maketrans("Ol", "01"))
    assert "".join(digits(read)) == "".join(digits(meant))
    places = [repaired.origin(position) for position in range(len(repaired.text))]
    assert places == sorted(set(places))
    assert all(repaired.text[place : place + 1].isdecimal() for place in repaired.doubtful)
    if "l" in text:
        assert repaired.doubtful


@given(TEXTS, st.data())
def test_the_source_of_a_span_lies_within_the_source(text: str, data: st.DataObject) -> None:
    repaired = repaired_text(draft(text))
    start = data.draw(st.integers(0, len(repaired.text)))
    end = data.draw(st.integers(start, len(repaired.text)))
    span = repaired.source_span(Span(start, end))
    assert 0 <= span.start <= span.end <= len(text)


@given(st.text("甲乙丙丁1234", max_size=30), st.data())
def test_two_rounds_of_edits_equal_a_naive_list_of_characters(text: str, data: st.DataObject) -> None:
    naive = [(character, place) for place, character in enumerate(text)]
    mended = untouched(text)
    for _ in range(2):
        marks = data.draw(st.lists(st.sampled_from(["keep", "drop", "swap"]), min_size=len(naive), max_size=len(naive)))
        edits = []
        after = []
        for index, mark in enumerate(marks):
            if mark == "keep":
                after.append(naive[index])
            elif mark == "drop":
                edits.append(Edit(index, index + 1))
            else:
                edits.append(Edit(index, index + 1, "换"))
                after.append(("换", naive[index][1]))
        mended, naive = mend(mended, edits), after
    assert mended.text == "".join(character for character, _ in naive)
    assert [mended.origin(place) for place in range(len(mended.text))] == [place for _, place in naive]


def test_an_untouched_text_maps_onto_itself() -> None:
    assert untouched("教育") == RepairedText("教育", (0,), (0,))
