"""All checks of a scheme; to see what is checked, read the tuple."""

from collections.abc import Callable

from dudao.issues import Issue
from dudao.scheme.checks import departments, facts, grades, identifiers, names, points, policies, sources
from dudao.scheme.model import Scheme

CHECKS: tuple[Callable[[Scheme], list[Issue]], ...] = (
    identifiers.check,
    names.check,
    points.check,
    policies.check,
    sources.check,
    facts.check,
    departments.check,
    grades.check,
)


def check_scheme(scheme: Scheme) -> list[Issue]:
    """Return every issue of the scheme, check by check; rules are for scoring to judge."""
    return [issue for check in CHECKS for issue in check(scheme)]
