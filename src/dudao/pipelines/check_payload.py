"""The result of a check in the form of the JSON contract (docs/reference/schema/check.json)."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dudao.claims.model import Claim, Finding
from dudao.documents.score_sheet import ScoreSheet
from dudao.pipelines.check import CheckedDocument
from dudao.provenance import Span
from dudao.quantities.decimals import decimal_text
from dudao.quantities.model import Quantity

if TYPE_CHECKING:
    from dudao.scoring.sheet_alignment import SheetAlignment

Payload = dict[str, object]


def document_payload(checked: CheckedDocument, *, listed: Callable[[Iterable[Payload]], object] = list) -> Payload:
    """Return one entry of `documents`; `listed` makes its long lists, so that with `iter` nothing is held twice."""
    return {
        "file": checked.document.file,
        "sha256": checked.document.sha256,
        "characters": len(checked.document.text),
        "quantities": listed(map(quantity_payload, checked.report.quantities)),
        "claims": listed(map(claim_payload, checked.report.claims)),
        "findings": listed(map(finding_payload, checked.findings)),
        "dismissed": [
            {**finding_payload(finding), "reason": one.reason, "by": one.by, "at": one.at}
            for finding, one in checked.dismissed
        ],
        "score_sheet": sheet_payload(checked.sheet, checked.alignment) if checked.sheet else None,
        "coverage": {
            "quantities": checked.coverage.quantities,
            "in_claims": checked.coverage.in_claims,
            "checked": checked.coverage.checked,
            "not_checkable": checked.coverage.not_checkable,
        },
    }


def quantity_payload(quantity: Quantity) -> Payload:
    """Return a quantity: place, words, value and interval in base units."""
    return {
        **_place(quantity.span),
        "text": quantity.text,
        "value": decimal_text(quantity.value),
        "low": decimal_text(quantity.interval.low),
        "high": decimal_text(quantity.interval.high),
        "unit": quantity.unit,
        "kind": str(quantity.kind),
        "approx": str(quantity.approximation) if quantity.approximation is not None else None,
    }


def claim_payload(claim: Claim) -> Payload:
    """Return a claim: operands by index, formula, verdict and what the formula gives."""
    computed = claim.computed
    return {
        "type": str(claim.type),
        "relation": claim.relation,
        **_place(claim.span),
        "operands": dict(claim.operands),
        "formula": claim.formula,
        "verdict": str(claim.verdict),
        "computed": None
        if computed is None
        else {
            "value": decimal_text(computed.value),
            "low": decimal_text(computed.interval.low),
            "high": decimal_text(computed.interval.high),
            "unit": computed.unit,
        },
        "message": claim.message,
        "rounding": claim.rounding,
        "reason": claim.reason,
    }


def finding_payload(finding: Finding) -> Payload:
    """Return a finding with its place and the further places it speaks of."""
    return {
        "code": finding.code,
        "level": str(finding.level),
        **_place(finding.span),
        "message": finding.message,
        "remedy": finding.remedy,
        "related": [_place(span) for span in finding.related],
    }


def sheet_payload(sheet: ScoreSheet, alignment: "SheetAlignment | None" = None) -> Payload:
    """Return a score sheet: totals, the scheme it answers, and its rows in reading order."""
    items = {pair.row.id: pair.item.id for pair in alignment.pairs} if alignment is not None else {}
    return {
        "scheme": alignment.scheme.id if alignment is not None else None,
        "full_points": decimal_text(sheet.full_points),
        "self_points": decimal_text(sheet.self_points),
        "full_points_printed": sheet.full_points_printed,
        "self_points_printed": sheet.self_points_printed,
        "items": [
            {
                "id": row.id,
                "parent": row.parent,
                "level": row.level,
                "name": row.name,
                "full_points": decimal_text(row.full_points),
                "self_points": decimal_text(row.self_points),
                "note": row.note,
                "scheme_item": items.get(row.id),
                **_place(row.span),
            }
            for row in sheet.rows
        ],
    }


def _place(span: Span) -> Payload:
    return {"start": span.start, "end": span.end}
