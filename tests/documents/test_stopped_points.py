"""A full stop between two figures is a point where a unit or a table says so, and the end of a sentence elsewhere."""

import pytest

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of


def mended(text: str) -> str:
    return document_of(
        read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain"
    ).repaired.text.strip()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("留守儿童6718人，占16。1%。", "留守儿童6718人，占16.1%。"),
        ("投入905。8万元，生师比17。14:1。", "投入905.8万元，生师比17.14:1。"),
        ("后柳镇   880.3   905。8   2.90", "后柳镇   880.3   905.8   2.90"),
    ],
)
def test_a_stop_within_a_figure_is_a_point(text: str, meant: str) -> None:
    assert mended(text) == meant


@pytest.mark.parametrize("text", ["自评得分95。2023年投入3亿元。", "共12。3人获奖。", "见附件3。5所学校达标。"])
def test_a_stop_between_two_sentences_stays(text: str) -> None:
    assert mended(text) == text
