"""The path of a score sheet: rows → scheme that fits → audit → findings."""

from functools import cache

from dudao.claims.model import ClaimReport, ClaimType, Finding, Verdict
from dudao.documents.model import Document
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.problems import admitted_problems
from dudao.issues import Issue
from dudao.packs.find import find_packs, user_folders
from dudao.pipelines.load_scheme import usable_scheme
from dudao.provenance import Span
from dudao.scheme.load import load_scheme
from dudao.scheme.model import Scheme
from dudao.scoring.sheet_alignment import SheetAlignment, align, best_alignment
from dudao.scoring.sheet_audit.audit import audit_sheet
from dudao.scoring.sheet_audit.subject import AdmittedProblem, AuditedSheet


def alignment_of(sheet: ScoreSheet | None, scheme: str = "") -> SheetAlignment | None:
    """Return the sheet laid beside the scheme asked for, or beside the pack that fits; None when none does.

    Raises:
        UnreadableInputError: there is no pack with the id asked for, or it is not sound.
    """
    wanted = usable_scheme(scheme, user_folders()) if scheme else None
    if sheet is None:
        return None
    return align(sheet, wanted) if wanted is not None else best_alignment(sheet, known_schemes())


@cache
def known_schemes() -> tuple[Scheme, ...]:
    """Return the schemes of all packs that can be read; a pack that cannot is none to lay a sheet beside."""
    loaded = (load_scheme(entry.folder)[0] for entry in find_packs(user_folders()))
    return tuple(scheme for scheme in loaded if scheme is not None)


def audit(
    document: Document, sheet: ScoreSheet, alignment: SheetAlignment | None, report: ClaimReport
) -> list[Finding]:
    """Return the findings on the score sheet of a document, without those that its claims tell already."""
    problems = tuple(AdmittedProblem(words, span) for words, span in admitted_problems(document))
    issues = audit_sheet(AuditedSheet(sheet, alignment, problems))
    told = _sums_told(report)
    return [
        finding
        for finding in map(_finding, issues)
        if not (finding.code.endswith("add_up") and any(span.overlaps(finding.span) for span in told))
    ]


def _sums_told(report: ClaimReport) -> list[Span]:
    """Return the places of the sums that were found wrong among the claims."""
    wrong = [
        claim for claim in report.claims if claim.type is ClaimType.SCORE_SUM and claim.verdict is Verdict.INCONSISTENT
    ]
    return [report.quantities[min(claim.operands.values())].span for claim in wrong]


def _finding(issue: Issue) -> Finding:
    span = issue.location.span or Span(0, 0)
    related = tuple(place.span for place in issue.related if place.span is not None)
    return Finding(issue.code, issue.level, span, issue.message, related, issue.remedy)
