"""What the checker says of a text under way: each finding with its words, its recomputation, and how it was handled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet

from dudao.claims.model import Claim, Finding, Verdict
from dudao.issues import Level
from dudao.pipelines.check import CheckedDocument
from dudao.pipelines.check_typed import check_typed
from dudao.pipelines.dismissals import finding_key
from dudao.provenance import Span
from dudao.web.document_checks.models import Handling
from dudao.web.document_checks.references import Difference, OtherPlace
from dudao.web.prepared import prepared

_QUOTE = 60


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as shown: `look` names its state, `places` quotes every place of the text that it speaks of.

    `other` is the place outside of the text where it is held against one.
    """

    key: str
    look: str
    message: str
    remedy: str
    span: Span
    places: tuple[str, ...]
    related: tuple[Span, ...]
    handling: Handling | None
    other: OtherPlace | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has dealt with it."""
        return self.handling is None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """Something the text asserts and that was recomputed, or why it could not be."""

    look: str
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What was found in a text: findings that wait first, then what was recomputed and holds."""

    findings: tuple[FindingLine, ...]
    claims: tuple[ClaimLine, ...]

    @property
    def open(self) -> int:
        """How many findings wait to be dealt with."""
        return sum(line.open for line in self.findings)


@lru_cache(maxsize=256)
def _checked(text: str) -> tuple[CheckedDocument, tuple[str, ...]]:
    """Return the check of a text with the key of each finding; the same text is read once."""
    checked = check_typed(text)
    return checked, tuple(finding_key(checked.document, finding) for finding in checked.findings)


def checked_text(text: str, handled: Mapping[str, Handling], ties: Iterable[Difference] = ()) -> CheckedText:
    """Return what is found in a text; two findings of one key count once.

    Args:
        text: the text.
        handled: how findings of the region were handled, by key.
        ties: where it differs from what it is held against.
    """
    if not text.strip():
        return CheckedText((), ())
    checked, keys = _checked(text)
    lines: dict[str, FindingLine] = {}
    for finding, key in zip(checked.findings, keys, strict=True):
        if key not in lines:
            lines[key] = _finding(text, finding, key, handled.get(key))
    for tie in ties:
        if tie.key not in lines:
            line = _finding(text, tie.finding, tie.key, handled.get(tie.key))
            lines[tie.key] = replace(line, other=tie.other)
    ordered = sorted(lines.values(), key=lambda line: (not line.open, line.span))
    found = [line.span for line in lines.values()]
    claims = [_claim(text, claim) for claim in checked.report.claims if _told(claim, found)]
    return CheckedText(tuple(ordered), tuple(claims))


def _told(claim: Claim, found: Iterable[Span]) -> bool:
    """Return whether a claim is worth a line of its own: it holds or cannot be checked, and no finding tells of it."""
    return claim.verdict is not Verdict.INCONSISTENT and not any(span == claim.span for span in found)


def _finding(text: str, finding: Finding, key: str, handling: Handling | None) -> FindingLine:
    if finding.code.startswith(("claims.contradiction", "claims.tie")):
        look = "contradiction"
    elif finding.code == "claims.inconsistent":
        look = "inconsistent"
    else:
        look = {Level.ERROR: "error", Level.WARNING: "warning"}.get(finding.level, "note")
    places = tuple(_quote(text, span) for span in (finding.span, *finding.related))
    return FindingLine(key, look, finding.message, finding.remedy, finding.span, places, finding.related, handling)


def _claim(text: str, claim: Claim) -> ClaimLine:
    rounding = "" if claim.rounding in claim.message else claim.rounding  # most messages say it themselves
    message = "；".join(part for part in (claim.message, rounding, claim.reason) if part)
    return ClaimLine(str(claim.verdict), _quote(text, claim.span), message)


def _quote(text: str, span: Span) -> str:
    words = " ".join(text[span.start : span.end].split())
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"


def handled_in(region_id: int) -> dict[str, Handling]:
    """Return how findings in the draft of a region were handled, by key."""
    return {row.key: row for row in _handled_in_draft(region_id)}


@prepared
def _handled_in_draft(region_id: int) -> QuerySet[Handling]:
    return Handling.objects.filter(region_id=region_id, report=None).select_related("by")
