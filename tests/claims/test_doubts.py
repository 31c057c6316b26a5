"""Figures in doubt accuse nobody while one of their readings fits, and no longer when none does."""

import pytest

from dudao.claims.check import check_text
from dudao.claims.model import Verdict
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.issues import Level

TOLD = "2022年，全县国家财政性教育经费为{new}亿元，比上年的{old}亿元增长{growth}%，占总投入的比例继续提高。"


def objections(text: str) -> list[str]:
    report = check_text(document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain"))
    return [one.message for one in report.findings if one.level is Level.ERROR]


def verdicts(text: str) -> set[Verdict]:
    report = check_text(document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain"))
    return {one.verdict for one in report.claims}


def test_letters_for_digits_confirm_a_claim() -> None:
    told = TOLD.format(new="76.18", old="72.O5", growth="5.73")
    assert verdicts(told) == {Verdict.CONSISTENT}
    assert objections(told) == []


@pytest.mark.parametrize(
    ("new", "old", "growth"), [("70.18", "72.O5", "5.73"), ("76.18", "72.O5", "5.43"), ("76.18", "7l.05", "3.7I")]
)
def test_what_no_reading_makes_hold_is_objected_to(new: str, old: str, growth: str) -> None:
    assert objections(TOLD.format(new=new, old=old, growth=growth))


@pytest.mark.parametrize(
    # 72.65 and 77.05 would fit: the letter may stand for another round or another upright digit.
    ("new", "old", "growth"),
    [("76.18", "72.O5", "4.86"), ("79.18", "7l.05", "2.76"), ("76.18", "7 2.05", "5.73")],
)
def test_what_one_reading_makes_hold_is_left_alone(new: str, old: str, growth: str) -> None:
    assert objections(TOLD.format(new=new, old=old, growth=growth)) == []


def test_a_figure_in_doubt_hides_no_other_one() -> None:
    told = "截至2O23年底，全县共有幼儿园87所，其中公办园49所、民办园31所，在园幼儿11,428人。"
    assert len(objections(told)) == 1
