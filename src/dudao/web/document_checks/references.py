"""What a report is held against: the figures filled in for the same assessment, and the report of the year before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet

from dudao.claims.model import Finding
from dudao.claims.ties.figures import TieFigure
from dudao.claims.ties.told_again import TieWords
from dudao.documents.model import Document
from dudao.issues import Level
from dudao.pipelines.dismissals import finding_key
from dudao.pipelines.tie_documents import TieDocuments
from dudao.provenance import Span
from dudao.web.document_checks.fact_sheet import NAME, FactSheet, SheetRow, fact_sheet
from dudao.web.document_checks.kept_ties import tie_figures_of, tie_words_of
from dudao.web.document_checks.models import Report, Version
from dudao.web.document_checks.permissions import ABOVE, OWN_SIDE
from dudao.web.document_checks.queries import visible_reports
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment, FactValue, PublishedScheme
from dudao.web.evaluations.queries import visible_answers
from dudao.web.people.access import Subject


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

    def differences(
        self, document: Document, own: Sequence[TieFigure], words: TieWords | None = None
    ) -> list[Difference]:
        """Return where a document, given with its figures and words, differs from a reference, each judged by itself.

        Without `words` only figures under one name are compared.
        """
        # Headings narrow what a figure means; one that is the indicator's own name or narrows nothing leaves it whole.
        bare = [replace(figure, heading="") for figure in self.sheet.figures]
        facts = {
            (tie.finding.span, tie.other_span): tie
            for known in (self.sheet.figures, bare)
            for tie in _ties(known, self.sheet.words, own, words)
        }
        found = [self._with_fact(document, tie) for _, tie in sorted(facts.items())]
        if self.earlier is not None:
            name = _name(self.earlier)
            figures, told = tie_figures_of(self.earlier.ties, name), tie_words_of(self.earlier.words, name)
            found += [self._with_earlier(document, tie, self.earlier) for tie in _ties(figures, told, own, words)]
        return found

    def _with_fact(self, document: Document, tie: "_Tie") -> Difference:
        row = self.sheet.row_at(tie.other_span.start)
        item = self.items.get(row.name, "") if row is not None else ""
        finding = tie.finding
        if finding.level is Level.NOTE:  # far apart as they are, it is no other measure: the scheme says what was asked
            finding = replace(finding, level=Level.WARNING)
        return Difference(finding, _key(document, tie), OtherPlace(NAME, tie.other_text, item))

    def _with_earlier(self, document: Document, tie: "_Tie", earlier: Version) -> Difference:
        place = OtherPlace(_name(earlier), tie.other_text, version=earlier.pk, start=tie.other_span.start)
        return Difference(tie.finding, _key(document, tie), place)


@dataclass(frozen=True, slots=True)
class _Tie:
    finding: Finding
    other_span: Span
    other_text: str


def _ties(
    reference: Sequence[TieFigure], told: TieWords | None, own: Sequence[TieFigure], words: TieWords | None
) -> list[_Tie]:
    tied = TieDocuments()
    tied.hold(reference, told)
    return [
        _Tie(
            Finding(one.code, one.level, one.second.span, one.message, remedy=one.remedy),
            one.first.span,
            one.first.text,
        )
        for one in tied.hold(own, words)
    ]


def _key(document: Document, tie: _Tie) -> str:
    """Return the key of a difference: a figure that changes on either side makes it a new finding."""
    words = f"{finding_key(document, tie.finding)}\x1f{tie.other_text}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _name(version: Version) -> str:
    return f"《{version.report.title}》（{version.report.assessment.round.year}年度）"


def references_of(assessment: Assessment, report: Report | None = None) -> References:
    """Return what a report of an assessment is held against.

    The report of the year before is the newest one of the region's nearest earlier year; a formal one (open to the
    level above) goes before one for inner use.
    """
    return _references(assessment, facts_of(assessment), earlier_report(assessment, report))


def facts_of(assessment: Assessment) -> QuerySet[FactValue]:
    """Return the figures filled in for the region of an assessment."""
    return FactValue.objects.filter(region_id=assessment.region_id).order_by("name", "period", "part")


def earlier_report(assessment: Assessment, but: Report | None = None) -> Version | None:
    """Return the newest version of the report of the region's nearest earlier year; None where there is none."""
    return (
        Version.objects.filter(
            current_of__isnull=False,
            report__removed_at=None,
            report__assessment__region_id=assessment.region_id,
            report__assessment__round__year__lt=assessment.round.year,
        )
        .exclude(report=but)
        .select_related("report__assessment__round")
        .order_by("-report__assessment__round__year", "-report__shared", "-checked_at", "-pk")
        .first()
    )


def references_for(subject: Subject, assessment: Assessment) -> References:
    """Return what the draft of an assessment is held against for a subject: only what they may read themselves."""
    scheme = scheme_of(assessment.round.scheme)
    rows = facts_of(assessment)
    roles = subject.roles_at(assessment.region.path)
    if not roles & (OWN_SIDE | ABOVE):
        readable = set(visible_answers(subject, assessment).values_list("item", flat=True))
        rows = rows.filter(name__in={name for item in items_of(scheme) if item.id in readable for name in item.inputs})
    earlier = earlier_report(assessment) if roles & (OWN_SIDE | ABOVE) else None
    if earlier is not None and not roles & OWN_SIDE:
        earlier.report.assessment.region = assessment.region
        if not visible_reports(subject, earlier.report.assessment).filter(pk=earlier.report_id).exists():
            earlier = None
    return _references(assessment, rows, earlier)


def _references(assessment: Assessment, facts: QuerySet[FactValue], earlier: Version | None) -> References:
    scheme = assessment.round.scheme
    rows = tuple(SheetRow(*row) for row in facts.values_list(*SheetRow.__slots__))
    sheet = _sheet(assessment.region.name, scheme, scheme.content_hash, rows)
    items = {name: item.id for item in reversed(items_of(scheme_of(scheme))) for name in item.inputs}
    return References(sheet, items, earlier)


@lru_cache(maxsize=128)
def _sheet(region: str, scheme: PublishedScheme, _content: str, rows: tuple[SheetRow, ...]) -> FactSheet:
    """Return the figures of a region as sentences; the same figures are read once."""
    return fact_sheet(region, rows, scheme_of(scheme))
