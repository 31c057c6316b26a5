"""Shares and growths that look alike and are each reckoned from figures of their own: 471所，占89.2%; 占比92.8%."""

from dudao.claims.contradictions.echo_pairs import CODE
from dudao.claims.model import ClaimReport, Finding, Verdict
from dudao.quantities.model import Kind

_RELATIVE = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINT})
_WITH_OTHERS = 3


def both_reckoned(finding: Finding, report: ClaimReport) -> bool:
    """Return whether two percentages said to be one miswritten are what different figures make of each.

    A slip in one of them would break its own reckoning.
    """
    if finding.code != CODE or not finding.related:
        return False
    figures = report.quantities
    made: list[set[frozenset[object]]] = []
    for span in (finding.span, *finding.related):
        operands: set[frozenset[object]] = set()
        for claim in report.claims:
            stated, *others = claim.operands.values()
            percent = figures[stated].span == span and figures[stated].kind in _RELATIVE
            if percent and claim.verdict is not Verdict.INCONSISTENT and len(claim.operands) >= _WITH_OTHERS:
                operands.add(frozenset((figures[one].value, figures[one].unit) for one in others))
        made.append(operands)
    first, *rest = made
    return bool(first) and all(one and first.isdisjoint(one) for one in rest)
