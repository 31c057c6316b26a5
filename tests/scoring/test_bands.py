"""Half-open bands: each value lies in one, and what is left out or covered twice is told."""

from decimal import Decimal
from fractions import Fraction

import pytest

from dudao.scoring.bands import band_of, gaps_and_overlaps

Bounds = tuple[Decimal | None, Decimal | None]
SOUND: list[Bounds] = [(Decimal(90), None), (Decimal(80), Decimal(90)), (None, Decimal(80))]


@pytest.mark.parametrize(("value", "index"), [("100", 0), ("90", 0), ("89.999", 1), ("80", 1), ("79.9", 2), ("-1", 2)])
def test_a_value_lies_in_the_band_that_starts_at_or_below_it(value: str, index: int) -> None:
    assert band_of(Fraction(value), SOUND) == index


def test_a_value_outside_of_all_bands_lies_in_none() -> None:
    assert band_of(Fraction(95), SOUND[1:2]) is None


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (SOUND, ""),
        ([], ""),
        (SOUND[:2], "没有包括 80 以下"),
        (SOUND[1:], "没有包括 90 及以上"),
        ([SOUND[0], (Decimal(80), Decimal(89)), SOUND[2]], "89 到 90 之间没有归属"),
        ([SOUND[0], (Decimal(70), Decimal(95)), (None, Decimal(70))], "重叠"),
        ([(None, None), SOUND[0]], "重叠"),
        ([SOUND[0], (Decimal(90), Decimal(90)), (None, Decimal(90))], "是空的"),
    ],
)
def test_gaps_overlaps_and_empty_bands_are_told(bands: list[Bounds], said: str) -> None:
    problems = "；".join(gaps_and_overlaps(bands))
    assert said in problems
    assert bool(problems) is bool(said)
