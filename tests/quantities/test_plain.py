"""The short way to the plainest figures reads nothing otherwise than the long way does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.quantities import arabic
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities

_AROUND = """
约 近 超过 不足 以上 左右 余 多 第 ， 。 、 - — ～ 至 ( ) （ ） / : . ± 个 个半 年 年半 月 日 时 分 分之 学年 元
增长- 共 万元 亿 万 千 所 名 人 % ‰ 成 倍 平方米 个百分点 所（个） 元/生 米 千米
"""
_WORDS = st.sampled_from([*_AROUND.split(), " ", "\n"])
_NUMBERS = st.one_of(
    st.integers(0, 99_999).map(str),
    st.decimals(0, 999, places=2).map(str),
    st.sampled_from(["2022", "1,234", "1.2022"]),
)


@given(st.lists(st.one_of(_WORDS, _NUMBERS), max_size=10).map("".join))
def test_plain_figures_are_read_as_all_others(text: str) -> None:
    short = read_quantities(text)
    assert short == _the_long_way(text)


def _the_long_way(text: str) -> list[Quantity]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arabic, "plain_figure_at", lambda *_: None)
        return read_quantities(text)
