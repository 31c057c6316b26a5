"""The work of every relation is bounded: it grows with the length of the text and with nothing else."""

import cProfile
import pstats
from typing import Any

import pytest

from dudao.claims import check, mentions
from dudao.claims.check import check_plain

HOSTILE = [
    "12所、",
    "占3%，",
    "增加3人，增长5%，",
    "其中5所，",
    "（5所",
    "5所，合计5所，",
    "甲、乙分别占3%、4%，",
    "由5所增加到6所，",
    "均高于全国8%、9%的平均水平，",
    "0所，",
    "全市12个部门。",
    "约为约为约为5所",
]


def calls(text: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(check_plain, text)
    return int(vars(pstats.Stats(profile))["total_calls"])


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(piece: Any) -> None:
    assert calls(piece * 800) < 2.6 * calls(piece * 400)


def test_figures_beyond_the_limit_are_named_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (mentions, check):
        monkeypatch.setattr(module, "MENTIONS_LIMIT", 100)
    assert [one.code for one in check_plain("1人" * 110).findings] == ["claims.too_many_figures"]
    assert check_plain("1人" * 100).findings == ()
