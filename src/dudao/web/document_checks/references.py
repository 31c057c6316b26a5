"""What a report is held against: the figures filled in for the same assessment, and the report of the year before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dudao.claims.model import Finding
from dudao.claims.ties.figures import TieFigure
from dudao.claims.ties.tie_out import TieOut
from dudao.issues import Level
from dudao.pipelines.check import CheckedDocument
from dudao.pipelines.dismissals import finding_key
from dudao.provenance import Span
from dudao.web.document_checks.fact_sheet import NAME, FactSheet, fact_sheet
from dudao.web.document_checks.kept_ties import tie_figures_of
from dudao.web.document_checks.models import Report, Version
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment, FactValue


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """The place outside of the report that a finding speaks of: a figure filled in, or a place of another report.

    `item` is the indicator the figure is filled in at, `version` the version of the other report; each empty or None
    where it is the other kind.
    """

    file: str
    text: str
    item: str = ""
    version: int | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that the report gives a figure differently from one of its references."""

    finding: Finding
    key: str
    other: OtherPlace


@dataclass(frozen=True, slots=True)
class References:
    """What is at hand to hold a report against; the earlier version is None where there is none."""

    sheet: FactSheet
    items: dict[str, str]
    earlier: Version | None

    @property
    def told(self) -> list[dict[str, object]]:
        """The references as the page names them."""
        known: list[dict[str, object]] = [{"name": NAME, "figures": len(self.sheet.figures)}]
        if self.earlier is not None:
            known.append({"name": _name(self.earlier), "figures": len(self.earlier.ties), "version": self.earlier.pk})
        return known

    def differences(self, checked: CheckedDocument) -> list[Difference]:
        """Return where the report differs from a reference, each reference judged by itself."""
        # Headings narrow what a figure means; one that is the indicator's own name or narrows nothing leaves it whole.
        bare = [replace(figure, heading="") for figure in self.sheet.figures]
        facts = {
            (tie.finding.span, tie.other_span): tie
            for known in (self.sheet.figures, bare)
            for tie in _ties(known, checked)
        }
        found = [self._with_fact(checked, tie) for _, tie in sorted(facts.items())]
        if self.earlier is not None:
            figures = tie_figures_of(self.earlier.ties, _name(self.earlier))
            found += [self._with_earlier(checked, tie, self.earlier) for tie in _ties(figures, checked)]
        return found

    def _with_fact(self, checked: CheckedDocument, tie: "_Tie") -> Difference:
        row = self.sheet.row_at(tie.other_span.start)
        item = self.items.get(row.name, "") if row is not None else ""
        finding = tie.finding
        if finding.level is Level.NOTE:  # far apart as they are, it is no other measure: the scheme says what was asked
            finding = replace(finding, level=Level.WARNING)
        return Difference(finding, _key(checked, tie), OtherPlace(NAME, tie.other_text, item))

    def _with_earlier(self, checked: CheckedDocument, tie: "_Tie", earlier: Version) -> Difference:
        place = OtherPlace(_name(earlier), tie.other_text, version=earlier.pk, start=tie.other_span.start)
        return Difference(tie.finding, _key(checked, tie), place)


@dataclass(frozen=True, slots=True)
class _Tie:
    finding: Finding
    other_span: Span
    other_text: str


def _ties(reference: Sequence[TieFigure], checked: CheckedDocument) -> list[_Tie]:
    tied = TieOut()
    tied.add(reference)
    return [
        _Tie(
            Finding(one.code, one.level, one.second.span, one.message, remedy=one.remedy),
            one.first.span,
            one.first.text,
        )
        for one in tied.add(checked.tie_figures)
    ]


def _key(checked: CheckedDocument, tie: _Tie) -> str:
    """Return the key of a difference: a figure that changes on either side makes it a new finding."""
    words = f"{finding_key(checked.document, tie.finding)}\x1f{tie.other_text}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _name(version: Version) -> str:
    return f"《{version.report.title}》（{version.report.assessment.round.year}年度）"


def references_of(assessment: Assessment, report: Report | None = None) -> References:
    """Return what a report of an assessment is held against.

    The report of the year before is the newest one of the region's nearest earlier year; a formal one (open to the
    level above) goes before one for inner use.
    """
    scheme = scheme_of(assessment.round.scheme)
    rows = FactValue.objects.filter(region_id=assessment.region_id).order_by("name", "period", "part")
    sheet = fact_sheet(assessment.region.name, rows, scheme)
    items = {name: item.id for item in reversed(items_of(scheme)) for name in item.inputs}
    earlier = (
        Version.objects.filter(
            current_of__isnull=False,
            report__removed_at=None,
            report__assessment__region_id=assessment.region_id,
            report__assessment__round__year__lt=assessment.round.year,
        )
        .exclude(report=report)
        .select_related("report__assessment__round")
        .order_by("-report__assessment__round__year", "-report__shared", "-checked_at", "-pk")
        .first()
    )
    return References(sheet, items, earlier)
