"""The total row of a table is added up; a column that does not fit is called only when another one does."""

from dudao.claims.check import check_text
from dudao.claims.model import Verdict
from dudao.documents.model import Block, BlockKind, Cell, Document, RepairedText, Table
from dudao.provenance import Span


def document(rows: list[list[str]]) -> Document:
    text, cells = "", []
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            cells.append(Cell(row, column, Span(len(text), len(text) + len(word)), word))
            text += word + ("\t" if column + 1 < len(words) else "\n")
    span = Span(0, len(text))
    table = Table(span, len(rows), len(rows[0]), tuple(cells))
    repaired = RepairedText(text, (0,), (0,))
    return Document("t", "", "text/plain", text, (Block(BlockKind.CELL, span),), (table,), repaired)


def verdicts(rows: list[list[str]]) -> list[Verdict]:
    return [one.verdict for one in check_text(document(rows)).claims if one.relation == "table_sums"]


ROWS = [["类别", "学校", "学生"], ["小学", "98", "35420"], ["初中", "35", "17856"], ["合计", "133", "53276"]]


def test_a_table_that_adds_up_is_confirmed() -> None:
    assert verdicts(ROWS) == [Verdict.CONSISTENT, Verdict.CONSISTENT]


def test_one_wrong_column_is_called() -> None:
    rows = [*ROWS[:3], ["合计", "133", "53376"]]
    assert verdicts(rows) == [Verdict.CONSISTENT, Verdict.INCONSISTENT]


def test_a_table_that_fits_nowhere_is_left_alone() -> None:
    assert verdicts([*ROWS[:3], ["合计", "233", "63276"]]) == []


def test_the_rows_behind_among_which_make_the_row_above_in_two_columns() -> None:
    rows = [
        ["项目", "2021年", "2022年", "2023年"],
        ["一般公共预算教育支出", "186420", "193875", "201364"],
        ["其中：人员经费", "132680", "138246", "143905"],
        ["公用经费", "29854", "31027", "32416"],
        ["项目支出", "23886", "24602", "25043"],
    ]
    assert verdicts(rows) == [Verdict.CONSISTENT] * 3
    rows[3][2] = "31927"
    assert verdicts(rows) == [Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.CONSISTENT]
    rows[4][1] = "28886"
    assert verdicts(rows) == []
