"""What stands beside the document: every finding and every recomputed claim, numbered, with its places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from dudao.claims.model import Claim, ClaimReport, ClaimType, Finding, Verdict
from dudao.documents.model import Document
from dudao.documents.structure import place_in_repaired
from dudao.issues import Level
from dudao.provenance import Span
from dudao.reporting.annotated.recomputed import Recomputed, recomputed


class State(StrEnum):
    """How an entry is shown; findings first, in the order they are listed."""

    INCONSISTENT = "inconsistent"
    CONTRADICTION = "contradiction"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    UNCHECKED = "unchecked"
    ROUNDED = "rounded"
    CONSISTENT = "consistent"
    DISMISSED = "dismissed"


STATE_NAMES = {
    State.INCONSISTENT: "不一致",
    State.CONTRADICTION: "矛盾",
    State.ERROR: "错误",
    State.WARNING: "提醒",
    State.NOTE: "说明",
    State.UNCHECKED: "无法核验",
    State.ROUNDED: "仅因四舍五入一致",
    State.CONSISTENT: "一致",
    State.DISMISSED: "不采纳",
}

OPEN = frozenset({State.INCONSISTENT, State.CONTRADICTION, State.ERROR, State.WARNING, State.NOTE})
"""States that ask a person to look."""

TYPE_NAMES = {
    ClaimType.LEVEL_DELTA_GROWTH: "增减与增幅",
    ClaimType.TWO_LEVEL_CHANGE: "前后两数的变化",
    ClaimType.SHARE: "占比",
    ClaimType.SUM: "分项与合计",
    ClaimType.PER_CAPITA: "人均生均",
    ClaimType.EXCEEDS_STANDARD: "高于或低于标准",
    ClaimType.SCORE_SUM: "分值合计",
    ClaimType.DIFFERENCE: "差额",
    ClaimType.RATIO: "比与倍数",
    ClaimType.FEASIBILITY: "百分比能否得出",
    ClaimType.THRESHOLD: "是否达到标准",
    ClaimType.OTHER: "其他",
}
OTHER_KIND = "其他发现"
_KINDS = {"claims.contradiction": "前后矛盾", "claims.tie": "文件之间不一致"}

_LONGEST_MARK = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding or claim; `number` counts the findings, 0 for claims that nobody needs to look at.

    `worked` is None where nothing was recomputed. `span` is the whole place it speaks of, `marks` the figures in it
    that are marked; `finding` is None for claims.
    """

    key: str
    number: int
    state: State
    level: Level | None
    kind: str
    quote: str
    message: str
    remedy: str
    code: str
    worked: Recomputed | None
    marks: tuple[Span, ...]
    related: tuple[Span, ...]
    span: Span
    reason: str = ""
    finding: Finding | None = None


def entries(
    document: Document, report: ClaimReport, findings: Iterable[Finding], dismissed: Iterable[tuple[Finding, str]]
) -> list[Entry]:
    """Return the open findings by severity, then dismissed ones with their reasons, then the remaining claims."""
    by_span: dict[Span, list[Claim]] = {}
    for each in report.claims:
        by_span.setdefault(each.span, []).append(each)
    spoken_for: set[tuple[Span, str]] = set()
    found: list[Entry] = []
    judged = [(finding, "", False) for finding in findings] + [(finding, why, True) for finding, why in dismissed]
    for finding, why, is_dismissed in judged:
        claim = _claim_of(finding, by_span.get(finding.span, []))
        if claim is not None:
            # The finding shows the claim's figures; the claim is not listed once more.
            spoken_for.add((claim.span, claim.message))
        state = State.DISMISSED if is_dismissed else _state(finding, claim)
        found.append(_of_finding(document, report, finding, claim, state, why))
    found.sort(key=lambda entry: (_ORDER[entry.state], entry.marks[0] if entry.marks else Span(0, 0)))
    numbered = [replace(entry, key=f"f{index}", number=index) for index, entry in enumerate(found, start=1)]
    rest = [other for other in report.claims if (other.span, other.message) not in spoken_for]
    rest.sort(key=lambda other: (_ORDER[_VERDICT_STATE[other.verdict]], other.span))
    return numbered + [_of_claim(document, report, other, index) for index, other in enumerate(rest, start=1)]


_ORDER = {state: index for index, state in enumerate(State)} | {State.DISMISSED: 4.5}
_VERDICT_STATE = {
    Verdict.CONSISTENT: State.CONSISTENT,
    Verdict.CONSISTENT_IF_ROUNDED: State.ROUNDED,
    Verdict.INCONSISTENT: State.INCONSISTENT,
    Verdict.NOT_CHECKABLE: State.UNCHECKED,
}


def _claim_of(finding: Finding, same_place: list[Claim]) -> Claim | None:
    """Return the claim a finding speaks of: the one whose words it repeats, else an inconsistent one there."""
    repeated = [claim for claim in same_place if claim.message and claim.message in finding.message]
    wrong = [claim for claim in same_place if claim.verdict is Verdict.INCONSISTENT]
    return next(iter(repeated or wrong), None)


def _state(finding: Finding, claim: Claim | None) -> State:
    elsewhere = finding.related or finding.code.startswith("claims.tie")  # the other place may be in another file
    if elsewhere and finding.level is not Level.NOTE:
        return State.CONTRADICTION
    if claim is not None and claim.verdict is Verdict.INCONSISTENT and finding.level is Level.ERROR:
        return State.INCONSISTENT
    return {Level.ERROR: State.ERROR, Level.WARNING: State.WARNING, Level.NOTE: State.NOTE}[finding.level]


def _of_finding(
    document: Document, report: ClaimReport, finding: Finding, claim: Claim | None, state: State, why: str
) -> Entry:
    marks = _operand_spans(report, claim) if claim is not None else (_short(finding.span),)
    kind = TYPE_NAMES[claim.type] if claim is not None else _kind_of(finding.code)
    quote = _quote(document, finding.span)
    related = tuple(_short(span) for span in finding.related)
    return Entry(
        "",
        0,
        state,
        finding.level,
        kind,
        quote,
        finding.message,
        finding.remedy,
        finding.code,
        recomputed(claim, report) if claim is not None else None,
        marks,
        related,
        finding.span,
        why,
        finding,
    )


def _kind_of(code: str) -> str:
    """Return the name of a kind of finding that rests on no claim."""
    return next((name for start, name in _KINDS.items() if code.startswith(start)), OTHER_KIND)


def _of_claim(document: Document, report: ClaimReport, claim: Claim, index: int) -> Entry:
    state = _VERDICT_STATE[claim.verdict]
    marks = _operand_spans(report, claim)
    quote = _quote(document, claim.span)
    return Entry(
        f"c{index}", 0, state, None, TYPE_NAMES[claim.type], quote, claim.message, "", f"claims.{claim.relation}",
        recomputed(claim, report), marks, (), claim.span, claim.reason or claim.rounding,
    )  # fmt: skip


def _operand_spans(report: ClaimReport, claim: Claim) -> tuple[Span, ...]:
    spans = {report.quantities[index].span for index in claim.operands.values()}
    return tuple(sorted(spans)) or (_short(claim.span),)


def _short(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + _LONGEST_MARK))


def _quote(document: Document, span: Span) -> str:
    """Return the mended words of a place in one line, long ones cut in the middle."""
    repaired = document.repaired
    words = repaired.text[place_in_repaired(repaired, span.start) : place_in_repaired(repaired, span.end)]
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:34]}……{line[-20:]}"
