"""Texts that break off: a page that was not scanned, a paragraph copied out of a report."""

import random
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

reports: Any = import_module("bench.claims.whole_reports")
FOLDER = Path(reports.__file__).parent / "true_reports"
LONGEST = 400


def test_a_text_that_ends_with_the_whole_of_a_share_is_read() -> None:
    report = reports.checked("全县公办园在园幼儿7618人，占在园幼儿总数的57.51%；全县幼儿园88所，在园幼儿13246人")
    assert len(report.quantities) == 4


@pytest.mark.parametrize("seed", range(4))
def test_a_text_cut_behind_any_figure_is_read(seed: int) -> None:
    chance = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    for _ in range(60):
        text = chance.choice(texts)
        ends = [place for place, one in enumerate(text) if one.isdigit() and not text[place + 1 : place + 2].isdigit()]
        end = chance.choice(ends) + chance.randint(1, 4)
        cut = text[max(end - chance.randint(40, LONGEST), 0) : end]
        assert all(one.span.start < one.span.end for one in reports.checked(cut).findings)
