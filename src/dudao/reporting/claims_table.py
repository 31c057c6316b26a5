"""Many checked reports in one table: how many claims of each kind, and what share does not hold."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dudao.claims.model import ClaimReport, ClaimType, Finding, Verdict
from dudao.issues import Level
from dudao.reporting.annotated.entries import TYPE_NAMES
from dudao.reporting.cell_text import harmless

COLUMNS = (
    "文件", "类型", "关系数", "一致", "仅因四舍五入一致", "不一致", "无法核验", "不一致占比",
    "错误", "提醒", "说明", "不采纳",
)  # fmt: skip
ALL_KINDS = "合计"
ALL_FILES = "全部文件"


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """One report as the table needs it; keeps counts alone, so that thousands of them take little memory."""

    file: str
    claims: Counter[tuple[ClaimType, Verdict]]
    findings: Counter[Level]
    dismissed: int = 0


@dataclass(frozen=True, slots=True)
class ClaimsRow:
    """One line of the table; `share` is the inconsistent part of the claims that could be checked, None without."""

    file: str
    kind: str
    claims: int
    consistent: int
    rounded: int
    inconsistent: int
    not_checkable: int
    share: Decimal | None
    errors: int | None = None
    warnings: int | None = None
    notes: int | None = None
    dismissed: int | None = None

    def cells(self) -> tuple[str, ...]:
        """Return the line as text, `—` where there is no value."""
        share = "—" if self.share is None else f"{self.share}%"
        counts = (self.claims, self.consistent, self.rounded, self.inconsistent, self.not_checkable)
        ends = (self.errors, self.warnings, self.notes, self.dismissed)
        return (self.file, self.kind, *map(str, counts), share, *("—" if end is None else str(end) for end in ends))


def counted(file: str, report: ClaimReport, findings: Iterable[Finding], *, dismissed: int = 0) -> CheckedReport:
    """Return the counts of one report; its text and figures need not be kept."""
    claims = Counter((claim.type, claim.verdict) for claim in report.claims)
    return CheckedReport(file, claims, Counter(finding.level for finding in findings), dismissed)


def claims_table(reports: Iterable[CheckedReport]) -> list[ClaimsRow]:
    """Return a line for each report, then one for each kind of claim over all, then the total."""
    rows: list[ClaimsRow] = []
    together: Counter[tuple[ClaimType, Verdict]] = Counter()
    levels: Counter[Level] = Counter()
    dismissed = 0
    for report in reports:
        rows.append(_row(report.file, ALL_KINDS, report.claims, report.findings, report.dismissed))
        together.update(report.claims)
        levels.update(report.findings)
        dismissed += report.dismissed
    for kind in ClaimType:
        of_kind = Counter({key: count for key, count in together.items() if key[0] is kind})
        if of_kind:
            rows.append(_row(ALL_FILES, TYPE_NAMES[kind], of_kind))
    rows.append(_row(ALL_FILES, ALL_KINDS, together, levels, dismissed))
    return rows


def claims_csv(rows: Iterable[ClaimsRow]) -> bytes:
    """Return the table as CSV with a byte order mark, as Excel and WPS open it without asking."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row.cells()])
    return target.getvalue().encode("utf-8-sig")


def _row(
    file: str,
    kind: str,
    claims: Counter[tuple[ClaimType, Verdict]],
    levels: Counter[Level] | None = None,
    dismissed: int | None = None,
) -> ClaimsRow:
    by_verdict: Counter[Verdict] = Counter()
    for (_, verdict), count in claims.items():
        by_verdict[verdict] += count
    total = sum(by_verdict.values())
    checkable = total - by_verdict[Verdict.NOT_CHECKABLE]
    share = None
    if checkable:
        exact = Decimal(100 * by_verdict[Verdict.INCONSISTENT]) / checkable
        share = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return ClaimsRow(
        file,
        kind,
        total,
        by_verdict[Verdict.CONSISTENT],
        by_verdict[Verdict.CONSISTENT_IF_ROUNDED],
        by_verdict[Verdict.INCONSISTENT],
        by_verdict[Verdict.NOT_CHECKABLE],
        share,
        None if levels is None else levels[Level.ERROR],
        None if levels is None else levels[Level.WARNING],
        None if levels is None else levels[Level.NOTE],
        dismissed,
    )
