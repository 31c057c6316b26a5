"""Tables cut by a page end go on, tables side by side are two, nested totals without marks are found by their sums."""

from dudao.claims.check import check_text
from dudao.claims.model import Verdict
from dudao.claims.table_layout import as_meant
from dudao.documents.model import Block, BlockKind, Cell, Document, RepairedText, Table
from dudao.provenance import Span
from tests.claims.test_table_sums import document, verdicts


def two_pages(between: str, below: list[list[str]]) -> Document:
    first = document([["学校", "班数", "学生"], ["一小", "24", "1036"], ["二小", "18", "765"], ["三小", "12", "498"]])
    second = document(below)
    offset = len(first.text) + len(between)
    moved = [
        Cell(one.row, one.column, Span(one.span.start + offset, one.span.end + offset), one.text)
        for one in second.tables[0].cells
    ]
    text = first.text + between + second.text
    table = Table(Span(offset, len(text)), second.tables[0].rows, second.tables[0].columns, tuple(moved))
    block = Block(BlockKind.CELL, Span(0, len(text)))
    return Document("t", "", "text/plain", text, (block,), (*first.tables, table), RepairedText(text, (0,), (0,)))


def test_rows_behind_a_page_end_go_on() -> None:
    whole = two_pages("\n", [["四小", "15", "612"], ["合计", "69", "2911"]])
    sums = [one for one in check_text(whole).claims if one.relation == "table_sums"]
    assert [one.verdict for one in sums] == [Verdict.CONSISTENT, Verdict.CONSISTENT]


def test_a_header_told_once_more_is_left_out() -> None:
    head = ["学校", "班数", "学生"]
    whole = two_pages("（续表）\n", [head, ["四小", "15", "612"], ["合计", "69", "2911"]])
    assert [table.rows for table in as_meant(whole.text, whole.tables)] == [6]


def test_another_table_is_none_that_goes_on() -> None:
    head = ["学校", "班数", "教师"]
    other = two_pages("\n", [head, ["四小", "15", "38"], ["五小", "9", "24"]])
    assert len(as_meant(other.text, other.tables)) == 2


def test_tables_side_by_side_are_two() -> None:
    rows = [
        ["项目", "预算数", "项目", "预算数"],
        ["财政拨款", "68412.50", "人员经费", "56230.18"],
        ["事业收入", "2845.30", "公用经费", "8974.62"],
        ["其他收入", "386.20", "项目支出", "6439.20"],
        ["收入合计", "71644.00", "支出合计", "71644.00"],
    ]
    assert verdicts(rows) == [Verdict.CONSISTENT, Verdict.CONSISTENT]


def test_totals_within_totals_are_found_by_what_they_sum_up() -> None:
    rows = [
        ["科目", "基本支出", "项目支出"],
        ["教育支出", "27643.01", "4577.63"],
        ["普通教育", "24723.55", "3712.33"],
        ["小学教育", "14726.48", "2430.14"],
        ["初中教育", "9997.07", "1282.19"],
        ["职业教育", "2919.46", "865.30"],
        ["住房保障", "2735.91", "148.50"],
        ["合计", "30378.92", "4726.13"],
    ]
    assert verdicts(rows) == [Verdict.CONSISTENT] * 6
    rows[3][1] = "14726.98"
    assert verdicts(rows).count(Verdict.INCONSISTENT) == 1


def test_a_row_that_a_page_end_tore_goes_on() -> None:
    torn = two_pages("\n", [["（寄宿制）", "", ""], ["四小", "15", "612"], ["合计", "69", "2911"]])
    sums = [one for one in check_text(torn).claims if one.relation == "table_sums"]
    assert [one.verdict for one in sums] == [Verdict.CONSISTENT, Verdict.CONSISTENT]
