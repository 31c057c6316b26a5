"""All checks of a score sheet. To see what is checked, read the tuple."""

from collections.abc import Callable

from dudao.issues import Issue
from dudao.scoring.sheet_audit.admissions import check_admissions
from dudao.scoring.sheet_audit.admitted_problems import check_admitted_problems
from dudao.scoring.sheet_audit.against_scheme import check_full_points, check_missing, check_steps
from dudao.scoring.sheet_audit.not_applicable import check_not_applicable
from dudao.scoring.sheet_audit.provisional import check_provisional
from dudao.scoring.sheet_audit.range import check_range, check_unscored
from dudao.scoring.sheet_audit.subject import AuditedSheet
from dudao.scoring.sheet_audit.sums import check_sums

CHECKS: tuple[Callable[[AuditedSheet], list[Issue]], ...] = (
    check_sums,
    check_range,
    check_unscored,
    check_full_points,
    check_steps,
    check_missing,
    check_not_applicable,
    check_admissions,
    check_admitted_problems,
    check_provisional,
)


def audit_sheet(audited: AuditedSheet) -> list[Issue]:
    """Return all findings on a score sheet; their places count characters of the document."""
    return [issue for check in CHECKS for issue in check(audited)]
