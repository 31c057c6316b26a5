"""The table over many reports."""

import csv
import io
from decimal import Decimal

from dudao.claims.model import Claim, ClaimReport, ClaimType, Finding, Verdict
from dudao.issues import Level
from dudao.provenance import Span
from dudao.reporting.claims_table import COLUMNS, claims_csv, claims_table, counted


def claim(kind: ClaimType, verdict: Verdict) -> Claim:
    return Claim(kind, "x", Span(0, 1), {}, "", verdict, None, "")


def reports() -> list[ClaimReport]:
    share, total = ClaimType.SHARE, ClaimType.SUM
    first = (claim(share, Verdict.CONSISTENT), claim(share, Verdict.INCONSISTENT), claim(total, Verdict.NOT_CHECKABLE))
    return [ClaimReport((), first), ClaimReport((), (claim(share, Verdict.CONSISTENT_IF_ROUNDED),))]


def test_lines_for_each_file_each_kind_and_all() -> None:
    findings = [Finding("a", Level.ERROR, Span(0, 1), "错")]
    one, two = reports()
    rows = claims_table([counted("甲.docx", one, findings, dismissed=2), counted("乙.docx", two, [])])
    assert [(row.file, row.kind, row.claims, row.inconsistent, row.share) for row in rows] == [
        ("甲.docx", "合计", 3, 1, Decimal("50.00")),
        ("乙.docx", "合计", 1, 0, Decimal("0.00")),
        ("全部文件", "占比", 3, 1, Decimal("33.33")),
        ("全部文件", "分项与合计", 1, 0, None),
        ("全部文件", "合计", 4, 1, Decimal("33.33")),
    ]
    assert (rows[0].errors, rows[0].dismissed, rows[-1].dismissed) == (1, 2, 2)


def test_csv_opens_in_a_sheet_and_is_no_formula() -> None:
    one, _ = reports()
    content = claims_csv(claims_table([counted("=1+1.docx", one, [])]))
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert tuple(lines[0]) == COLUMNS
    assert lines[1][0] == "'=1+1.docx"
    assert all(len(line) == len(COLUMNS) for line in lines)


def test_no_reports_give_an_empty_total() -> None:
    [row] = claims_table([])
    assert row.cells() == ("全部文件", "合计", "0", "0", "0", "0", "0", "—", "0", "0", "0", "0")
