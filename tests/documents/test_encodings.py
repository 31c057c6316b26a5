"""Bytes of Chinese text, whatever encoding an office saved them in."""

import pytest

from dudao.documents.encodings import decode

SIMPLIFIED = "云溪县人民政府履行教育职责自评报告：小学48所，增长8.33%，教师3220人。"
TRADITIONAL = "雲溪縣人民政府履行教育職責自評報告：小學48所，增長8.33%，教師3220人。"
RARE = "喆堃镕翀珺赟婳昉翯祎玥琤：3所"
"""Names are full of rare characters, and are GB18030 none the less."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, f"{SIMPLIFIED}{RARE}"])
def test_text_comes_back_from_the_encodings_of_the_mainland(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "报告.txt").text == text


@pytest.mark.parametrize("times", [1, 200])
def test_traditional_text_saved_in_big5_is_no_gibberish(times: int) -> None:
    decoded = decode((TRADITIONAL * times).encode("big5"), "報告.txt")
    assert decoded.text == TRADITIONAL * times
    assert decoded.encoding == "cp950"


def test_simplified_text_of_rare_characters_alone_is_never_taken_for_big5() -> None:
    assert decode(RARE.encode("gb18030"), "名单.txt").encoding == "gb18030"
